"""Workbooks whose bytes do not depend on the day they are written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

Value = str | float | int | date | None
_CREATED = datetime(2026, 6, 28)  # noqa: DTZ001 - the format knows no zones


@dataclass(slots=True)
class SheetText:
    """A sheet to be written: rows of values, merged ranges, widths of columns."""

    name: str
    rows: list[Sequence[Value]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    bold_rows: tuple[int, ...] = (0,)


def write(path: Path, sheets: Sequence[SheetText]) -> None:
    """The sheets as one xlsx file."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": _CREATED, "author": "", "comments": "虚构示例数据"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"})
    for text in sheets:
        sheet = book.add_worksheet(text.name)
        for row, values in enumerate(text.rows):
            for column, value in enumerate(values):
                if isinstance(value, date):
                    sheet.write_datetime(row, column, _at_midnight(value), day)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value, *_style(row in text.bold_rows, bold))
                elif value is not None:
                    sheet.write_number(row, column, value)
        for top, left, bottom, right in text.merged:
            value = text.rows[top][left]
            sheet.merge_range(top, left, bottom, right, value, bold)
        _set_widths(sheet, text)
    book.close()


def _style(is_bold: bool, bold: object) -> tuple[object, ...]:  # noqa: FBT001 - private
    return (bold,) if is_bold else ()


def _at_midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the format knows no zones


def _set_widths(sheet: xlsxwriter.worksheet.Worksheet, text: SheetText) -> None:
    merged = {row for top, _, bottom, _ in text.merged for row in range(top, bottom + 1)}
    columns = max(len(row) for row in text.rows)
    for column in range(columns):
        widths = [
            sum(2 if ord(letter) > 255 else 1 for letter in str(row[column] or ""))
            for place, row in enumerate(text.rows)
            if column < len(row) and place not in merged
        ]
        sheet.set_column(column, column, min(46, max([8, *widths[:60]]) + 2))
