"""The whole of due diligence on one dossier, in one call."""

from dataclasses import dataclass

from zhirong.diligence.checks import table as checks
from zhirong.diligence.gating import Gate, gates
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.laws import unverified
from zhirong.diligence.questions import Question, questions
from zhirong.diligence.records import Dossier, Finding
from zhirong.diligence.sales import SalesGap, reconcile
from zhirong.diligence.summary import Summary, summary
from zhirong.rights.law import PatentLaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What due diligence found.

    Attributes:
        findings: Every check on every subject, passed ones included, in the table's order.
        gates: Every right against every use, with the rule that decides.
        questions: The form to the firm.
        sales_gaps: Sales beside VAT filings or invoices, with the figure proposed.
        unverified_laws: Codes of legal sources that nobody confirmed.
    """

    findings: tuple[Finding, ...]
    gates: tuple[Gate, ...]
    questions: tuple[Question, ...]
    sales_gaps: tuple[SalesGap, ...]
    unverified_laws: tuple[str, ...]
    summary: Summary


def review(dossier: Dossier, *, law: PatentLaw) -> Review:
    """Checks, gates, questions and summary of a dossier.

    Args:
        dossier: What the file says.
        law: Published values, the house's limits, and the working days.

    Raises:
        BeforeFilingError: A right was filed after the valuation date.
    """
    grounds = Grounds(dossier=dossier, law=law)
    findings = checks.run(grounds)
    gated = gates(grounds, findings)
    return Review(
        findings=findings,
        gates=gated,
        questions=questions(grounds, findings, gated),
        sales_gaps=reconcile(dossier.sales, tolerance=grounds.limit("sales_gap_share_max")),
        unverified_laws=unverified(item.law for item in findings),
        summary=summary(grounds, findings, gated),
    )
