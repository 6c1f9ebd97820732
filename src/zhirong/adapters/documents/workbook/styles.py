"""The cell formats of workbooks: one calm look, the three kinds of number told apart."""

from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format

INK = "#1F2933"
SECONDARY = "#52606D"
RULE = "#CBD2D9"
PANEL = "#F5F7FA"
BLUE = "#1D4E89"
TEAL = "#12806A"
AMBER_PANEL = "#FDF4E3"
GREY = "#7B8794"
GREY_PANEL = "#ECEFF2"
RED = "#B42318"
FONT = "Noto Sans SC"

# Number formats by unit; amounts with fen, shares as percentages.
NUMBER_FORMATS = {
    "CNY": "#,##0.00;\u2212#,##0.00;0.00",
    "share": "0.00%;\u22120.00%;0.00%",
    "year": "0.00",
    "point": "0.0",
    "count": "0",
}
# Flags and factors of exactly 0 or 1 stand without decimals.
PLAIN_NUMBER = "[=0]0;[=1]0;#,##0.000000"
# A person tells the kind of an input by its colour and by the word beside it.
KIND_COLORS = {
    "fact": (BLUE, ""),
    "parameter": (TEAL, ""),
    "assumption": (INK, AMBER_PANEL),
    "computed": (GREY, GREY_PANEL),
    "line": (SECONDARY, ""),
}


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of one workbook; number formats are made when first asked for."""

    book: Workbook
    made: dict[tuple[str, str, bool], Format]
    title: Format
    note: Format
    head: Format
    head_left: Format
    head_apart: Format
    label: Format
    small: Format
    origin: Format
    text: Format
    total: Format
    apart: Format  # beside a right-aligned number
    link: Format

    def number(self, unit: str, kind: str = "", *, is_bold: bool = False) -> Format:
        """The format of a number of a unit; `kind` colours inputs."""
        key = (unit, kind, is_bold)
        if key not in self.made:
            color, background = KIND_COLORS.get(kind, (INK, ""))
            properties = {
                **_base(),
                "font_color": color,
                "num_format": NUMBER_FORMATS.get(unit.split("/", 1)[0], PLAIN_NUMBER),
                "align": "right",
                "bold": is_bold,
            }
            if background:
                properties["bg_color"] = background
            self.made[key] = self.book.add_format(properties)
        return self.made[key]


def _base() -> dict[str, object]:
    return {"font_name": FONT, "font_size": 9, "font_color": INK, "valign": "vcenter"}


def styles(book: Workbook) -> Styles:
    """The formats of a new workbook."""
    base = _base()
    head = {**base, "bold": True, "font_color": SECONDARY, "bottom": 1, "bottom_color": RULE}
    return Styles(
        book=book,
        made={},
        title=book.add_format({**base, "font_size": 14, "bold": True, "font_color": BLUE}),
        note=book.add_format({**base, "font_color": SECONDARY}),
        head=book.add_format({**head, "align": "right"}),
        head_left=book.add_format(head),
        head_apart=book.add_format({**head, "indent": 1}),
        label=book.add_format({**base, "indent": 1}),
        small=book.add_format({**base, "font_size": 8, "font_color": SECONDARY}),
        origin=book.add_format(
            {**base, "font_size": 8, "font_color": SECONDARY, "text_wrap": True, "indent": 1}
        ),
        total=book.add_format({**base, "bold": True}),
        text=book.add_format({**base, "text_wrap": True, "valign": "top"}),
        apart=book.add_format(
            {**base, "text_wrap": True, "valign": "top", "align": "left", "indent": 1}
        ),
        link=book.add_format({**base, "font_color": BLUE, "underline": 1}),
    )


def wrapped_lines(text: str, width: float, *, points: float = 9) -> int:
    r"""Lines that a text takes in a column of a width, a wide character being two narrow ones.

    >>> wrapped_lines("a short one", 20), wrapped_lines("two\nlines", 20)
    (1, 2)
    """
    wide, narrow = points * 0.19, points * 0.106

    def lines(one: str) -> int:
        used = sum(wide if east_asian_width(sign) in "WF" else narrow for sign in one)
        return max(1, ceil(used / (width - 1)))

    return sum(lines(one) for one in text.split("\n"))


def row_height(lines: int, *, points: float = 9) -> float:
    """Height of a row that holds so many lines, in points."""
    return lines * points * 1.5 + 3
