"""Sales of a product: what was sold as solid bars, what is expected as hatched ones."""

from dataclasses import dataclass

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import SMALL, Canvas, Fill, Font
from zhirong.adapters.documents.charts.scales import Scale, Unit

_PLOT_HEIGHT = 104.0
_SOLD = Fill(color=palette.BLUE)
_EXPECTED = Fill(color=palette.TEAL, hatched=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesYear:
    """A year in words, its sales (CNY), and for a forecast its interval."""

    label: str
    amount: float
    is_forecast: bool = False
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesChart:
    """Years in order, history first; words for the two kinds and for the valuation date."""

    years: tuple[SalesYear, ...]
    unit: Unit
    sold_word: str
    expected_word: str


def _legend(canvas: Canvas, chart: SalesChart) -> None:
    x = 0.0
    for fill, words in ((_SOLD, chart.sold_word), (_EXPECTED, chart.expected_word)):
        canvas.box((x, 3), (11, 7), fill)
        canvas.words((x + 15, 9.6), words, font=SMALL)
        x += 15 + SMALL.width(words) + 12
    canvas.words((canvas.width, 9.6), chart.unit.name, font=SMALL, anchor="end")


def _year(canvas: Canvas, chart: SalesChart, at: int, up: Scale) -> None:
    year, pitch = chart.years[at], canvas.width / len(chart.years)
    center, thick = (at + 0.5) * pitch, min(30.0, pitch * 0.62)
    head = up.at(year.amount)
    fill = _EXPECTED if year.is_forecast else _SOLD
    canvas.box((center - thick / 2, up.start), (thick, head - up.start), fill)
    if year.interval:
        low, high = (up.at(value) for value in year.interval)
        canvas.line((center, low), (center, high), color=palette.INK, thickness=0.9)
        for y in (low, high):
            canvas.line((center - 3, y), (center + 3, y), color=palette.INK, thickness=0.9)
        head = min(head, high)
    figure = scales.fitted(chart.unit.show(year.amount), Font(size=7.6), pitch)
    canvas.words((center, head - 3.5), figure, font=Font(size=7.6, bold=True), anchor="middle")
    canvas.words((center, up.start + 11), year.label, font=SMALL, anchor="middle")


def svg(chart: SalesChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG."""
    highest = max(max(year.amount, *(year.interval or (0.0,))) for year in chart.years)
    head = 26.0
    base = head + _PLOT_HEIGHT
    up = Scale(low=0.0, high=(highest or 1.0) * 1.12, start=base, end=head)
    canvas = Canvas(width, base + 16)
    _legend(canvas, chart)
    for at in range(len(chart.years)):
        _year(canvas, chart, at, up)
    canvas.line((0, base), (width, base), color=palette.INK, thickness=0.8)
    turns = [at for at, year in enumerate(chart.years) if year.is_forecast]
    if turns and turns[0]:
        x = turns[0] * width / len(chart.years)
        canvas.line((x, head), (x, base + 12), color=palette.SECONDARY, thickness=0.8, dash="2 2")
    return canvas.svg()
