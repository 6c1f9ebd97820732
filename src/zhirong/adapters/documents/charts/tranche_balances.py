"""What each tranche still owes over the payment dates: steps, one tranche on the other."""

from dataclasses import dataclass
from datetime import date

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import SMALL, Canvas, Font
from zhirong.adapters.documents.charts.scales import Scale, Unit

_PLOT_HEIGHT = 138.0
_HEAD, _FOOT = 22.0, 30.0
_LEFT = 44.0
_KEY = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheBalance:
    """A tranche's name and its balances (CNY): after the closing and after each date."""

    name: str
    balances: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheBalancesChart:
    """Tranches, the most junior first; `days` are the closing and the payment dates."""

    days: tuple[date, ...]
    tranches: tuple[TrancheBalance, ...]
    unit: Unit


def svg(chart: TrancheBalancesChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG: a balance holds from its day to the next."""
    base = _HEAD + _PLOT_HEIGHT
    canvas = Canvas(width, base + _FOOT)
    columns = zip(*(each.balances for each in chart.tranches), strict=True)
    up = Scale(low=0.0, high=max(map(sum, columns), default=1.0) or 1.0, start=base, end=_HEAD + 6)
    first, last = chart.days[0].toordinal(), chart.days[-1].toordinal()
    across = Scale(low=first, high=max(last, first + 1), start=_LEFT, end=width - 24)
    for value in scales.ticks(0.0, up.high, count=4):
        y = up.at(value)
        canvas.line((_LEFT, y), (width, y), color=palette.RULE, thickness=0.4)
        text = chart.unit.show_short(value)
        canvas.words((_LEFT - 5, y + 2.6), text, font=SMALL, anchor="end")
    below = [0.0] * len(chart.days)
    for place, tranche in enumerate(chart.tranches):
        above = [low + more for low, more in zip(below, tranche.balances, strict=True)]
        color = palette.SERIES[(len(chart.tranches) - 1 - place) % len(palette.SERIES)]
        _layer(canvas, chart.days, (below, above), (across, up), color)
        below = above
    _key(canvas, chart, width)
    _days(canvas, chart.days, across, base)
    canvas.line((_LEFT, base), (width, base), color=palette.INK, thickness=0.8)
    canvas.words((0, 9), chart.unit.name, font=SMALL)
    return canvas.svg()


def _layer(
    canvas: Canvas,
    days: tuple[date, ...],
    edges: tuple[list[float], list[float]],
    place: tuple[Scale, Scale],
    color: str,
) -> None:
    """The area between two stepped lines."""
    across, up = place
    low, high = (_steps(days, values, across, up) for values in edges)
    canvas.area([*high, *reversed(low)], color=color, outline=palette.PAPER)


def _steps(
    days: tuple[date, ...], values: list[float], across: Scale, up: Scale
) -> list[tuple[float, float]]:
    corners: list[tuple[float, float]] = []
    for day, value in zip(days, values, strict=True):
        x, y = across.at(day.toordinal()), up.at(value)
        if corners:
            corners.append((x, corners[-1][1]))
        corners.append((x, y))
    return corners


def _key(canvas: Canvas, chart: TrancheBalancesChart, width: float) -> None:
    """The names of the tranches, the most senior first, from the right end of the head."""
    x = width
    for place, tranche in enumerate(chart.tranches):
        color = palette.SERIES[(len(chart.tranches) - 1 - place) % len(palette.SERIES)]
        font = Font(size=7.6)
        x -= font.width(tranche.name)
        canvas.words((x, 10), tranche.name, font=font)
        x -= 5
        canvas.area([(x - 7, 4), (x, 4), (x, 11), (x - 7, 11)], color=color)
        x -= 7 + _KEY


def _days(canvas: Canvas, days: tuple[date, ...], across: Scale, base: float) -> None:
    """As many days as there is room for."""
    free = -1.0
    half = SMALL.width("2026-06-30") / 2
    for day in days:
        x = across.at(day.toordinal())
        canvas.line((x, base), (x, base + 3), color=palette.INK, thickness=0.6)
        middle = min(max(x, half), canvas.width - half)
        if middle - half > free:
            canvas.words((middle, base + 13), day.isoformat(), font=SMALL, anchor="middle")
            free = middle + half + 5
