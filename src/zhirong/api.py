"""What notebooks and desks call that the command line calls through its options.

The functions here join a folder, the shipped law and the files of a result; everything else of the
public face (`zhirong/__init__.py`) is the rooms' own.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from zhirong import bootstrap
from zhirong.application.case.intake_report import Intake
from zhirong.application.result import Appraisal
from zhirong.core.messages import Language
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.rights.law import PatentLaw


def shipped_law(*, house: Path | None = None) -> PatentLaw:
    """The published values and working days that the package ships.

    Args:
        house: A house's own folder of parameters, read before the shipped ones.
    """
    return PatentLaw(parameters=Parameters(house=house), calendar=china())


def read_folder(folder: Path, *, valuation_date: date, house: Path | None = None) -> Intake:
    """All that a firm's folder says, with an account of every file and row.

    Args:
        folder: What the firm sent: exports, accounts, the intake workbook, documents.
        valuation_date: Day on which limits are looked up and undated statuses are dated.
        house: A house's own folder: its headings and its parameters stand before the shipped ones.

    Raises:
        InputError: No such folder, or its headings are not understood.
    """
    ports = bootstrap.folder_ports(
        languages=("zh",), valuation_date=valuation_date, house=house, out=folder / "out"
    )
    return ports.read(folder)


def write_files(
    appraisal: Appraisal, intake: Intake, out: Path, *, languages: Sequence[Language] = ("zh",)
) -> tuple[Path, ...]:
    """Write reports, workbook, `result.json`, intake and questions; gives the files written."""
    ports = bootstrap.folder_ports(
        languages=languages,
        valuation_date=appraisal.options.valuation_date,
        house=None,
        out=out,
    )
    return ports.deliver(appraisal, intake, out)


def write_result(appraisal: Appraisal, path: Path) -> Path:
    """Write `result.json` alone; the same appraisal gives the same bytes."""
    path.write_bytes(bootstrap.snapshot_bytes(appraisal))
    return path
