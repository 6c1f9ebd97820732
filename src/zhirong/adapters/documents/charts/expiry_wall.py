"""The expiry wall: rights that end in each year, kinds stacked, the loan's maturity as a line."""

from dataclasses import dataclass

from zhirong.adapters.documents.charts import palette, scales
from zhirong.adapters.documents.charts.canvas import SMALL, Canvas, Fill, Font
from zhirong.adapters.documents.charts.scales import Scale

FILLS = (
    Fill(color=palette.BLUE),
    Fill(color=palette.TEAL, hatched=True),
    Fill(color=palette.BLUE_TINT, outline=palette.BLUE),
    Fill(color=palette.AMBER, hatched=True),
    Fill(color=palette.VIOLET),
    Fill(color=palette.GREY_TINT, outline=palette.GREY),
)
_PLOT_HEIGHT = 108.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of right and how many of it end in each year."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Maturity:
    """The day a loan ends, as a year with its fraction, and its words."""

    year: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryWallChart:
    """Consecutive years, at most six kinds, the maturity; `count_word` is what is counted."""

    years: tuple[int, ...]
    kinds: tuple[Kind, ...]
    count_word: str
    maturity: Maturity | None = None


def draw_legend(canvas: Canvas, labels: tuple[str, ...], y: float = 9.6) -> None:
    """Swatches with their words in one line from the left."""
    x = 0.0
    for label, fill in zip(labels, FILLS, strict=False):
        canvas.box((x, y - 6.6), (11, 7), fill)
        canvas.words((x + 15, y), label, font=SMALL)
        x += 15 + SMALL.width(label) + 12


def _grid(canvas: Canvas, up: Scale, left: float) -> None:
    for value in scales.ticks(0, up.high, count=4):
        if value != int(value):
            continue
        y = up.at(value)
        if value:
            canvas.line((left, y), (canvas.width, y), color=palette.RULE, thickness=0.4)
        canvas.words((left - 5, y + 2.6), f"{value:,.0f}", font=SMALL, anchor="end")


def _bars(canvas: Canvas, chart: ExpiryWallChart, up: Scale, left: float) -> None:
    pitch = (canvas.width - left) / len(chart.years)
    thick = min(24.0, pitch * 0.68)
    every = max(1, -(-int(SMALL.width("2030") + 5) // int(pitch)))
    counts: list[tuple[str, tuple[float, float]]] = []
    for at, year in enumerate(chart.years):
        center, sum_so_far = left + (at + 0.5) * pitch, 0
        for kind, fill in zip(chart.kinds, FILLS, strict=False):
            foot, head = up.at(sum_so_far), up.at(sum_so_far + kind.counts[at])
            if kind.counts[at]:
                canvas.box((center - thick / 2, foot), (thick, head - foot), fill)
            sum_so_far += kind.counts[at]
        if sum_so_far:
            counts.append((str(sum_so_far), (center, up.at(sum_so_far) - 3)))
        if at % every == 0:
            middle = min(center, canvas.width - SMALL.width(str(year)) / 2)
            canvas.words((middle, up.start + 11), str(year), font=SMALL, anchor="middle")
    _maturity(canvas, chart, up, left)
    for words, place in counts:
        _count(canvas, words, place)


def _count(canvas: Canvas, words: str, at: tuple[float, float]) -> None:
    """The count above a bar, on paper, so that the line of the maturity does not cross it."""
    font = Font(size=7.6, bold=True)
    half = font.width(words) / 2 + 1.5
    canvas.box((at[0] - half, at[1] + 1.5), (2 * half, -9), Fill(color=palette.PAPER))
    canvas.words(at, words, font=font, anchor="middle")


def _maturity(canvas: Canvas, chart: ExpiryWallChart, up: Scale, left: float) -> None:
    if chart.maturity is None:
        return
    pitch = (canvas.width - left) / len(chart.years)
    x = left + (chart.maturity.year - chart.years[0]) * pitch
    canvas.line((x, up.end - 8), (x, up.start), color=palette.RED, thickness=1.2, dash="4 2")
    font = Font(size=7.8, bold=True, color=palette.RED)
    fits = x + 4 + font.width(chart.maturity.text) <= canvas.width
    canvas.words(
        (x + 4 if fits else x - 4, up.end - 3),
        chart.maturity.text,
        font=font,
        anchor="start" if fits else "end",
    )


def svg(chart: ExpiryWallChart, *, width: float = palette.TEXT_WIDTH) -> bytes:
    """The chart as SVG."""
    sums = [sum(kind.counts[at] for kind in chart.kinds) for at in range(len(chart.years))]
    left, head = 22.0, 32.0
    canvas = Canvas(width, head + _PLOT_HEIGHT + 16)
    base = head + _PLOT_HEIGHT
    up = Scale(low=0.0, high=max(1, *sums) * 1.14, start=base, end=head)
    draw_legend(canvas, tuple(kind.label for kind in chart.kinds))
    canvas.words((0, head - 5), chart.count_word, font=SMALL)
    _grid(canvas, up, left)
    _bars(canvas, chart, up, left)
    canvas.line((left, base), (width, base), color=palette.INK, thickness=0.8)
    return canvas.svg()
