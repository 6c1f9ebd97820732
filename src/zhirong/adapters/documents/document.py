"""A whole report: first page, running lines, watermark, blocks; and the step to PDF bytes."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from zhirong.adapters.documents import glyphs, typesetting
from zhirong.adapters.documents.blocks import Block, Inline, Pair, Severity
from zhirong.core.messages import Language

TEMPLATE = "report.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalBar:
    """The interval drawn as a bar below the headline: ends and points on one scale, with words."""

    low: float
    high: float
    low_text: str
    high_text: str
    points: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The result box: what, the headline figure, its interval, two or three figures beside it."""

    label: str
    headline: Inline
    interval: str
    note: Inline = ""
    bar: IntervalBar | None = None
    beside: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A red flag of the first page."""

    severity: Severity
    word: str
    text: Inline


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPage:
    """Title, number, dates, result box, three lines of why, red flags; nothing else."""

    kind: str
    number: str
    title: str
    subtitle: str
    dates: tuple[Pair, ...]
    result: Result
    reasons_title: str
    reasons: tuple[Inline, ...]
    flags_title: str
    flags: tuple[Flag, ...]
    flags_none: str = ""
    note: Inline = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningLines:
    """Head: report number, firm, valuation date. Foot: verification code and version, in words."""

    number: str
    firm: str
    valuation_date: str
    verification_code: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The few words that the templates set themselves: "Figure", "Table", "Source: ", "Note: "."""

    figure: str
    table: str
    source: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report. `watermark` is empty only where people sign; `issued_on` goes into the metadata."""

    title: str
    author: str
    language: Language
    issued_on: date
    running: RunningLines
    words: Words
    watermark: str
    first_page: FirstPage
    body: tuple[Block, ...]


def plain(value: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Plain values of a record, with the record's name under "is", for the templates."""
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **named}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, date):
        return {"year": value.year, "month": value.month, "day": value.day}
    return value


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []


def uncovered_characters(document: Document) -> frozenset[str]:
    """The characters of a report that the packaged fonts cannot show."""
    return glyphs.missing_glyphs("".join(_texts(plain(document))))


def to_pdf(document: Document) -> bytes:
    """The report as a PDF (PDF/A-2b); the same report gives the same bytes.

    Raises:
        TypesettingError: A block holds what its template cannot set.
    """
    return typesetting.typeset(TEMPLATE, plain(document))
