"""Due diligence of a case: its dossier, the findings, and what each right may be used for."""

from dataclasses import dataclass

from zhirong.application.case.case_file import CaseFile
from zhirong.application.case.options import AppraisalOptions
from zhirong.diligence.checks import table
from zhirong.diligence.gating import Answer, Gate, Use, gates
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.records import Dossier, Finding, GrowthAssumption, Reply
from zhirong.rights.law import PatentLaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Diligence:
    """What was found, and the gates that the valuation obeys."""

    grounds: Grounds
    findings: tuple[Finding, ...]
    gates: tuple[Gate, ...]

    def answer(self, right: str, use: Use) -> Answer:
        """Whether a right is open to a use."""
        return next(g.answer for g in self.gates if g.right == right and g.use is use)


def dossier_of(case: CaseFile, options: AppraisalOptions) -> Dossier:
    """The case as the checks read it."""
    return Dossier(
        firm=case.firm,
        patents=case.patents,
        valuation_date=options.valuation_date,
        checked_on=options.report_date,
        purpose=options.purpose,
        events=case.events,
        certificates=case.certificates,
        shareholders=case.shareholders,
        accounts=case.accounts,
        products=case.products,
        sales=case.sales,
        coverage=case.coverage,
        signature=case.signature,
        growth=tuple(
            GrowthAssumption(
                product=item.scope, year=item.year, rate=item.central, source=item.source
            )
            for item in case.assumptions
            if item.key == "growth"
        ),
        replies=tuple(
            Reply(
                question=item.question,
                subject=item.subject,
                value=item.value,
                document=item.document,
                answered_on=item.answered_on,
                source=item.source,
            )
            for item in case.answers
        ),
        debt_term_end=options.debt_term_end,
        valued_on=options.valuation_date,
    )


def examine(case: CaseFile, options: AppraisalOptions, *, law: PatentLaw) -> Diligence:
    """Run every check and gate every use."""
    grounds = Grounds(dossier=dossier_of(case, options), law=law)
    findings = table.run(grounds)
    return Diligence(grounds=grounds, findings=findings, gates=gates(grounds, findings))
