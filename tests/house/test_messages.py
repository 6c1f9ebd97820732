"""Every code that people see has words in both languages, asking for the same facts."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from string import Formatter
from typing import Any

import pytest

from tests.house.source_tree import SOURCE, Module, called, modules, pattern
from zhirong.core.messages import _FORMATS, placeholders
from zhirong.parameters.reader import load_yaml

FILES = tuple(sorted(SOURCE.rglob("messages*.yaml")))
FORMATS = {*_FORMATS, "label"}
# A pure number has no unit to print.
SILENT = {"unit.1"}
# Facts that whoever shows an error adds to it.
ADDED = {"detail"}
# A sheet's entries by the function that makes them → prefix of the label they need.
ENTRIES = {
    "line": "line.",
    "fact": "input.",
    "parameter": "input.",
    "assumption": "input.",
    "computed": "input.",
    "enter": "input.",
}


def name_of(file: Any) -> str:
    return str(file.relative_to(SOURCE).as_posix())


@cache
def words_of(file: Any) -> dict[str, Any]:
    found: dict[str, Any] = load_yaml(file.read_bytes())
    return found


@cache
def texts() -> dict[str, Any]:
    return {code: entry for file in FILES for code, entry in words_of(file).items()}


@pytest.fixture(params=FILES, ids=name_of)
def words(request: pytest.FixtureRequest) -> dict[str, Any]:
    return words_of(request.param)


def has_words(text: str | None) -> bool:
    """Whether a literal, or at least one code for an f-string, has words."""
    if text is None or text.replace(".+", "") in ("", "\\."):
        return True
    return any(re.fullmatch(text, code) for code in texts())


def wanted_by(code: object) -> frozenset[str]:
    """The facts that the words of a code ask for; none where it has no words."""
    return placeholders(texts().get(str(code), {"zh": ""})["zh"])


def asked(text: str, lang: str) -> set[str]:
    """The facts that a text asks for; a fact given once for each language counts as one."""
    return {name.removesuffix(f"_{lang}") for name in placeholders(text)}


class TestCatalogs:
    def test_have_both_languages_and_nothing_else(self, words: dict[str, Any]) -> None:
        assert [code for code, entry in words.items() if set(entry) != {"zh", "en"}] == []

    def test_leave_no_text_empty(self, words: dict[str, Any]) -> None:
        silent = [
            c for c, entry in words.items() if not all(str(t).strip() for t in entry.values())
        ]

        assert set(silent) <= SILENT

    def test_hold_texts_only(self, words: dict[str, Any]) -> None:
        """An unquoted `yes` or `1` would come out of YAML as something else."""
        found = [c for c, entry in words.items() for t in entry.values() if not isinstance(t, str)]

        assert found == []

    def test_ask_for_the_same_facts_in_both_languages(self, words: dict[str, Any]) -> None:
        unlike = [
            code
            for code, entry in words.items()
            if asked(entry["zh"], "zh") != asked(entry["en"], "en")
        ]

        assert unlike == []

    def test_use_formats_that_there_are(self, words: dict[str, Any]) -> None:
        specs = [
            (code, spec)
            for code, entry in words.items()
            for text in entry.values()
            for _, name, spec, _ in Formatter().parse(text)
            if name is not None
        ]

        assert [item for item in specs if item[1] not in FORMATS] == []

    def test_name_each_code_once(self) -> None:
        """In one file YAML keeps the last and says nothing; over files the last file wins."""
        codes: Counter[str] = Counter()
        for file in FILES:
            lines = file.read_text(encoding="utf-8").splitlines()
            keys = [re.match(r"[\"']?([\w.:/+*-]+)[\"']?:(\s|$)", line) for line in lines]
            codes.update(found[1] for found in keys if found)

        assert sum(codes.values()) >= len(texts())
        assert [code for code, count in codes.items() if count > 1] == []


VARIANT = re.compile(r"(?P<base>.+)\.for_(others|transfer|license|management)")


class TestVariants:
    """Words of their own that readers for a purpose have for a code."""

    def test_stand_beside_words_for_all(self) -> None:
        found = [match for code in texts() if (match := VARIANT.fullmatch(code))]

        assert len(found) > 50
        assert [match[0] for match in found if match["base"] not in texts()] == []

    def test_ask_for_no_fact_that_the_others_do_not(self) -> None:
        """Whoever says the code carries the facts of its own words only."""
        found = [match for code in texts() if (match := VARIANT.fullmatch(code))]

        more = {match[0]: wanted_by(match[0]) - wanted_by(match["base"]) for match in found}

        assert {code: facts for code, facts in more.items() if facts} == {}


def error_classes() -> Iterator[tuple[Module, ast.ClassDef]]:
    for module in modules():
        for item in module.classes():
            if any(re.search(r"Error$", ast.unparse(base)) for base in item.bases):
                yield module, item


def code_of(item: ast.ClassDef) -> str | None:
    """The code that an error class declares."""
    for statement in item.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        if any(isinstance(t, ast.Name) and t.id == "code" for t in targets):
            value = getattr(statement, "value", None)
            return value.value if isinstance(value, ast.Constant) else None
    return None


class TestErrors:
    def test_declare_their_own_code(self) -> None:
        found = [(module.place(item), item.name) for module, item in error_classes()]
        silent = [(m.place(item), item.name) for m, item in error_classes() if not code_of(item)]

        assert len(found) > 30
        assert silent == []

    def test_have_words(self) -> None:
        codes = {code_of(item): item.name for _, item in error_classes()}

        assert {code: name for code, name in codes.items() if code not in texts()} == {}

    def test_carry_the_facts_that_their_words_ask_for(self) -> None:
        """Where the class writes its message itself, its facts can be read from the code."""
        missing = []
        for module, item in error_classes():
            given = facts_of(item)
            wanted = wanted_by(code_of(item)) - ADDED
            if given is not None and wanted - given:
                missing.append((module.place(item), item.name, wanted - given))

        assert missing == []

    def test_are_raised_with_the_facts_that_their_words_ask_for(self) -> None:
        """Where the class leaves it to its caller, each `raise` must bring them."""
        plain = {i.name: str(code_of(i)) for _, i in error_classes() if facts_of(i) is None}
        missing = []
        for module in modules():
            for call in module.calls():
                code = plain.get(called(call))
                given = {keyword.arg for keyword in call.keywords}
                if code and call.args and None not in given:
                    lacking = wanted_by(code) - ADDED - given
                    missing += [(module.place(call), code, lacking)] if lacking else []

        assert missing == []


@cache
def leaves() -> dict[str, ast.ClassDef]:
    return {item.name: item for _, item in error_classes()}


def facts_of(item: ast.ClassDef) -> set[str] | None:
    """The facts that a class gives, its bases' included; None where its caller gives them."""
    bases = [leaves()[name] for name in map(ast.unparse, item.bases) if name in leaves()]
    inherited = [facts for facts in map(facts_of, bases) if facts is not None]
    own = [f for f in item.body if isinstance(f, ast.FunctionDef) and f.name == "__init__"]
    if not own and not inherited:
        return None
    given = {fact for facts in inherited for fact in facts}
    for node in (node for function in own for node in ast.walk(function)):
        if isinstance(node, ast.Call) and called(node) == "__init__":
            if any(keyword.arg is None for keyword in node.keywords):
                return None
            given |= {str(keyword.arg) for keyword in node.keywords}
        elif isinstance(node, ast.Dict):
            given |= {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}
    return given


