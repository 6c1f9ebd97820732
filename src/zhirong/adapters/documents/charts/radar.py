"""The radar of a score's first level: three to eight axes, with the numbers beside them."""

import math
from dataclasses import dataclass

from zhirong.adapters.documents.charts import palette
from zhirong.adapters.documents.charts.canvas import PLAIN, SMALL, Anchor, Canvas, Font, Point

_RADIUS = 66.0
_RINGS = (25.0, 50.0, 75.0, 100.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarAxis:
    """An axis: its name, the score from 0 to 100, the score in words, a score to compare with."""

    label: str
    score: float
    text: str
    reference: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarChart:
    """Three to eight axes; words for the score and for what it is compared with."""

    axes: tuple[RadarAxis, ...]
    word: str
    reference_word: str = ""


def _at(center: Point, at: int, count: int, radius: float) -> Point:
    angle = 2 * math.pi * at / count - math.pi / 2
    return center[0] + radius * math.cos(angle), center[1] + radius * math.sin(angle)


def _ring(center: Point, count: int, radius: float) -> list[Point]:
    return [_at(center, at, count, radius) for at in range(count)]


def _net(canvas: Canvas, center: Point, count: int) -> None:
    for ring in _RINGS:
        points = _ring(center, count, _RADIUS * ring / 100)
        canvas.curve([*points, points[0]], color=palette.RULE, thickness=0.5)
    for point in _ring(center, count, _RADIUS):
        canvas.line(center, point, color=palette.RULE, thickness=0.5)


def _names(canvas: Canvas, chart: RadarChart, center: Point) -> None:
    count = len(chart.axes)
    for at, axis in enumerate(chart.axes):
        x, y = _at(center, at, count, _RADIUS + 9)
        side = x - center[0]
        anchor: Anchor = "middle" if abs(side) < 4 else "start" if side > 0 else "end"
        lift = -8.0 if y < center[1] - _RADIUS / 2 else 5.0 if y > center[1] + _RADIUS / 2 else -1.0
        room = PLAIN.width(axis.label)
        if anchor == "start":
            x = min(x, canvas.width - room)
        elif anchor == "end":
            x = max(x, room)
        canvas.words((x, y + lift), axis.label, font=PLAIN, anchor=anchor)
        bold = Font(size=8.4, bold=True, color=palette.BLUE)
        canvas.words((x, y + lift + 10.5), axis.text, font=bold, anchor=anchor)


def _polygons(canvas: Canvas, chart: RadarChart, center: Point) -> None:
    count = len(chart.axes)
    points = [
        _at(center, at, count, _RADIUS * min(max(axis.score, 0.0), 100.0) / 100)
        for at, axis in enumerate(chart.axes)
    ]
    canvas.area(points, color=palette.BLUE_WASH)
    _net(canvas, center, count)
    canvas.curve([*points, points[0]], color=palette.BLUE, thickness=1.4)
    for point in points:
        canvas.dot(point, 2.0, color=palette.BLUE)
    references = [axis.reference for axis in chart.axes]
    compared = [
        _at(center, at, count, _RADIUS * reference / 100)
        for at, reference in enumerate(references)
        if reference is not None
    ]
    if len(compared) == count:
        for start, end in zip(compared, [*compared[1:], compared[0]], strict=True):
            canvas.line(start, end, color=palette.INK, thickness=0.9, dash="3 2")


def svg(chart: RadarChart, *, width: float = palette.HALF_WIDTH) -> bytes:
    """The chart as SVG; the words stand below."""
    assert 3 <= len(chart.axes) <= 8, "a radar has three to eight axes"
    canvas = Canvas(width, 2 * _RADIUS + 62)
    center = (width / 2, _RADIUS + 24)
    _polygons(canvas, chart, center)
    _names(canvas, chart, center)
    foot = canvas.height - 4
    reference_room = SMALL.width(chart.reference_word) + 38 if chart.reference_word else 0.0
    x = (width - SMALL.width(chart.word) - 18 - reference_room) / 2
    canvas.line((x, foot - 2.6), (x + 14, foot - 2.6), color=palette.BLUE, thickness=1.4)
    canvas.words((x + 18, foot), chart.word, font=SMALL)
    if chart.reference_word:
        x += 18 + SMALL.width(chart.word) + 16
        canvas.line((x, foot - 2.6), (x + 14, foot - 2.6), color=palette.INK, dash="3 2")
        canvas.words((x + 18, foot), chart.reference_word, font=SMALL)
    return canvas.svg()
