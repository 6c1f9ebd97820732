"""One worksheet of workings: inputs as values with their origin, lines as live formulas."""

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from zhirong.adapters.documents.reports.wording import Wording
from zhirong.adapters.documents.workbook.formulas import formula, linked, operated
from zhirong.adapters.documents.workbook.layout import (
    FIRST_COLUMN,
    Block,
    HelperStep,
    Layout,
)
from zhirong.adapters.documents.workbook.styles import Styles, row_height, wrapped_lines
from zhirong.application.origins import detail
from zhirong.application.workings import InputRecord, LineRecord, SheetRecord
from zhirong.core.messages import Catalog, Language
from zhirong.core.sources import AssumptionOrigin, LineOrigin, Origin, ParameterOrigin, kind_of

ORIGIN_WIDTH = 58
# Paper numbers of the file format; a sheet of many years would be too small to read on A4.
A4, A3 = 9, 8
COLUMNS_ON_A4 = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What the writing of every worksheet needs."""

    words: Catalog
    lang: Language
    styles: Styles
    titles: Mapping[str, str]  # sheet name → worksheet title
    layouts: Mapping[str, Layout]  # sheet name → layout
    names: Mapping[str, str]  # id of the case → what it is called

    @property
    def wording(self) -> Wording:
        """How this workbook says what reports say too."""
        return Wording(words=self.words, lang=self.lang, names=self.names)


def label(code: str, writing: Writing) -> str:
    """The words of a code.

    Raises:
        MessageError: The code has no words.
    """
    return writing.words.label(code, writing.lang)


def write_sheet(worksheet: Worksheet, sheet: SheetRecord, writing: Writing) -> None:
    """Write the workings of one method."""
    _frame(worksheet, sheet, writing)
    layout = writing.layouts[sheet.name]
    for entry in layout.order:
        block = layout.blocks[entry.key]
        if block.has_header:
            _header(worksheet, block, sheet, _entry_label(entry, writing), writing)
        match entry:
            case InputRecord():
                _write_input(worksheet, entry, block, sheet, writing)
            case LineRecord() | HelperStep():
                _write_formulas(worksheet, entry, block, sheet, writing)


def _frame(worksheet: Worksheet, sheet: SheetRecord, writing: Writing) -> None:
    styles = writing.styles
    worksheet.hide_gridlines(2)
    worksheet.set_column(0, 0, 40)
    worksheet.set_column(1, 1, 8)
    worksheet.set_column(2, 2, 8)
    worksheet.set_column(3, 3, ORIGIN_WIDTH)
    worksheet.set_column(FIRST_COLUMN, FIRST_COLUMN + 40, 16)
    worksheet.write_string(0, 0, label(f"method.{sheet.name}", writing), styles.title)
    worksheet.write_string(1, 0, label("workbook.legend", writing), styles.note)
    for column, code in enumerate(("item", "unit", "kind", "origin")):
        style = styles.head_apart if code == "origin" else styles.head_left
        worksheet.write_string(2, column, label(f"workbook.{code}", writing), style)
    worksheet.write_string(2, FIRST_COLUMN, label("workbook.value", writing), styles.head)
    worksheet.freeze_panes(3, FIRST_COLUMN)
    worksheet.set_landscape()
    is_wide = any(
        block.width > COLUMNS_ON_A4 for block in writing.layouts[sheet.name].blocks.values()
    )
    worksheet.set_paper(A3 if is_wide else A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(2)


def _entry_label(entry: InputRecord | LineRecord | HelperStep, writing: Writing) -> str:
    match entry:
        case InputRecord():
            return input_label(entry, writing)
        case LineRecord(key=key):
            return label(f"line.{key}", writing)
        case HelperStep(key=key):
            owner = label(f"line.{key.rsplit('.', 1)[0]}", writing)
            return f"{owner} \u00b7 {label('workbook.step', writing)} {key.rsplit('.', 1)[1]}"


def input_label(entry: InputRecord, writing: Writing) -> str:
    """The words of an input; a key `a:b` says a of method b, a link says what it links to."""
    code, _, method = entry.key.partition(":")
    if method:
        return f"{label(f'input.{code}', writing)} \u00b7 {label(f'method.{method}', writing)}"
    if writing.words.has(f"input.{code}"):
        return label(f"input.{code}", writing)
    return label(f"line.{code}", writing)


def _header(
    worksheet: Worksheet, block: Block, sheet: SheetRecord, title: str, writing: Writing
) -> None:
    row = block.row - 1
    worksheet.write_string(row, 0, title, writing.styles.head_left)
    for column in range(1, FIRST_COLUMN):
        worksheet.write_blank(row, column, None, writing.styles.head_left)
    years = sheet.places("year") if "year" in block.axes else ("",)
    for place, year in enumerate(years):
        worksheet.write_string(row, block.column + place, year, writing.styles.head)


def _row_label(block: Block, sheet: SheetRecord, down: int, fallback: str, writing: Writing) -> str:
    if not block.row_axis:
        return fallback
    place = sheet.places(block.row_axis)[down]
    code = f"right.kind.{place}"  # rows that run over kinds of rights are labelled by their codes
    return label(code, writing) if writing.words.has(code) else place_label(place, writing)


def place_label(place: str, writing: Writing) -> str:
    """A place in words: ids of the case by their names, a group and its right parted by a slash."""
    return " / ".join(_part_label(part, writing) for part in place.split(" / "))


def _part_label(part: str, writing: Writing) -> str:
    """A name of the case, an item of spending as the input that it feeds, else as it is."""
    code = f"input.{part}"
    return writing.names.get(part) or (label(code, writing) if writing.words.has(code) else part)


def origin_words(origin: Origin, writing: Writing) -> str:
    """The origin of an input in the workbook's language."""
    wording = writing.wording
    match origin:
        case ParameterOrigin(path=path, source=source, valid_from=start):
            return wording.say(
                "workbook.parameter",
                rule=wording.parameter(path),
                on=start,
                source=wording.source_tags(source),
            )
        case AssumptionOrigin(author=author, reason=reason, source=place):
            where = f" ({place.place()})" if place else ""
            return f"{wording.author(author)}: {reason}{where}"
        case _:
            return detail(origin, writing.words, writing.lang)


