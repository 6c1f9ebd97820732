"""Workings as they are stored: sheets with inputs, lines, expressions and values.

`result.json` keeps them; the workbook is written from them and `explain` walks them, so that both
show the same thing and need nothing else.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from zhirong.core.figure import Constant, Figure, Named, Step
from zhirong.core.operations import Array, round_half_away
from zhirong.core.sheet import Entry, Line, Sheet
from zhirong.core.sources import Origin

# Stored figures are the same on any machine: amounts to the fen, pure numbers to 1e-9.
PURE_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A line or input of the same sheet."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """A plain number of the formula."""

    number: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Operated:
    """An operation of core's table on other expressions."""

    operation: str
    arguments: tuple["Expression", ...]
    axis: str = ""
    index: tuple[int, ...] = ()


Expression = Reference | Literal | Operated


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRecord:
    """An input: values in the order of its axes, and one origin or one for each value."""

    key: str
    unit: str
    axes: tuple[str, ...]
    values: tuple[float, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRecord:
    """A line: values in the order of its axes, and the expression that gives them."""

    key: str
    unit: str
    axes: tuple[str, ...]
    values: tuple[float, ...]
    expression: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisLabels:
    """The labels of the places along one axis."""

    axis: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRecord:
    """The workings of one method."""

    name: str
    labels: tuple[AxisLabels, ...]
    inputs: tuple[InputRecord, ...]
    lines: tuple[LineRecord, ...]

    def places(self, axis: str) -> tuple[str, ...]:
        """The labels along an axis; empty where it has none."""
        return next((item.places for item in self.labels if item.axis == axis), ())

    def entry(self, key: str) -> InputRecord | LineRecord | None:
        """The input or line under the key."""
        rows: tuple[InputRecord | LineRecord, ...] = (*self.inputs, *self.lines)
        return next((row for row in rows if row.key == key), None)

    def shape(self, axes: tuple[str, ...]) -> tuple[int, ...]:
        """The lengths along the axes."""
        return tuple(len(self.places(axis)) for axis in axes)


def rounded(values: Array, *, is_money: bool) -> Array:
    """Values as they are stored; minus zero becomes zero."""
    result: Array = round_half_away(values) if is_money else np.round(values, PURE_DECIMALS)
    return result + 0.0


def _flat(values: Array) -> tuple[float, ...]:
    listed: Any = values.reshape(-1).tolist()
    return tuple(listed)


def _expression(node: object) -> Expression:
    match node:
        case Named(key=key):
            return Reference(key=key)
        case Constant(value=value):
            return Literal(number=value)
        case Step():
            arguments = tuple(_expression(argument.node) for argument in node.arguments)
            return Operated(
                operation=node.operation, arguments=arguments, axis=node.axis, index=node.index
            )
    raise AssertionError(f"A kept sheet holds a figure without trace: {node!r}")


def _input(entry: Entry) -> InputRecord:
    figure = entry.figure
    return InputRecord(
        key=entry.key,
        unit=figure.unit,
        axes=figure.axes,
        values=_flat(figure.values),
        origins=entry.origins,
    )


def _line(line: Line) -> LineRecord:
    figure: Figure = line.figure
    return LineRecord(
        key=line.key,
        unit=figure.unit,
        axes=figure.axes,
        values=_flat(rounded(figure.values, is_money=not figure.dimension.is_pure)),
        expression=_expression(figure.node),
    )


def _with_labels(sheet: Sheet) -> tuple[AxisLabels, ...]:
    lengths: dict[str, int] = {}
    figures = [e.figure for e in sheet.inputs.values()] + [x.figure for x in sheet.lines.values()]
    for figure in figures:
        for axis, length in zip(figure.axes, figure.values.shape, strict=True):
            known = lengths.setdefault(axis, length)
            assert known == length, f"{sheet.name}: {axis} varies"
    return tuple(
        AxisLabels(
            axis=axis,
            places=sheet.labels.get(axis) or tuple(str(place + 1) for place in range(length)),
        )
        for axis, length in lengths.items()
    )


def freeze(sheet: Sheet) -> SheetRecord:
    """The sheet as it is stored."""
    return SheetRecord(
        name=sheet.name,
        labels=_with_labels(sheet),
        inputs=tuple(_input(entry) for entry in sheet.inputs.values()),
        lines=tuple(_line(line) for line in sheet.lines.values()),
    )
