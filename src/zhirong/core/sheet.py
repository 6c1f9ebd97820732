"""Sheets: where inputs enter and lines are named, so that a method's workings can be shown.

Inputs enter by `fact`, `parameter`, `assumption` or `computed`, each with its origin; a line names
an intermediate or final figure. With `keep=False` (simulation) nothing is stored and figures carry
no trace.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhirong.core.errors import InputError, ModelError
from zhirong.core.figure import AXES, Figure, FigureUseError, Named, constant
from zhirong.core.operations import Array
from zhirong.core.sources import (
    AssumptionOrigin,
    ComputedOrigin,
    FactOrigin,
    LineOrigin,
    Origin,
    ParameterOrigin,
    kind_of,
)
from zhirong.core.units import UnitError, dimension

# Keeping every step of 5,000 rights takes some hundred megabytes; beyond that one row is replayed.
KEPT_ROWS_MAX = 5_000


class SheetError(ModelError):
    """A key used twice, or a line that is not of this sheet."""

    code = "error.sheet"


class NotFiniteError(ModelError):
    """A line came out infinite or undefined for these inputs."""

    code = "error.not_finite"


class TooManyRowsError(InputError):
    """More rows than workings are kept for."""

    code = "error.too_many_rows"


@dataclass(frozen=True, slots=True)
class Entry:
    """An input of a sheet: its figure and where each number comes from.

    `origins` holds one origin for all numbers, or one for each number in the order of the array.
    """

    key: str
    figure: Figure
    origins: tuple[Origin, ...]

    @property
    def kind(self) -> str:
        """fact, parameter, assumption, computed or line."""
        return kind_of(self.origins[0])


@dataclass(frozen=True, slots=True)
class Line:
    """A named figure of a sheet; `figure.node` is the formula that made it."""

    key: str
    figure: Figure


class Sheet:
    """The workings of one method.

    Args:
        name: Key of the method, e.g. "relief_from_royalty".
        keep: Whether inputs, lines and the trace are stored.
        labels: For each axis the labels of its places, e.g. asset ids, rights' numbers, years.
    """

    def __init__(
        self, name: str, *, keep: bool = True, labels: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.name = name
        self.keep = keep
        self.labels: dict[str, tuple[str, ...]] = {
            axis: tuple(places) for axis, places in (labels or {}).items()
        }
        unknown = set(self.labels) - set(AXES)
        if unknown:
            raise SheetError(f"Unknown axes {sorted(unknown)}.", axes=sorted(unknown))
        if keep and any(len(places) > KEPT_ROWS_MAX for places in self.labels.values()):
            raise TooManyRowsError(
                f"Workings are kept for at most {KEPT_ROWS_MAX} rows.", rows_max=KEPT_ROWS_MAX
            )
        self.inputs: dict[str, Entry] = {}
        self.lines: dict[str, Line] = {}

    def fact(
        self,
        key: str,
        values: npt.ArrayLike,
        unit: str,
        *,
        origins: FactOrigin | Sequence[FactOrigin],
        axes: tuple[str, ...] = (),
    ) -> Figure:
        """A number that a document answers for."""
        return self._enter(key, values, unit, axes, origins)

    def parameter(
        self,
        key: str,
        values: npt.ArrayLike,
        unit: str,
        *,
        origins: ParameterOrigin | Sequence[ParameterOrigin],
        axes: tuple[str, ...] = (),
    ) -> Figure:
        """A published number."""
        return self._enter(key, values, unit, axes, origins)

    def assumption(
        self,
        key: str,
        values: npt.ArrayLike,
        unit: str,
        *,
        origins: AssumptionOrigin | Sequence[AssumptionOrigin],
        axes: tuple[str, ...] = (),
    ) -> Figure:
        """A judged number; its author answers for it."""
        return self._enter(key, values, unit, axes, origins)

    def computed(
        self,
        key: str,
        values: npt.ArrayLike,
        unit: str,
        *,
        origins: ComputedOrigin | Sequence[ComputedOrigin],
        axes: tuple[str, ...] = (),
    ) -> Figure:
        """A number that a procedure gave which a spreadsheet formula cannot."""
        return self._enter(key, values, unit, axes, origins)

    def enter(
        self,
        key: str,
        values: npt.ArrayLike,
        unit: str,
        *,
        origins: Origin | Sequence[Origin],
        axes: tuple[str, ...] = (),
    ) -> Figure:
        """A number of any of the four kinds, told by its origins."""
        return self._enter(key, values, unit, axes, origins)

    def take(
        self, other: "Sheet", key: str, *, as_key: str = "", rows: Sequence[int] = ()
    ) -> Figure:
        """A line of another sheet, as an input of this one.

        Args:
            other: The sheet that holds the line; it must be kept.
            key: The line.
            as_key: Its key here, where it is another.
            rows: For each row here the row there, where they differ; -1 gives 0.

        Raises:
            SheetError: The other sheet has no such line.
        """
        if key not in other.lines:
            raise SheetError(f"Sheet {other.name!r} has no line {key!r}.", line=key)
        figure = other.lines[key].figure
        values = figure.values
        if rows:
            there = np.asarray(rows, dtype=np.intp)
            kept = (there >= 0).reshape(-1, *(1,) * (values.ndim - 1))
            values = np.where(kept, values[np.maximum(there, 0)], 0.0)
        origin = LineOrigin(sheet=other.name, line=key, rows=tuple(rows))
        return self._enter(as_key or key, values, figure.unit, figure.axes, origin)

    def years(self, count: int) -> Figure:
        """The forecast years 0, 1, ..., count - 1 from the valuation date, along axis "year"."""
        origins = ComputedOrigin(by="year_index")
        return self._enter("year", np.arange(count), "year", ("year",), origins)

    def line(self, key: str, figure: Figure, unit: str) -> Figure:
        """Name a figure; the unit is checked against its dimension.

        Raises:
            UnitError: The figure has another dimension.
            SheetError: The key is taken, or an axis is longer or shorter than its labels.
            NotFiniteError: A division by zero, or a logarithm of it, came out.
        """
        expected = dimension(unit)
        if figure.dimension != expected:
            raise UnitError(
                f"Line {key!r} of {self.name!r} is {figure.dimension.powers}, not {unit!r}.",
                unit=unit,
                line=key,
            )
        if not self.keep:
            return figure
        self._check_key(key)
        if figure.node is None:
            raise FigureUseError(f"Line {key!r} of {self.name!r} lost its trace.", line=key)
        self._check_places(key, figure)
        if not np.all(np.isfinite(figure.values)):
            raise NotFiniteError(
                f"Line {key!r} of {self.name!r} has no finite value.", sheet=self.name, line=key
            )
        self.lines[key] = Line(key, Figure(figure.values, figure.axes, unit, figure.node))
        return Figure(figure.values, figure.axes, unit, Named(key))

    def _check_key(self, key: str) -> None:
        if key in self.inputs or key in self.lines:
            raise SheetError(f"{key!r} stands twice on sheet {self.name!r}.", line=key)

    def _check_places(self, key: str, figure: Figure) -> None:
        for axis, length in zip(figure.axes, figure.values.shape, strict=True):
            places = len(self.labels.get(axis, ()))
            if places not in (0, length):
                raise SheetError(
                    f"{key!r} of {self.name!r} has {length} places along {axis!r}, not {places}.",
                    line=key,
                )

    def _enter(
        self,
        key: str,
        values: npt.ArrayLike,
        unit: str,
        axes: tuple[str, ...],
        origins: Origin | Sequence[Origin],
    ) -> Figure:
        # Kept numbers are copied, so that nobody changes them behind the sheet's back.
        array: Array = (np.array if self.keep else np.asarray)(values, dtype=np.float64)
        if not np.all(np.isfinite(array)):
            raise SheetError(f"Input {key!r} of {self.name!r} is not finite.", line=key)
        listed = tuple(origins) if isinstance(origins, Sequence) else (origins,)
        if len(listed) not in (1, array.size):
            raise SheetError(f"{len(listed)} origins for {array.size} numbers.", line=key)
        figure = Figure(array, axes, unit, Named(key) if self.keep else None)
        if self.keep:
            self._check_key(key)
            self._check_places(key, figure)
            self.inputs[key] = Entry(key, figure, listed)
        return figure


def number(value: float, unit: str = "1") -> Figure:
    """A plain number as a figure, for methods that start from none."""
    return constant(value, dimension(unit))
