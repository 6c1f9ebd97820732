"""Columns of exports in which a vendor scores or values a right, and whose export it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from zhirong.adapters.intake.grid import Grid
from zhirong.adapters.intake.vocabulary import plain
from zhirong.core.messages import Language
from zhirong.parameters.reader import table

# The table whose exports carry them.
TABLE = "patents"


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorColumn:
    """What a heading of an export says of a right in a vendor's eyes.

    `kind` is score, amount, either or date; `vendor` whose it is where the heading tells it;
    `scales` the score's scale by vendor; `only` the vendors in whose exports it is a score at all
    (empty: in any).
    """

    name: str
    kind: str
    vendor: str
    scales: Mapping[str, str]
    only: tuple[str, ...]
    labels: Mapping[str, str]

    def label(self, lang: Language) -> str:
        """The column's name in words."""
        return self.labels[lang]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A vendor's column of one sheet: whose, on which scale, in which unit; "" where not told."""

    column: VendorColumn
    vendor: str
    unit: str

    @property
    def scale(self) -> str:
        """The vendor's published scale, e.g. "1-10"; "" where none is known."""
        return self.column.scales.get(self.vendor, "")


@cache
def _document() -> Mapping[str, Any]:
    document: Mapping[str, Any] = table("intake_vendor_columns")
    return document


@cache
def _columns() -> Mapping[str, VendorColumn]:
    return {
        raw["name"]: VendorColumn(
            name=raw["name"],
            kind=raw["kind"],
            vendor=raw.get("vendor", ""),
            scales=raw.get("scales", {}),
            only=tuple(raw.get("only", ())),
            labels={"zh": raw["zh"], "en": raw["en"]},
        )
        for raw in _document()["columns"]
    }


@cache
def _headings() -> Mapping[str, str]:
    return {
        plain(heading): raw["name"] for raw in _document()["columns"] for heading in raw["headings"]
    }


def names() -> Iterable[str]:
    """The names under which a house may map a heading of its own to a vendor's column."""
    return _columns().keys()


def named(name: str) -> VendorColumn | None:
    """The column of that name."""
    return _columns().get(name)


def headed(spelling: str) -> VendorColumn | None:
    """The column that a plain heading names."""
    name = _headings().get(spelling)
    return None if name is None else _columns()[name]


def vendor_name(vendor: str) -> str:
    """What a vendor is called; "" where nobody is told."""
    return str(_document()["vendors"][vendor]["name"]) if vendor else ""


def vendor_of(heads: Iterable[str], names: Iterable[str]) -> str:
    """Whose export a sheet is: told by headings that no other tool writes, else by its names.

    Args:
        heads: The sheet's headings.
        names: Names of file and sheet, and title rows.

    Returns:
        The vendor; "" where none or more than one is told.
    """
    vendors = _document()["vendors"]
    written = {plain(head) for head in heads}
    told = {v for v, raw in vendors.items() if written & {plain(h) for h in raw["headings"]}}
    if not told:
        flat = "\n".join(names).casefold()
        told = {v for v, raw in vendors.items() if any(t in flat for t in raw["traces"])}
    return told.pop() if len(told) == 1 else ""


def evidence(
    grid: Grid, heading_row: int, columns: Mapping[int, tuple[VendorColumn, str]]
) -> dict[int, Evidence]:
    """The columns in which a vendor speaks; the vendor is the heading's, else the sheet's.

    Args:
        grid: The sheet.
        heading_row: Where its headings stand; what stands above are titles.
        columns: What each such heading means, and the unit that it states.
    """
    if not columns:
        return {}
    titles = (text for row in range(heading_row) for text in grid.texts(row))
    sheet = vendor_of(grid.texts(heading_row), (grid.file, grid.sheet, *titles))
    return {
        place: Evidence(column=column, vendor=column.vendor or sheet, unit=unit)
        for place, (column, unit) in columns.items()
        if not column.only or (column.vendor or sheet) in column.only
    }
