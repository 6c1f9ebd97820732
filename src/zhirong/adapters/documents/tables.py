"""A list of a page as a workbook: one sheet, a head that stays, figures as figures."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhirong.adapters.documents.workbook.styles import Styles, styles

Cell = str | int | float | Decimal | date | None
Kind = Literal["text", "day", "yuan", "share", "count", "score"]
_UNITS = {"yuan": "CNY", "share": "share", "count": "count", "score": "point"}
_WIDEST, _NARROWEST = 48, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under heads; `kinds` say column by column what stands there, `note` where it is from."""

    title: str
    note: str
    heads: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table_workbook(table: Table, *, dated_on: date) -> bytes:
    """The table as a workbook; the same table gives the same bytes."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    # Without a day of its own the file would bear the machine's clock.
    created = datetime(dated_on.year, dated_on.month, dated_on.day)  # noqa: DTZ001 - as xlsxwriter wants it
    book.set_properties({"title": table.title, "created": created})
    sheet, look = book.add_worksheet(), styles(book)
    sheet.write_string(0, 0, table.title, look.title)
    sheet.write_string(1, 0, table.note, look.note)
    day = book.add_format({"font_name": "Noto Sans SC", "font_size": 9, "num_format": "yyyy-mm-dd"})
    for column, (head, kind) in enumerate(zip(table.heads, table.kinds, strict=True)):
        sheet.write_string(3, column, head, look.head if kind in _UNITS else look.head_left)
        sheet.set_column(column, column, _width(table, column))
        for row, cells in enumerate(table.rows, start=4):
            _write(sheet, (row, column), cells[column], _format(kind, look, day))
    sheet.freeze_panes(4, 0)
    if table.rows:
        sheet.autofilter(3, 0, 3 + len(table.rows), len(table.heads) - 1)
    book.close()
    return buffer.getvalue()


def _format(kind: Kind, look: Styles, day: Format) -> Format:
    if kind == "day":
        return day
    return look.number(_UNITS[kind]) if kind in _UNITS else look.text


def _write(sheet: Worksheet, place: tuple[int, int], cell: Cell, form: Format) -> None:
    """One cell as what it is; nothing where there is nothing."""
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(*place, cell, form)
    elif isinstance(cell, date):
        when = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - as xlsxwriter wants it
        sheet.write_datetime(*place, when, form)
    else:
        sheet.write_number(*place, float(cell), form)


def _width(table: Table, column: int) -> int:
    """Wide enough for the longest text; a wide character takes two."""
    texts = (table.heads[column], *(str(row[column] or "") for row in table.rows))
    longest = max(sum(2 if ord(sign) > 0x2E80 else 1 for sign in text) for text in texts)
    return min(_WIDEST, max(_NARROWEST, longest + 3))
