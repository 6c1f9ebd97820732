"""Values side by side: methods, premises or third parties, each a point with its interval."""

from dataclasses import dataclass

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import SMALL, Canvas, Font
from zhirong.adapters.documents.charts.scales import Scale, Unit

_ROW = 20.0
_LABELS = 150.0
_GAP = 4.0  # between the last number of the axis and its unit


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeRow:
    """A name, a point and its interval (CNY); `is_concluded` draws it strong, others hollow."""

    label: str
    value: float
    interval: tuple[float, float] | None = None
    is_concluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RangesChart:
    """The rows in the order given, on one scale from zero."""

    rows: tuple[RangeRow, ...]
    unit: Unit


def svg(chart: RangesChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG."""
    highest = max(max(row.value, *(row.interval or (0.0,))) for row in chart.rows) or 1.0
    widest = max(Font(bold=True).width(chart.unit.show(row.value)) for row in chart.rows)
    across = Scale(low=0.0, high=highest * 1.02, start=_LABELS, end=width - widest - 10)
    base = _ROW * len(chart.rows) + 4
    canvas = Canvas(width, base + 17)
    room = width - SMALL.width(chart.unit.name) - _GAP
    for value in scales.ticks(0.0, across.high, count=5):
        x, words = across.at(value), chart.unit.show_short(value)
        canvas.line((x, 0), (x, base), color=palette.RULE, thickness=0.4)
        if x + SMALL.width(words) / 2 <= room:
            canvas.words((x, base + 10), words, font=SMALL, anchor="middle")
    canvas.words((width, base + 10), chart.unit.name, font=SMALL, anchor="end")
    canvas.line((across.start, 0), (across.start, base), color=palette.INK, thickness=0.8)
    for at, row in enumerate(chart.rows):
        middle = (at + 0.5) * _ROW + 2
        font = Font(bold=row.is_concluded)
        canvas.words((0, middle + 3), scales.fitted(row.label, font, _LABELS - 8), font=font)
        color = palette.BLUE if row.is_concluded else palette.SECONDARY
        if row.interval:
            low, high = (across.at(value) for value in row.interval)
            thick = 4.0 if row.is_concluded else 2.0
            tint = palette.BLUE_TINT if row.is_concluded else palette.GREY
            canvas.line((low, middle), (high, middle), color=tint, thickness=thick)
        canvas.dot((across.at(row.value), middle), 3.4, color=color, hollow=not row.is_concluded)
        canvas.words((width, middle + 3), chart.unit.show(row.value), font=font, anchor="end")
    return canvas.svg()
