"""The only place where ports meet adapters."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from zhirong.adapters.delivery.folder import deliver
from zhirong.adapters.documents.comparison import comparison_workbook
from zhirong.adapters.documents.reports.page_charts import PageChart, page_charts
from zhirong.adapters.intake.folder import IntakeSettings, read_folder
from zhirong.adapters.intake.headings import remember_heading
from zhirong.adapters.intake.limits import limits
from zhirong.adapters.intake.right_list import read_rights
from zhirong.adapters.intake.template import write_template
from zhirong.adapters.snapshots.appraisal import (
    Snapshot,
    parse_snapshot,
    read_snapshot,
    snapshot_bytes,
)
from zhirong.application.batch import FirmOutcome, Ports
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.result import Appraisal
from zhirong.core.messages import Language
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters, catalog
from zhirong.rights.law import PatentLaw

__all__ = [
    "PageChart",
    "Snapshot",
    "charts_of",
    "folder_ports",
    "listed_rights",
    "parse_snapshot",
    "read_snapshot",
    "remember_heading",
    "snapshot_bytes",
    "write_comparison",
    "write_template",
]


def folder_ports(
    *, languages: Sequence[Language], valuation_date: date, house: Path | None, out: Path
) -> Ports:
    """Ports that read folders and write files.

    Args:
        languages: Of the documents; the first gives the plain file names.
        valuation_date: Day on which limits are looked up.
        house: A house's own folder: its headings and its parameters stand before the shipped ones.
        out: Left out where it lies inside a folder that is read.
    """
    settings = IntakeSettings(
        parameters=Parameters(house=house),
        valuation_date=valuation_date,
        house=house,
        exclude=(out,),
    )
    return Ports(
        read=partial(read_folder, settings=settings),
        deliver=partial(deliver, languages=languages, words=catalog()),
        law=lambda: PatentLaw(parameters=Parameters(house=house), calendar=china()),
    )


def write_comparison(
    outcomes: Sequence[FirmOutcome], path: Path, *, lang: Language, options: AppraisalOptions
) -> Path:
    """One sheet that sets many firms side by side, with what the purpose asks for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        comparison_workbook(
            outcomes,
            words=catalog(),
            lang=lang,
            report_date=options.report_date,
            purpose=options.purpose,
        )
    )
    return path


def charts_of(appraisal: Appraisal, *, lang: Language) -> tuple[PageChart, ...]:
    """The charts of a result for a page, in one language."""
    return page_charts(appraisal, words=catalog(), lang=lang)


def listed_rights(path: Path, *, valuation_date: date) -> tuple[str, ...]:
    """The numbers in a list of rights, within the limits in force on a day."""
    return read_rights(path, limits=limits(Parameters(), valuation_date))
