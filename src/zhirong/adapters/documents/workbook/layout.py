"""Where each input, line and unnamed intermediate step stands on a worksheet.

A block has rows for its asset or right axis and columns for its years; a scalar is one cell. An
unnamed step that a formula must address as a range gets a block of its own, before the line that
needs it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from zhirong.application.workings import (
    Expression,
    InputRecord,
    LineRecord,
    Literal,
    Operated,
    Reference,
    SheetRecord,
)
from zhirong.core.figure import AXES

FIRST_ROW = 4  # below title, notice and an empty row
FIRST_COLUMN = 4  # label, unit, origin, place
# Operations that address the whole of their first argument as a range.
RANGED = frozenset(("total", "highest", "running_product", "running_total"))

Position = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of cells: `row`, `column` of its first value; rows down, years across."""

    key: str
    axes: tuple[str, ...]
    shape: tuple[int, ...]
    row: int
    column: int
    has_header: bool

    @property
    def row_axis(self) -> str:
        """The axis that runs down, or "" where the block is one row."""
        return next((axis for axis in self.axes if axis in ("asset", "right")), "")

    @property
    def height(self) -> int:
        """Rows of values."""
        return self.shape[self.axes.index(self.row_axis)] if self.row_axis else 1

    @property
    def width(self) -> int:
        """Columns of values."""
        return self.shape[self.axes.index("year")] if "year" in self.axes else 1

    def cell(self, position: Position) -> str:
        """The absolute address of the value at a position (axes it does not have are passed by)."""
        down = position[self.row_axis] if self.row_axis else 0
        across = position["year"] if "year" in self.axes else 0
        return str(
            xl_rowcol_to_cell(self.row + down, self.column + across, row_abs=True, col_abs=True)
        )

    def range(self, axis: str, position: Position, stop: int | None = None) -> str:
        """The range along one axis at a position, up to place `stop` (inclusive) where given."""
        last = (self.height if axis == self.row_axis else self.width) - 1
        end = last if stop is None else stop
        return f"{self.cell({**position, axis: 0})}:{self.cell({**position, axis: end})}"

    def positions(self) -> Iterator[dict[str, int]]:
        """All positions, row by row."""
        for down in range(self.height):
            for across in range(self.width):
                position: dict[str, int] = {}
                if self.row_axis:
                    position[self.row_axis] = down
                if "year" in self.axes:
                    position["year"] = across
                yield position


@dataclass(frozen=True, slots=True)
class HelperStep:
    """An unnamed step that stands in a block of its own."""

    key: str
    expression: Expression
    axes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of one worksheet and the order in which they stand."""

    blocks: Mapping[str, Block]
    helpers: Mapping[Expression, HelperStep]
    order: tuple[InputRecord | LineRecord | HelperStep, ...]
    end_row: int


def axes_of(expression: Expression, sheet: SheetRecord) -> tuple[str, ...]:
    """The axes of an expression, in canonical order."""
    match expression:
        case Literal():
            return ()
        case Reference(key=key):
            entry = sheet.entry(key)
            assert entry is not None, f"{sheet.name} has no {key}"
            return entry.axes
        case Operated():
            own = {axis for part in expression.arguments for axis in axes_of(part, sheet)}
            if expression.operation in ("total", "highest"):
                own.discard(expression.axis)
            elif expression.operation == "gather":
                own = own - {"asset"} | {"right"}
            elif expression.operation == "total_by":
                own = own - {"right"} | {"asset"}
            return tuple(axis for axis in AXES if axis in own)


def _needs_block(expression: Expression) -> Iterator[Expression]:
    """Unnamed steps below this one that must be addressable, innermost first."""
    if not isinstance(expression, Operated):
        return
    for argument in expression.arguments:
        yield from _needs_block(argument)
    if expression.operation in RANGED or expression.operation == "total_by":
        argument = expression.arguments[0]
        if not isinstance(argument, Reference):
            yield argument


def plan(sheet: SheetRecord) -> Layout:
    """The layout of a sheet: inputs first, then lines in their order, helpers before their line."""
    order: list[InputRecord | LineRecord | HelperStep] = list(sheet.inputs)
    helpers: dict[Expression, HelperStep] = {}
    for line in sheet.lines:
        for expression in _needs_block(line.expression):
            if expression not in helpers:
                key = f"{line.key}.{len(helpers) + 1}"
                step = HelperStep(key, expression, axes_of(expression, sheet))
                helpers[expression] = step
                order.append(step)
        order.append(line)
    return _placed(sheet, order, helpers)


def _placed(
    sheet: SheetRecord,
    order: list[InputRecord | LineRecord | HelperStep],
    helpers: dict[Expression, HelperStep],
) -> Layout:
    blocks: dict[str, Block] = {}
    row = FIRST_ROW
    for entry in order:
        has_header = bool(entry.axes)
        row += 2 if has_header else 0
        block = Block(entry.key, entry.axes, sheet.shape(entry.axes), row, FIRST_COLUMN, has_header)
        blocks[entry.key] = block
        row += block.height
    return Layout(blocks, helpers, tuple(order), row)
