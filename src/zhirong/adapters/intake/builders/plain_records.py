"""Tables whose rows are records as they stand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from zhirong.adapters.intake.builders.merging import merged
from zhirong.adapters.intake.reading import TypedRow
from zhirong.application.case.case_file import (
    AnalystScore,
    Answer,
    AssetGroup,
    Assumption,
    Comparable,
    CostItem,
    MarketSignal,
    ThirdPartyValue,
)
from zhirong.firms.records import (
    AccountYear,
    Certificate,
    Coverage,
    Feature,
    Firm,
    Product,
    ProductYear,
    Shareholder,
)

Record = TypeVar("Record")

# Record and the fields that make a row the same thing as another; none: every row is its own.
RECORDS: Mapping[str, tuple[type[Any], tuple[str, ...]]] = {
    "firm": (Firm, ("name",)),
    "certificates": (Certificate, ("kind", "number", "valid_from")),
    "shareholders": (Shareholder, ("name",)),
    "accounts": (AccountYear, ("year",)),
    "products": (Product, ("product",)),
    "sales": (ProductYear, ("product", "year")),
    "features": (Feature, ("product", "feature")),
    "coverage": (Coverage, ("product", "feature", "right")),
    "groups": (AssetGroup, ("group",)),
    "assumptions": (Assumption, ("key", "scope", "year")),
    "costs": (CostItem, ()),
    "comparables": (Comparable, ("comparable",)),
    "scores": (AnalystScore, ("right", "leaf")),
    "third_party_values": (ThirdPartyValue, ()),
    "answers": (Answer, ("question", "subject")),
    "market_signals": (MarketSignal, ("right",)),
}


def records(record: type[Record], table: str, rows: Sequence[TypedRow]) -> tuple[Record, ...]:
    """The records of a table."""
    kept = unique(table, rows)
    return tuple(record(**_arguments(record, row)) for row in kept)


def unique(table: str, rows: Sequence[TypedRow]) -> list[TypedRow]:
    """The rows of a table that stand, one for each thing."""
    names = RECORDS[table][1]
    if not names:
        return [row for row in rows if not row.is_refused]
    key: Callable[[TypedRow], tuple[object, ...]] = lambda row: tuple(map(row.get, names))  # noqa: E731 - one line says it
    return merged(rows, key)


def _arguments(record: Any, row: TypedRow) -> dict[str, object]:  # noqa: ANN401 - any record class
    arguments: dict[str, object] = {"source": row.source}
    for field in fields(record):
        if field.name in row.values:
            arguments[field.name] = row.values[field.name]
        elif field.name != "source" and field.default is MISSING:
            # A text that may be left out is empty; anything else is not known.
            arguments[field.name] = "" if "str" in str(field.type) else None
    return arguments
