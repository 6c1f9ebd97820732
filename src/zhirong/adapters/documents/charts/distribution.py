"""The value distribution: density with its shaded interval, and marks for the values that count."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import SMALL, Canvas, Fill, Font
from zhirong.adapters.documents.charts.scales import Scale, Unit

FloatArray = NDArray[np.float64]
_DASHES = {"solid": "", "dashed": "4 2.4", "dotted": "1.2 2"}
_LABEL_HEIGHT = 21.0
_PLOT_HEIGHT = 112.0
_NAME = Font(size=7.6, color=palette.SECONDARY)
_VALUE = Font(size=8.2, bold=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A value on the axis: its name, its figure in words, and the kind of line that shows it."""

    value: float
    name: str
    text: str
    style: Literal["solid", "dashed", "dotted"] = "solid"


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionChart:
    """Cells of equal probability, ascending (CNY); the interval shaded and in words; marks.

    `zero_text` names the probability that nothing is got, where some cells are zero.
    """

    cells: tuple[float, ...]
    unit: Unit
    interval: tuple[float, float]
    interval_text: str
    marks: tuple[Mark, ...]
    zero_text: str = ""


def density(cells: FloatArray, grid: FloatArray) -> FloatArray:
    """A smooth density of the cells on a grid; Gaussian kernel, reflected at zero.

    Bandwidth by Silverman's rule (1986, equation 3.31), on the smaller of standard deviation and
    quartile range.
    """
    quartiles = np.quantile(cells, (0.25, 0.75))
    spread = min(float(np.std(cells)), float(quartiles[1] - quartiles[0]) / 1.34)
    step = float(grid[1] - grid[0])
    bandwidth = max(0.9 * spread * len(cells) ** -0.2, step)

    def kernel(centers: FloatArray) -> FloatArray:
        distance = (grid[:, None] - centers[None, :]) / bandwidth
        summed: FloatArray = np.exp(-0.5 * distance**2).sum(axis=1)
        return summed

    heights = kernel(cells) + kernel(-cells)
    return np.asarray(heights / (len(cells) * bandwidth * np.sqrt(2 * np.pi)), dtype=np.float64)


def _draw_marks(canvas: Canvas, chart: DistributionChart, across: Scale, top: float) -> None:
    spans = _spans(chart, across, canvas.width)
    rows = scales.rows_apart(spans)
    for mark, row in zip(chart.marks, rows, strict=True):
        x, foot = across.at(mark.value), top - 4 - row * _LABEL_HEIGHT
        color = palette.BLUE if mark.style == "solid" else palette.INK
        canvas.line(
            (x, foot + 2),
            (x, top + _PLOT_HEIGHT),
            color=color,
            thickness=1.2 if mark.style == "solid" else 0.9,
            dash=_DASHES[mark.style],
        )
    for mark, (left, right), row in zip(chart.marks, spans, rows, strict=True):
        foot, middle = top - 4 - row * _LABEL_HEIGHT, (left + right) / 2
        # On paper, so that the line of a mark in a higher row does not cross the words.
        canvas.box((left - 1, foot - 17), (right - left + 2, 18.5), Fill(color=palette.PAPER))
        canvas.words((middle, foot - 9.5), mark.name, font=_NAME, anchor="middle")
        canvas.words((middle, foot), mark.text, font=_VALUE, anchor="middle")


def _spans(chart: DistributionChart, across: Scale, width: float) -> list[tuple[float, float]]:
    """From where to where the words of each mark reach, inside the picture."""
    found = []
    for mark in chart.marks:
        half = max(_NAME.width(mark.name), _VALUE.width(mark.text)) / 2
        center = min(max(across.at(mark.value), half), width - half)
        found.append((center - half, center + half))
    return found


def _draw_density(canvas: Canvas, chart: DistributionChart, across: Scale, base: float) -> None:
    cells = np.asarray(chart.cells, dtype=np.float64)
    positive = cells[cells > 0]
    if len(positive) < 2:
        return
    grid = np.linspace(across.low, across.high, 161)
    heights = density(positive, grid)
    up = Scale(low=0.0, high=float(heights.max()) * 1.06, start=base, end=base - _PLOT_HEIGHT)
    curve = [(across.at(x), up.at(y)) for x, y in zip(grid, heights, strict=True)]
    canvas.area([(across.start, base), *curve, (across.end, base)], color=palette.BLUE_WASH)
    low, high = chart.interval
    inner = np.linspace(max(low, across.low), min(high, across.high), 121)
    shaded = np.interp(inner, grid, heights)
    edge = [(across.at(x), up.at(y)) for x, y in zip(inner, shaded, strict=True)]
    canvas.area([(edge[0][0], base), *edge, (edge[-1][0], base)], color=palette.BLUE_TINT)
    canvas.curve(curve, color=palette.BLUE, thickness=1.3)


def _draw_axis(canvas: Canvas, chart: DistributionChart, across: Scale, base: float) -> None:
    canvas.line((across.start, base), (across.end, base), color=palette.INK, thickness=0.8)
    for value in scales.ticks(across.low, across.high, count=6):
        x = across.at(value)
        canvas.line((x, base), (x, base + 3), color=palette.INK, thickness=0.6)
        canvas.words((x, base + 12), chart.unit.show_short(value), font=SMALL, anchor="middle")
    canvas.words((canvas.width, base + 23), chart.unit.name, font=SMALL, anchor="end")


def _draw_interval(canvas: Canvas, chart: DistributionChart, across: Scale, base: float) -> None:
    left, right = (across.at(min(max(end, across.low), across.high)) for end in chart.interval)
    y = base + 20.5
    canvas.line((left, y), (right, y), color=palette.BLUE, thickness=1.6)
    for x in (left, right):
        canvas.line((x, y - 3), (x, y + 3), color=palette.BLUE, thickness=1.2)
    font = Font(size=8.2, bold=True, color=palette.BLUE)
    half = font.width(chart.interval_text) / 2
    middle = min(max((left + right) / 2, half), canvas.width - half)
    canvas.words((middle, y + 12), chart.interval_text, font=font, anchor="middle")


def _draw_zero(canvas: Canvas, chart: DistributionChart, across: Scale, base: float) -> None:
    share = sum(1 for cell in chart.cells if cell <= 0) / len(chart.cells)
    if share == 0:
        return
    height = max(6.0, share * _PLOT_HEIGHT)
    x = across.at(0.0)
    canvas.box((x - 2, base), (4, -height), Fill(color=palette.RED, hatched=True))
    canvas.words((x + 5, base - height + 6), chart.zero_text, font=SMALL)


def svg(chart: DistributionChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG."""
    cells = np.asarray(chart.cells, dtype=np.float64)
    highest = max(
        float(np.quantile(cells, 0.99)), chart.interval[1], *(mark.value for mark in chart.marks)
    )
    across = Scale(low=0.0, high=highest * 1.05, start=8.0, end=width - 8)
    rows = max(scales.rows_apart(_spans(chart, across, width)), default=-1) + 1
    top = 4 + rows * _LABEL_HEIGHT + 2
    base = top + _PLOT_HEIGHT
    canvas = Canvas(width, base + 36)
    _draw_density(canvas, chart, across, base)
    _draw_zero(canvas, chart, across, base)
    _draw_marks(canvas, chart, across, top)
    _draw_axis(canvas, chart, across, base)
    _draw_interval(canvas, chart, across, base)
    return canvas.svg()
