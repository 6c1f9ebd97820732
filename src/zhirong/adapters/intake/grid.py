"""A sheet as it lies in the file: raw cells in their places, and which of them are formulas."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Raw = str | float | bool | date | datetime | time | timedelta | None


@dataclass(slots=True)
class Grid:
    """Raw cells by row and column, both from zero; rows may differ in length.

    Attributes:
        formulas: Cells that hold a formula; their stored result is not used.
    """

    file: str
    sheet: str
    sha256: str
    rows: list[list[Raw]]
    formulas: frozenset[tuple[int, int]] = frozenset()

    @property
    def column_count(self) -> int:
        """The longest row."""
        return max((len(row) for row in self.rows), default=0)

    def raw(self, row: int, column: int) -> Raw:
        """What lies in a cell; None where nothing does."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """The cell as text, as it would be typed."""
        return as_text(self.raw(row, column))

    def texts(self, row: int) -> list[str]:
        """A row as text."""
        return [as_text(raw) for raw in self.rows[row]]

    def is_blank(self, row: int) -> bool:
        """Whether the row holds nothing but blanks."""
        return not any(as_text(raw).strip() for raw in self.rows[row])

    def transposed(self) -> "Grid":
        """Rows made columns."""
        width = self.column_count
        rows = [[self.raw(r, c) for r in range(len(self.rows))] for c in range(width)]
        return Grid(
            file=self.file,
            sheet=self.sheet,
            sha256=self.sha256,
            rows=rows,
            formulas=frozenset((c, r) for r, c in self.formulas),
        )


def as_text(raw: Raw) -> str:
    """A raw cell as text: whole numbers without a point, dates in ISO form.

    >>> as_text(201710601862.3), as_text(3.0), as_text(None)
    ('201710601862.3', '3', '')
    """
    if raw is None or raw == "":
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ")
    return raw.isoformat() if isinstance(raw, date | time) else str(raw)


def column_letters(column: int) -> str:
    """The letters of a zero-based column.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