def _write_input(
    worksheet: Worksheet, entry: InputRecord, block: Block, sheet: SheetRecord, writing: Writing
) -> None:
    styles = writing.styles
    title = _entry_label(entry, writing)
    for place, position in enumerate(block.positions()):
        origin = entry.origins[place if len(entry.origins) > 1 else 0]
        down, across = divmod(place, block.width)
        row, column = block.row + down, block.column + across
        kind = kind_of(origin)
        if across == 0:
            worksheet.write_string(
                row, 0, _row_label(block, sheet, down, title, writing), styles.label
            )
            worksheet.write_string(row, 1, label(f"unit.{entry.unit}", writing), styles.small)
            worksheet.write_string(row, 2, label(f"kind.{kind}", writing), styles.small)
            told = origin_words(origin, writing)
            worksheet.write_string(row, 3, told, styles.origin)
            lines = wrapped_lines(told, ORIGIN_WIDTH, points=8)
            if lines > 1:
                worksheet.set_row(row, row_height(lines, points=8))
        style = styles.number(entry.unit, kind)
        if isinstance(origin, LineOrigin):
            text = _link(origin, position, block.row_axis, writing)
            worksheet.write_formula(row, column, text, style, "")
        else:
            worksheet.write_number(row, column, entry.values[place], style)


def _link(origin: LineOrigin, position: Mapping[str, int], row_axis: str, writing: Writing) -> str:
    place = dict(position)
    if origin.rows:
        place[row_axis] = origin.rows[position[row_axis]]
        if place[row_axis] < 0:
            return "=0"
    other = writing.layouts[origin.sheet].blocks[origin.line]
    return linked(writing.titles, origin.sheet, other.cell(place))


def _write_formulas(
    worksheet: Worksheet,
    entry: LineRecord | HelperStep,
    block: Block,
    sheet: SheetRecord,
    writing: Writing,
) -> None:
    styles = writing.styles
    layout = writing.layouts[sheet.name]
    title = _entry_label(entry, writing)
    unit = entry.unit if isinstance(entry, LineRecord) else "1"
    kind = "" if isinstance(entry, LineRecord) else "line"
    for place, position in enumerate(block.positions()):
        down, across = divmod(place, block.width)
        row, column = block.row + down, block.column + across
        if across == 0:
            worksheet.write_string(
                row, 0, _row_label(block, sheet, down, title, writing), styles.label
            )
            worksheet.write_string(row, 1, label(f"unit.{unit}", writing), styles.small)
        if isinstance(entry, LineRecord):
            text = formula(entry.expression, layout, position)
        else:
            text = operated(entry.expression, layout, position)
        worksheet.write_formula(
            row, column, text, styles.number(unit, kind, is_bold=entry.key == "value"), ""
        )
