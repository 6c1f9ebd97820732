"""Columns: for each input of a method the numbers of all groups, with ranges and origins.

A method names its inputs; this table says what each of them is: an assumption with a range, a
fact, a parameter, or a line of another sheet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from zhirong.application.assumption_book import AssumptionBook, origin_of
from zhirong.application.case_file import Assumption
from zhirong.application.groups import Group
from zhirong.core.figure import Figure
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet
from zhirong.core.sources import Origin
from zhirong.valuation.simulation import Uncertain


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedInput:
    """An input that is an assumption.

    Args:
        unit: Of the register.
        key: Key of the assumption where it differs from the input's name.
        is_yearly: Whether it runs over the forecast years.
        floor, ceiling: Bounds that no draw crosses.
    """

    unit: str = "share"
    key: str = ""
    is_yearly: bool = False
    floor: float = 0.0
    ceiling: float = np.inf


# The inputs that analysts judge; every other input is a fact, a parameter or a line.
ASSUMED: Mapping[str, AssumedInput] = {
    "growth": AssumedInput(is_yearly=True, floor=-0.95),
    "royalty_rate": AssumedInput(ceiling=1.0),
    "royalty_decay": AssumedInput(ceiling=0.99),
    "split_rate": AssumedInput(ceiling=1.0),
    "profit_split_rate": AssumedInput(ceiling=1.0),
    "life": AssumedInput(unit="year", key="economic_life"),
    "discount_rate": AssumedInput(),
    "development_cost": AssumedInput(unit="CNY"),
    "volatility": AssumedInput(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The numbers of one input over the groups; `drawn` where they have a range."""

    key: str
    unit: str
    axes: tuple[str, ...]
    central: Array
    origins: tuple[Origin, ...]
    drawn: Uncertain | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingInput:
    """An assumption that nobody made yet."""

    key: str
    group: str
    year: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedColumns:
    """The columns that the book gives for some groups, and what it lacks."""

    columns: Mapping[str, Column]
    missing: tuple[MissingInput, ...]


def assumed_column(
    name: str, groups: Sequence[Group], *, book: AssumptionBook, years: int
) -> Column | tuple[MissingInput, ...]:
    """The column of an assumed input, or what is missing for it.

    Args:
        name: A key of ASSUMED.
        groups: The groups, in the order of axis "asset".
        book: The case's assumptions.
        years: Number of forecast years.
    """
    spec = ASSUMED[name]
    key = spec.key or name
    wanted = range(1, years + 1) if spec.is_yearly else (0,)
    found: list[Assumption] = []
    missing: list[MissingInput] = []
    for group in groups:
        for year in wanted:
            item = book.find(key, group.scopes, year=year)
            if item is None:
                missing.append(MissingInput(key=key, group=group.group, year=year))
            else:
                found.append(item)
    if missing:
        return tuple(missing)
    return _column(name, spec, found, len(groups))


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
        drawn=Uncertain(
            key=name,
            low=low,
            central=central,
            high=high,
            drivers=_drivers(found, rows),
            floor=spec.floor,
            ceiling=spec.ceiling,
        ),
    )


def _or(bound: object, item: Assumption) -> float:
    return float(str(bound)) if bound is not None else float(item.central)


def _drivers(found: Sequence[Assumption], rows: int) -> tuple[int, ...]:
    """Groups that read the same assumption are moved by the same driver."""
    width = len(found) // rows
    seen: dict[str, int] = {}
    return tuple(seen.setdefault(found[row * width].scope, len(seen)) for row in range(rows))


def fixed(
    key: str, values: object, unit: str, *, axes: tuple[str, ...], origins: Sequence[Origin]
) -> Column:
    """A column without a range: facts, parameters, computed numbers."""
    array = np.asarray(values, dtype=np.float64)
    return Column(key=key, unit=unit, axes=axes, central=array, origins=tuple(origins))


@dataclass(slots=True)
class InputBuilder:
    """Enters the inputs of a method on a sheet, by the names of its record's fields.

    Args:
        columns: By input name.
        years: Number of forecast years.
        linked: Inputs that are lines of other sheets: name → how to enter them.
    """

    columns: Mapping[str, Column]
    years: int
    linked: Mapping[str, Callable[[Sheet], Figure]] = field(default_factory=dict)

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
                figures[name] = self.linked[name](sheet)
            else:
                column = self.columns[name]
                figures[name] = sheet.enter(
                    name, column.central, column.unit, axes=column.axes, origins=column.origins
                )
        return figures
