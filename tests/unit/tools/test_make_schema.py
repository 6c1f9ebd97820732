"""The published schema of `result.json`: up to date, described, and true of real results."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from tests.case_factory import full_case, options
from tools import make_schema
from zhirong.adapters.snapshots.appraisal import snapshot_bytes
from zhirong.application.appraise import appraise
from zhirong.core.codec import encode
from zhirong.rights.law import shipped

Validator = jsonschema.Draft202012Validator


@dataclass(frozen=True, slots=True, kw_only=True)
class Apple:
    """A fruit."""

    weight: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Pear:
    """Another fruit.

    Args:
        picked: Day of the harvest,
            by the farmer's book.
    """

    picked: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """Fruit, in order."""

    fruit: tuple[Apple | Pear, ...]


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads(make_schema.TARGET.read_bytes())


@pytest.fixture(scope="module", params=["pledge", "transfer", "license", "management"])
def result(request: pytest.FixtureRequest) -> Any:
    appraisal = appraise(full_case(), options(purpose=request.param, draws=400), law=shipped())
    return json.loads(snapshot_bytes(appraisal))


def basket_schema() -> Any:
    known = make_schema.Definitions()
    body = known.reference(Basket)
    return {**body, "$defs": {"exact_number": make_schema.EXACT_NUMBER, **known.found}}


def errors(schema: Any, document: Any) -> Iterator[str]:
    checker = Validator(schema, format_checker=Validator.FORMAT_CHECKER)
    for error in checker.iter_errors(document):
        yield f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}"


class TestSchemaOf:
    def test_a_union_asks_for_the_name_of_the_class(self) -> None:
        body = encode(Basket(fruit=(Apple(weight=Decimal("1.50")), Pear())))

        assert list(errors(basket_schema(), body)) == []
        assert list(errors(basket_schema(), {"fruit": [{"weight": "1.50"}]}))

    def test_an_absent_fact_is_absent_and_not_null(self) -> None:
        assert list(errors(basket_schema(), {"fruit": [{"is": "Pear"}]})) == []
        assert list(errors(basket_schema(), {"fruit": [{"is": "Pear", "picked": None}]}))

    @pytest.mark.parametrize("weight", [1.5, "1,5", "", "NaN"])
    def test_an_exact_number_is_text(self, weight: object) -> None:
        assert list(errors(basket_schema(), {"fruit": [{"is": "Apple", "weight": weight}]}))

    def test_a_field_is_described_by_its_entry_of_the_docstring(self) -> None:
        described = basket_schema()["$defs"]["Pear"]["properties"]["picked"]

        assert described["description"] == "Day of the harvest, by the farmer's book."


class TestPublishedSchema:
    def test_is_up_to_date(self) -> None:
        """When this fails: `.venv/bin/python tools/make_schema.py`, and think of old results."""
        assert make_schema.TARGET.read_bytes() == make_schema.schema_bytes()

    def test_is_a_schema(self, schema: Any) -> None:
        Validator.check_schema(schema)

    def test_describes_every_record(self, schema: Any) -> None:
        silent = [name for name, item in schema["$defs"].items() if not item.get("description")]

        assert len(schema["$defs"]) > 50
        assert silent == []

    def test_is_true_of_a_result_for_each_purpose(self, schema: Any, result: Any) -> None:
        assert result["body"]["valuation"]["total"]["value"] > 0
        assert list(errors(schema, result)) == []

    def test_refuses_what_a_result_never_holds(self, schema: Any, result: Any) -> None:
        wrong = {**result, "body": {**result["body"], "opinion": "good"}}
        text = {**result, "content_hash": "abc"}

        assert list(errors(schema, wrong))
        assert list(errors(schema, text))
