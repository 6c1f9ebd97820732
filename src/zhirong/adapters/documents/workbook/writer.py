"""The workbook of a result: a front page, one worksheet a method, live formulas throughout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook

from zhirong.adapters.documents.workbook.assumptions import write_assumptions
from zhirong.adapters.documents.workbook.layout import plan
from zhirong.adapters.documents.workbook.sheets import Writing, label, write_sheet
from zhirong.adapters.documents.workbook.styles import (
    Styles,
    row_height,
    styles,
    wrapped_lines,
)
from zhirong.application.workings import SheetRecord
from zhirong.core.messages import Catalog, Language

TITLE_CHARACTERS_MAX = 31
FRONT_WIDTH = 90
FORBIDDEN_IN_TITLES = "[]:*?/\\'"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookHead:
    """What the front page says."""

    title: str
    lines: tuple[tuple[str, str], ...]  # (label, text)
    notices: tuple[str, ...]
    report_date: date
    names: Mapping[str, str] = field(default_factory=dict)  # id of the case → what it is called


def workings_workbook(
    sheets: Sequence[SheetRecord], *, head: WorkbookHead, words: Catalog, lang: Language
) -> bytes:
    """The workbook as bytes; cached values are empty, the same input gives the same bytes."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    book.set_properties(
        {
            "title": head.title,
            "created": datetime(  # noqa: DTZ001 - xlsxwriter wants it without time zone
                head.report_date.year, head.report_date.month, head.report_date.day
            ),
        }
    )
    book.set_calc_mode("auto")
    formats = styles(book)
    titles = _titles(sheets, words, lang)
    writing = Writing(
        words=words,
        lang=lang,
        styles=formats,
        titles=titles,
        layouts={sheet.name: plan(sheet) for sheet in sheets},
        names=head.names,
    )
    _front(book, head, titles, writing, formats)
    write_assumptions(book.add_worksheet(label("workbook.assumptions", writing)), sheets, writing)
    for sheet in sheets:
        write_sheet(book.add_worksheet(titles[sheet.name]), sheet, writing)
    book.close()
    return buffer.getvalue()


def _titles(sheets: Sequence[SheetRecord], words: Catalog, lang: Language) -> dict[str, str]:
    titles: dict[str, str] = {}
    for sheet in sheets:
        text = words.label(f"method.{sheet.name}", lang)
        clean = "".join(c for c in text if c not in FORBIDDEN_IN_TITLES)[:TITLE_CHARACTERS_MAX]
        while clean in titles.values():
            clean = f"{clean[: TITLE_CHARACTERS_MAX - 2]} {len(titles)}"
        titles[sheet.name] = clean
    return titles


def _front(
    book: Workbook, head: WorkbookHead, titles: dict[str, str], writing: Writing, formats: Styles
) -> None:
    page = book.add_worksheet(label("workbook.front", writing))
    page.hide_gridlines(2)
    page.set_column(0, 0, 28)
    page.set_column(1, 1, FRONT_WIDTH)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, head.title, formats.title)
    row = 2
    for name, text in head.lines:
        page.write_string(row, 0, name, formats.head_left)
        page.write_string(row, 1, text, formats.text)
        row += 1
    row += 1
    page.write_string(row, 0, label("workbook.contents", writing), formats.head_left)
    for title in (label("workbook.assumptions", writing), *titles.values()):
        row += 1
        page.write_url(row, 0, f"internal:'{title}'!A1", formats.link, title)
    row += 2
    for notice in head.notices:
        page.write_string(row, 0, label("workbook.notice", writing), formats.head_left)
        page.write_string(row, 1, notice, formats.text)
        # Not every program fits rows to wrapped text when it opens a workbook.
        page.set_row(row, row_height(wrapped_lines(notice, FRONT_WIDTH)))
        row += 1
