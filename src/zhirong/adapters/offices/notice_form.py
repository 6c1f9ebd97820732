"""A notice as a form of one sheet: filled in by whoever holds the letter, and read back."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from zhirong.adapters.intake.form_styles import form_styles, open_workbook
from zhirong.adapters.offices.reading_notices import NoticeFormError
from zhirong.core.messages import Language
from zhirong.filing.office import Ground, Notice, NoticeKind
from zhirong.parameters.reader import catalog

FIELDS = (
    "client_reference",
    "kind",
    "notice_no",
    "office_reference",
    "dated_on",
    "effective_on",
    "registration_no",
    "rights",
    "amount",
    "expires_on",
    "respond_by",
    "grounds",
)
_NEEDED = ("client_reference", "kind", "notice_no", "dated_on")
_OUTCOMES = (NoticeKind.REGISTERED, NoticeKind.CHANGED, NoticeKind.EXTENDED, NoticeKind.CANCELLED)
_WORDS = "office_notice_form"
_LANGUAGES: tuple[Language, Language] = ("zh", "en")
_BYTES_MAX = 2_000_000


def write_notice_form(path: Path, lang: Language, *, filled: Mapping[str, str]) -> None:
    """The form with what is known already, by field; the rest is left to be typed.

    A right, or a ground, stands on a line of its own within its cell.
    """
    book = open_workbook(path)
    styles = form_styles(book)
    sheet = book.add_worksheet(_label("sheet", lang))
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 60)
    for row, field in enumerate(FIELDS):
        head = styles.head_needed if field in _NEEDED else styles.head
        sheet.write_string(row, 0, _label(field, lang), head)
        sheet.write_string(row, 1, filled.get(field, ""), styles.input_text)
        if field == "kind":
            kinds = [_label(f"kind.{kind}", lang) for kind in NoticeKind]
            sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": kinds})
    book.close()


def read_notice_form(content: bytes) -> Notice:
    """The notice that a filled form states, in either language.

    Raises:
        NoticeFormError: A needed field is empty, or a field cannot be read; it names the field.
    """
    values = _cells(content)
    for field in _NEEDED:
        if not values.get(field):
            raise NoticeFormError(field)
    kind = _kind(values["kind"])
    rights = _lines(values.get("rights", ""))
    grounds = (
        Ground(code="", right_number=None, words=w) for w in _lines(values.get("grounds", ""))
    )
    expires = _day(values, "expires_on")
    registered: dict[str, object] = {
        "amount_fen": _fen(values.get("amount", "")),
        "rights": list(rights),
        "expires_on": None if expires is None else expires.isoformat(),
    }
    dated_on = _day(values, "dated_on")
    assert dated_on is not None, "an empty day was refused above"
    return Notice(
        notice_no=values["notice_no"],
        office_reference=values.get("office_reference") or values["client_reference"],
        client_reference=values["client_reference"],
        kind=kind,
        dated_on=dated_on,
        registration_no=values.get("registration_no") or None,
        grounds=tuple(grounds),
        respond_by=_day(values, "respond_by"),
        effective_on=_day(values, "effective_on"),
        registered=registered if kind in _OUTCOMES else {},
        content=content,
    )


def _label(name: str, lang: Language) -> str:
    return catalog().label(f"{_WORDS}.{name}", lang)


@cache
def _fields() -> Mapping[str, str]:
    return {_label(field, lang): field for field in FIELDS for lang in _LANGUAGES}


def _cells(content: bytes) -> Mapping[str, str]:
    if len(content) > _BYTES_MAX:
        raise NoticeFormError("sheet")
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    except (CalamineError, IndexError) as wrong:
        raise NoticeFormError("sheet") from wrong
    return dict(_named(sheet.to_python()))


def _named(rows: Iterable[Sequence[object]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if len(row) < 2:
            continue
        field = _fields().get(str(row[0]).strip())
        if field is not None:
            yield field, _text(row[1])


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _kind(text: str) -> NoticeKind:
    for kind in NoticeKind:
        if text in (kind.value, *(_label(f"kind.{kind}", lang) for lang in _LANGUAGES)):
            return kind
    raise NoticeFormError("kind")


def _day(values: Mapping[str, str], field: str) -> date | None:
    text = values.get(field)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise NoticeFormError(field) from wrong


def _fen(text: str) -> int | None:
    """Whole fen of an amount in yuan."""
    if not text:
        return None
    try:
        fen = Decimal(text.replace(",", "")) * 100
    except InvalidOperation as wrong:
        raise NoticeFormError("amount") from wrong
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise NoticeFormError("amount")
    return int(fen)
