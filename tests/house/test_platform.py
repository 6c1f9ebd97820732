"""The platform's own rules: words in templates and log, one way from a row to its matter."""

import ast
import re

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, Model, OneToOneField

from tests.house.source_tree import SOURCE, called, modules
from tests.house.test_messages import texts, wanted_by

TEMPLATES = tuple(sorted((SOURCE / "platform" / "templates").rglob("*.html")))
WORD = re.compile(r"""\{%\s*word\s+(["'])(?P<code>[\w.]+)\1(?P<facts>[^%]*)%\}""")
# Rows that belong to an organization, to nobody, or to the house itself.
OF_NO_MATTER = {
    "operations.DemonstrationClock",
    "operations.LogEntry",  # shown through its matter, or to the administrator
    "operations.Seal",
    "operations.Outbox",
    "operations.Step",
    "operations.ActKey",
    "accounts.Organization",
    "accounts.User",
    "accounts.Assignment",
    "accounts.SecondFactor",
    "accounts.RecoveryCode",
    "accounts.SignIn",
    "accounts.RateCount",
    "accounts.Installation",
    "api.ApiKey",
    "api.KeptAnswer",
    "webhooks.Webhook",
    "webhooks.Delivery",
    "lending.DayDone",
    "lending.UnknownEntry",  # until a person finds whose it is
    "lending.StuckAnswer",  # of a rail, about whichever order it is
    "filing.StrayNotice",  # until a filing fits it
    "operations.Cursor",
    "ledger.Account",  # found through the facility or the loan it belongs to
    "ledger.AccountPart",  # of an account of the house
}


def platform_models() -> list[type[Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("zhirong.platform")]


class TestModelWords:
    def test_have_a_word_in_each_language(self) -> None:
        """A row that is missing, or may not be seen, is named to whoever asked for it."""
        known = texts()
        lacking = [
            model._meta.label
            for model in platform_models()
            if set(known.get(f"model.{model._meta.model_name}", ())) != {"zh", "en"}
        ]

        assert len(platform_models()) > 40
        assert lacking == []


class TestTemplates:
    def test_use_words_that_there_are(self) -> None:
        used = [
            (file.name, found["code"])
            for file in TEMPLATES
            for found in WORD.finditer(file.read_text(encoding="utf-8"))
        ]

        assert len(used) > 20
        assert [item for item in used if item[1] not in texts()] == []

    def test_give_the_facts_that_words_ask_for(self) -> None:
        lacking = [
            (file.name, found["code"])
            for file in TEMPLATES
            for found in WORD.finditer(file.read_text(encoding="utf-8"))
            if wanted_by(found["code"]) - set(re.findall(r"(\w+)=", found["facts"]))
        ]

        assert lacking == []

    def test_hold_no_words_of_their_own(self) -> None:
        """Nothing between tags that a person reads but through the catalog."""
        said = []
        for file in TEMPLATES:
            text = re.sub(r"\{[%#{].*?[%#}]\}|<[^>]*>", " ", file.read_text(encoding="utf-8"))
            words = re.findall(r"[A-Za-z\u4e00-\u9fff]{3,}", text)
            said += [(file.name, word) for word in words if word not in {"English", "nbsp"}]

        assert said == []

    def test_have_no_style_or_script_of_their_own(self) -> None:
        """The policy of content forbids what stands inline; so nobody shall write it."""
        inline = re.compile(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\bsrc=)")

        assert [f.name for f in TEMPLATES if inline.search(f.read_text(encoding="utf-8"))] == []


class TestLog:
    def test_has_words_for_every_act(self) -> None:
        acts = [
            (module.place(call), call.args[0].value)
            for module in modules()
            if module.room == "platform"
            for call in module.calls()
            if called(call) == "record" and call.args and isinstance(call.args[0], ast.Constant)
        ]

        assert len(acts) > 8
        assert [act for act in acts if f"log.{act[1]}" not in texts()] == []


class TestModels:
    def test_say_how_their_rows_reach_a_matter(self) -> None:
        silent = {model._meta.label for model in platform_models() if not hasattr(model, "MATTER")}

        assert silent - OF_NO_MATTER == set()

    def test_reach_it_by_foreign_keys(self) -> None:
        for model in platform_models():
            row: type[Model] = model
            for step in filter(None, getattr(model, "MATTER", "").split("__")):
                field = row._meta.get_field(step)
                assert isinstance(field, ForeignKey | OneToOneField), model
                row = field.related_model  # type: ignore[assignment]
            if hasattr(model, "MATTER"):
                assert row._meta.label == "matters.Matter", model


class TestSettings:
    def test_make_no_reader_a_writer(self) -> None:
        """A request that is a transaction takes SQLite's write lock even to read."""
        assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS", False)
