"""Loan to value over time: what is owed as a share of the pledge's value, under its caps."""

from dataclasses import dataclass
from datetime import date

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import SMALL, Canvas, Font
from zhirong.adapters.documents.charts.scales import Scale

_PLOT_HEIGHT = 132.0
_HEAD, _FOOT = 16.0, 30.0
_LEFT = 34.0
_Box = tuple[float, float, float, float]  # left, top, right, foot
_FIGURE = Font(size=8.0, bold=True, color=palette.BLUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioPoint:
    """From this day on the loan is this share of the value; the share in words."""

    on: date
    ratio: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioLine:
    """A level to stay under, with its words; the stricter one is solid."""

    ratio: float
    text: str
    is_cap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanToValueChart:
    """Points in the order of their days, at least one; the last one is today's."""

    points: tuple[RatioPoint, ...]
    lines: tuple[RatioLine, ...]


def svg(chart: LoanToValueChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG: the share holds from its day to the next."""
    base = _HEAD + _PLOT_HEIGHT
    canvas = Canvas(width, base + _FOOT)
    highest = max(*(p.ratio for p in chart.points), *(one.ratio for one in chart.lines), 0.05)
    up = Scale(low=0.0, high=highest * 1.16, start=base, end=_HEAD)
    first, last = chart.points[0].on, chart.points[-1].on
    across = Scale(
        low=first.toordinal(),
        high=max(last.toordinal(), first.toordinal() + 1),
        start=_LEFT + 8,
        end=width - 26,
    )
    _grid(canvas, up)
    highest_line = max((line.ratio for line in chart.lines), default=0.0)
    taken = [_level(canvas, line, up, is_above=line.ratio == highest_line) for line in chart.lines]
    _steps(canvas, chart.points, across, up)
    _figures(canvas, chart.points, across, (up, taken))
    _days(canvas, chart.points, across, base)
    canvas.line((_LEFT, base), (width, base), color=palette.INK, thickness=0.8)
    return canvas.svg()


def _grid(canvas: Canvas, up: Scale) -> None:
    for value in scales.ticks(0.0, up.high, count=5):
        y = up.at(value)
        if value:
            canvas.line((_LEFT, y), (canvas.width, y), color=palette.RULE, thickness=0.4)
        canvas.words((_LEFT - 5, y + 2.6), f"{value * 100:.0f} %", font=SMALL, anchor="end")


def _level(canvas: Canvas, line: RatioLine, up: Scale, *, is_above: bool) -> _Box:
    """A level with its words at the right end: the highest one above its line, others below."""
    y, color = up.at(line.ratio), palette.RED if line.is_cap else palette.TEAL
    dash = "" if line.is_cap else "4 2.4"
    canvas.line((_LEFT, y), (canvas.width, y), color=color, thickness=1.1, dash=dash)
    font = Font(size=7.4, bold=True, color=color)
    foot = y - 3.4 if is_above else y + 9.4
    canvas.words((canvas.width, foot), line.text, font=font, anchor="end")
    return canvas.width - font.width(line.text), foot - 7.4, canvas.width, foot + 1.2


def _steps(canvas: Canvas, points: tuple[RatioPoint, ...], across: Scale, up: Scale) -> None:
    corners: list[tuple[float, float]] = []
    for point in points:
        x, y = across.at(point.on.toordinal()), up.at(point.ratio)
        if corners:
            corners.append((x, corners[-1][1]))
        corners.append((x, y))
    base = up.at(0.0)
    edge = [(corners[0][0], base), *corners, (corners[-1][0], base)]
    canvas.area(edge, color=palette.BLUE_WASH)
    canvas.curve(corners, color=palette.BLUE, thickness=1.6)
    for point in points:
        at = (across.at(point.on.toordinal()), up.at(point.ratio))
        canvas.dot(at, 2.6, color=palette.BLUE)


def _figures(
    canvas: Canvas,
    points: tuple[RatioPoint, ...],
    across: Scale,
    place: tuple[Scale, list[_Box]],
) -> None:
    """The share at every day where there is room for it, the last day first."""
    up, taken = place
    for point in reversed(points):
        half = _FIGURE.width(point.text) / 2
        middle = min(max(across.at(point.on.toordinal()), _LEFT + half), canvas.width - half)
        for shift in (13.0, -6.0, 24.0, -17.0):
            foot = up.at(point.ratio) + shift
            box = (middle - half, foot - 8.0, middle + half, foot + 1.2)
            is_on_sheet = box[1] >= 0 and foot <= up.start - 2
            if is_on_sheet and not any(_touches(box, other) for other in taken):
                canvas.words((middle, foot), point.text, font=_FIGURE, anchor="middle")
                taken.append(box)
                break


def _touches(one: _Box, other: _Box) -> bool:
    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    return not apart


def _days(canvas: Canvas, points: tuple[RatioPoint, ...], across: Scale, base: float) -> None:
    free = -1.0
    half = SMALL.width("2026-06-30") / 2
    for point in points:
        x = across.at(point.on.toordinal())
        canvas.line((x, base), (x, base + 3), color=palette.INK, thickness=0.6)
        middle = min(max(x, half), canvas.width - half)
        if middle - half > free:
            canvas.words((middle, base + 13), point.on.isoformat(), font=SMALL, anchor="middle")
            free = middle + half + 5
