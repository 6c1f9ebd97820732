"""The waterfall of a plan on one date: one row a step, what was due, paid, supported, short."""

from dataclasses import dataclass

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import BOLD, PLAIN, SMALL, Canvas, Fill, Font
from zhirong.adapters.documents.charts.scales import Scale, Unit

_ROW = 18.0
_BAR = 9.0
_HEAD = 15.0
_LEAST = 1.2  # a bar that stands for something is seen


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBar:
    """A step: its name, what was due, what its account and what supports paid (CNY)."""

    label: str
    due: float
    own: float
    support: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentStepsChart:
    """The steps; heads of label, paid and short; words of the key: paid, support, short."""

    steps: tuple[StepBar, ...]
    unit: Unit
    heads: tuple[str, str, str]
    key: tuple[str, str, str]


def svg(chart: PaymentStepsChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG."""
    shown = chart.unit.show
    labels = min(190.0, max(PLAIN.width(each.label) for each in chart.steps) + 8)
    paid = max(BOLD.width(text) for text in (chart.heads[1], *_paid(chart))) + 10
    short = max(PLAIN.width(text) for text in (chart.heads[2], *_short(chart))) + 10
    bars = Scale(
        low=0.0,
        high=max(*(each.due for each in chart.steps), 1.0),
        start=labels,
        end=width - paid - short - 4,
    )
    canvas = Canvas(width, _HEAD + _ROW * len(chart.steps) + 20)
    canvas.words((0, 8), chart.heads[0], font=SMALL)
    canvas.words((width - short, 8), chart.heads[1], font=SMALL, anchor="end")
    canvas.words((width, 8), chart.heads[2], font=SMALL, anchor="end")
    canvas.line((0, 12), (width, 12), color=palette.INK, thickness=0.5)
    for place, each in enumerate(chart.steps):
        middle = _HEAD + _ROW * (place + 0.5)
        canvas.words((0, middle + 3), scales.fitted(each.label, PLAIN, labels - 6))
        _bar(canvas, each, bars, middle)
        given = each.own + each.support
        canvas.words((width - short, middle + 3), shown(given), font=BOLD, anchor="end")
        lacks = each.due - given
        font = Font(color=palette.RED if lacks > 0 else palette.SECONDARY)
        canvas.words((width, middle + 3), shown(lacks), font=font, anchor="end")
    foot = _HEAD + _ROW * len(chart.steps)
    canvas.line((labels, _HEAD), (labels, foot), color=palette.INK, thickness=0.8)
    _key(canvas, chart.key, foot + 12)
    return canvas.svg()


def _paid(chart: PaymentStepsChart) -> list[str]:
    return [chart.unit.show(each.own + each.support) for each in chart.steps]


def _short(chart: PaymentStepsChart) -> list[str]:
    return [chart.unit.show(each.due - each.own - each.support) for each in chart.steps]


def _bar(canvas: Canvas, each: StepBar, bars: Scale, middle: float) -> None:
    x = bars.start
    parts = (
        (each.own, Fill(color=palette.BLUE)),
        (each.support, Fill(color=palette.AMBER, hatched=True)),
        (each.due - each.own - each.support, Fill(color=palette.RED, hatched=True)),
    )
    for amount, fill in parts:
        if amount > 0:
            wide = max(bars.at(amount) - bars.start, _LEAST)
            canvas.box((x, middle - _BAR / 2), (wide, _BAR), fill)
            x += wide


def _key(canvas: Canvas, words: tuple[str, str, str], y: float) -> None:
    x = 0.0
    fills = (
        Fill(color=palette.BLUE),
        Fill(color=palette.AMBER, hatched=True),
        Fill(color=palette.RED, hatched=True),
    )
    for text, fill in zip(words, fills, strict=True):
        canvas.box((x, y - 6), (10, 7), fill)
        canvas.words((x + 14, y), text, font=SMALL)
        x += 14 + SMALL.width(text) + 16
