"""The waterfall from revenue to value: one row a step, the factor in words, the amount that stays.

A royalty of a few per cent leaves bars too short to read. After the step that leaves less than an
eighth of the largest amount, the rows are drawn on a wider scale, and a wedge shows by how much.
"""

from dataclasses import dataclass

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import PLAIN, SMALL, Canvas, Fill, Font
from zhirong.adapters.documents.charts.scales import Scale, Unit

_ROW = 21.0
_BAR = 12.0
_WEDGE = 16.0
_ENLARGE_BELOW = 1 / 8
_STANDS = Fill(color=palette.BLUE)
_FALLS = Fill(color=palette.GREY, hatched=True)
_RISES = Fill(color=palette.TEAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step: its name, the factor in words ("× 2.80 %"), the amount after it (CNY).

    `stands` marks an amount that is a result (revenue, royalties, value): drawn from zero.
    """

    label: str
    factor: str
    amount: float
    stands: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterfallChart:
    """The steps, the first of which is the start; heads of the three columns; "enlarged" in words.

    `enlarged_word` is shown with the number of times, as in "enlarged × 24".
    """

    steps: tuple[Step, ...]
    unit: Unit
    heads: tuple[str, str, str]
    enlarged_word: str


@dataclass(frozen=True, slots=True)
class _Columns:
    label: float
    factor_end: float
    bar: float
    bar_end: float
    amount_end: float


def _columns(chart: WaterfallChart, width: float) -> _Columns:
    bold = Font(bold=True)
    labels = min(140.0, max(bold.width(step.label) for step in chart.steps) + 8)
    factors = max(PLAIN.width(words) for words in _factor_words(chart))
    amounts = max(bold.width(words) for words in _amount_words(chart))
    bar = labels + factors + 12
    return _Columns(0.0, labels + factors, bar, width - amounts - 8, width)


def _factor_words(chart: WaterfallChart) -> tuple[str, ...]:
    return (chart.heads[1], *(step.factor for step in chart.steps))


def _amount_words(chart: WaterfallChart) -> tuple[str, ...]:
    return (chart.heads[2], *(chart.unit.show(step.amount) for step in chart.steps))


def _enlarged_from(steps: tuple[Step, ...]) -> int:
    """The first step whose amount is too small for the common scale; their number if none is."""
    first = max(step.amount for step in steps)
    small = [at for at, step in enumerate(steps) if step.amount < first * _ENLARGE_BELOW]
    return small[0] if small and small[0] < len(steps) - 1 else len(steps)


def _heads(canvas: Canvas, chart: WaterfallChart, columns: _Columns) -> None:
    canvas.words((columns.label, 8), chart.heads[0], font=SMALL)
    canvas.words((columns.factor_end, 8), chart.heads[1], font=SMALL, anchor="end")
    canvas.words((columns.amount_end, 8), chart.heads[2], font=SMALL, anchor="end")
    canvas.line((0, 13), (canvas.width, 13), color=palette.INK, thickness=0.5)


def _row_words(
    canvas: Canvas, chart: WaterfallChart, step: Step, columns: _Columns, middle: float
) -> None:
    font = Font(bold=step.stands)
    room = columns.factor_end - PLAIN.width(step.factor) - 6
    canvas.words((columns.label, middle + 3), scales.fitted(step.label, font, room), font=font)
    canvas.words((columns.factor_end, middle + 3), step.factor, anchor="end")
    amount = chart.unit.show(step.amount)
    canvas.words((columns.amount_end, middle + 3), amount, font=font, anchor="end")


def _row_bar(canvas: Canvas, step: Step, before: float, across: Scale, middle: float) -> None:
    start, end = across.at(before), across.at(step.amount)
    top = middle - _BAR / 2
    if step.stands:
        canvas.box((across.at(0.0), top), (end - across.at(0.0), _BAR), _STANDS)
        if before > step.amount:
            canvas.box((end, top), (start - end, _BAR), _FALLS)
    else:
        canvas.box((start, top), (end - start, _BAR), _RISES if end > start else _FALLS)


def svg(chart: WaterfallChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG."""
    steps, columns = chart.steps, _columns(chart, width)
    turn = _enlarged_from(steps)
    highest = max(step.amount for step in steps)
    across = Scale(low=0.0, high=highest, start=columns.bar, end=columns.bar_end)
    wedge = _WEDGE if turn < len(steps) else 0.0
    canvas = Canvas(width, 17 + _ROW * len(steps) + wedge + 4)
    _heads(canvas, chart, columns)
    y = 17.0
    for at, step in enumerate(steps):
        if at == turn + 1:
            across = _turn(canvas, chart, turn, across, y)
            y += wedge
        middle = y + _ROW / 2
        _row_words(canvas, chart, step, columns, middle)
        _row_bar(canvas, step, steps[at - 1].amount if at else 0.0, across, middle)
        if at not in (turn, len(steps) - 1):
            x, foot = across.at(step.amount), middle + _BAR / 2
            canvas.line((x, foot), (x, foot + _ROW - _BAR), color=palette.SECONDARY, thickness=0.6)
        y += _ROW
    canvas.line((columns.bar, 13), (columns.bar, canvas.height), color=palette.INK, thickness=0.8)
    return canvas.svg()


def _turn(canvas: Canvas, chart: WaterfallChart, turn: int, across: Scale, y: float) -> Scale:
    """Draw the wedge between the two scales and give the wider one."""
    reach = max(step.amount for step in chart.steps[turn:])
    wider = Scale(low=0.0, high=reach, start=across.start, end=across.end)
    top, foot = y - _ROW / 2 + _BAR / 2, y + _WEDGE + _ROW / 2 - _BAR / 2
    canvas.area(
        [(across.start, top), (across.at(reach), top), (wider.end, foot), (across.start, foot)],
        color=palette.BLUE_WASH,
    )
    words = f"{chart.enlarged_word} × {across.high / reach:,.0f}"
    canvas.words(
        ((across.start + across.end) / 2, y + _WEDGE - 1), words, font=SMALL, anchor="middle"
    )
    return wider
