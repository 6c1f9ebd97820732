"""Scales: from a value to a place on the page, round ticks, figures in words, labels kept apart."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhirong.adapters.documents.charts.canvas import Font
from zhirong.core.messages import format_fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """How amounts are shown: divided by `divisor`, with `decimals`; `name` stands at the axis.

    >>> Unit(name="万元", divisor=10_000).show(14_590_000)
    '1,459'
    >>> Unit(name="%", divisor=0.01, decimals=1).show(-0.155)
    '−15.5'
    """

    name: str
    divisor: float = 1.0
    decimals: int = 0

    def show(self, value: float) -> str:
        """The value in the unit, grouped, with the minus sign of print."""
        rounded = Decimal(repr(round(value / self.divisor, self.decimals)))
        return grouped(rounded, self.decimals)

    def show_short(self, value: float) -> str:
        """As `show`, without decimals that say nothing: for the round figures of an axis."""
        text = self.show(value)
        return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: Decimal, decimals: int) -> str:
    """A figure with thousands separators and a fixed number of decimals."""
    if decimals == 0:
        return format_fact(value, "int", "zh")
    text = f"{value + 0:,.{decimals}f}"
    return text.replace("-", "\u2212")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A linear scale: values `low` to `high` on places `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, *, count: int = 5) -> tuple[float, ...]:
    """About `count` round values from `low` to `high`.

    >>> ticks(0, 21_400_000)
    (0.0, 5000000.0, 10000000.0, 15000000.0, 20000000.0)
    """
    if not high > low:
        return (low,)
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(round(number * step, 12) for number in range(first, last + 1))


def _touches(span: tuple[float, float], taken: Sequence[tuple[float, float]], gap: float) -> bool:
    return any(span[0] < right + gap and left < span[1] + gap for left, right in taken)


def rows_apart(spans: Sequence[tuple[float, float]], *, gap: float = 6.0) -> tuple[int, ...]:
    """A row for each label (0 the nearest) so that no two overlap; spans are their left and right.

    >>> rows_apart([(0, 30), (20, 50), (60, 90)])
    (0, 1, 0)
    """
    rows: list[list[tuple[float, float]]] = []
    chosen: dict[int, int] = {}
    for number in sorted(range(len(spans)), key=lambda one: spans[one]):
        span = spans[number]
        free = (row for row, taken in enumerate(rows) if not _touches(span, taken, gap))
        row = next(free, len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append(span)
        chosen[number] = row
    return tuple(chosen[number] for number in range(len(spans)))


def fitted(words: str, font: Font, room: float) -> str:
    """The words, cut with an ellipsis where they are wider than the room.

    >>> fitted("一种精密主轴的冷却结构", Font(size=8), 48)
    '一种精密主…'
    """
    if font.width(words) <= room:
        return words
    while words and font.width(words + "…") > room:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(words: str, font: Font, room: float, *, lines: int = 2) -> tuple[str, ...]:
    """The words in at most so many lines; the last one is cut where they do not fit."""
    found: list[str] = []
    rest = words
    while rest and len(found) < lines - 1 and font.width(rest) > room:
        end = len(rest)
        while font.width(rest[:end]) > room:
            end -= 1
        space = rest.rfind(" ", 0, end + 1)
        end = space if space > 0 else end
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return (*found, fitted(rest, font, room)) if rest else tuple(found)
