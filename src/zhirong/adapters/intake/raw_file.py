"""One file becomes grids: its content is told by its first bytes, looked at, then read."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from zhirong.adapters.intake import archive, biff, compound, text_file
from zhirong.adapters.intake.grid import Grid, Raw
from zhirong.adapters.intake.limits import FileRefusedError, Limits

TABLE_SUFFIXES = frozenset((".xlsx", ".xls", ".csv", ".tsv", ".txt"))
# Formats of spreadsheets that are not read, and are named so that nobody looks for their rows.
OTHER_SPREADSHEETS = frozenset((".xlsm", ".xlsb", ".xltx", ".ods", ".et", ".numbers", ".xml"))
_ZIP = b"PK\x03\x04"
_LIKELY_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"GIF8",
)


def read(path: Path, name: str, sha256: str, limits: Limits) -> list[Grid]:
    """The grids of a file, one a sheet that holds anything.

    Args:
        path: The file.
        name: Its name for people: the path within the folder.
        sha256: Hash of its bytes.
        limits: Safety limits.

    Raises:
        FileRefusedError: The file is not read at all; the reason says why.
    """
    size = path.stat().st_size
    limits.check("file_bytes", size)
    if size == 0:
        raise FileRefusedError("intake.file.empty")
    suffix = path.suffix.lower()
    with path.open("rb") as handle:
        start = handle.read(8)
        _check_content(suffix, start)
        if suffix == ".xlsx":
            clean = archive.clean_xlsx(handle, size, limits)
            return _grids(clean.data, clean.formulas, (name, sha256))
        if suffix == ".xls":
            limits.check("binary_bytes", size)
            handle.seek(0)
            return _old_workbook(handle, (name, sha256), limits)
    rows: list[list[Raw]] = [list(row) for row in text_file.rows(path, limits)]
    return [Grid(file=name, sheet="", sha256=sha256, rows=rows)]


def _check_content(suffix: str, start: bytes) -> None:
    if start.startswith(_ZIP):
        found = ".xlsx"
    elif start.startswith(compound.MAGIC):
        found = ".xls"
    elif start.startswith(_LIKELY_BINARY) or suffix in (".xlsx", ".xls"):
        raise FileRefusedError("intake.file.wrong_content")
    else:
        return
    if suffix != found:
        raise FileRefusedError("intake.file.wrong_extension", extension=found)


def _old_workbook(handle: BinaryIO, origin: tuple[str, str], limits: Limits) -> list[Grid]:
    data = handle.read()
    found = biff.formulas(compound.workbook_stream(data), limits)
    return _grids(io.BytesIO(data), found, origin)


def _grids(
    data: io.BytesIO,
    formulas: dict[str, frozenset[tuple[int, int]]],
    origin: tuple[str, str],
) -> list[Grid]:
    try:
        with CalamineWorkbook.from_filelike(data) as workbook:
            return [
                _grid(workbook, sheet, formulas[sheet], origin)
                for sheet in workbook.sheet_names
                if sheet in formulas
            ]
    except FileRefusedError:
        raise
    except (CalamineError, OSError, ValueError) as error:
        raise FileRefusedError("intake.file.workbook_broken", detail=str(error)[:200]) from error
    except BaseException as error:
        # A panic of the reader's own code derives from BaseException; nothing else is swallowed.
        if type(error).__name__ != "PanicException":
            raise
        raise FileRefusedError("intake.file.workbook_broken", detail="panic") from error


def _grid(
    workbook: CalamineWorkbook,
    sheet: str,
    formulas: frozenset[tuple[int, int]],
    origin: tuple[str, str],
) -> Grid:
    content = workbook.get_sheet_by_name(sheet)
    rows: list[list[Raw]] = [[*row] for row in content.to_python(skip_empty_area=False)]
    _make_room(rows, formulas)
    grid = Grid(file=origin[0], sheet=sheet, sha256=origin[1], rows=rows, formulas=formulas)
    _spread_merged(grid, content.merged_cell_ranges or ())
    return grid


def _make_room(rows: list[list[Raw]], formulas: frozenset[tuple[int, int]]) -> None:
    """Adds blanks where formulas lie without a stored result: their rows have to be told too."""
    for row, column in formulas:
        rows.extend([] for _ in range(len(rows), row + 1))
        rows[row].extend("" for _ in range(len(rows[row]), column + 1))


def _spread_merged(grid: Grid, ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Writes the value of a merged range into its rows; not sideways, where other fields lie."""
    for (top, left), (bottom, _) in ranges:
        if top >= len(grid.rows):
            continue
        value = grid.raw(top, left)
        for row in range(top + 1, min(bottom + 1, len(grid.rows))):
            cells = grid.rows[row]
            if left < len(cells) and cells[left] in ("", None):
                cells[left] = value
                if (top, left) in grid.formulas:
                    grid.formulas |= {(row, left)}
