"""The worksheet of assumptions: who answers for each judged number, and where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from zhirong.adapters.documents.workbook.formulas import linked
from zhirong.adapters.documents.workbook.sheets import Writing, input_label, label, place_label
from zhirong.adapters.documents.workbook.styles import row_height, wrapped_lines
from zhirong.application.workings import InputRecord, SheetRecord
from zhirong.core.sources import AssumptionOrigin

COLUMNS = (
    ("sheet", 22),
    ("item", 26),
    ("place", 34),
    ("value", 16),
    ("author", 16),
    ("reason", 70),
)
WIDTHS = dict(COLUMNS)


@dataclass(frozen=True, slots=True)
class AssumedCell:
    """One judged number: the sheet, its entry, its place in words, its address, who judged it."""

    sheet: SheetRecord
    entry: InputRecord
    place: str
    address: str
    origin: AssumptionOrigin


def write_assumptions(
    worksheet: Worksheet, sheets: Sequence[SheetRecord], writing: Writing
) -> None:
    """Write the list; each value is a link to the cell where it may be changed."""
    styles = writing.styles
    worksheet.hide_gridlines(2)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(2)
    worksheet.write_string(0, 0, label("workbook.assumptions", writing), styles.title)
    worksheet.write_string(1, 0, label("workbook.assumptions_lead", writing), styles.note)
    for column, (name, width) in enumerate(COLUMNS):
        worksheet.set_column(column, column, width)
        style = {"value": styles.head, "author": styles.head_apart}.get(name, styles.head_left)
        worksheet.write_string(2, column, label(f"workbook.{name}", writing), style)
    for row, cell in enumerate(_cells(sheets, writing), start=3):
        worksheet.write_string(row, 0, writing.titles[cell.sheet.name], styles.text)
        worksheet.write_string(row, 1, input_label(cell.entry, writing), styles.text)
        worksheet.write_string(row, 2, cell.place, styles.text)
        formula = linked(writing.titles, cell.sheet.name, cell.address)
        worksheet.write_formula(row, 3, formula, styles.number(cell.entry.unit, "line"), "")
        worksheet.write_string(row, 4, writing.wording.author(cell.origin.author), styles.apart)
        worksheet.write_string(row, 5, cell.origin.reason, styles.text)
        fits = ((cell.origin.reason, WIDTHS["reason"]), (cell.place, WIDTHS["place"]))
        lines = max((wrapped_lines(text, width) for text, width in fits))
        if lines > 1:
            worksheet.set_row(row, row_height(lines))
    worksheet.freeze_panes(3, 0)


def _cells(sheets: Sequence[SheetRecord], writing: Writing) -> Iterator[AssumedCell]:
    for sheet in sheets:
        layout = writing.layouts[sheet.name]
        for entry in sheet.inputs:
            block = layout.blocks[entry.key]
            for number, position in enumerate(block.positions()):
                origin = entry.origins[number if len(entry.origins) > 1 else 0]
                if isinstance(origin, AssumptionOrigin):
                    names = [
                        place_label(sheet.places(axis)[position[axis]], writing)
                        for axis in entry.axes
                    ]
                    yield AssumedCell(sheet, entry, " / ".join(names), block.cell(position), origin)
