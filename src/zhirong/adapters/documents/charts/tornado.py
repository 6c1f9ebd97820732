"""The tornado: how far each assumption, at its P10 and P90, moves the value; widest first."""

from dataclasses import dataclass

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import PLAIN, SMALL, Canvas, Fill, Font
from zhirong.adapters.documents.charts.scales import Scale, Unit

_ROW = 25.0
_BAR = 12.0
_LABELS = 132.0
_LOW = Fill(color=palette.TEAL, hatched=True)
_HIGH = Fill(color=palette.BLUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TornadoBar:
    """An assumption: the value at its P10 and at its P90 (CNY), and these two inputs in words."""

    label: str
    at_low: float
    at_high: float
    inputs: str = ""

    @property
    def reach(self) -> float:
        """How far the value moves between the two."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True, kw_only=True)
class TornadoChart:
    """The central value with its words, the bars, and the words for the two ends of an input."""

    base: float
    base_text: str
    unit: Unit
    bars: tuple[TornadoBar, ...]
    low_word: str
    high_word: str


def _legend(canvas: Canvas, chart: TornadoChart) -> None:
    x = 0.0
    for fill, words in ((_LOW, chart.low_word), (_HIGH, chart.high_word)):
        canvas.box((x, 3), (11, 7), fill)
        canvas.words((x + 15, 9.6), words, font=SMALL)
        x += 15 + SMALL.width(words) + 12


def _bar(canvas: Canvas, chart: TornadoChart, bar: TornadoBar, across: Scale, top: float) -> None:
    middle = top + _ROW / 2
    label = scales.fitted(bar.label, PLAIN, _LABELS)
    canvas.words((0, middle + (0 if bar.inputs else 3)), label)
    if bar.inputs:
        canvas.words((0, middle + 9), bar.inputs, font=SMALL)
    base = across.at(chart.base)
    for value, fill in ((bar.at_low, _LOW), (bar.at_high, _HIGH)):
        canvas.box((base, middle - _BAR / 2), (across.at(value) - base, _BAR), fill)
    least, most = sorted((bar.at_low, bar.at_high))
    font = Font(size=7.6)
    left, right = min(across.at(least), base), max(across.at(most), base)
    canvas.words((left - 4, middle + 2.8), chart.unit.show(least), font=font, anchor="end")
    canvas.words((right + 4, middle + 2.8), chart.unit.show(most), font=font)


def svg(chart: TornadoChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG."""
    bars = sorted(chart.bars, key=lambda bar: -bar.reach)
    values = [chart.base, *(value for bar in bars for value in (bar.at_low, bar.at_high))]
    room = max(Font(size=7.6).width(chart.unit.show(value)) for value in values) + 8
    labels = max((_label_width(bar) for bar in bars), default=0.0) + 8
    low, high = min(values), max(values)
    margin = (high - low or abs(high) or 1.0) * 0.01
    across = Scale(low=low - margin, high=high + margin, start=labels + room, end=width - room)
    head = 25.0
    canvas = Canvas(width, head + _ROW * len(bars) + 6)
    _legend(canvas, chart)
    for number, bar in enumerate(bars):
        top = head + number * _ROW
        if number:
            canvas.line((0, top), (width, top), color=palette.RULE, thickness=0.4)
        _bar(canvas, chart, bar, across, top)
    base = across.at(chart.base)
    canvas.line((base, head - 5), (base, canvas.height - 2), color=palette.INK, thickness=1.0)
    canvas.words((base, head - 9), chart.base_text, font=Font(bold=True), anchor="middle")
    return canvas.svg()


def _label_width(bar: TornadoBar) -> float:
    return max(PLAIN.width(scales.fitted(bar.label, PLAIN, _LABELS)), SMALL.width(bar.inputs))
