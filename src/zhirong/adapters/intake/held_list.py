"""A list of marks, copyrights and data certificates as a file: typed rows, and the account of all.

The same machinery reads it as reads a firm's folder; only the table that is looked for differs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from zhirong.adapters.intake import raw_file, reading, recognition, unrecognized, vocabulary
from zhirong.adapters.intake.limits import FileRefusedError, Limits
from zhirong.application.case.intake_report import SheetReport
from zhirong.core.hashes import sha256
from zhirong.core.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """A row whose cells could all be read: its place, and its values by field."""

    sheet: str
    row: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldList:
    """What a list held.

    Attributes:
        rows: Those that could be read.
        sheets: The account of every row of every sheet.
        refusal: Why the file was not read at all; None where it was.
    """

    rows: tuple[ListedRow, ...]
    sheets: tuple[SheetReport, ...]
    refusal: Message | None = None


def read_held_list(name: str, content: bytes, *, limits: Limits) -> HeldList:
    """The rows of a list, by the headings of its sheets.

    Args:
        name: Of the file, for people; its ending says what it is.
        content: Of the file.
        limits: Safety limits.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"list{Path(name).suffix.lower()}"
        path.write_bytes(content)
        try:
            grids = raw_file.read(path, name, sha256(content), limits)
        except FileRefusedError as refused:
            return HeldList(rows=(), sheets=(), refusal=refused.reason)
    rows: list[ListedRow] = []
    sheets: list[SheetReport] = []
    for grid in grids:
        layout = recognition.recognize(grid, {}, limits, vocabulary.held_tables())
        if layout is None:
            if grid.rows:
                sheets.append(unrecognized.report(grid, limits.heading_rows))
            continue
        found = reading.read(grid, layout)
        sheets.append(found.report())
        rows += [
            ListedRow(sheet=grid.sheet, row=typed.source.row, values=dict(typed.values))
            for typed in found.typed
            if not typed.is_refused
        ]
    return HeldList(rows=tuple(rows), sheets=tuple(sheets))
