"""How probable a loss above each share of the pool is, with the points where tranches attach.

Drawn by powers of ten: what decides on a senior tranche is far below one percent.
"""

import math
from dataclasses import dataclass

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import SMALL, Canvas, Font
from zhirong.adapters.documents.charts.scales import Scale

_PLOT_HEIGHT = 150.0
_HEAD, _FOOT = 34.0, 30.0
_LEFT = 44.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """Where a tranche begins to lose, as a share of the pool, with its words."""

    share: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LossExceedanceChart:
    """Shares of the pool lost, ascending, each with the probability of losing more than it.

    `across_name` and `up_name` say what the axes show.
    """

    points: tuple[tuple[float, float], ...]
    attachments: tuple[Attachment, ...]
    across_name: str
    up_name: str


def svg(chart: LossExceedanceChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG: a step line falling from the probability of any loss."""
    base = _HEAD + _PLOT_HEIGHT
    canvas = Canvas(width, base + _FOOT)
    shown = [(share, chance) for share, chance in chart.points if chance > 0]
    least = min((chance for _, chance in shown), default=0.01)
    powers = range(math.floor(math.log10(least)), 1)
    up = Scale(low=powers[0], high=0.0, start=base, end=_HEAD)
    reach = max(
        [share for share, _ in chart.points] + [each.share for each in chart.attachments] + [0.01]
    )
    across = Scale(low=0.0, high=reach * 1.04, start=_LEFT, end=width - 12)
    for power in powers:
        y = up.at(power)
        canvas.line((_LEFT, y), (width, y), color=palette.RULE, thickness=0.4)
        canvas.words((_LEFT - 5, y + 2.6), _percent(power), font=SMALL, anchor="end")
    for value in scales.ticks(0.0, across.high, count=6):
        x = across.at(value)
        canvas.line((x, base), (x, base + 3), color=palette.INK, thickness=0.6)
        canvas.words((x, base + 13), f"{value * 100:g} %", font=SMALL, anchor="middle")
    _curve(canvas, shown, across, up)
    for place, each in enumerate(chart.attachments):
        _mark(canvas, each, (across.at(each.share), base), 10.0 + 11.0 * (place % 2))
    canvas.line((_LEFT, base), (width, base), color=palette.INK, thickness=0.8)
    canvas.words((width, base + 25), chart.across_name, font=SMALL, anchor="end")
    canvas.words((0, 9), chart.up_name, font=SMALL)
    return canvas.svg()


def _percent(power: int) -> str:
    return f"{10.0 ** (power + 2):g} %"


def _curve(canvas: Canvas, points: list[tuple[float, float]], across: Scale, up: Scale) -> None:
    corners: list[tuple[float, float]] = []
    for share, chance in points:
        x, y = across.at(share), up.at(math.log10(chance))
        if corners:
            corners.append((x, corners[-1][1]))
        corners.append((x, y))
    if len(corners) < 2:
        return
    edge = [(corners[0][0], up.start), *corners, (corners[-1][0], up.start)]
    canvas.area(edge, color=palette.BLUE_WASH)
    canvas.curve(corners, color=palette.BLUE, thickness=1.6)


def _mark(canvas: Canvas, each: Attachment, foot: tuple[float, float], height: float) -> None:
    """A dashed line up from the share, its words beside the head of it."""
    x, base = foot
    font = Font(size=7.4, bold=True, color=palette.RED)
    canvas.line((x, base), (x, height + 2), color=palette.RED, thickness=0.9, dash="4 2.4")
    room = font.width(each.text)
    if x + 4 + room > canvas.width:
        canvas.words((x - 4, height), each.text, font=font, anchor="end")
    else:
        canvas.words((x + 4, height), each.text, font=font)
