"""Dates in the styles that people and programs write: only whole dates, never guessed ones."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from zhirong.adapters.intake import vocabulary
from zhirong.adapters.intake.cells.outcome import Bad, Cell, Outcome, Value, note
from zhirong.adapters.intake.cells.texts import cleaned
from zhirong.core.messages import Message

# year, month, day with -, ., / or the Chinese words between; a time of day may follow.
_MARKED = re.compile(
    r"(\d{4})\s*[-./\u5e74]\s*(\d{1,2})\s*[-./\u6708]\s*(\d{1,2})\s*\u65e5?(?:[ T]\s*[\d:.]+Z?)?"
)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_IN_NAME = re.compile(r"(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")
_EMPTY = re.compile(r"[0\-./ :]+")
_YEARS = range(1900, 2200)
# Serial day 60 is a 29 February 1900 that never was; real dates of rights lie far behind it.
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 90_000)


def read(cell: Cell) -> Outcome:
    """A date.

    >>> read(Cell(raw="2020年1月31日")).value, read(Cell(raw="20200131")).value
    (datetime.date(2020, 1, 31), datetime.date(2020, 1, 31))
    """
    raw = cell.raw
    if isinstance(raw, datetime):
        return _checked(raw.date(), str(raw), ())
    if isinstance(raw, date):
        return _checked(raw, str(raw), ())
    tidy, notes = cleaned(raw)
    flat = unicodedata.normalize("NFKC", tidy).strip()
    if _EMPTY.fullmatch(flat):
        return Value(None, notes)
    written = _MARKED.fullmatch(flat) or _PACKED.fullmatch(flat)
    if written:
        return _made(written, flat, notes)
    if _SERIAL.fullmatch(flat) and int(float(flat)) in _SERIALS:
        day = _SERIAL_ZERO + timedelta(days=int(float(flat)))
        return Value(day, (*notes, note("date_serial")))
    return Bad("date", {"text": tidy[:80]})


def _made(found: re.Match[str], text: str, notes: tuple[Message, ...]) -> Outcome:
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return Bad("date", {"text": text[:80]})
    return _checked(day, text, notes)


def _checked(day: date, text: str, notes: tuple[Message, ...]) -> Outcome:
    return Value(day, notes) if day.year in _YEARS else Bad("date", {"text": text[:80]})


def in_name(name: str) -> date | None:
    """The date that the name of a file bears; None if it bears none.

    >>> in_name("incoPat_20260628.xlsx"), in_name("list (2026-06-28).csv"), in_name("v2.csv")
    (datetime.date(2026, 6, 28), datetime.date(2026, 6, 28), None)
    """
    found = _IN_NAME.search(name)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def several(cell: Cell) -> Outcome:
    """Several dates in one cell."""
    if not isinstance(cell.raw, str):
        one = read(cell)
        return one if isinstance(one, Bad) else Value((one.value,), one.notes)
    sure, soft = vocabulary.separators()
    parts = [p for part in sure.split(cell.raw) for p in soft.split(part) if p.strip()]
    outcomes = [read(Cell(raw=part)) for part in parts]
    wrong = next((one for one in outcomes if isinstance(one, Bad)), None)
    if wrong is not None:
        return wrong
    values = [one for one in outcomes if isinstance(one, Value)]
    days = tuple(dict.fromkeys(one.value for one in values if one.value))
    notes = tuple(dict.fromkeys(entry.code for one in values for entry in one.notes))
    return Value(days, tuple(Message(code) for code in notes))
