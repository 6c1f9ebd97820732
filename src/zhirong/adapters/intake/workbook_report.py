"""intake.xlsx: what was read, corrected and refused, row by row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhirong.adapters.intake import headings, vendor_columns, vocabulary
from zhirong.adapters.intake.form_styles import (
    FormStyles,
    form_styles,
    open_workbook,
    put,
    set_page,
)
from zhirong.application.case.intake_report import (
    ColumnReport,
    HeadingUse,
    Intake,
    RefusedFile,
    RowOutcome,
    SheetReport,
)
from zhirong.core.messages import Language, Message
from zhirong.core.sources import Source
from zhirong.parameters.reader import catalog

_WORDS = "intake.report"
_ROWS_MAX = 100_000  # of the sheet that lists every row; what is refused is always listed in full
_HEAD_ROW = 2
_COUNTS = (
    "rows_total",
    "rows_aside",
    "rows_read",
    "rows_accepted",
    "rows_corrected",
    "rows_refused",
)
_FIGURES = frozenset((*_COUNTS, "row", "size"))


@dataclass(frozen=True, slots=True)
class _Writer:
    book: Workbook
    styles: FormStyles
    lang: Language

    def text(self, code: str) -> str:
        return catalog().label(f"{_WORDS}.{code}", self.lang)

    def words(self, message: Message) -> str:
        return catalog().text(message, self.lang)

    def table(self, code: str, heads: Sequence[tuple[str, int]]) -> Worksheet:
        """A sheet with its title and heads; a head is its code and width."""
        sheet = self.book.add_worksheet(self.text(code))
        set_page(sheet, columns=len(heads), is_wide=True)
        put(sheet, 0, 0, self.text(code), self.styles.title)
        for column, (head, width) in enumerate(heads):
            style = self.styles.head_figure if head in _FIGURES else self.styles.head
            put(sheet, _HEAD_ROW, column, self.text(head), style)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(_HEAD_ROW + 1, 0)
        sheet.repeat_rows(_HEAD_ROW)
        return sheet

    def row(self, sheet: Worksheet, row: int, cells: Iterable[tuple[str | int, Format]]) -> None:
        """One row of texts and counts."""
        for column, (cell, style) in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell, style)
            else:
                put(sheet, row, column, cell, style)

    def nothing(self, sheet: Worksheet, row: int) -> None:
        """Says so where a table ended without a row."""
        if row == _HEAD_ROW + 1:
            put(sheet, row, 0, self.text("nothing"), self.styles.lead)

    def plain(self, *cells: str | int) -> list[tuple[str | int, Format]]:
        """Cells in the plain styles."""
        styles = self.styles
        return [
            (cell, styles.figure if isinstance(cell, int) else styles.wrapped) for cell in cells
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    """What became of sheets and files, whatever was built of them."""

    sheets: tuple[SheetReport, ...]
    refused_files: tuple[RefusedFile, ...] = ()
    notices: tuple[Message, ...] = ()


def write_intake(intake: Intake, path: Path, lang: Language) -> None:
    """Writes the report of an intake; the same intake gives the same bytes."""
    book = open_workbook(path)
    writer = _Writer(book, form_styles(book), lang)
    _write_account(
        writer,
        _Account(sheets=intake.sheets, refused_files=intake.refused_files, notices=intake.notices),
    )
    _files(writer, intake)
    book.close()


def write_sheets(path: Path, sheets: Sequence[SheetReport], lang: Language) -> None:
    """Writes the report of some sheets; the same sheets give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = open_workbook(path)
    _write_account(_Writer(book, form_styles(book), lang), _Account(sheets=tuple(sheets)))
    book.close()


def _write_account(writer: _Writer, account: _Account) -> None:
    for part in (_summary, _refused, _corrected, _mapping, _all_rows):
        part(writer, account)


def table_label(table: str, lang: Language) -> str:
    """The name of a table in words."""
    if not table:
        return catalog().label(f"{_WORDS}.not_recognized", lang)
    return vocabulary.table_spec(table).label(lang)


def field_label(table: str, name: str, lang: Language) -> str:
    """The name of a field, or of a vendor's column, in words."""
    evidence = vendor_columns.named(name) if table == vendor_columns.TABLE else None
    if evidence is not None:
        return evidence.label(lang)
    return vocabulary.table_spec(table).field(name).labels[lang] if name else ""


def _summary(writer: _Writer, account: _Account) -> None:
    heads = [("file", 30), ("sheet", 18), ("table", 16)]
    heads += [(code, 12) for code in _COUNTS]
    sheet = writer.table("summary", heads)
    put(sheet, 0, 0, writer.text("title"), writer.styles.title)
    put(sheet, 1, 0, writer.text("lead"), writer.styles.lead)
    row = _HEAD_ROW + 1
    totals = [0] * 6
    for report in account.sheets:
        counts = _counts(report)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        cells = writer.plain(report.file, report.sheet, table_label(report.table, writer.lang))
        writer.row(sheet, row, [*cells, *_count_cells(writer, counts)])
        row += 1
    strong = [(writer.text("total"), writer.styles.strong), ("", writer.styles.text)]
    strong.append(("", writer.styles.text))
    writer.row(sheet, row, [*strong, *_count_cells(writer, totals)])
    notices = [*account.notices, *(note for report in account.sheets for note in report.notices)]
    lines = list(dict.fromkeys(writer.words(note) for note in notices))
    lines += [
        f"{file.file}: {writer.words(file.reason)}. {writer.words(file.mend)}"
        for file in account.refused_files
    ]
    put(sheet, row + 2, 0, writer.text("notices"), writer.styles.strong)
    for place, line in enumerate(lines or [writer.text("nothing")], start=row + 3):
        put(sheet, place, 0, line, writer.styles.text)


