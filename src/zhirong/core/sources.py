"""Where a number comes from: the three kinds of input, told apart by type.

A fact comes from a document (file, sheet, row), a parameter from a publisher, an assumption from a
person who answers for it. Results carry all three, so that every figure opens to its sources.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place in a file that somebody handed in."""

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    sha256: str = ""
    as_of: date | None = None

    def place(self) -> str:
        """The place in one line.

        >>> Source(file="patents.xlsx", sheet="1", row=7).place()
        'patents.xlsx | 1 | 7'
        """
        parts = [self.file, self.sheet, str(self.row) if self.row else "", self.column]
        return " | ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactOrigin:
    """A fact: the document answers for it."""

    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterOrigin:
    """A parameter: the publisher answers for it."""

    path: str
    on: date
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionOrigin:
    """An assumption: its author answers for it.

    `rule` names the house rule that proposed the value where one did; the author accepted it.
    """

    author: str
    reason: str
    rule: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedOrigin:
    """A number that a procedure gave which a spreadsheet formula cannot (eigenvector, fit ...)."""

    by: str
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOrigin:
    """A line of another sheet of the same result.

    `rows` gives for each row here the row there, where they are not the same; -1 is none (0).
    """

    sheet: str
    line: str
    rows: tuple[int, ...] = ()


Origin = FactOrigin | ParameterOrigin | AssumptionOrigin | ComputedOrigin | LineOrigin


def kind_of(origin: Origin) -> str:
    """fact, parameter, assumption, computed or line."""
    match origin:
        case FactOrigin():
            return "fact"
        case ParameterOrigin():
            return "parameter"
        case AssumptionOrigin():
            return "assumption"
        case ComputedOrigin():
            return "computed"
        case LineOrigin():
            return "line"
