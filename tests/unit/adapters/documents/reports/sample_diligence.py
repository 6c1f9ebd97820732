"""Appraisals for the due-diligence report, made from the dossiers of the checks' tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from tests.unit.diligence import dossiers
from tests.unit.diligence.dossiers import READ, right
from zhirong.application.case.case_file import CaseFile, SourceFile
from zhirong.application.case.options import AppraisalOptions
from zhirong.application.diligence import Diligence
from zhirong.application.diligence_keeping import kept
from zhirong.application.identity import report_head
from zhirong.application.questioning import open_questions
from zhirong.application.result import Appraisal
from zhirong.core.identifiers.patents import check_digit
from zhirong.diligence.checks import table
from zhirong.diligence.gating import gates
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.records import Dossier
from zhirong.firms.records import Shareholder
from zhirong.parameters.reader import TreeHashes
from zhirong.rights.events import RegisterEvent
from zhirong.rights.law import PatentLaw, shipped
from zhirong.rights.records import EvaluationReport, Patent, PatentKind, ReportConclusion

REPORTED = date(2026, 7, 2)
FILES = (
    SourceFile(file="patents.xlsx", sha256="ab" * 32, size_bytes=8_008, as_of=READ),
    SourceFile(file="resolution.pdf", sha256="cd" * 32, size_bytes=14_800),
)


@cache
def law() -> PatentLaw:
    return shipped()


def found(dossier: Dossier) -> Diligence:
    grounds = Grounds(dossier=dossier, law=law())
    findings = table.run(grounds)
    return Diligence(grounds=grounds, findings=findings, gates=gates(grounds, findings))


def appraisal(dossier: Dossier, *, files: Sequence[SourceFile] = FILES) -> Appraisal:
    """The result of a dossier, without a valuation."""
    diligence = found(dossier)
    options = AppraisalOptions(
        purpose=dossier.purpose,
        valuation_date=dossier.valuation_date,
        report_date=REPORTED,
        debt_term_end=dossier.debt_term_end,
    )
    case = CaseFile(
        firm=dossier.firm,
        patents=dossier.patents,
        events=dossier.events,
        certificates=dossier.certificates,
        shareholders=dossier.shareholders,
        accounts=dossier.accounts,
        products=dossier.products,
        sales=dossier.sales,
        coverage=dossier.coverage,
        signature=dossier.signature,
        files=tuple(files),
    )
    return Appraisal(
        head=report_head(
            case,
            options,
            engine_version="0.1.0",
            hashes=TreeHashes(shipped="5" * 64),
            findings=kept(diligence),
            valuation=None,
        ),
        options=options,
        case=case,
        diligence=kept(diligence),
        valuation=None,
        scores=(),
        proposals=(),
        questions=open_questions(diligence, ()),
        sheets=(),
        parameters=(),
    )


def flawed() -> Dossier:
    """What is wrong in life, at once: one flaw a check, on three rights."""
    events: list[RegisterEvent] = []
    for code in ("A5", "A6", "A7", "A9"):
        events += dossiers.CASES[code][1]().events
    return replace(
        dossiers.with_patent(dossiers.MODEL, fee_paid_through_year=6),
        events=tuple(events),
        sales=dossiers.CASES["E1"][1]().sales,
        certificates=dossiers.CASES["E9"][1]().certificates,
        shareholders=(Shareholder(name="Ada", share=None, role="chair"),),
        replies=(),
        signature=None,
    )


def many(count: int) -> Dossier:
    """A portfolio of a size at which only some rights have a card."""
    return dossiers.complete(patents=tuple(_model(place) for place in range(count)))


def _model(place: int) -> Patent:
    digits = f"20202{place:07d}"
    report = EvaluationReport(has=True, conclusion=ReportConclusion.FAVORABLE)
    return right(
        digits + check_digit(digits),
        kind=PatentKind.UTILITY_MODEL,
        title=f"Pump housing {place}",
        filing_date=date(2020, 5, 11),
        grant_date=date(2021, 1, 5),
        fee_paid_through_year=6 if place == 0 else 7,
        evaluation_report=None if place in range(1, 11) else report,
        has_same_day_application=False,
        inventors=("Chen",),
        is_secret=False,
    )
