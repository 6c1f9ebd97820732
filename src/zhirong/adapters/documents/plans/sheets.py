"""Tables of a plan's workbook: heads, cells of their kind, widths, a note above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhirong.adapters.documents.workbook.styles import Styles

Cell = str | int | float | date | None
Kind = Literal["text", "day", "fen", "share", "times", "count", "number"]
_UNITS = {"fen": "CNY", "share": "share", "times": "year", "count": "count", "number": "number"}
_NARROWEST, _WIDEST = 11, 44
LINE = 15
"""Points of one line of a row."""
HEAD = 3
"""Row of the heads, counted from 0: a title, a note and a blank row stand above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """One sheet: amounts come in fen and are written in CNY."""

    name: str
    title: str
    note: str
    heads: tuple[tuple[str, Kind], ...]
    rows: Sequence[Sequence[Cell]]


def write_table(book: Workbook, look: Styles, table: SheetTable, *, day: Format) -> Worksheet:
    """A new sheet with the table; the head stays, columns can be filtered."""
    sheet = book.add_worksheet(table.name)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, table.title, look.title)
    sheet.write_string(1, 0, table.note, look.note)
    for column, (head, kind) in enumerate(table.heads):
        sheet.write_string(HEAD, column, head, look.head if kind in _UNITS else look.head_left)
        texts = [head, *(_text(row[column], kind) for row in table.rows[:400])]
        longest = max(map(_wide, texts))
        sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, longest + 2)))
        form = day if kind == "day" else look.text
        form = look.number(_UNITS[kind]) if kind in _UNITS else form
        for number, row in enumerate(table.rows, start=HEAD + 1):
            write_cell(sheet, (number, column), row[column], (kind, form))
    for number, row in enumerate(table.rows, start=HEAD + 1):
        lines = max((lines_of(each) for each in row), default=1)
        if lines > 1:
            sheet.set_row(number, LINE * lines)
    sheet.freeze_panes(HEAD + 1, 0)
    if table.rows:
        sheet.autofilter(HEAD, 0, HEAD + len(table.rows), len(table.heads) - 1)
    return sheet


def lines_of(cell: object, width: int = _WIDEST) -> int:
    """Lines that a wrapped text takes in a column of that many characters."""
    wide = _wide(cell) if isinstance(cell, str) else 0
    return max(1, -(-wide // (width - 2)))


def _wide(text: str) -> int:
    """Characters of a text, Chinese ones counted twice."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def write_cell(
    sheet: Worksheet, place: tuple[int, int], cell: Cell, form: tuple[Kind, Format]
) -> None:
    """One cell as what it is; nothing where there is nothing."""
    kind, style = form
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(*place, cell, style)
    elif isinstance(cell, date):
        when = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - as xlsxwriter wants it
        sheet.write_datetime(*place, when, style)
    else:
        sheet.write_number(*place, cell / 100 if kind == "fen" else float(cell), style)


def _text(cell: Cell, kind: Kind) -> str:
    if isinstance(cell, int | float) and kind == "fen":
        return f"{cell / 100:,.2f}"
    return "" if cell is None else str(cell)[:_WIDEST]
