"""One figure of a stored result opened: formula, inputs, sources, down to file and row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from zhirong.application.workings import (
    Expression,
    InputRecord,
    Literal,
    Operated,
    Reference,
    SheetRecord,
)
from zhirong.core.errors import InputError
from zhirong.core.operations import TABLE
from zhirong.core.sources import LineOrigin, Origin

# Figures of the result by the names a reader knows, and the lines that gave them.
ALIASES = {
    "valuation.total.value": "conclusion.portfolio",
    "valuation.pledge.collateral_amount": "pledge.value",
    "valuation.pledge.caps_amount": "pledge.value",
}
_PATH = re.compile(r"^(?P<sheet>[a-z0-9_]+)\.(?P<line>[a-z0-9_:]+)(\[(?P<places>[^\]]*)\])?$")
Position = Mapping[str, int]


class FigurePathError(InputError):
    """A path that leads to no figure of the result."""

    code = "error.figure_path"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A figure and what it came from.

    Args:
        path: Where it stands: sheet.line[place, place].
        key: Key of its words (line.<key> or input.<key>).
        formula: In symbols, with keys; empty for an input.
        origin: Of an input; None for a line.
        parts: The figures it was made from, each once, in order.
        omitted: Figures left out because the depth or the count ended.
    """

    path: str
    sheet: str
    key: str
    value: float
    unit: str
    formula: str = ""
    origin: Origin | None = None
    parts: tuple["Explanation", ...] = field(default=())
    omitted: int = 0


PARTS_MAX = 40
# Operations along an axis: whether they read the whole of it, or up to their own place.
ALONG = {"total": True, "highest": True, "running_product": False, "running_total": False}


def explain(sheets: Sequence[SheetRecord], path: str, *, depth: int) -> Explanation:
    """The figure at a path, opened to a depth.

    Raises:
        FigurePathError: No such sheet, line or place.
    """
    by_name = {sheet.name: sheet for sheet in sheets}
    sheet, key, position = _find(by_name, ALIASES.get(path, path))
    return _explained(by_name, sheet, key, position, depth)


def paths(sheets: Sequence[SheetRecord]) -> tuple[str, ...]:
    """The paths of all lines, without places."""
    return tuple(f"{sheet.name}.{line.key}" for sheet in sheets for line in sheet.lines)


def _find(sheets: Mapping[str, SheetRecord], path: str) -> tuple[SheetRecord, str, dict[str, int]]:
    match = _PATH.match(path)
    sheet = sheets.get(match["sheet"]) if match else None
    entry = sheet.entry(match["line"]) if match and sheet else None
    if match is None or sheet is None or entry is None:
        raise FigurePathError(f"{path!r} is no figure of this result.", path=path)
    wanted = [part.strip() for part in (match["places"] or "").split(",") if part.strip()]
    if len(wanted) > len(entry.axes):
        raise FigurePathError(
            f"{path!r} names {len(wanted)} places along {len(entry.axes)} axes.", path=path
        )
    position = {
        axis: _place(sheet, axis, wanted[n] if n < len(wanted) else "1", path)
        for n, axis in enumerate(entry.axes)
    }
    return sheet, entry.key, position


def _place(sheet: SheetRecord, axis: str, text: str, path: str) -> int:
    """A place by its label, by the end of its label, or by its number from 1."""
    labels = sheet.places(axis)
    if text in labels:
        return labels.index(text)
    ends = [n for n, label in enumerate(labels) if label.endswith(text) or label.startswith(text)]
    if len(ends) == 1:
        return ends[0]
    if text.isdecimal() and 1 <= int(text) <= len(labels):
        return int(text) - 1
    raise FigurePathError(
        f"{path!r}: no place {text!r} along {axis}; places: {', '.join(labels[:12])}.",
        path=path,
    )


def _explained(
    sheets: Mapping[str, SheetRecord], sheet: SheetRecord, key: str, position: Position, depth: int
) -> Explanation:
    entry = sheet.entry(key)
    assert entry is not None, f"{sheet.name} has no {key}"
    flat = _flat(sheet, entry.axes, position)
    labels = [sheet.places(axis)[position[axis]] for axis in entry.axes]
    path = f"{sheet.name}.{key}" + (f"[{', '.join(labels)}]" if labels else "")
    found = Explanation(
        path=path, sheet=sheet.name, key=key, value=entry.values[flat], unit=entry.unit
    )
    if isinstance(entry, InputRecord):
        origin = entry.origins[flat if len(entry.origins) > 1 else 0]
        parts = _linked(sheets, origin, position, entry.axes, depth)
        return replace(found, origin=origin, parts=parts)
    wanted = list(dict.fromkeys(_references(entry.expression, sheet, position)))
    kept = wanted[:PARTS_MAX] if depth > 0 else []
    return replace(
        found,
        formula=_formula(entry.expression),
        parts=tuple(_explained(sheets, sheet, own, dict(at), depth - 1) for own, at in kept),
        omitted=len(wanted) - len(kept),
    )


def _linked(
    sheets: Mapping[str, SheetRecord],
    origin: Origin,
    position: Position,
    axes: tuple[str, ...],
    depth: int,
) -> tuple[Explanation, ...]:
    """The line of another sheet behind a linked input."""
    if not isinstance(origin, LineOrigin) or depth <= 0:
        return ()
    there = dict(position)
    if origin.rows and axes:
        there[axes[0]] = origin.rows[position[axes[0]]]
        if there[axes[0]] < 0:
            return ()
    return (_explained(sheets, sheets[origin.sheet], origin.line, there, depth - 1),)


def _flat(sheet: SheetRecord, axes: tuple[str, ...], position: Position) -> int:
    if not axes:
        return 0
    index = tuple(position[axis] for axis in axes)
    return int(np.ravel_multi_index(index, sheet.shape(axes)))


def _references(
    expression: Expression, sheet: SheetRecord, position: Position
) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
    """The named figures that an expression reads at a position: (key, place along each axis)."""
    match expression:
        case Literal():
            return
        case Reference(key=key):
            entry = sheet.entry(key)
            assert entry is not None, f"{sheet.name} has no {key}"
            yield key, tuple((axis, position[axis]) for axis in entry.axes)
        case Operated():
            for argument, place in _argument_places(expression, sheet, position):
                yield from _references(argument, sheet, place)


def _argument_places(
    expression: Operated, sheet: SheetRecord, position: Position
) -> Iterator[tuple[Expression, Position]]:
    """Each argument with the positions at which it is read."""
    first, axis = expression.arguments[0], expression.axis
    if expression.operation in ALONG:
        stop = len(sheet.places(axis)) if ALONG[expression.operation] else position[axis] + 1
        for place in range(stop):
            yield first, {**position, axis: place}
    elif expression.operation == "previous":
        place = position[axis]
        earlier = {**position, axis: place - 1}
        yield (first, earlier) if place else (expression.arguments[1], position)
    elif expression.operation == "gather":
        yield first, {**position, "asset": expression.index[position["right"]]}
    elif expression.operation == "total_by":
        for right, asset in enumerate(expression.index):
            if asset == position["asset"]:
                yield first, {**position, "right": right}
    else:
        for argument in expression.arguments:
            yield argument, position


def _formula(expression: Expression) -> str:
    match expression:
        case Literal(number=number):
            return f"{number:.12g}"
        case Reference(key=key):
            return "{" + key + "}"
        case Operated():
            parts = [_formula(argument) for argument in expression.arguments]
            return TABLE[expression.operation].reading.format(*parts)