def _counts(report: SheetReport) -> list[int]:
    aside = report.rows_total - report.rows_read
    return [
        report.rows_total,
        aside,
        report.rows_read,
        report.rows_accepted,
        report.rows_corrected,
        report.rows_refused,
    ]


def _count_cells(writer: _Writer, counts: Sequence[int]) -> list[tuple[str | int, Format]]:
    styles = writer.styles
    cells: list[tuple[str | int, Format]] = [(count, styles.figure) for count in counts]
    if counts[-1]:
        cells[-1] = (counts[-1], styles.red)
    return cells


def _cell_name(source: Source) -> str:
    return f"{source.column}{source.row or ''}"


def _refused(writer: _Writer, account: _Account) -> None:
    heads = [("file", 26), ("sheet", 16), ("cell", 9), ("field", 16), ("original", 26)]
    sheet = writer.table("refused", [*heads, ("reason", 44), ("mend", 44), ("effect", 14)])
    row = _HEAD_ROW + 1
    for file in account.refused_files:
        cells = (file.file, "", "", "", "", writer.words(file.reason), writer.words(file.mend))
        writer.row(
            sheet, row, [*writer.plain(*cells), (writer.text("role.refused"), writer.styles.red)]
        )
        row += 1
    for report in account.sheets:
        for cell in report.refused:
            source, name = cell.source, field_label(report.table, cell.field, writer.lang)
            texts = (source.file, source.sheet, _cell_name(source), name, cell.original)
            said = (writer.words(cell.reason), writer.words(cell.mend))
            effect = "row_refused" if cell.refuses_row else "cell_refused"
            style = writer.styles.red if cell.refuses_row else writer.styles.amber
            writer.row(sheet, row, [*writer.plain(*texts, *said), (writer.text(effect), style)])
            row += 1
    writer.nothing(sheet, row)


def _corrected(writer: _Writer, account: _Account) -> None:
    heads = [("file", 26), ("sheet", 16), ("cell", 9), ("field", 16)]
    sheet = writer.table("corrected", [*heads, ("original", 30), ("read_as", 30), ("reason", 50)])
    row = _HEAD_ROW + 1
    for report in account.sheets:
        for cell in report.corrected:
            source, name = cell.source, field_label(report.table, cell.field, writer.lang)
            texts = (source.file, source.sheet, _cell_name(source), name)
            reason = writer.words(cell.reason)
            writer.row(sheet, row, writer.plain(*texts, cell.original, cell.read_as, reason))
            row += 1
    writer.nothing(sheet, row)


def _mapping(writer: _Writer, account: _Account) -> None:
    heads = [("file", 26), ("sheet", 16), ("column", 8), ("heading", 26), ("use", 18)]
    sheet = writer.table("mapping", [*heads, ("field", 20), ("unit", 14), ("line", 40)])
    row = _HEAD_ROW + 1
    for report in account.sheets:
        for column in report.columns:
            field = field_label(report.table, column.field, writer.lang)
            unit = writer.text("unit_assumed") if column.is_unit_assumed else column.unit
            style = writer.styles.amber if column.use is HeadingUse.UNKNOWN else writer.styles.text
            writer.row(
                sheet,
                row,
                [
                    *writer.plain(report.file, report.sheet, column.column, column.heading),
                    (writer.text(f"use.{column.use}"), style),
                    *writer.plain(field, unit, line_to_add(column, report.table)),
                ],
            )
            row += 1


def line_to_add(column: ColumnReport, table: str) -> str:
    """The line that would map an unknown heading, for headings.yaml ("" where it is known)."""
    if column.use is not HeadingUse.UNKNOWN:
        return ""
    quoted = '"' + column.heading.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{' '.join(quoted.split())}: {f'{table}.…' if table else headings.IGNORE}"


def _all_rows(writer: _Writer, account: _Account) -> None:
    heads = [("file", 26), ("sheet", 16), ("row", 7), ("outcome", 18), ("content", 24)]
    sheet = writer.table("rows", heads)
    sheet.set_column(4, 40, 20)
    row = _HEAD_ROW + 1
    styles = {
        RowOutcome.ACCEPTED: writer.styles.teal,
        RowOutcome.CORRECTED: writer.styles.amber,
        RowOutcome.REFUSED: writer.styles.red,
    }
    for report in account.sheets:
        entries = [(r.row, str(r.outcome), styles[r.outcome], r.cells) for r in report.rows]
        entries += [(r.row, r.reason, writer.styles.lead, (r.text,)) for r in report.set_aside]
        if report.heading_row:
            heads_read = tuple(column.heading for column in report.columns)
            entries.append((report.heading_row, "heading", writer.styles.lead, heads_read))
        for number, outcome, style, cells in sorted(entries, key=lambda entry: entry[0]):
            if row - _HEAD_ROW > _ROWS_MAX:
                return
            said = (writer.text(f"outcome.{outcome}"), style)
            texts = [(cell[:500], writer.styles.text) for cell in cells[:60]]
            writer.row(sheet, row, [*writer.plain(report.file, report.sheet, number), said, *texts])
            row += 1


def _files(writer: _Writer, intake: Intake) -> None:
    sheet = writer.table("documents", [("file", 50), ("role", 12), ("sha256", 70), ("size", 14)])
    documents = {document.file for document in intake.documents}
    row = _HEAD_ROW + 1
    for file in intake.case_file.files:
        role = writer.text("role.document" if file.file in documents else "role.table")
        writer.row(sheet, row, writer.plain(file.file, role, file.sha256, file.size_bytes))
        row += 1
    for refused in intake.refused_files:
        said = (writer.text("role.refused"), writer.styles.red)
        writer.row(sheet, row, [*writer.plain(refused.file), said])
        row += 1
