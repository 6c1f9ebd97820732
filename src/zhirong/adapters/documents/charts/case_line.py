"""The time line of a case: one row an actor, working days on the axis, late steps amber."""

from dataclasses import dataclass

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import SMALL, Canvas, Fill, Font
from zhirong.adapters.documents.charts.scales import Scale

_ROW = 30.0
_BAR = 9.0
_HEAD, _FOOT = 20.0, 30.0
_LABELS_MAX = 118.0
_ACTOR = Font(size=7.8)
_STEP = Font(size=7.4)
_LATE_STEP = Font(size=7.4, bold=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStep:
    """A step, or several of one day by one actor.

    Attributes:
        actor: Who did it, or who is at it; steps of one actor share a row.
        label: What was done.
        start: Working day since the application on which the step before it was done.
        end: Working day on which it was done, or today where it is open.
        is_open: Not done yet: drawn hollow.
    """

    actor: str
    label: str
    start: int
    end: int
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLineChart:
    """Steps in their order; the target in working days with its words; the axis' words."""

    steps: tuple[CaseStep, ...]
    target: int
    target_text: str
    axis_text: str


def svg(chart: CaseLineChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG."""
    actors = tuple(dict.fromkeys(step.actor for step in chart.steps))
    left = min(_LABELS_MAX, max((_ACTOR.width(one) for one in actors), default=0.0)) + 10
    last = max((chart.target, *(step.end for step in chart.steps)))
    canvas = Canvas(width, _HEAD + len(actors) * _ROW + _FOOT)
    across = Scale(low=0, high=max(last, 1), start=left + 6, end=width - 14)
    base = _HEAD + len(actors) * _ROW
    _frame(canvas, chart, across, base)
    for place, actor in enumerate(actors):
        middle = _HEAD + place * _ROW + _ROW * 0.62
        canvas.words((0, middle + 2.6), scales.fitted(actor, _ACTOR, left - 10), font=_ACTOR)
        own = tuple(step for step in chart.steps if step.actor == actor)
        _steps(canvas, own, across, (middle, chart.target))
    return canvas.svg()


def _frame(canvas: Canvas, chart: CaseLineChart, across: Scale, base: float) -> None:
    """Days on the axis, and the target as a dashed line with its words above."""
    days = int(across.high)
    every = max(1, -(-days // 14))
    for day in range(0, days + 1, every):
        x = across.at(day)
        canvas.line((x, _HEAD), (x, base), color=palette.RULE, thickness=0.4)
        canvas.words((x, base + 11), str(day), font=SMALL, anchor="middle")
    canvas.line((across.start, base), (across.end, base), color=palette.INK, thickness=0.8)
    canvas.words((across.end, base + 23), chart.axis_text, font=SMALL, anchor="end")
    x = across.at(chart.target)
    canvas.line((x, _HEAD - 4), (x, base), color=palette.TEAL, thickness=1.2, dash="4 2.4")
    font = Font(size=7.6, bold=True, color=palette.TEAL)
    half = font.width(chart.target_text) / 2
    middle = min(max(x, half), canvas.width - half)
    canvas.words((middle, _HEAD - 8), chart.target_text, font=font, anchor="middle")


def _steps(
    canvas: Canvas, steps: tuple[CaseStep, ...], across: Scale, place: tuple[float, int]
) -> None:
    """The steps of one actor on one line, words above them and never over one another."""
    middle, target = place
    free = 0.0
    for step in steps:
        is_late = step.end > target
        color = palette.AMBER if is_late else palette.BLUE
        x, end = across.at(step.start), across.at(step.end)
        if step.end > step.start:
            fill = Fill(color=color, hatched=step.is_open)
            canvas.box((x, middle - _BAR / 2), (end - x, _BAR), fill)
        else:
            canvas.dot((end, middle), 4.2, color=color, hollow=step.is_open)
        font = _LATE_STEP if is_late else _STEP
        wide = font.width(step.label)
        left = max(min((x + end) / 2 - wide / 2, canvas.width - wide), free)
        words = scales.fitted(step.label, font, canvas.width - left)
        if len(words) > 1:  # else only the ellipsis is left; the table beside says it
            canvas.words((left, middle - _BAR / 2 - 4), words, font=font)
        free = left + wide + 6
