"""A sheet to draw on: lines, boxes, hatched boxes, words; the result is SVG bytes.

Units are points of the printed page, x to the right, y down. Numbers are written with two decimals
and nothing else enters the file, so that the same drawing gives the same bytes. Words stay text:
the typesetter sets them in the report's font, and they can be searched and copied.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from zhirong.adapters.documents.charts import palette
from zhirong.adapters.documents.glyphs import FAMILY, text_width

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]

SIZE = 8.0
SIZE_SMALL = 7.2


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """How words look: size in points, color, bold or not."""

    size: float = SIZE
    color: str = palette.INK
    bold: bool = False

    def width(self, words: str) -> float:
        """The width of one line of words, in points."""
        return text_width(words, self.size, bold=self.bold)


PLAIN = Font()
BOLD = Font(bold=True)
SMALL = Font(size=SIZE_SMALL, color=palette.SECONDARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """How an area looks: color, and hatched with lines of that color on white, or solid."""

    color: str
    hatched: bool = False
    outline: str = ""


@dataclass(slots=True)
class Canvas:
    """A drawing in the making; `svg` hands it over."""

    width: float
    height: float
    _parts: list[str] = field(default_factory=list)

    def line(
        self, start: Point, end: Point, *, color: str, thickness: float = 0.6, dash: str = ""
    ) -> None:
        """A straight line; `dash` as in SVG, for example "3 2"."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{_number(start[0])}" y1="{_number(start[1])}" x2="{_number(end[0])}" '
            f'y2="{_number(end[1])}" stroke="{color}" stroke-width="{_number(thickness)}"{dashes}/>'
        )

    def curve(self, points: Sequence[Point], *, color: str, thickness: float = 1.2) -> None:
        """A line through points."""
        self._parts.append(
            f'<polyline points="{_points(points)}" fill="none" stroke="{color}" '
            f'stroke-width="{_number(thickness)}" stroke-linejoin="round"/>'
        )

    def area(self, points: Sequence[Point], *, color: str, outline: str = "") -> None:
        """A filled polygon."""
        edge = f' stroke="{outline}" stroke-width="0.8" stroke-linejoin="round"' if outline else ""
        self._parts.append(f'<polygon points="{_points(points)}" fill="{color}"{edge}/>')

    def box(self, corner: Point, size: Point, fill: Fill) -> None:
        """A rectangle from its upper left corner; a negative width or height turns it over."""
        x, y = corner[0] + min(size[0], 0), corner[1] + min(size[1], 0)
        width, height = abs(size[0]), abs(size[1])
        color = palette.PAPER if fill.hatched else fill.color
        outline = fill.outline or (fill.color if fill.hatched else "")
        edge = f' stroke="{outline}" stroke-width="0.6"' if outline else ""
        self._parts.append(
            f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" '
            f'height="{_number(height)}" fill="{color}"{edge}/>'
        )
        if fill.hatched:
            self._hatch((x, y), (width, height), fill.color)

    def _hatch(self, corner: Point, size: Point, color: str) -> None:
        """Parallel lines at 45 degrees, cut to the rectangle."""
        (x, y), (width, height) = corner, size
        step = 3.2
        strokes = []
        for count in range(1, int((width + height) / step) + 1):
            shift = count * step
            start = (min(shift, width), max(0.0, shift - width))
            end = (max(0.0, shift - height), min(shift, height))
            strokes.append(
                f"M{_number(x + start[0])} {_number(y + start[1])}"
                f"L{_number(x + end[0])} {_number(y + end[1])}"
            )
        if strokes:
            self._parts.append(
                f'<path d="{"".join(strokes)}" stroke="{color}" stroke-width="0.7" fill="none"/>'
            )

    def dot(self, center: Point, radius: float, *, color: str, hollow: bool = False) -> None:
        """A filled or hollow dot."""
        fill, edge = (palette.PAPER, color) if hollow else (color, color)
        self._parts.append(
            f'<circle cx="{_number(center[0])}" cy="{_number(center[1])}" r="{_number(radius)}" '
            f'fill="{fill}" stroke="{edge}" stroke-width="1"/>'
        )

    def words(self, at: Point, text: str, *, font: Font = PLAIN, anchor: Anchor = "start") -> None:
        """One line of words; `at` is the start, middle or end of its base line."""
        weight = ' font-weight="700"' if font.bold else ""
        self._parts.append(
            f'<text x="{_number(at[0])}" y="{_number(at[1])}" font-size="{_number(font.size)}" '
            f'text-anchor="{anchor}" fill="{font.color}"{weight}>{escape(text)}</text>'
        )

    def svg(self) -> bytes:
        """The drawing as an SVG file."""
        width, height = _number(self.width), _number(self.height)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family={quoteattr(FAMILY)}>'
        )
        return "\n".join((head, *self._parts, "</svg>")).encode()
