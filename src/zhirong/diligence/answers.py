"""Typed answers read as options of their question: yes, no, none, plaintiff ..."""

import re
import unicodedata
from datetime import date
from functools import cache

from zhirong.parameters.reader import catalog, table

# Year, month, day, whatever stands between them and behind: 2026-6-30, 2026/06/30, 20260630 ...
_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D{0,2}(?:\s[\d:]+)?")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


@cache
def _spellings(option: str) -> frozenset[str]:
    words = catalog()
    label = f"answer.{option}"
    own = [words.label(label, "zh"), words.label(label, "en")] if words.has(label) else []
    return frozenset(_plain(text) for text in (option, *own, *table("diligence_answers")[option]))


def chosen(value: str | None, options: tuple[str, ...]) -> str | None:
    """The option that the typed value means; None for no answer and for one not understood.

    >>> chosen(" 是 ", ("yes", "no")), chosen("perhaps", ("yes", "no"))
    ('yes', None)
    """
    if value is None or not value.strip():
        return None
    plain = _plain(value)
    return next((option for option in options if plain in _spellings(option)), None)


def read_date(value: str | None) -> date | None:
    """The day that the typed value names as year-month-day; None where it names none.

    >>> read_date("2026/6/30"), read_date("soon")
    (datetime.date(2026, 6, 30), None)
    """
    found = _DATE.fullmatch(_plain(value or ""))
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
