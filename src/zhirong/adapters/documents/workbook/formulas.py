"""The spreadsheet formula of an expression at one position of a layout."""

from collections.abc import Mapping

from zhirong.adapters.documents.workbook.layout import RANGED, Layout, Position
from zhirong.application.workings import Expression, Literal, Operated, Reference
from zhirong.core.errors import ModelError
from zhirong.core.operations import TABLE

FORMULA_CHARACTERS_MAX = 8_000  # a spreadsheet holds 8,192
SUM_ARGUMENTS_MAX = 250  # a spreadsheet allows 255


class FormulaTooLongError(ModelError):
    """A formula that no spreadsheet holds; name an intermediate line in the method."""

    code = "error.formula_too_long"


def formula(expression: Expression, layout: Layout, position: Position) -> str:
    """The formula, with its leading equals sign.

    Raises:
        FormulaTooLongError: Longer than a spreadsheet holds.
    """
    text = "=" + _text(expression, layout, position)
    if len(text) > FORMULA_CHARACTERS_MAX:
        raise FormulaTooLongError(f"A formula of {len(text)} characters.", length=len(text))
    return text


def _text(expression: Expression, layout: Layout, position: Position) -> str:
    match expression:
        case Literal(number=number):
            return f"({number!r})" if number < 0 else _plain(number)
        case Reference(key=key):
            return layout.blocks[key].cell(position)
        case Operated():
            if expression in layout.helpers:
                return layout.blocks[layout.helpers[expression].key].cell(position)
            return _operated(expression, layout, position)


def operated(expression: Expression, layout: Layout, position: Position) -> str:
    """The formula of a helper step itself (not the address of its block)."""
    assert isinstance(expression, Operated), "only operations need a block of their own"
    return "=" + _operated(expression, layout, position)


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def _operated(expression: Operated, layout: Layout, position: Position) -> str:
    if expression.operation in RANGED:
        return _ranged(expression, layout, position)
    if expression.operation == "previous":
        return _previous(expression, layout, position)
    if expression.operation == "gather":
        asset = expression.index[position["right"]]
        return _text(expression.arguments[0], layout, {**position, "asset": asset})
    if expression.operation == "total_by":
        return _total_by(expression, layout, position)
    parts = [_text(argument, layout, position) for argument in expression.arguments]
    return TABLE[expression.operation].excel.format(*parts)


def _block_key(expression: Expression, layout: Layout) -> str:
    if isinstance(expression, Reference):
        return expression.key
    return layout.helpers[expression].key


def _ranged(expression: Operated, layout: Layout, position: Position) -> str:
    block = layout.blocks[_block_key(expression.arguments[0], layout)]
    axis = expression.axis
    if expression.operation in ("total", "highest"):
        return TABLE[expression.operation].excel.format(block.range(axis, position))
    name = "PRODUCT" if expression.operation == "running_product" else "SUM"
    return f"{name}({block.range(axis, position, stop=position[axis])})"


def _previous(expression: Operated, layout: Layout, position: Position) -> str:
    place = position[expression.axis]
    if place == 0:
        return _text(expression.arguments[1], layout, position)
    earlier = {**position, expression.axis: place - 1}
    return _text(expression.arguments[0], layout, earlier)


def _total_by(expression: Operated, layout: Layout, position: Position) -> str:
    block = layout.blocks[_block_key(expression.arguments[0], layout)]
    asset = position["asset"]
    members = [right for right, own in enumerate(expression.index) if own == asset]
    if not members:
        return "0"
    ranges = [
        f"{block.cell({**position, 'right': first})}:{block.cell({**position, 'right': last})}"
        for first, last in _runs(members)
    ]
    chunks = [
        f"SUM({','.join(ranges[start : start + SUM_ARGUMENTS_MAX])})"
        for start in range(0, len(ranges), SUM_ARGUMENTS_MAX)
    ]
    return "(" + "+".join(chunks) + ")"


def _runs(members: list[int]) -> list[tuple[int, int]]:
    """Neighbours as (first, last)."""
    runs: list[tuple[int, int]] = []
    for member in members:
        if runs and member == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], member)
        else:
            runs.append((member, member))
    return runs


def linked(sheet_titles: Mapping[str, str], sheet: str, address: str) -> str:
    """The formula that takes a cell of another worksheet."""
    title = sheet_titles[sheet].replace("'", "''")
    return f"='{title}'!{address}"
