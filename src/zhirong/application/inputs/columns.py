"""Columns: for each input of a method the numbers of all groups, with ranges and origins.

A method names its inputs; this table says what each of them is: an assumption with a range, a
fact, a parameter, or a line of another sheet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from zhirong.application.case.assumed_inputs import ASSUMED, AssumedInput
from zhirong.application.case.assumption_book import AssumptionBook, origin_of
from zhirong.application.case.case_file import Assumption
from zhirong.core.figure import Figure
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ComputedOrigin, Origin
from zhirong.valuation.simulation import Uncertain

UNUSED = "not used"  # the scope of a place in a column that nobody reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The 10 % and 90 % points of a column, the scope each group reads, and bounds."""

    low: Array
    high: Array
    scopes: tuple[str, ...]
    floor: float
    ceiling: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The numbers of one input over the groups; `range` where they are judged."""

    key: str
    unit: str
    axes: tuple[str, ...]
    central: Array
    origins: tuple[Origin, ...]
    range: Range | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingInput:
    """An assumption that nobody made yet.

    Args:
        key: Of the assumption.
        group: Id of the group or number of the right; "" for the firm.
        year: Forecast year; 0 for all.
        suggestion: What a rule makes of the case's own facts, where one does.
        rule: Name of that rule.
    """

    key: str
    group: str
    year: int = 0
    suggestion: float | None = None
    rule: str = ""


class Scoped(Protocol):
    """What assumptions are looked for: a group of rights, or a single right."""

    @property
    def group(self) -> str:
        """Its id."""

    @property
    def scopes(self) -> tuple[str, ...]:
        """Where its assumptions are looked for, narrowest first."""


def assumed_column(
    name: str, groups: Sequence[Scoped], *, book: AssumptionBook, years: int
) -> Column | tuple[MissingInput, ...]:
    """The column of an assumed input, or what is missing for it.

    Args:
        name: A key of ASSUMED.
        groups: The groups, in the order of axis "asset".
        book: The case's assumptions.
        years: Number of forecast years.
    """
    spec = ASSUMED[name]
    keys = spec.keys or (name,)
    wanted = range(1, years + 1) if spec.is_yearly else (0,)
    found: list[Assumption] = []
    missing: list[MissingInput] = []
    for group in groups:
        # Where nobody said anything for any year, one statement for all years is what is missing.
        is_silent = spec.is_yearly and not any(_first(book, keys, group, y) for y in wanted)
        if is_silent:
            missing.append(MissingInput(key=keys[0], group=group.group))
            continue
        for year in wanted:
            item = _first(book, keys, group, year)
            if item is None:
                missing.append(MissingInput(key=keys[0], group=group.group, year=year))
            else:
                found.append(item)
    if missing:
        return tuple(missing)
    return _column(name, spec, found, len(groups))


def _first(
    book: AssumptionBook, keys: Sequence[str], group: Scoped, year: int
) -> Assumption | None:
    found = (book.find(key, group.scopes, year=year) for key in keys)
    return next((item for item in found if item is not None), None)


def _column(name: str, spec: AssumedInput, found: Sequence[Assumption], rows: int) -> Column:
    shape = (rows, len(found) // rows) if spec.is_yearly else (rows,)
    central = np.array([float(item.central) for item in found]).reshape(shape)
    low = np.array([float(_or(item.low, item)) for item in found]).reshape(shape)
    high = np.array([float(_or(item.high, item)) for item in found]).reshape(shape)
    return Column(
        key=name,
        unit=spec.unit,
        axes=("asset", "year") if spec.is_yearly else ("asset",),
        central=central,
        origins=tuple(origin_of(item) for item in found),
        range=Range(
            low=low,
            high=high,
            scopes=tuple(found[row * (len(found) // rows)].scope for row in range(rows)),
            floor=spec.floor,
            ceiling=spec.ceiling,
        ),
    )


def optional_column(name: str, groups: Sequence[Scoped], *, book: AssumptionBook) -> Column:
    """The column of an input that not every group needs: 0, marked as not used, where absent."""
    spec = ASSUMED[name]
    keys = spec.keys or (name,)
    found = [_first(book, keys, group, 0) for group in groups]
    low = [0.0 if item is None else float(_or(item.low, item)) for item in found]
    high = [0.0 if item is None else float(_or(item.high, item)) for item in found]
    return Column(
        key=name,
        unit=spec.unit,
        axes=("asset",),
        central=np.array([0.0 if item is None else float(item.central) for item in found]),
        origins=tuple(
            ComputedOrigin(by="not_used") if item is None else origin_of(item) for item in found
        ),
        range=Range(
            low=np.array(low),
            high=np.array(high),
            scopes=tuple(UNUSED if item is None else item.scope for item in found),
            floor=spec.floor,
            ceiling=spec.ceiling,
        ),
    )


def _or(bound: object, item: Assumption) -> float:
    return float(str(bound)) if bound is not None else float(item.central)


def uncertain(key: str, columns: Sequence[tuple[Sequence[int], Column]], rows: int) -> Uncertain:
    """One assumption over all groups, put together from the columns of several methods.

    Args:
        key: Name of the input.
        columns: (rows of the case that the column covers, column); the same assumption wherever
            two of them cover one row.
        rows: Number of groups; those that no column covers hold zeros, which nobody reads.
    """
    first = columns[0][1]
    shape = (rows, *first.central.shape[1:])
    low, central, high = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    scopes = [""] * rows
    floor, ceiling = -np.inf, np.inf
    for covered, column in columns:
        assert column.range is not None, "only judged columns are drawn"
        floor, ceiling = column.range.floor, column.range.ceiling
        for place, row in enumerate(covered):
            if column.range.scopes[place] == UNUSED:
                continue
            low[row], high[row] = column.range.low[place], column.range.high[place]
            central[row] = column.central[place]
            scopes[row] = column.range.scopes[place]
    # Groups that read the same assumption are moved by the same driver.
    seen: dict[str, int] = {}
    drivers = tuple(seen.setdefault(scope, len(seen)) for scope in scopes)
    return Uncertain(
        key=key, low=low, central=central, high=high, drivers=drivers, floor=floor, ceiling=ceiling
    )


def fixed(
    key: str, values: object, unit: str, *, axes: tuple[str, ...], origins: Sequence[Origin]
) -> Column:
    """A column without a range: facts, parameters, computed numbers."""
    array = np.asarray(values, dtype=np.float64)
    return Column(key=key, unit=unit, axes=axes, central=array, origins=tuple(origins))


def scaled(column: Column, factors: Array) -> Column:
    """The column times one factor a row, its range with it."""
    by_row = factors.reshape(-1, *(1,) * (column.central.ndim - 1))
    own = column.range
    if own is not None:
        ceiling = own.ceiling
        low, high = (np.minimum(end * by_row, ceiling) for end in (own.low, own.high))
        own = replace(own, low=low, high=high)
    central = column.central * by_row
    if own is not None:
        central = np.minimum(central, own.ceiling)
    return replace(column, central=central, range=own)


def spread_out(column: Column, there: Sequence[int]) -> Column:
    """A judged column over more rows: for each its place in the column, -1 where it has none."""
    own = column.range
    assert own is not None, "only judged columns are drawn"

    def over(values: Array) -> Array:
        kept = np.array([place >= 0 for place in there]).reshape(-1, *(1,) * (values.ndim - 1))
        return np.where(kept, values[np.maximum(there, 0)], 0.0)

    scopes = tuple(UNUSED if place < 0 else own.scopes[place] for place in there)
    wider = replace(own, low=over(own.low), high=over(own.high), scopes=scopes)
    return replace(column, central=over(column.central), range=wider)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An input that is a line of another sheet; `rows` says which rows there, -1 for none (0)."""

    sheet: Sheet
    line: str
    rows: tuple[int, ...] = ()

    def take(self, sheet: Sheet, key: str) -> Figure:
        """Enter it on a sheet under a key."""
        return sheet.take(self.sheet, self.line, as_key=key, rows=self.rows)

    def column(self, key: str) -> Column:
        """Its numbers as a column without range."""
        figure = self.take(Sheet("linked", keep=False), key)
        origins = (ComputedOrigin(by="linked"),)
        return fixed(key, figure.values, figure.unit, axes=figure.axes, origins=origins)


@dataclass(slots=True)
class InputBuilder:
    """Enters the inputs of a method on a sheet, by the names of its record's fields.

    Args:
        columns: By input name.
        years: Number of forecast years.
        linked: Inputs that are lines of other sheets.
    """

    columns: Mapping[str, Column]
    years: int
    linked: Mapping[str, Link] = field(default_factory=dict)

    def enter(
        self, sheet: Sheet, names: Sequence[str], drawn: Mapping[str, Array] | None = None
    ) -> dict[str, Figure]:
        """The inputs as figures; drawn ones carry the draw axis and no trace."""
        figures: dict[str, Figure] = {}
        for name in names:
            if name == "year":
                figures[name] = sheet.years(self.years)
            elif drawn is not None and name in drawn:
                axes = (*self.columns[name].axes, "draw")
                figures[name] = Figure(drawn[name], axes, self.columns[name].unit)
            elif drawn is None and name in self.linked:
                figures[name] = self.linked[name].take(sheet, name)
            else:
                column = self.columns[name]
                figures[name] = sheet.enter(
                    name, column.central, column.unit, axes=column.axes, origins=column.origins
                )
        return figures
