"""The published schema of the plan file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tools import make_plan_schema

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted((ROOT / "examples").rglob("plan.yaml"))


def document(path: Path) -> Any:
    """The file as the reader sees it: every value as it is written, `on` a word."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes only texts, lists and mappings


def errors(body: Any) -> list[str]:
    schema = json.loads(make_plan_schema.TARGET.read_bytes())
    return [
        ".".join(map(str, each.absolute_path))
        for each in Draft202012Validator(schema).iter_errors(body)
    ]


def example() -> Any:
    return document(ROOT / "examples/ningbo-plan/plan.yaml")


def misspell_section(body: Any) -> None:
    body["tranche"] = body.pop("tranches")


def misspell_word(body: Any) -> None:
    body["conventions"]["rounding"] = "bankers"


def give_two_verbs(body: Any) -> None:
    body["waterfalls"]["normal"][0]["pay_interest"] = ["senior"]


def forget_balance(body: Any) -> None:
    del body["tranches"]["senior"]["balance"]


class TestSchema:
    def test_is_the_one_that_is_shipped(self) -> None:
        """When this fails: `.venv/bin/python -m tools.make_plan_schema`."""
        assert make_plan_schema.TARGET.read_bytes() == make_plan_schema.schema_bytes()

    def test_is_a_schema(self) -> None:
        Draft202012Validator.check_schema(json.loads(make_plan_schema.schema_bytes()))

    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
    def test_takes_the_files_that_the_reader_takes(self, path: Path) -> None:
        assert errors(document(path)) == []

    @pytest.mark.parametrize(
        ("change", "place"),
        [
            (misspell_section, ""),
            (misspell_word, "conventions.rounding"),
            (give_two_verbs, "waterfalls.normal.0"),
            (forget_balance, "tranches.senior"),
        ],
    )
    def test_refuses_what_the_reader_refuses(
        self, change: Callable[[Any], None], place: str
    ) -> None:
        body = example()
        change(body)

        assert place in errors(body)
