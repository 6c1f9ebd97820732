"""The tree of published values: each with unit, dates and source, each read, none missing."""

import ast
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.house.source_tree import SOURCE, Module, called, modules, pattern
from zhirong.core.units import dimension
from zhirong.parameters import reader
from zhirong.parameters.reader import load_yaml

FILES = tuple(reader.tree_files())
HEADS = {file.relative_to(reader.TREE).parts[0].removesuffix(".yaml") for file in FILES}
PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
KEYS = {"description", "unit", "values", "reviewed_on"}
# Under this root a path is made from the name of a rule, which a table of the code holds.
BY_NAME_IN_DATA = "scoring.rules."
# Published for methods that no use case calls yet; the list only ever becomes shorter.
AWAITED = {
    "patent.fee.compensation.request",
    "valuation.convention.printed",
}


def path_of(file: Path) -> str:
    return ".".join(file.relative_to(reader.TREE).with_suffix("").parts)


PATHS = {path_of(file) for file in FILES}


@pytest.fixture(params=FILES, ids=path_of)
def document(request: pytest.FixtureRequest) -> Any:
    return load_yaml(request.param.read_bytes())


class TestParameters:
    def test_hold_what_a_parameter_holds_and_nothing_else(self, document: Any) -> None:
        assert set(document) == KEYS

    def test_are_described_in_both_languages(self, document: Any) -> None:
        assert set(document["description"]) == {"zh", "en"}
        assert all(text.strip() for text in document["description"].values())

    def test_have_a_unit_of_the_register(self, document: Any) -> None:
        dimension(str(document["unit"]))

    def test_have_dated_values_with_their_source(self, document: Any) -> None:
        assert document["values"]
        for start, entry in document["values"].items():
            assert type(start) is date
            assert entry is None or set(entry) == {"value", "source"}, start
            assert entry is None or len(entry["source"].strip()) > 3, start

    def test_were_reviewed_on_a_day(self, document: Any) -> None:
        assert type(document["reviewed_on"]) is date

    def test_are_numbers_where_the_unit_is_one(self, document: Any) -> None:
        if document["unit"] not in ("table", "text"):
            values = [entry["value"] for entry in document["values"].values() if entry]
            assert all(isinstance(reader.exact(value), Decimal) for value in values)


@cache
def constants() -> Mapping[str, Mapping[str, str]]:
    """Module → name → the text it stands for, of all constants of the package."""
    found: dict[str, dict[str, str]] = {}
    for module in modules():
        found[module.name] = {
            node.targets[0].id: node.value.value
            for node in module.tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        }
    return found


def resolved(node: ast.expr, module: Module) -> str | None:
    """The path that an argument stands for, as a regular expression; None where data decides."""
    match node:
        case ast.Name(id=name) if name in constants()[module.name]:
            return re.escape(constants()[module.name][name])
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            texts = [own.get(name) for file, own in constants().items() if f"/{owner}.py" in file]
            return next((re.escape(text) for text in texts if text), None)
    return pattern(node)


@cache
def lookups() -> Mapping[str, str]:
    """What code looks up (regular expression of the path) → where."""
    found: dict[str, str] = {}
    for module in modules():
        for call in module.calls():
            is_dated = any(keyword.arg == "on" for keyword in call.keywords)
            if called(call) not in ("get", "number", "limit") or not call.args:
                continue
            path = resolved(call.args[0], module)
            if path and called(call) == "limit":
                path, is_dated = rf"diligence\.{path}", True
            if path and (is_dated or path.split("\\.")[0] in HEADS):
                found[path] = module.place(call)
    return found


def texts_in_code() -> set[str]:
    """All texts in code that are a path of the tree."""
    return {str(n.value) for m in modules() for n in m.texts() if n.value in PATHS}


def texts_in_data() -> set[str]:
    """Paths that packaged tables name."""
    files = (SOURCE / "parameters" / "tables").rglob("*.yaml")
    words = {w.group() for file in files for w in PATH.finditer(file.read_text(encoding="utf-8"))}
    return words & PATHS


class TestPathsInCode:
    def test_lead_to_a_parameter(self) -> None:
        lost = {
            path: place
            for path, place in lookups().items()
            if not any(re.fullmatch(path, known) for known in PATHS)
        }

        assert len(lookups()) > 40
        assert lost == {}


class TestFiles:
    def test_are_each_read_somewhere(self) -> None:
        named = texts_in_data() | texts_in_code()
        unread = {
            path
            for path in sorted(PATHS - named)
            if not any(re.fullmatch(p, path) for p in lookups())
            and not path.startswith(BY_NAME_IN_DATA)
        }

        assert unread == AWAITED
