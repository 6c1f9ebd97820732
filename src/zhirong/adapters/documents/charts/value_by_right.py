"""Value by right: the most valuable ones as bars with their interval, the rest in one bar."""

from dataclasses import dataclass

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import SMALL, Canvas, Fill, Font
from zhirong.adapters.documents.charts.scales import Scale, Unit

_ROW = 23.0
_BAR = 10.0
_LABELS = 150.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RightValue:
    """A right's number, title, value and interval (CNY), and its share in words."""

    number: str
    title: str
    value: float
    interval: tuple[float, float] | None = None
    share: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueByRightChart:
    """Rights, most valuable first; `rest` sums the others under its own words."""

    rights: tuple[RightValue, ...]
    unit: Unit
    rest: RightValue | None = None


def _row(
    canvas: Canvas, chart: ValueByRightChart, right: RightValue, across: Scale, top: float
) -> None:
    middle = top + _ROW / 2
    is_rest = right is chart.rest
    canvas.words((0, middle + (-0.5 if right.title else 3)), right.number)
    if right.title:
        title = scales.fitted(right.title, SMALL, _LABELS - 8)
        canvas.words((0, middle + 8.5), title, font=SMALL)
    fill = Fill(color=palette.GREY, hatched=True) if is_rest else Fill(color=palette.BLUE)
    zero, end = across.at(0.0), across.at(right.value)
    canvas.box((zero, middle - _BAR / 2), (end - zero, _BAR), fill)
    reach = end
    if right.interval:
        low, high = (across.at(value) for value in right.interval)
        reach = max(end, high)
        canvas.line((min(low, end), middle), (end, middle), color=palette.PAPER, thickness=1.0)
        canvas.line((end, middle), (high, middle), color=palette.INK, thickness=1.0)
        canvas.line((low, middle - 2.6), (low, middle + 2.6), color=palette.PAPER, thickness=1.0)
        canvas.line((high, middle - 2.6), (high, middle + 2.6), color=palette.INK, thickness=1.0)
    figure = chart.unit.show(right.value)
    bold = Font(bold=True)
    canvas.words((reach + 5, middle + 2.9), figure, font=bold)
    canvas.words((reach + 10 + bold.width(figure), middle + 2.9), right.share, font=SMALL)


def svg(chart: ValueByRightChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG."""
    rows = (*chart.rights, *((chart.rest,) if chart.rest else ()))
    highest = max(max(right.value, *(right.interval or (0.0,))) for right in rows)
    words = max(
        Font(bold=True).width(chart.unit.show(right.value)) + SMALL.width(right.share) + 16
        for right in rows
    )
    across = Scale(low=0.0, high=highest or 1.0, start=_LABELS, end=width - words)
    canvas = Canvas(width, _ROW * len(rows) + 4)
    for number, right in enumerate(rows):
        if number:
            y = number * _ROW + 1
            canvas.line((0, y), (_LABELS - 8, y), color=palette.RULE, thickness=0.4)
        _row(canvas, chart, right, across, number * _ROW + 1)
    canvas.line((_LABELS, 0), (_LABELS, canvas.height - 2), color=palette.INK, thickness=0.8)
    return canvas.svg()
