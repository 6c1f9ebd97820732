"""The one table of what can be done to figures: numpy function, Excel pattern, readings.

Each row serves three readers: the engine (`apply`), the workbook (`excel`, with `{0}` `{1}` for the
arguments' formulas), and a person who opens a figure (`reading`, in symbols, so that it needs no
language). Excel reads `-2^2` as 4 and
`2^3^2` as 64, so every pattern brackets itself and its arguments.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np
from scipy.special import ndtr

from zhirong.core.units import NUMBER, Dimension, UnitError

Array = np.ndarray[Any, np.dtype[np.float64]]
NUDGE_MAX = 0.01  # fen
LOGARITHMS_FROM = 2_000  # for fewer bases a power costs nothing
WHOLE_FROM = 2.0**52  # fen; from here on a float64 has no fraction
UnitRule = Callable[[tuple[Dimension, ...]], Dimension]


def _same(dimensions: tuple[Dimension, ...]) -> Dimension:
    first = dimensions[0]
    if any(other != first for other in dimensions[1:]):
        raise UnitError(
            f"Units do not go together: {[d.powers for d in dimensions]}.", unit=str(dimensions)
        )
    return first


def _pure(dimensions: tuple[Dimension, ...]) -> Dimension:
    if not all(item.is_pure for item in dimensions):
        raise UnitError(
            f"A pure number is wanted, not {[d.powers for d in dimensions]}.", unit=str(dimensions)
        )
    return NUMBER


def _compared(dimensions: tuple[Dimension, ...]) -> Dimension:
    _same(dimensions)
    return NUMBER


def _chosen(dimensions: tuple[Dimension, ...]) -> Dimension:
    return _same(dimensions[1:])


def _product(dimensions: tuple[Dimension, ...]) -> Dimension:
    return dimensions[0].times(dimensions[1])


def _quotient(dimensions: tuple[Dimension, ...]) -> Dimension:
    return dimensions[0].times(dimensions[1], -1)


def _root(dimensions: tuple[Dimension, ...]) -> Dimension:
    return dimensions[0].raised(0.5)


def round_half_away(values: Array) -> Array:
    """Two decimals, halves away from zero, as a spreadsheet rounds."""
    fen = np.abs(values) * 100.0
    # A relative nudge of one part in 10^15 repairs halves that binary fractions cannot hold; it
    # stays far below a fen, and amounts too large to have a fraction are whole already.
    nudged = fen + np.minimum(fen * 1e-15, NUDGE_MAX)
    whole: Array = np.where(fen < WHOLE_FROM, np.floor(nudged + 0.5), fen) / 100.0
    signed: Array = np.copysign(whole, values)
    return signed


def _clamped_log(values: Array) -> Array:
    # `where` computes both sides: the side not chosen may hold zeros, and must not warn.
    positive = np.where(values > 0, values, 1.0)
    logarithm: Array = np.where(values > 0, np.log(positive), -np.inf)
    return logarithm


def _safe_ratio(left: Array, right: Array) -> Array:
    zero = right == 0
    if not np.any(zero):
        plain: Array = np.divide(left, right)
        return plain
    ratio: Array = np.where(zero, 0.0, np.divide(left, np.where(zero, 1.0, right)))
    return ratio


def _power(base: Array, exponent: Array) -> Array:
    """A power; where bases repeat over an axis, in half the time or less.

    Exponents one apart (the years) follow by multiplying on, others by one logarithm a base.
    """
    repeated = np.broadcast(base, exponent).size >= 2 * base.size >= LOGARITHMS_FROM
    if not repeated or not np.all(base > 0):
        plain: Array = np.power(base, exponent)
        return plain
    if exponent.size == len(exponent) and len(base) == 1:
        step = np.diff(exponent.ravel())
        if np.all(np.abs(step) == 1.0) and np.ptp(step) == 0.0:
            return _powers_in_a_row(base, exponent, ascending=bool(step[0] > 0))
    power: Array = exponent * np.log(base)
    return np.exp(power, out=power)


def _powers_in_a_row(base: Array, exponent: Array, *, ascending: bool) -> Array:
    powers = np.empty(np.broadcast_shapes(base.shape, exponent.shape))
    np.power(base[0], exponent[0], out=powers[0])
    factor = base[0] if ascending else 1.0 / base[0]
    for place in range(1, len(powers)):
        np.multiply(powers[place - 1], factor, out=powers[place])
    return powers


def _accumulated(operation: np.ufunc, values: Array, *, axis: int) -> Array:
    """A running product or sum; numpy's own is five times slower where draws lie behind the axis.

    Place by place whole rows are combined, in the same order and so with the same bits.
    """
    if axis == values.ndim - 1:
        own: Array = operation.accumulate(values, axis=axis)
        return own
    source = np.moveaxis(values, axis, 0)
    target = np.empty(source.shape)
    target[:1] = source[:1]
    for place in range(1, len(source)):
        operation(target[place - 1], source[place], out=target[place])
    return np.moveaxis(target, 0, axis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One row of the table.

    `shape` tells how it treats axes: "each" element by element, "over" along one axis that it
    removes (`total`), "along" one axis that it keeps (`running_product`), "map" between two row
    axes (`gather`, `total_by`).
    """

    name: str
    apply: Callable[..., Any]
    excel: str
    reading: str
    unit: UnitRule
    shape: str = "each"


