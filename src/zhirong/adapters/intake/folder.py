"""A folder becomes an intake: every file looked at, every table read, every other file hashed."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import get_args

from zhirong.adapters.intake import (
    headings,
    raw_file,
    reading,
    recognition,
    unrecognized,
    years_across,
)
from zhirong.adapters.intake.builders import case
from zhirong.adapters.intake.cells import dates
from zhirong.adapters.intake.grid import Grid
from zhirong.adapters.intake.limits import FileRefusedError, Limits, limits
from zhirong.application.case.case_file import SourceFile
from zhirong.application.case.intake_report import Intake, RefusedFile, SheetReport
from zhirong.core.errors import InputError
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import Parameters, catalog

_CHUNK = 1 << 20
# Files that programs leave behind; they say nothing about the firm.
_LEFTOVERS = re.compile(r"~\$.*|\..*|thumbs\.db|desktop\.ini", re.IGNORECASE)


class FolderError(InputError):
    """The folder cannot be opened."""

    code = "error.intake.folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeSettings:
    """How a folder is read.

    Attributes:
        parameters: Dated limits come from here.
        valuation_date: Day on which limits are looked up and undated statuses are dated.
        house: The house's own folder, whose `headings.yaml` is read before the shipped synonyms.
        exclude: Paths that are not the firm's (an output folder inside the folder).
    """

    parameters: Parameters
    valuation_date: date
    house: Path | None = None
    exclude: tuple[Path, ...] = ()


@dataclass(slots=True)
class _Found:
    files: list[SourceFile] = field(default_factory=list)
    documents: list[SourceFile] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    sheets: list[reading.SheetReading | SheetReport] = field(default_factory=list)


def read_folder(folder: Path, *, settings: IntakeSettings) -> Intake:
    """All that a firm's folder says, with an account of every file and row.

    Tables lie in the folder itself; folders inside it hold documents, which are hashed and not
    read. A file that cannot be read is refused with its reason, and the others are read.

    Raises:
        FolderError: There is no such folder, or it may not be opened.
        HeadingsFileError: `headings.yaml` of the folder or the house is not understood.
    """
    if not folder.is_dir():
        raise FolderError(f"{folder} is not a folder.", folder=str(folder))
    bounds = limits(settings.parameters, settings.valuation_date)
    house = headings.read_map(settings.house / headings.FILE_NAME) if settings.house else {}
    house |= headings.read_map(folder / headings.FILE_NAME)
    found = _Found()
    for count, path in enumerate(_walk(folder, settings.exclude), start=1):
        name = path.relative_to(folder).as_posix()
        try:
            bounds.check("files", count)
            _take(path, name, folder.resolve(), (bounds, house), found)
        except FileRefusedError as error:
            found.refused.append(_refused(name, error.reason))
            if count > bounds.files:
                break
        except OSError as error:
            reason = Message("intake.file.unreadable", {"detail": str(error.strerror)})
            found.refused.append(_refused(name, reason))
    return _intake(found, settings, folder.resolve().name)


def _refused(name: str, reason: Message) -> RefusedFile:
    mend = Message(f"{reason.code}.mend", reason.facts)
    return RefusedFile(file=name, reason=reason, mend=mend)


def _walk(folder: Path, exclude: tuple[Path, ...]) -> Iterator[Path]:
    """Files and links in order of their names, those of the folder itself first."""
    left_out = {path.resolve() for path in exclude}
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise FolderError(f"{folder} cannot be opened.", folder=str(folder)) from error
    for entry in entries:
        is_left_out = _LEFTOVERS.fullmatch(entry.name) or Path(entry.path).resolve() in left_out
        if not entry.is_dir(follow_symlinks=False) and not is_left_out:
            yield Path(entry.path)
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False) and path.resolve() not in left_out:
            for place, folders, names in os.walk(path, followlinks=False):
                folders.sort()
                folders[:] = [n for n in folders if (Path(place) / n).resolve() not in left_out]
                links = [n for n in folders if (Path(place) / n).is_symlink()]
                for name in sorted([*names, *links]):
                    if not _LEFTOVERS.fullmatch(name):
                        yield Path(place) / name


def _take(
    path: Path, name: str, root: Path, means: tuple[Limits, headings.HouseMap], found: _Found
) -> None:
    bounds, _ = means
    if path.is_symlink():
        _check_link(path.resolve(), root)
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise FileRefusedError("intake.file.not_a_file")
    bounds.check("file_bytes", status.st_size)
    source = SourceFile(
        file=name,
        sha256=_sha256(path),
        size_bytes=status.st_size,
        as_of=dates.in_name(path.name),
    )
    is_table = "/" not in name and path.suffix.lower() in raw_file.TABLE_SUFFIXES
    if "/" not in name and path.suffix.lower() in raw_file.OTHER_SPREADSHEETS:
        raise FileRefusedError("intake.file.other_format", extension=path.suffix)
    if not is_table:
        if name != headings.FILE_NAME:
            found.documents.append(source)
        return
    _read_tables(raw_file.read(path, name, source.sha256, bounds), source, means, found)


def _read_tables(
    grids: list[Grid],
    source: SourceFile,
    means: tuple[Limits, headings.HouseMap],
    found: _Found,
) -> None:
    bounds, house = means
    if any(_says(grid, "intake.report.title") for grid in grids):
        # Our own report of an earlier run repeats the rows of others.
        found.documents.append(source)
        return
    found.files.append(source)
    for grid in grids:
        if _says(grid, "intake.template.title") or _is_lists(grid):
            continue  # the guide and the lists of our own template
        layout = recognition.recognize(grid, house, bounds)
        if layout is not None:
            read = years_across.read if layout.years else reading.read
            found.sheets.append(read(grid, layout))
        elif grid.rows:
            found.sheets.append(unrecognized.report(grid, bounds.heading_rows))


def _says(grid: Grid, code: str) -> bool:
    """Whether the sheet's first cell is this text of ours."""
    first = grid.text(0, 0) if grid.rows and grid.rows[0] else ""
    return first in (catalog().label(code, "zh"), catalog().label(code, "en"))


def _is_lists(grid: Grid) -> bool:
    names = [catalog().label("intake.template.lists", lang) for lang in get_args(Language)]
    return grid.sheet in names


def _check_link(target: Path, root: Path) -> None:
    if not target.is_relative_to(root):
        raise FileRefusedError("intake.file.outside_folder")
    if target.is_dir():
        raise FileRefusedError("intake.file.linked_folder")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while piece := handle.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def _intake(found: _Found, settings: IntakeSettings, folder: str) -> Intake:
    readings = [sheet for sheet in found.sheets if isinstance(sheet, reading.SheetReading)]
    files = (*found.files, *found.documents)
    built = case.build(readings, files, on=settings.valuation_date, folder=folder)
    sheets = tuple(
        sheet if isinstance(sheet, SheetReport) else sheet.report() for sheet in found.sheets
    )
    return Intake(
        case_file=built.case_file,
        sheets=sheets,
        refused_files=tuple(found.refused),
        documents=tuple(found.documents),
        notices=built.notices,
    )
