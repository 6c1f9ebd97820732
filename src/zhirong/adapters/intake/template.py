"""The empty intake workbook: one sheet a table, headings that intake knows, help at every column.

Filled in and put into a folder it reads back as the same records, in either language.
"""

from collections.abc import Sequence
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhirong.adapters.intake import vocabulary
from zhirong.adapters.intake.form_styles import (
    FormStyles,
    form_styles,
    open_workbook,
    put,
    set_page,
)
from zhirong.adapters.intake.vocabulary import Field, TableSpec
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import catalog

_ROWS = 500  # rows that carry formats and lists; more may be filled in
_HEAD_ROW = 2
_LIST_CHARS_MAX = 255
_WIDE = frozenset(("title", "description", "reason", "name", "owners", "origin"))
_WORDS = "intake.template"


def write_template(path: Path, lang: Language) -> None:
    """Writes the empty workbook of a firm's folder."""
    _write(path, lang, vocabulary.tables(), "lead")


def write_tape_template(path: Path, lang: Language) -> None:
    """Writes the empty workbook of a loan tape."""
    _write(path, lang, vocabulary.tape_tables(), "tape_lead")


def _write(path: Path, lang: Language, tables: Sequence[TableSpec], lead: str) -> None:
    book = open_workbook(path)
    styles = form_styles(book)
    guide = book.add_worksheet(_text("guide", lang))
    lists = _Lists(book, lang)
    for spec in tables:
        _write_table(book.add_worksheet(spec.label(lang)), spec, styles, lists)
    lists.write()
    leads = [_text(f"{lead}_{number}", lang) for number in range(1, 6)]
    _write_guide(guide, (styles, lang), tables, leads)
    guide.activate()
    try:
        book.close()
    except FileCreateError as fault:
        raise OSError(str(fault)) from fault


def _text(code: str, lang: Language) -> str:
    return catalog().text(Message(f"{_WORDS}.{code}"), lang)


class _Lists:
    """A hidden sheet for the choices that are too long for a cell's own list."""

    def __init__(self, book: Workbook, lang: Language) -> None:
        self._book = book
        self.lang = lang
        self._columns: dict[str, tuple[int, list[str]]] = {}

    def source(self, words: str) -> list[str] | str:
        """What a drop-down of these choices takes: the words, or the range where they stand."""
        labels = list(vocabulary.choice_labels(words, self.lang).values())
        if len(",".join(labels)) <= _LIST_CHARS_MAX:
            return labels
        column, _ = self._columns.setdefault(words, (len(self._columns), labels))
        letter = chr(ord("A") + column)
        return f"={_text('lists', self.lang)}!${letter}$1:${letter}${len(labels)}"

    def write(self) -> None:
        """Writes the hidden sheet, if anything needs it."""
        if not self._columns:
            return
        sheet = self._book.add_worksheet(_text("lists", self.lang))
        for column, labels in self._columns.values():
            for row, label in enumerate(labels):
                sheet.write_string(row, column, label)
        sheet.hide()


def _write_table(sheet: Worksheet, spec: TableSpec, styles: FormStyles, lists: _Lists) -> None:
    lang = lists.lang
    set_page(sheet, columns=len(spec.fields), is_wide=len(spec.fields) > 6)
    put(sheet, 0, 0, spec.label(lang), styles.title)
    put(sheet, 1, 0, spec.helps[lang], styles.lead)
    for column, field in enumerate(spec.fields):
        put(sheet, _HEAD_ROW, column, heading(field, lang), _head_style(field, styles))
        width = 32 if field.name in _WIDE else 16
        sheet.set_column(column, column, width, _cell_style(field, styles))
        _validate(sheet, column, field, lists)
    sheet.set_row(_HEAD_ROW, 30)
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    sheet.repeat_rows(_HEAD_ROW)


def heading(field: Field, lang: Language) -> str:
    """A column's heading, with the unit of amounts."""
    unit = _text("unit", lang) if field.kind == "amount" else ""
    mark = " *" if field.need else ""
    return f"{field.labels[lang]}{unit}{mark}"


def _head_style(field: Field, styles: FormStyles) -> Format:
    return styles.head_needed if field.need else styles.head


def _cell_style(field: Field, styles: FormStyles) -> Format:
    match field.kind:
        case "date":
            return styles.input_date
        case "share":
            return styles.input_share
        case "amount":
            return styles.input_amount
        case "number" | "integer" | "year":
            return styles.input
        case _:
            return styles.input_text


def _validate(sheet: Worksheet, column: int, field: Field, lists: _Lists) -> None:
    lang = lists.lang
    help_text = field.helps[lang]
    if field.example:
        example = catalog().text(Message(f"{_WORDS}.example", {"text": field.example}), lang)
        help_text = f"{help_text}\n{example}".strip()
    rule: dict[str, object] = {"validate": "any"}
    if field.kind in ("choice", "event", "key"):
        rule = {"validate": "list", "source": lists.source(field.words)}
    elif field.kind == "yes_no":
        rule = {"validate": "list", "source": lists.source("yes_no")}
    # A list offers; it does not forbid: intake says what it cannot read, with the row and a mend.
    rule |= {"error_type": "information", "ignore_blank": True, "show_error": False}
    if help_text:
        rule |= {
            "input_title": field.labels[lang][:32],
            "input_message": help_text[:_LIST_CHARS_MAX],
        }
    first = _HEAD_ROW + 1
    sheet.data_validation(first, column, first + _ROWS - 1, column, rule)


def _write_guide(
    sheet: Worksheet,
    look: tuple[FormStyles, Language],
    tables: Sequence[TableSpec],
    rows: Sequence[str],
) -> None:
    styles, lang = look
    set_page(sheet, columns=5, is_wide=True)
    put(sheet, 0, 0, _text("title", lang), styles.title)
    for row, text in enumerate(rows, start=1):
        put(sheet, row, 0, text, styles.lead)
    top = len(rows) + 2
    for column, code in enumerate(("sheet", "column", "needed", "help", "sample")):
        put(sheet, top, column, _text(code, lang), styles.head)
    row = top + 1
    for spec in tables:
        for place, field in enumerate(spec.fields):
            put(sheet, row, 0, "" if place else spec.label(lang), styles.strong)
            put(sheet, row, 1, heading(field, lang).removesuffix(" *"), styles.text)
            put(sheet, row, 2, _text("yes", lang) if field.need else "", styles.teal)
            put(sheet, row, 3, field.helps[lang], styles.wrapped)
            put(sheet, row, 4, field.example, styles.text)
            row += 1
    for column, width in enumerate((16, 26, 8, 64, 30)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
