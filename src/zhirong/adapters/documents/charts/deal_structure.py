"""Who stands where in a plan: boxes for parties, arrows for money and for promises."""

from dataclasses import dataclass

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import BOLD, SMALL, Canvas, Fill

_BOX = (90.0, 40.0)
_ROW = 84.0
_TOP = 8.0


@dataclass(frozen=True, slots=True)
class PartyBox:
    """A party: what it is in the plan, and its name."""

    role: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DealStructureChart:
    """The line of money (firms, lender, plan, investors), with the words on its arrows.

    `below` stand under the plan and serve it; `above` promise to pay what it lacks.
    """

    line: tuple[PartyBox, PartyBox, PartyBox, PartyBox]
    forth: tuple[str, str, str]
    back: tuple[str, str, str]
    above: tuple[PartyBox, ...]
    below: tuple[PartyBox, ...]
    promise: str
    service: str


def svg(chart: DealStructureChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG."""
    top = _TOP + (_ROW if chart.above else 0.0)
    canvas = Canvas(width, top + _BOX[1] + (_ROW if chart.below else 0.0) + 6)
    step = (width - _BOX[0]) / (len(chart.line) - 1)
    for place, party in enumerate(chart.line):
        _party(canvas, (place * step, top), party, is_plan=place == 2)
    for place, (forth, back) in enumerate(zip(chart.forth, chart.back, strict=True)):
        left, right = place * step + _BOX[0], (place + 1) * step
        _arrow(canvas, (right, top + 12), (left, top + 12), forth)
        _arrow(canvas, (left, top + 29), (right, top + 29), back)
    plan = 2 * step + _BOX[0] / 2
    _beside(canvas, chart.above, (plan, top, -1.0), chart.promise)
    _beside(canvas, chart.below, (plan, top + _BOX[1], 1.0), chart.service)
    return canvas.svg()


def _party(canvas: Canvas, at: tuple[float, float], party: PartyBox, *, is_plan: bool) -> None:
    fill = Fill(color=palette.BLUE_WASH if is_plan else palette.PANEL, outline=palette.BLUE)
    canvas.box(at, _BOX, fill)
    middle = at[0] + _BOX[0] / 2
    role = scales.fitted(party.role, BOLD, _BOX[0] - 6)
    canvas.words((middle, at[1] + 12), role, font=BOLD, anchor="middle")
    for number, text in enumerate(scales.wrapped(party.name, SMALL, _BOX[0] - 8)):
        canvas.words((middle, at[1] + 23 + 9 * number), text, font=SMALL, anchor="middle")


def _arrow(
    canvas: Canvas, start: tuple[float, float], end: tuple[float, float], words: str
) -> None:
    canvas.line(start, end, color=palette.INK, thickness=0.8)
    turn = 3.5 if end[0] < start[0] else -3.5
    corners = [end, (end[0] + turn, end[1] - 2.2), (end[0] + turn, end[1] + 2.2)]
    canvas.area(corners, color=palette.INK)
    room = abs(start[0] - end[0]) - 2
    text = scales.fitted(words, SMALL, max(room, 10.0))
    canvas.words(((start[0] + end[0]) / 2, start[1] - 3), text, font=SMALL, anchor="middle")


def _beside(
    canvas: Canvas,
    parties: tuple[PartyBox, ...],
    plan: tuple[float, float, float],
    words: str,
) -> None:
    """Parties above or below the plan, joined to it by dashed lines."""
    if not parties:
        return
    x, edge, side = plan
    gap = _ROW - _BOX[1]
    step = min((canvas.width - _BOX[0]) / max(len(parties) - 1, 1), _BOX[0] + 14)
    wide = step * (len(parties) - 1) + _BOX[0]
    first = min(max(x - wide / 2, 0.0), canvas.width - wide)
    for place, party in enumerate(parties):
        left = first + place * step
        top = edge + gap if side > 0 else edge - gap - _BOX[1]
        _party(canvas, (left, top), party, is_plan=False)
        own = top if side > 0 else top + _BOX[1]
        middle = left + _BOX[0] / 2
        bend = (edge + own) / 2
        for one, other in (((x, edge), (x, bend)), ((x, bend), (middle, bend))):
            canvas.line(one, other, color=palette.SECONDARY, thickness=0.7, dash="3 2")
        canvas.line((middle, bend), (middle, own), color=palette.SECONDARY, dash="3 2")
    canvas.words((x + 4, edge + gap / 2 * side - 3), words, font=SMALL)
