"""Everything a real result says can be said in both languages: messages, lines, origins, units."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args

import pytest

from tests.case_factory import case, full_case, options
from zhirong.application.appraise import appraise
from zhirong.application.origins import origin_text
from zhirong.application.result import Appraisal
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import catalog
from zhirong.rights.law import shipped

LANGUAGES: tuple[Language, ...] = get_args(Language)
PURPOSES = ("pledge", "transfer", "license", "management")


@pytest.fixture(scope="module", params=[*PURPOSES, "nothing judged"])
def appraisal(request: pytest.FixtureRequest) -> Appraisal:
    """A result for each purpose, and one whose analyst has not judged anything."""
    if request.param in PURPOSES:
        return appraise(full_case(), options(purpose=request.param, draws=400), law=shipped())
    return appraise(case(), options(draws=400), law=shipped())


def messages(value: Any) -> Iterator[Message]:
    if isinstance(value, Message):
        yield value
    elif is_dataclass(value):
        for item in fields(value):
            yield from messages(getattr(value, item.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from messages(item)


class TestResults:
    def test_are_valued_by_many_methods_where_everything_was_judged(
        self, appraisal: Appraisal
    ) -> None:
        """Without this the checks below could pass on an empty result."""
        methods = {
            m.method for g in (getattr(appraisal.valuation, "groups", ())) for m in g.methods
        }

        assert (len(methods) >= 5) == (appraisal.case.assumptions != ())


class TestMessages:
    def test_have_words_and_the_facts_these_ask_for(self, appraisal: Appraisal) -> None:
        said = list(messages(appraisal))
        texts = [catalog().text(message, lang) for message in said for lang in LANGUAGES]

        assert len(said) > 50
        assert all(text.strip() for text in texts)

    def test_leave_no_placeholder_and_no_code_in_the_text(self, appraisal: Appraisal) -> None:
        texts = [catalog().text(m, lang) for m in messages(appraisal) for lang in LANGUAGES]

        assert [text for text in texts if "{" in text or "None" in text] == []


class TestSheets:
    def test_have_a_title(self, appraisal: Appraisal) -> None:
        codes = [f"method.{sheet.name}" for sheet in appraisal.sheets]

        assert [code for code in codes if not catalog().has(code)] == []

    def test_have_words_for_each_line_and_input(self, appraisal: Appraisal) -> None:
        """A key may name the method it speaks of behind a colon."""
        words = catalog()
        unsaid = [
            f"{sheet.name}.{entry.key}"
            for sheet in appraisal.sheets
            for entry in (*sheet.inputs, *sheet.lines)
            for name in [entry.key.split(":")[0]]
            if not words.has(f"line.{name}") and not words.has(f"input.{name}")
        ]

        assert unsaid == []

    def test_have_words_for_each_unit(self, appraisal: Appraisal) -> None:
        units = {e.unit for sheet in appraisal.sheets for e in (*sheet.inputs, *sheet.lines)}

        assert {unit for unit in units if not catalog().has(f"unit.{unit}")} == set()

    def test_have_words_for_each_origin(self, appraisal: Appraisal) -> None:
        origins = {o for s in appraisal.sheets for entry in s.inputs for o in entry.origins}

        assert all(
            origin_text(origin, catalog(), lang).strip() for origin in origins for lang in LANGUAGES
        )


class TestProposals:
    def test_name_what_is_missing_in_words(self, appraisal: Appraisal) -> None:
        keys = {record.key for record in appraisal.proposals}

        assert {key for key in keys if not catalog().has(f"input.{key}")} == set()


class TestParameters:
    def test_copied_into_a_result_say_unit_source_and_review(self, appraisal: Appraisal) -> None:
        records = appraisal.parameters

        assert len(records) > 5
        assert all(r.unit and r.origin.source and r.reviewed_on for r in records)
