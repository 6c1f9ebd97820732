"""What intake did with every row of every file: accepted, corrected, refused, set aside.

Nothing disappears: the rows of a sheet are its headings, the rows set aside (titles, blanks,
totals) and the rows read, and the rows read are those accepted and those refused.
"""

from dataclasses import dataclass
from enum import StrEnum

from zhirong.application.case.case_file import CaseFile, SourceFile
from zhirong.core.messages import Message
from zhirong.core.sources import Source


class RowOutcome(StrEnum):
    """What became of a row that was read."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"  # accepted, with at least one cell read otherwise than written
    REFUSED = "refused"


class HeadingUse(StrEnum):
    """What became of a column."""

    MAPPED = "mapped"
    MAPPED_BY_HOUSE = "mapped_by_house"  # by headings.yaml of the folder or the house
    EVIDENCE = "evidence"  # a vendor's score or value, kept as third-party evidence
    NOT_NEEDED = "not_needed"  # known, and nothing reads it
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnReport:
    """One column: its letter, heading as written, what it was taken for, in which unit."""

    column: str
    heading: str
    use: HeadingUse
    field: str = ""
    unit: str = ""
    is_unit_assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedCell:
    """A cell that was read otherwise than written; the original text is kept."""

    source: Source
    field: str
    original: str
    read_as: str
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedCell:
    """A cell that was not taken. With `refuses_row` the whole row was refused for it."""

    source: Source
    field: str
    original: str
    reason: Message
    mend: Message
    refuses_row: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """One row that was read, as text, and what became of it."""

    row: int
    outcome: RowOutcome
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsideRow:
    """A row that holds no record: title, unit line, blank, repeated heading, total, note."""

    row: int
    reason: str  # title, blank, heading, total, note
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """One sheet. `table` is "" where no table was recognized; then its rows are set aside.

    `rows_total` counts the rows of the sheet as it lies in the file (its columns, where the table
    runs across).
    """

    file: str
    sheet: str
    table: str
    rows_total: int
    heading_row: int = 0
    is_transposed: bool = False
    columns: tuple[ColumnReport, ...] = ()
    rows: tuple[ReadRow, ...] = ()
    set_aside: tuple[SetAsideRow, ...] = ()
    corrected: tuple[CorrectedCell, ...] = ()
    refused: tuple[RefusedCell, ...] = ()
    notices: tuple[Message, ...] = ()

    def __post_init__(self) -> None:
        """Every row is accounted for."""
        headings = 1 if self.heading_row else 0
        assert self.rows_total == headings + len(self.set_aside) + self.rows_read
        assert self.rows_read == self.rows_accepted + self.rows_refused

    @property
    def rows_read(self) -> int:
        """Rows taken for records."""
        return len(self.rows)

    @property
    def rows_accepted(self) -> int:
        """Rows that became records, corrected ones included."""
        return sum(row.outcome is not RowOutcome.REFUSED for row in self.rows)

    @property
    def rows_corrected(self) -> int:
        """Accepted rows with a corrected cell."""
        return sum(row.outcome is RowOutcome.CORRECTED for row in self.rows)

    @property
    def rows_refused(self) -> int:
        """Rows that became nothing; each has a refused cell that says why."""
        return sum(row.outcome is RowOutcome.REFUSED for row in self.rows)

    @property
    def unknown_headings(self) -> tuple[str, ...]:
        """Headings that nobody has mapped."""
        return tuple(c.heading for c in self.columns if c.use is HeadingUse.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file that was not read at all."""

    file: str
    reason: Message
    mend: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """All that a folder gave, and what was done with it.

    `documents` are evidence: hashed, not read. `notices` speak of the folder as a whole.
    """

    case_file: CaseFile
    sheets: tuple[SheetReport, ...]
    refused_files: tuple[RefusedFile, ...] = ()
    documents: tuple[SourceFile, ...] = ()
    notices: tuple[Message, ...] = ()

    @property
    def rows_read(self) -> int:
        """Rows taken for records, over all sheets."""
        return sum(sheet.rows_read for sheet in self.sheets)

    @property
    def rows_accepted(self) -> int:
        """Rows that became records, over all sheets."""
        return sum(sheet.rows_accepted for sheet in self.sheets)

    @property
    def rows_refused(self) -> int:
        """Rows that became nothing, over all sheets."""
        return sum(sheet.rows_refused for sheet in self.sheets)
