"""Due diligence of a case: its dossier, the findings, and what each right may be used for."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhirong.application.case_file import CaseFile
from zhirong.application.options import AppraisalOptions
from zhirong.application.result import (
    DiligenceResult,
    FeeDue,
    FindingRecord,
    RegistrabilityRecord,
)
from zhirong.core.calendar import plus_months
from zhirong.core.messages import Message
from zhirong.diligence.checks import table
from zhirong.diligence.gating import Answer, Gate, Use, gates
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.records import (
    Dossier,
    Evidence,
    Finding,
    GrowthAssumption,
    Reply,
    State,
)
from zhirong.rights.fees import paid_through, remaining_fees
from zhirong.rights.law import PatentLaw

HORIZON = "diligence.fee_horizon_months"


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


def result_of(found: Diligence) -> DiligenceResult:
    """The findings as the result keeps them."""
    findings = found.findings
    return DiligenceResult(
        findings=tuple(_record(item) for item in findings),
        registrability=_registrability(found),
        conditions=_conditions(findings),
        fees_due=_fees_due(found.grounds),
        checked=len(findings),
        passed=sum(item.state is State.PASS for item in findings),
        not_known=sum(item.state is State.NOT_KNOWN for item in findings),
    )


def _record(item: Finding) -> FindingRecord:
    return FindingRecord(
        code=item.code,
        scope=str(item.scope),
        state=str(item.state),
        severity=str(item.severity),
        subject=item.subject,
        title=Message(f"check.{item.code}.title"),
        message=item.message,
        law=item.law,
        evidence=tuple(_evidence(piece) for piece in item.evidence),
        condition=item.condition,
        question=item.question,
    )


def _evidence(piece: Evidence) -> str:
    parts = [
        piece.fact,
        piece.reference,
        piece.on.isoformat() if piece.on else "",
        piece.source.place() if piece.source else "",
    ]
    return " | ".join(part for part in parts if part)


def _conditions(findings: Sequence[Finding]) -> tuple[Message, ...]:
    seen: dict[tuple[str, str], Message] = {}
    for item in findings:
        if item.condition is not None and item.state is not State.PASS:
            seen.setdefault((item.condition.code, item.subject), item.condition)
    return tuple(seen.values())


def _registrability(found: Diligence) -> tuple[RegistrabilityRecord, ...]:
    rows: list[RegistrabilityRecord] = []
    for right in found.grounds.patents:
        own = {gate.use: gate for gate in found.gates if gate.right == right}
        register = own[Use.REGISTER_PLEDGE]
        decided = tuple(
            Message(f"gate.row.{rule.row}", {"law": rule.law}) for rule in register.decided_by
        )
        rows.append(
            RegistrabilityRecord(
                right=right,
                value=str(own[Use.VALUE].answer),
                register=str(register.answer),
                disburse=str(own[Use.DISBURSE].answer),
                insure=str(own[Use.INSURE].answer),
                pool=str(own[Use.POOL].answer),
                decided_by=decided,
            )
        )
    return tuple(rows)


def _fees_due(grounds: Grounds) -> tuple[FeeDue, ...]:
    """The annual fees that fall due within the horizon, soonest first."""
    on = grounds.dossier.valuation_date
    law = grounds.law
    until = plus_months(on, int(law.parameters.number(HORIZON, on=on)))
    rows: list[FeeDue] = []
    for number, patent in grounds.patents.items():
        status = grounds.statuses[number]
        paid = paid_through(patent, grounds.dossier.events, on=on)
        if not status.is_alive or paid is None:
            continue
        own = grounds.events(number)
        coming = remaining_fees(patent, own, paid_through_year=paid, on=on, law=law)
        rows.extend(
            FeeDue(
                right=number,
                patent_year=fee.patent_year,
                due_on=fee.due_on,
                grace_ends_on=fee.grace_ends_on,
                payable=float(fee.payable.amount),
            )
            for fee in coming
            if fee.due_on <= until
        )
    return tuple(sorted(rows, key=lambda row: (row.due_on, row.right)))
