"""Figures: modeled numbers with named axes, a unit, and, when kept, the way they came about.

A valuation method is straight-line arithmetic on figures. The same text then gives the numbers
(one run at central assumptions, or thousands of draws), the workings, and the live workbook.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any, NoReturn, Union

import numpy as np

from zhirong.core.errors import InputError, ModelError
from zhirong.core.operations import TABLE, Array, operated
from zhirong.core.units import NUMBER, Dimension, dimension

# Canonical order; an array's dimensions follow it. An asset is a right or a group of rights that is
# valued as one; the draw stands last, so that a block of draws lies together in memory.
AXES = ("asset", "right", "year", "draw")
_SUBSETS = frozenset(axes for count in range(len(AXES) + 1) for axes in combinations(AXES, count))
Number = int | float
Operand = Union["Figure", Number]


class FigureUseError(ModelError):
    """A figure was used in a way that would lose its trace or mean something else."""

    code = "error.figure_use"


class AxesError(InputError):
    """An axis that a figure does not have, or lengths that do not match."""

    code = "error.axes"


@dataclass(frozen=True, slots=True)
class Step:
    """A figure made by an operation of the table from other figures."""

    operation: str
    arguments: tuple["Figure", ...]
    axis: str = ""
    index: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A figure that stands on a sheet under a key: an input or a line."""

    key: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A plain number of the formula itself, such as the 1 in (1 + rate)."""

    value: float


Node = Step | Named | Constant


@lru_cache(maxsize=256)
def _alignment(
    axes: tuple[tuple[str, ...], ...],
) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """The union of the axes in canonical order, and for each operand the index that fits it."""
    union = tuple(axis for axis in AXES if any(axis in own for own in axes))
    indices = tuple(tuple(slice(None) if axis in own else None for axis in union) for own in axes)
    return union, indices


class Figure:
    """An array with named axes and a unit; `node` is None where the trace is not kept.

    Args:
        values: float64; its dimensions follow `axes`. Not copied, but seen as read-only.
        axes: A subset of AXES, in their order.
        unit: A unit of the register.
        node: How it came about, or None.

    Raises:
        AxesError: Unknown axes, axes out of order, or not as many as the array has dimensions.
    """

    __slots__ = ("axes", "dimension", "node", "unit", "values")
    __array_ufunc__ = None  # plain numpy on a figure raises instead of losing the trace

    def __init__(
        self, values: Array, axes: tuple[str, ...], unit: str, node: Node | None = None
    ) -> None:
        if axes not in _SUBSETS or values.ndim != len(axes):
            raise AxesError(f"{values.ndim} dimensions for axes {axes}.", axes=axes)
        self.values: Array = np.asarray(values, dtype=np.float64).view()
        self.values.flags.writeable = False
        self.axes = axes
        self.unit = unit
        self.dimension: Dimension = dimension(unit)
        self.node = node

    def __repr__(self) -> str:
        return f"Figure({self.unit}, axes={self.axes}, values={self.values!r})"

    def __bool__(self) -> NoReturn:
        raise FigureUseError("A figure has no truth value: use where(condition, a, b).")

    def __float__(self) -> float:
        if self.axes:
            raise FigureUseError(f"A figure over {self.axes} is not one number.", axes=self.axes)
        return float(self.values)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        raise FigureUseError("Figures are not compared with ==: compare their values.")

    def __add__(self, other: Operand) -> "Figure":
        return apply("add", self, other)

    def __radd__(self, other: Number) -> "Figure":
        return apply("add", other, self)

    def __sub__(self, other: Operand) -> "Figure":
        return apply("subtract", self, other)

    def __rsub__(self, other: Number) -> "Figure":
        return apply("subtract", other, self)

    def __mul__(self, other: Operand) -> "Figure":
        return apply("multiply", self, other)

    def __rmul__(self, other: Number) -> "Figure":
        return apply("multiply", other, self)

    def __truediv__(self, other: Operand) -> "Figure":
        return apply("divide", self, other)

    def __rtruediv__(self, other: Number) -> "Figure":
        return apply("divide", other, self)

    def __pow__(self, other: Operand) -> "Figure":
        return apply("power", self, other)

    def __rpow__(self, other: Number) -> "Figure":
        return apply("power", other, self)

    def __neg__(self) -> "Figure":
        return apply("negate", self)

    def __lt__(self, other: Operand) -> "Figure":
        return apply("less", self, other)

    def __le__(self, other: Operand) -> "Figure":
        return apply("less_equal", self, other)

    def __gt__(self, other: Operand) -> "Figure":
        return apply("greater", self, other)

    def __ge__(self, other: Operand) -> "Figure":
        return apply("greater_equal", self, other)

    def length(self, axis: str) -> int:
        """The length along an axis.

        Raises:
            AxesError: The figure has no such axis.
        """
        if axis not in self.axes:
            raise AxesError(f"No axis {axis!r} among {self.axes}.", axes=self.axes)
        return int(self.values.shape[self.axes.index(axis)])


def constant(value: Number, like: Dimension = NUMBER) -> Figure:
    """A plain number of the formula; it takes the unit of what it stands beside."""
    figure = Figure(np.array(float(value)), (), "1", Constant(float(value)))
    figure.dimension = like
    return figure


def _operands(operation: str, arguments: Sequence[Operand]) -> tuple[Figure, ...]:
    figures = [a for a in arguments if isinstance(a, Figure)]
    if len(figures) == len(arguments):
        return tuple(figures)
    # 0 and other plain numbers beside an amount are amounts (max(value, 0)); in a product they
    # are pure numbers.
    like = NUMBER
    if figures and operation not in ("multiply", "divide", "ratio", "power"):
        like = figures[-1].dimension
    return tuple(a if isinstance(a, Figure) else constant(a, like) for a in arguments)


def _unit_name(result: Dimension, figures: tuple[Figure, ...]) -> str:
    for figure in figures:
        if figure.dimension == result and not isinstance(figure.node, Constant):
            return figure.unit
    return result.unit


def _finished(
    values: Array, axes: tuple[str, ...], parts: tuple[Figure, ...], step: Step
) -> Figure:
    result = TABLE[step.operation].unit(tuple([part.dimension for part in parts]))
    figure = Figure.__new__(Figure)
    figure.values = values
    figure.axes = axes
    figure.unit = _unit_name(result, parts)
    figure.dimension = result
    figure.node = None if None in [part.node for part in parts] else step
    return figure


def apply(operation: str, *arguments: Operand) -> Figure:
    """An element-by-element operation of the table; axes are matched by name.

    Raises:
        UnitError: The units do not go together.
        AxesError: Lengths along one axis differ.
    """
    parts = _operands(operation, arguments)
    axes, indices = _alignment(tuple([part.axes for part in parts]))
    if True in [1 in part.values.shape for part in parts]:
        _check_lengths(operation, parts)
    arrays = [part.values[index] for part, index in zip(parts, indices, strict=True)]
    try:
        values = operated(operation, arrays, axes)
    except ValueError as mismatch:
        shapes = [part.values.shape for part in parts]
        raise AxesError(f"{operation}: lengths differ: {shapes}.", axes=axes) from mismatch
    return _finished(np.asarray(values), axes, parts, Step(operation, parts))


def _check_lengths(operation: str, parts: tuple[Figure, ...]) -> None:
    """Numpy would stretch a length of 1; a sheet has no cell for that."""
    lengths: dict[str, int] = {}
    for part in parts:
        for axis, length in zip(part.axes, part.values.shape, strict=True):
            if lengths.setdefault(axis, length) != length:
                raise AxesError(f"{operation}: lengths differ along {axis!r}.", axes=part.axes)


def total(figure: Figure, *, over: str) -> Figure:
    """The sum along an axis, which goes."""
    return _reduced("total", figure, over)


def highest(figure: Figure, *, over: str) -> Figure:
    """The highest value along an axis, which goes.

    Raises:
        AxesError: The axis is empty.
    """
    if figure.length(over) == 0:
        raise AxesError(f"Nothing is highest along {over!r}: it is empty.", axes=figure.axes)
    return _reduced("highest", figure, over)


def _reduced(operation: str, figure: Figure, over: str) -> Figure:
    figure.length(over)
    at = figure.axes.index(over)
    values = np.asarray(TABLE[operation].apply(figure.values, axis=at))
    axes = figure.axes[:at] + figure.axes[at + 1 :]
    return _finished(values, axes, (figure,), Step(operation, (figure,), axis=over))


def running_product(figure: Figure, *, over: str) -> Figure:
    """The product of this and all earlier values along an axis."""
    return _along("running_product", figure, over)


def running_total(figure: Figure, *, over: str) -> Figure:
    """The sum of this and all earlier values along an axis."""
    return _along("running_total", figure, over)


def _along(operation: str, figure: Figure, over: str) -> Figure:
    figure.length(over)
    values = np.asarray(TABLE[operation].apply(figure.values, axis=figure.axes.index(over)))
    return _finished(values, figure.axes, (figure,), Step(operation, (figure,), axis=over))


def previous(figure: Figure, *, over: str, first: Operand = 0.0) -> Figure:
    """The value one place earlier along an axis; `first` stands at the beginning."""
    figure.length(over)
    at = figure.axes.index(over)
    start = first if isinstance(first, Figure) else constant(first, figure.dimension)
    if over in start.axes:
        raise AxesError(f"The first value has no place along {over!r}.", axes=start.axes)
    axes, (_, start_index) = _alignment((figure.axes, start.axes))
    if axes != figure.axes:
        raise AxesError(f"The first value has axes beyond {figure.axes}.", axes=axes)
    values = np.empty_like(figure.values)
    here: list[Any] = [slice(None)] * values.ndim
    here[at] = slice(0, 1)
    values[tuple(here)] = start.values[start_index]
    later, earlier = list(here), list(here)
    later[at], earlier[at] = slice(1, None), slice(None, -1)
    values[tuple(later)] = figure.values[tuple(earlier)]
    parts = (figure, start)
    return _finished(values, figure.axes, parts, Step("previous", parts, axis=over))


def gather(figure: Figure, *, index: Sequence[int]) -> Figure:
    """Each right's own asset's value: axis "asset" becomes "right"; `index` gives the asset's row.

    >>> groups = Figure(np.array([10.0, 20.0]), ("asset",), "CNY")
    >>> gather(groups, index=[0, 1, 1]).values
    array([10., 20., 20.])
    """
    assets = figure.length("asset")
    if "right" in figure.axes:
        raise AxesError("The figure already runs over rights.", axes=figure.axes)
    values = np.take(figure.values, _rows(index, assets), axis=0)
    axes = ("right", *figure.axes[1:])
    return _finished(values, axes, (figure,), Step("gather", (figure,), index=tuple(index)))


def _rows(index: Sequence[int], assets: int) -> np.ndarray[Any, np.dtype[np.intp]]:
    rows = np.asarray(index, dtype=np.intp)
    if rows.size and (rows.min() < 0 or rows.max() >= assets):
        raise AxesError(f"The index leads outside {assets} assets.", axes=("asset",))
    return rows


def total_by(figure: Figure, *, index: Sequence[int], assets: int) -> Figure:
    """The sum of the rights of each asset: axis "right" becomes "asset"."""
    rights = figure.length("right")
    if "asset" in figure.axes:
        raise AxesError("The figure already runs over assets.", axes=figure.axes)
    if len(index) != rights:
        raise AxesError(f"{len(index)} assets named for {rights} rights.", axes=figure.axes)
    values = np.zeros((assets, *figure.values.shape[1:]))
    np.add.at(values, _rows(index, assets), figure.values)
    axes = ("asset", *figure.axes[1:])
    return _finished(values, axes, (figure,), Step("total_by", (figure,), index=tuple(index)))


def where(condition: Figure, chosen: Operand, otherwise: Operand) -> Figure:
    """`chosen` where the condition is not 0, else `otherwise`; both sides are computed."""
    return apply("where", condition, *_operands("add", (chosen, otherwise)))


def minimum(left: Operand, right: Operand) -> Figure:
    """The smaller of the two, element by element."""
    return apply("minimum", left, right)


def maximum(left: Operand, right: Operand) -> Figure:
    """The larger of the two, element by element."""
    return apply("maximum", left, right)


def ratio(numerator: Figure, denominator: Figure) -> Figure:
    """The quotient, 0 where the denominator is 0."""
    return apply("ratio", numerator, denominator)


def exp(figure: Figure) -> Figure:
    """The exponential."""
    return apply("exp", figure)


def log(figure: Figure) -> Figure:
    """The natural logarithm; minus infinity at 0 and below."""
    return apply("log", figure)


def sqrt(figure: Figure) -> Figure:
    """The square root."""
    return apply("sqrt", figure)


def floor(figure: Figure) -> Figure:
    """The whole number at or below."""
    return apply("floor", figure)


def absolute(figure: Figure) -> Figure:
    """The size without the sign."""
    return apply("absolute", figure)


def normal_cdf(figure: Figure) -> Figure:
    """The standard normal distribution function."""
    return apply("normal_cdf", figure)


def normal_density(figure: Figure) -> Figure:
    """The standard normal density."""
    return apply("normal_density", figure)


def round_fen(figure: Figure) -> Figure:
    """Rounded to two decimals, halves away from zero: the one step from modeled to owed."""
    return apply("round_fen", figure)
