"""Figures compute what numpy computes with axes matched by name, and their trace says how."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhirong.application.workings import Expression, Literal, Operated, Reference, freeze
from zhirong.core import figure as fig
from zhirong.core.figure import AXES, Figure
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet
from zhirong.core.sources import AssumptionOrigin

LENGTHS = {"asset": 2, "right": 3, "year": 4, "draw": 5}
ORIGIN = AssumptionOrigin(author="A. Tester", reason="drawn")
NUMBERS = st.floats(-1e6, 1e6, allow_subnormal=False)
OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "less": operator.lt,
    "greater_equal": operator.ge,
    "minimum": fig.minimum,
    "maximum": fig.maximum,
}
NUMPYS: Mapping[str, Callable[[Any, Any], Any]] = {
    **{name: OPERATORS[name] for name in ("add", "subtract", "multiply", "less", "greater_equal")},
    "minimum": np.minimum,
    "maximum": np.maximum,
}
SUBSETS = st.sets(st.sampled_from(AXES)).map(lambda own: tuple(a for a in AXES if a in own))


@st.composite
def arrays(draw: st.DrawFn, axes: tuple[str, ...]) -> Array:
    shape = tuple(LENGTHS[axis] for axis in axes)
    count = int(np.prod(shape))
    return np.array(draw(st.lists(NUMBERS, min_size=count, max_size=count))).reshape(shape)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    axes = draw(SUBSETS)
    return Figure(draw(arrays(axes)), axes, "1")


def spread(figure: Figure) -> Array:
    """The values with a dimension for every axis there is."""
    index = tuple(slice(None) if axis in figure.axes else None for axis in AXES)
    return figure.values[index]


@given(left=figures(), right=figures(), name=st.sampled_from(sorted(OPERATORS)))
def test_two_figures_meet_by_the_names_of_their_axes(left: Figure, right: Figure, name: str):
    found = OPERATORS[name](left, right)

    assert found.axes == tuple(a for a in AXES if a in (*left.axes, *right.axes))
    expected = np.asarray(NUMPYS[name](spread(left), spread(right)), dtype=np.float64)
    assert np.array_equal(spread(found), expected)


@given(figure=figures(), name=st.sampled_from(("total", "highest", "running_total", "previous")))
def test_an_operation_along_an_axis_leaves_the_others_alone(figure: Figure, name: str):
    for axis in figure.axes:
        found = getattr(fig, name)(figure, over=axis)
        others = tuple(a for a in figure.axes if a != axis)
        assert found.axes == (others if name in ("total", "highest") else figure.axes)
        at = figure.axes.index(axis)
        if name == "total":
            assert np.array_equal(found.values, figure.values.sum(axis=at))
        if name == "previous":
            first = found.values.take(0, axis=at)
            assert np.all(first == 0)
            later = found.values.take(range(1, LENGTHS[axis]), axis=at)
            assert np.array_equal(later, figure.values.take(range(LENGTHS[axis] - 1), axis=at))


@st.composite
def formulas(draw: st.DrawFn, inputs: tuple[Figure, ...], depth: int = 3) -> Figure:
    """A formula on the inputs; every figure in it is a pure number."""
    if depth == 0:
        return draw(st.sampled_from(inputs))
    one = draw(formulas(inputs, depth - 1))
    other = draw(formulas(inputs, depth - 1))
    choices: dict[str, Callable[[], Figure]] = {
        "two": lambda: OPERATORS[draw(st.sampled_from(sorted(OPERATORS)))](one, other),
        "plain": lambda: one * draw(st.integers(-3, 3)) - draw(st.integers(-3, 3)),
        "where": lambda: fig.where(one > 0, other, 0.5),
        "minus": lambda: -one,
    }
    if "year" in one.axes:
        choices["over"] = lambda: fig.total(one, over="year")
        choices["along"] = lambda: fig.running_total(one, over="year")
        choices["earlier"] = lambda: fig.previous(one, over="year")
    return choices[draw(st.sampled_from(sorted(choices)))]()


def evaluated(expression: Expression, known: Mapping[str, Figure]) -> Figure:
    """An expression as it is stored, computed again by nothing but its words."""
    match expression:
        case Reference(key=key):
            return known[key]
        case Literal(number=number):
            return fig.constant(number)
        case Operated(operation=operation, arguments=arguments, axis=axis):
            parts = [evaluated(argument, known) for argument in arguments]
            if operation == "previous":
                return fig.previous(parts[0], over=axis, first=parts[1])
            if axis:
                return getattr(fig, operation)(*parts, over=axis)
            return fig.apply(operation, *parts)
    raise AssertionError(expression)


@given(data=st.data())
def test_a_stored_expression_gives_the_line_again(data: st.DataObject):
    sheet = Sheet("test")
    inputs = tuple(
        sheet.assumption(
            "_".join(axes) or "scalar", data.draw(arrays(axes)), "1", origins=ORIGIN, axes=axes
        )
        for axes in ((), ("asset",), ("year",), ("asset", "year"))
    )
    named = sheet.line("first", data.draw(formulas(inputs)), "1")
    sheet.line("second", data.draw(formulas((*inputs, named))), "1")

    record = freeze(sheet)

    known = {key: entry.figure for key, entry in sheet.inputs.items()} | {"first": named}
    for stored in record.lines:
        again = evaluated(stored.expression, known)
        kept = sheet.lines[stored.key].figure
        assert again.axes == kept.axes == stored.axes
        assert np.array_equal(again.values, kept.values)


@given(data=st.data())
def test_draws_run_through_the_same_formula_one_by_one(data: st.DataObject):
    axes = ("asset", "year")
    drawn = data.draw(arrays((*axes, "draw")))
    inputs = (Figure(drawn, (*axes, "draw"), "1"),)
    one_by_one = [Figure(drawn[..., n], axes, "1") for n in range(LENGTHS["draw"])]

    def formula(x: Figure) -> Figure:
        grown = fig.running_total(fig.maximum(x, -1) * 0.5, over="year")
        return fig.total(fig.where(grown > 1, grown, x), over="year")

    together = formula(*inputs).values

    for n, one in enumerate(one_by_one):
        assert np.array_equal(together[..., n], formula(one).values)
