"""A loan tape (xlsx, xls, csv) becomes a pool, with an account of every row.

One workbook may hold a sheet each of obligors, claims, amounts due, pledged rights and collateral
sets; or one sheet of claims that says of each row whose it is.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from zhirong.adapters.intake import (
    headings,
    raw_file,
    reading,
    recognition,
    unrecognized,
    vocabulary,
)
from zhirong.adapters.intake.grid import Grid
from zhirong.adapters.intake.limits import limits
from zhirong.adapters.intake.plans.tape_claims import claims_of
from zhirong.adapters.intake.plans.tape_collateral import collateral_of
from zhirong.adapters.intake.plans.tape_obligors import parties_of
from zhirong.adapters.intake.plans.tape_rows import TapeRows, place
from zhirong.adapters.intake.reading import SheetReading
from zhirong.application.case.intake_report import RefusedCell, SheetReport
from zhirong.core.errors import InputError
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import Parameters, catalog
from zhirong.securitization.pool.records import Pool


class TapeError(InputError):
    """A tape of which some rows could not be read; `problems` name each with its cell."""

    code = "error.plans.tape"

    def __init__(self, name: str, problems: tuple[Message, ...]) -> None:
        super().__init__(f"{name}: {len(problems)} problems.", name=name, count=len(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeIntake:
    """What a tape gave.

    Attributes:
        pool: What was accepted; claims whose rows were refused are not in it.
        sheets: The account of every sheet and row.
        rows: Where each claim, obligor and collateral set stands, in words.
    """

    name: str
    pool: Pool
    sheets: tuple[SheetReport, ...]
    rows: Mapping[str, str]

    @property
    def problems(self) -> tuple[Message, ...]:
        """Every cell that was refused, each with its place, reason and mend."""
        return (
            tuple(problem_of(cell) for sheet in self.sheets for cell in sheet.refused)
            or self._nothing
        )

    @property
    def _nothing(self) -> tuple[Message, ...]:
        if self.pool.claims:
            return ()
        return (Message("intake.tape.no_claims", {"name": self.name}),)


def problem_of(cell: RefusedCell) -> Message:
    """A cell that was refused in words, with its place, reason and mend."""
    words, facts = catalog(), {"place": place(cell.source), "original": cell.original[:80]}
    for lang in get_args(Language):
        facts[f"reason_{lang}"] = words.text(cell.reason, lang)
        facts[f"mend_{lang}"] = words.text(cell.mend, lang)
    return Message("intake.tape.problem", facts)


def read_tape(path: Path, cut_off: date) -> TapeIntake:
    """The pool of a tape on the cut-off day.

    Headings are found by the synonyms of the tape's tables and by `headings.yaml` beside the file.

    Raises:
        FileRefusedError: The file is not read at all; its reason says why.
        HeadingsFileError: `headings.yaml` is not understood.
    """
    bounds = limits(Parameters(), cut_off)
    house = headings.read_map(path.parent / headings.FILE_NAME)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    bounds.check("file_bytes", path.stat().st_size)
    sheets: list[SheetReading | SheetReport] = []
    for grid in raw_file.read(path, path.name, digest, bounds):
        if _is_ours(grid):
            continue  # guide and lists of our own template
        layout = recognition.recognize(grid, house, bounds, vocabulary.tape_tables())
        if layout is not None:
            sheets.append(reading.read(grid, layout))
        elif grid.rows:
            sheets.append(unrecognized.report(grid, bounds.heading_rows))
    tape = TapeRows.of([each for each in sheets if isinstance(each, SheetReading)], path.parent)
    parties = parties_of(tape)
    sets = collateral_of(tape, parties)
    claims = claims_of(tape, parties, frozenset(each.collateral_id for each in sets), cut_off)
    owing = {claim.obligor_id for claim in claims}
    pool = Pool(
        cut_off=cut_off,
        obligors=tuple(each for each in parties.obligors if each.obligor_id in owing),
        claims=claims,
        collateral=sets,
    )
    return TapeIntake(
        name=path.name,
        pool=pool,
        sheets=tuple(each.report() if isinstance(each, SheetReading) else each for each in sheets),
        rows=tape.places,
    )


def read_pool(path: Path, cut_off: date) -> tuple[Pool, Mapping[str, str]]:
    """The pool of a tape all of whose rows are sound, and where each subject stands in it.

    Raises:
        TapeError: Some row was refused, or there is no claim: nothing is left out silently.
        FileRefusedError: The file is not read at all.
    """
    found = read_tape(path, cut_off)
    if found.problems:
        raise TapeError(path.name, found.problems)
    return found.pool, found.rows


def _is_ours(grid: Grid) -> bool:
    """Whether the sheet is the guide or the lists of the template."""
    codes = ("intake.template.title", "intake.template.tape_title")
    titles = {
        catalog().label(code, lang)
        for code in codes
        for lang in get_args(Language)
        if catalog().has(code)
    }
    lists = {catalog().label("intake.template.lists", lang) for lang in get_args(Language)}
    first = grid.text(0, 0) if grid.rows and grid.rows[0] else ""
    return first in titles or grid.sheet in lists
