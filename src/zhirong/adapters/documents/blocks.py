"""The blocks of a report: what is said, in which form; never how it looks.

Every text is already in words of the report's language (amounts, dates and shares formatted, see
`core/messages.py`), so that neither these records nor the templates know a language. A block
becomes plain values through `document.plain`; templates/blocks.typ and tables.typ set it.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["block", "high", "medium", "note"]
Align = Literal["left", "center", "right", "decimal", "hash"]
RowStyle = Literal["plain", "total", "group", "muted"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line: its text, bold or not, and the index number of its workings, if any."""

    text: str
    bold: bool = False
    index: str = ""


Inline = str | Span | tuple[str | Span, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and what it is."""

    label: str
    value: Inline


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading, level 1 to 3, with an entry in the contents."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; `muted` sets it small and grey."""

    text: Inline
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, with numbers where the order matters."""

    items: tuple[Inline, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """A panel of labels and values in one to three columns."""

    items: tuple[Pair, ...]
    title: str = ""
    columns: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure of a strip: what, how much, its interval or remark."""

    label: str
    value: Inline
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measures:
    """A strip of two to four figures side by side."""

    items: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    `unit` stands once under the head. `align` "decimal" sets the figures on the decimal point,
    "hash" breaks a long code into short lines. `width` is "auto", a share ("1fr") or "22mm".
    """

    head: str
    unit: str = ""
    align: Align = "left"
    width: str = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: one cell a column; a "group" row has one cell that spans all."""

    cells: tuple[Inline, ...]
    style: RowStyle = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; more than 12 columns turn its page to landscape."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingItem:
    """A finding: severity with its word, what was found, and details (evidence, rule, remedy)."""

    severity: Severity
    word: str
    title: Inline
    text: Inline = ""
    details: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings, the gravest first as given."""

    items: tuple[FindingItem, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """A short word with a severity's shape and color."""

    word: str
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing without a frame: SVG bytes of `charts`, and the words for who cannot see it."""

    svg: bytes
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A right's card: number, title, badges, facts, time line, remarks. It is never split."""

    number: str
    title: str
    badges: tuple[Badge, ...] = ()
    facts: tuple[Pair, ...] = ()
    columns: int = 3
    timeline: Picture | None = None
    remarks: tuple[FindingItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart in its frame: the finding as title, what is plotted as subtitle, source, alt text."""

    svg: bytes
    title: str
    subtitle: str
    source: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A framed aside: a title and paragraphs; a severity colors its edge."""

    title: str = ""
    paragraphs: tuple[Inline, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """The workings behind an index number: result, formula, inputs with their sources."""

    index: str
    title: str
    result: Inline
    formula: str = ""
    inputs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Workings:
    """Workings by index number; index numbers in the text lead here."""

    items: tuple[Working, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclaimer:
    """What the document is not, in small print with a rule around it."""

    title: str
    paragraphs: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturePlace:
    """A place for a signature or a seal: who signs, and the labels of name, number and date."""

    role: str
    lines: tuple[str, ...]
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places for seals and signatures; only in the draft for a licensed firm."""

    places: tuple[SignaturePlace, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, with page numbers."""

    title: str
    depth: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Two blocks beside each other; `left_share` of the width goes to the left one."""

    left: "Block"
    right: "Block"
    left_share: float = 0.5


@dataclass(frozen=True, slots=True)
class Landscape:
    """Blocks on landscape pages of their own, one after the other."""

    blocks: tuple["Block", ...]


Block = (
    Heading
    | Prose
    | Bullets
    | Pairs
    | Measures
    | Table
    | Findings
    | Card
    | Chart
    | Picture
    | Panel
    | Workings
    | Disclaimer
    | Signatures
    | Contents
    | PageBreak
    | SideBySide
    | Landscape
)