def _rows(*rows: Operation) -> dict[str, Operation]:
    return {row.name: row for row in rows}


def _each(
    name: str, apply: Callable[..., Any], texts: tuple[str, str], unit: UnitRule
) -> Operation:
    excel, reading = texts
    return Operation(name=name, apply=apply, excel=excel, reading=reading, unit=unit)


def _infix(excel: str, reading: str) -> tuple[str, str]:
    return f"({{0}}{excel}{{1}})", f"({{0}} {reading} {{1}})"


def _named(excel: str, reading: str, count: int) -> tuple[str, str]:
    inside = ",".join(f"{{{i}}}" for i in range(count))
    spaced = ", ".join(f"{{{i}}}" for i in range(count))
    return f"{excel}({inside})", f"{reading}({spaced})"


def _compare(function: Callable[..., Any], excel: str, reading: str, name: str) -> Operation:
    # A comparison is 1 or 0, in a spreadsheet as in the engine.
    texts = (f"(({{0}}{excel}{{1}})*1)", f"({{0}} {reading} {{1}})")
    return _each(name, lambda a, b: function(a, b).astype(np.float64), texts, _compared)


def _cumulative(name: str, apply: Callable[..., Any], reading: str, unit: UnitRule) -> Operation:
    return Operation(
        name=name, apply=apply, excel="", reading=f"{reading}({{0}})", unit=unit, shape="along"
    )


TABLE: dict[str, Operation] = _rows(
    _each("add", np.add, _infix("+", "+"), _same),
    _each("subtract", np.subtract, _infix("-", "−"), _same),
    _each("multiply", np.multiply, _infix("*", "×"), _product),
    _each("divide", np.divide, _infix("/", "÷"), _quotient),
    _each(
        "ratio",
        _safe_ratio,
        ("IF(({1})=0,0,({0})/({1}))", "({0} ÷ {1})"),
        _quotient,
    ),
    _each("power", _power, ("(({0})^({1}))", "({0})^({1})"), _pure),
    _each("negate", np.negative, ("(-({0}))", "−({0})"), _same),
    _each("minimum", np.minimum, _named("MIN", "min", 2), _same),
    _each("maximum", np.maximum, _named("MAX", "max", 2), _same),
    _each("absolute", np.abs, _named("ABS", "abs", 1), _same),
    _each("exp", np.exp, _named("EXP", "exp", 1), _pure),
    _each("log", _clamped_log, _named("LN", "ln", 1), _pure),
    _each("sqrt", np.sqrt, _named("SQRT", "√", 1), _root),
    _each("floor", np.floor, _named("INT", "floor", 1), _pure),
    _each("normal_cdf", ndtr, ("_xlfn.NORM.S.DIST({0},TRUE)", "N({0})"), _pure),
    _each(
        "normal_density",
        lambda x: np.exp(-0.5 * x * x) / np.sqrt(2 * np.pi),
        ("_xlfn.NORM.S.DIST({0},FALSE)", "φ({0})"),
        _pure,
    ),
    _each("round_fen", round_half_away, ("ROUND({0},2)", "round({0})"), _same),
    _each(
        "where",
        lambda c, a, b: np.where(c != 0, a, b),
        ("IF(({0})<>0,{1},{2})", "({0} ? {1} : {2})"),
        _chosen,
    ),
    _compare(np.less, "<", "<", "less"),
    _compare(np.less_equal, "<=", "≤", "less_equal"),
    _compare(np.greater, ">", ">", "greater"),
    _compare(np.greater_equal, ">=", "≥", "greater_equal"),
    Operation(
        name="total",
        apply=np.sum,
        excel="SUM({0})",
        reading="Σ({0})",
        unit=_same,
        shape="over",
    ),
    Operation(
        name="highest",
        apply=np.max,
        excel="MAX({0})",
        reading="max({0})",
        unit=_same,
        shape="over",
    ),
    _cumulative("running_product", partial(_accumulated, np.multiply), "∏", _pure),
    _cumulative("running_total", partial(_accumulated, np.add), "Σ…", _same),
    _cumulative("previous", np.roll, "t−1", _same),
    Operation(name="gather", apply=np.take, excel="", reading="{0}", unit=_same, shape="map"),
    Operation(
        name="total_by", apply=np.add.at, excel="", reading="Σ({0})", unit=_same, shape="map"
    ),
)


@lru_cache(maxsize=256)
def _memory_order(axes: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """How an array of draws lies in memory, and the way back; None where it lies as it is seen."""
    if "draw" not in axes or "year" not in axes or axes[0] == "year":
        return None
    at = axes.index("year")
    order = (at, *(place for place in range(len(axes)) if place != at))
    return order, tuple(order.index(place) for place in range(len(axes)))


def operated(name: str, arrays: Sequence[Array], axes: tuple[str, ...]) -> Array:
    """The result of an element-by-element row of the table on aligned arrays.

    Arrays of draws lie in memory with the years outermost, however they are seen: all draws of a
    year lie together, so that what has no year meets each year in one long loop, and running sums
    and products combine whole years.
    """
    order = _memory_order(axes)
    if order is None:
        plain: Array = TABLE[name].apply(*arrays)
        return plain
    there, back = order
    values: Array = TABLE[name].apply(*[array.transpose(there) for array in arrays])
    return values.transpose(back)
