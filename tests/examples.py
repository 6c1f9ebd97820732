"""The shipped examples, appraised once for all tests that look at them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from zhirong.adapters.intake.folder import IntakeSettings, read_folder
from zhirong.application.appraise import appraise
from zhirong.application.case.case_file import CaseFile
from zhirong.application.case.intake_report import Intake
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.result import Appraisal
from zhirong.parameters.reader import Parameters
from zhirong.rights import law

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
VALUATION_DATE = date(2026, 6, 30)
FIVE_FIRMS = tuple(sorted(f"five-firms/{p.name}" for p in (EXAMPLES / "five-firms").iterdir()))
PURIFIER = "water-purifier"
ALL = (*FIVE_FIRMS, PURIFIER)
OPTIONS = AppraisalOptions(
    purpose="pledge",
    valuation_date=VALUATION_DATE,
    report_date=VALUATION_DATE,
    debt_term_end=date(2027, 6, 30),
)


@cache
def intake(name: str) -> Intake:
    """The folder of an example as read."""
    settings = IntakeSettings(parameters=Parameters(), valuation_date=VALUATION_DATE)
    return read_folder(EXAMPLES / name, settings=settings)


@cache
def appraisal(name: str, purpose: str = "pledge") -> Appraisal:
    """The result of an example."""
    options = replace(OPTIONS, purpose=purpose)
    return appraise(intake(name).case_file, options, law=law.shipped())


def changed(name: str, change: Callable[[CaseFile], CaseFile]) -> Appraisal:
    """The result of an example with its case changed."""
    return appraise(change(intake(name).case_file), OPTIONS, law=law.shipped())
