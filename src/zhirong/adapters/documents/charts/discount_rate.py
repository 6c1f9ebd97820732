"""The discount rate built up: each premium on top of the last, the sum at the end."""

from dataclasses import dataclass

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import SMALL, Canvas, Fill, Font
from zhirong.adapters.documents.charts.scales import Scale

_ROW = 19.0
_BAR = 10.0
_LABELS = 168.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePart:
    """A part of the rate: its name, the share, the share in words, a short remark (its source)."""

    label: str
    rate: float
    text: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscountRateChart:
    """The parts in order and their sum."""

    parts: tuple[RatePart, ...]
    total: RatePart


def svg(chart: DiscountRateChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG."""
    rows = (*chart.parts, chart.total)
    steps = [0.0]
    for part in chart.parts:
        steps.append(steps[-1] + part.rate)
    words = max(Font(bold=True).width(part.text) + SMALL.width(part.remark) + 16 for part in rows)
    low, high = min(0.0, *steps), max(chart.total.rate, *steps)
    across = Scale(low=low, high=high, start=_LABELS, end=width - words)
    canvas = Canvas(width, _ROW * len(rows) + 6)
    for at, part in enumerate(rows):
        is_total = part is chart.total
        middle, font = (at + 0.5) * _ROW + 2, Font(bold=is_total)
        canvas.words((0, middle + 3), scales.fitted(part.label, font, _LABELS - 8), font=font)
        start = across.at(0.0 if is_total else steps[at])
        end = across.at(part.rate if is_total else steps[at + 1])
        fill = Fill(color=palette.BLUE) if is_total else _part_fill(part)
        canvas.box((start, middle - _BAR / 2), (end - start, _BAR), fill)
        if not is_total:
            canvas.line((end, middle - 5), (end, middle + _ROW - 5), color=palette.GREY)
        x = max(start, end) + 5
        canvas.words((x, middle + 2.9), part.text, font=Font(bold=True))
        x += Font(bold=True).width(part.text) + 6
        canvas.words((x, middle + 2.9), part.remark, font=SMALL)
    canvas.line((across.at(0.0), 0), (across.at(0.0), canvas.height), color=palette.INK)
    return canvas.svg()


def _part_fill(part: RatePart) -> Fill:
    if part.rate < 0:
        return Fill(color=palette.GREY, hatched=True)
    return Fill(color=palette.BLUE_TINT, outline=palette.BLUE)