def messages_in_code() -> Iterator[tuple[Module, ast.Call, ast.expr]]:
    """Each construction of a message or label, with its code as written."""
    for module in modules():
        for call in module.calls():
            if called(call) not in ("Message", "label"):
                continue
            named = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
            for code in [*named, *call.args[:1]][:1]:
                yield module, call, code


class TestMessagesInCode:
    def test_have_words(self) -> None:
        unsaid = [
            (module.place(call), ast.unparse(code))
            for module, call, code in messages_in_code()
            if called(call) == "Message" or "." in ast.unparse(code)
            if not has_words(pattern(code))
        ]

        assert len(list(messages_in_code())) > 100
        assert unsaid == []

    def test_carry_the_facts_that_their_words_ask_for(self) -> None:
        lacking = []
        for module, call, code in messages_in_code():
            text = code.value if isinstance(code, ast.Constant) else None
            if called(call) != "Message" or text not in texts():
                continue
            facts = call.args[1] if len(call.args) > 1 else None
            if facts is None or isinstance(facts, ast.Dict):
                keys = facts.keys if facts else []
                given = {str(key.value) for key in keys if isinstance(key, ast.Constant)}
                is_open = any(not isinstance(key, ast.Constant) for key in keys)
                wanted = wanted_by(text) - given
                lacking += [(module.place(call), text, wanted)] if wanted and not is_open else []

        assert lacking == []


class TestLinesAndInputs:
    def test_have_a_label(self) -> None:
        """Methods name their steps; the workbook and `explain` print them."""
        unsaid = [
            (module.place(call), ENTRIES[called(call)] + ast.unparse(call.args[0]))
            for module in modules()
            if module.room in ("valuation", "application")
            for call in module.calls()
            if isinstance(call.func, ast.Attribute) and called(call) in ENTRIES and call.args
            if ast.unparse(call.func.value).endswith("sheet")
            if not has_words(_entry(call))
        ]

        assert unsaid == []


def _entry(call: ast.Call) -> str | None:
    key = pattern(call.args[0])
    return None if key is None else re.escape(ENTRIES[called(call)]) + key.split(":")[0]
