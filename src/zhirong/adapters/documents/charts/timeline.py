"""The time line of a right: its term as a bar, today as a line, events with their days."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import SMALL, Canvas, Fill, Font
from zhirong.adapters.documents.charts.scales import Scale

_LABEL_HEIGHT = 10.5
_BAR = 7.0
_ROWS_MAX = 5
_COLORS = {"plain": palette.BLUE, "attention": palette.AMBER, "block": palette.RED}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """What happened on a day; attention is a hollow dot, block a filled square."""

    on: date
    label: str
    kind: Literal["plain", "attention", "block"] = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineChart:
    """A term from its first to its last day, today with its words, events."""

    start: date
    end: date
    today: date
    today_word: str
    events: tuple[TimelineEvent, ...]


def _dot(canvas: Canvas, x: float, y: float, kind: str) -> None:
    color = _COLORS[kind]
    if kind == "block":
        canvas.box((x - 2.8, y - 2.8), (5.6, 5.6), Fill(color=color))
    else:
        canvas.dot((x, y), 2.4, color=color, hollow=kind == "attention")


def _spans(chart: TimelineChart, across: Scale, width: float) -> list[tuple[float, float]]:
    spans = []
    for event in chart.events:
        room = SMALL.width(event.label)
        left = min(max(across.at(event.on.toordinal()) - room / 2, 0.0), width - room)
        spans.append((left, left + room))
    return spans


def _year_marks(canvas: Canvas, chart: TimelineChart, across: Scale, y: float) -> None:
    years = range(chart.start.year + 1, chart.end.year + 1)
    every = max(1, -(-len(years) // 12))
    for year in years:
        x = across.at(date(year, 1, 1).toordinal())
        if (year - chart.start.year) % every:
            continue
        canvas.line((x, y), (x, y + 2.5), color=palette.GREY, thickness=0.5)
        font = Font(size=6.6, color=palette.SECONDARY)
        half = font.width(str(year)) / 2
        center = min(x, canvas.width - half)
        canvas.words((center, y + 9.5), str(year), font=font, anchor="middle")


def _today(canvas: Canvas, chart: TimelineChart, across: Scale, middle: float) -> None:
    x = across.at(chart.today.toordinal())
    canvas.line((x, middle - 8), (x, middle + 21), color=palette.INK, thickness=1.0)
    font = Font(size=7.0, bold=True)
    half = font.width(chart.today_word) / 2
    center = min(max(x, half), canvas.width - half)
    canvas.words((center, middle + 30), chart.today_word, font=font, anchor="middle")


def _label(canvas: Canvas, words: str, span: tuple[float, float], foot: float) -> None:
    """The words on paper, so that the lines of labels above do not strike them through."""
    left, right = span
    canvas.box((left - 1, foot - 8), (right - left + 2, 9), Fill(color=palette.PAPER))
    canvas.words(((left + right) / 2, foot - 1), words, font=SMALL, anchor="middle")


def svg(chart: TimelineChart, *, width: float = palette.TEXT_WIDTH - 18) -> bytes:
    """The chart as SVG."""
    days = [chart.start, chart.end, chart.today, *(event.on for event in chart.events)]
    low, high = min(days).toordinal(), max(days).toordinal()
    across = Scale(low=low, high=max(high, low + 1), start=5.0, end=width - 5)
    spans = _spans(chart, across, width)
    rows = [min(row, _ROWS_MAX - 1) for row in scales.rows_apart(spans)]
    head = 3 + (max(rows, default=0) + 1) * _LABEL_HEIGHT
    middle = head + 5 + _BAR / 2
    canvas = Canvas(width, middle + 33)
    now = min(max(chart.today, chart.start), chart.end)
    start, split, end = (across.at(day.toordinal()) for day in (chart.start, now, chart.end))
    top = middle - _BAR / 2
    canvas.box((start, top), (split - start, _BAR), Fill(color=palette.BLUE_TINT))
    rest = Fill(color=palette.BLUE_WASH, outline=palette.BLUE_TINT)
    canvas.box((split, top), (end - split, _BAR), rest)
    _year_marks(canvas, chart, across, top + _BAR)
    _today(canvas, chart, across, middle)
    marked = tuple(zip(chart.events, spans, rows, strict=True))
    for event, _, row in marked:
        x, foot = across.at(event.on.toordinal()), head - row * _LABEL_HEIGHT
        canvas.line((x, foot + 1.5), (x, middle), color=palette.GREY, thickness=0.5)
    for event, span, row in marked:
        _label(canvas, event.label, span, head - row * _LABEL_HEIGHT)
        _dot(canvas, across.at(event.on.toordinal()), middle, event.kind)
    return canvas.svg()
