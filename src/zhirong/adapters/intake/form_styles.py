"""The look of the workbooks that go to a firm and come back: one set of formats, fixed dates."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhirong.adapters.documents.workbook.styles import (
    AMBER_PANEL,
    BLUE,
    FONT,
    INK,
    PANEL,
    RED,
    RULE,
    SECONDARY,
    TEAL,
)

AMBER = "#B7791F"
RED_PANEL = "#FBEAE8"
# A file's own date would make two equal files differ.
CREATED = datetime(2020, 1, 1)  # noqa: DTZ001 - written as a bare date into the file


@dataclass(frozen=True, slots=True)
class FormStyles:
    """Formats by their use."""

    title: Format
    lead: Format
    head: Format
    head_figure: Format
    head_needed: Format
    text: Format
    wrapped: Format
    figure: Format
    strong: Format
    teal: Format
    amber: Format
    red: Format
    input: Format
    input_text: Format
    input_date: Format
    input_share: Format
    input_amount: Format
    muted: Format


def open_workbook(path: Path) -> Workbook:
    """A new workbook: texts never become formulas, links or numbers, and no clock enters it."""
    book = Workbook(
        str(path),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        },
    )
    book.set_properties({"created": CREATED, "author": "Zhirong"})
    return book


def form_styles(book: Workbook) -> FormStyles:
    """The formats of a new workbook."""
    base = {"font_name": FONT, "font_size": 9, "font_color": INK, "valign": "top"}
    head = {**base, "bold": True, "bottom": 1, "bottom_color": RULE, "top": 1, "top_color": RULE}
    head |= {"bg_color": PANEL, "text_wrap": True, "valign": "vcenter"}
    typed = {**base, "valign": "vcenter"}
    add = book.add_format
    return FormStyles(
        title=add({**base, "font_size": 14, "bold": True, "font_color": BLUE}),
        lead=add({**base, "font_color": SECONDARY}),
        head=add({**head, "font_color": SECONDARY}),
        head_figure=add({**head, "font_color": SECONDARY, "align": "right"}),
        head_needed=add({**head, "font_color": BLUE}),
        text=add(base),
        wrapped=add({**base, "text_wrap": True}),
        figure=add({**base, "align": "right", "num_format": "#,##0"}),
        strong=add({**base, "bold": True}),
        teal=add({**base, "font_color": TEAL}),
        amber=add({**base, "font_color": AMBER, "bg_color": AMBER_PANEL}),
        red=add({**base, "font_color": RED, "bg_color": RED_PANEL}),
        input=add(typed),
        input_text=add({**typed, "num_format": "@"}),
        input_date=add({**typed, "num_format": "yyyy-mm-dd"}),
        input_share=add({**typed, "num_format": "0.00%"}),
        input_amount=add({**typed, "num_format": "#,##0.00"}),
        muted=add({**base, "font_size": 8, "font_color": SECONDARY, "text_wrap": True}),
    )


def set_page(sheet: Worksheet, *, columns: int, is_wide: bool) -> None:
    """Print settings: A4, one page wide, head repeated by the caller, page numbers."""
    sheet.set_paper(9)
    if is_wide:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.set_footer("&C&8&P / &N")
    sheet.hide_gridlines(2)
    sheet.set_row(0, 26)
    sheet.set_column(0, max(columns - 1, 0), 14)


def put(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Writes a text as a text, whatever it looks like."""
    sheet.write_string(row, column, text[:32_767], style)
