"""Turns findings, gates and summary of due diligence into the records that the result keeps."""

from collections.abc import Iterable

from zhirong.application.diligence import Diligence
from zhirong.application.diligence_result import (
    ConditionRecord,
    DiligenceResult,
    EvidenceRecord,
    FeeDue,
    FindingRecord,
    FlagRecord,
    RegistrabilityRecord,
    RightStanding,
    SalesGapRecord,
    UseLimit,
    WallRecord,
)
from zhirong.core.calendar import plus_months
from zhirong.core.messages import Message
from zhirong.diligence.checks.standing import debt_term_end
from zhirong.diligence.gating import Answer, Gate, Rule, Use
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.laws import unverified
from zhirong.diligence.records import Evidence, Finding, State
from zhirong.diligence.sales import SalesGap, reconcile
from zhirong.diligence.summary import Condition, FeeEntry, Flag, summary


def kept(found: Diligence) -> DiligenceResult:
    """The findings and what follows from them, as the result keeps them."""
    findings, grounds = found.findings, found.grounds
    summed = summary(grounds, findings, found.gates)
    tolerance = grounds.limit("sales_gap_share_max")
    gaps = reconcile(grounds.dossier.sales, tolerance=tolerance)
    months = int(grounds.limit("fee_horizon_months"))
    return DiligenceResult(
        findings=tuple(_finding(item) for item in findings),
        registrability=tuple(_registrability(found, right) for right in grounds.patents),
        conditions=_conditions(findings),
        fees_due=tuple(_fee(entry) for entry in summed.fee_calendar),
        checked=len(findings),
        passed=sum(item.state is State.PASS for item in findings),
        not_known=sum(item.state is State.NOT_KNOWN for item in findings),
        rights=tuple(_standing(grounds, right) for right in grounds.patents),
        red_flags=tuple(_flag(item) for item in summed.red_flags),
        open_points=tuple(_flag(item) for item in summed.open_points),
        asked=tuple(_condition(item) for item in summed.conditions),
        expiry_wall=tuple(
            WallRecord(year=cell.year, kind=cell.kind, count=cell.count)
            for cell in summed.expiry_wall
        ),
        fees_unknown=summed.fees_unknown,
        sales_gaps=tuple(_gap(item) for item in gaps),
        unverified_laws=unverified(item.law for item in findings),
        debt_term_end=debt_term_end(grounds),
        fees_until=plus_months(grounds.dossier.valuation_date, months),
        sales_tolerance=float(tolerance),
    )


def _title(code: str) -> Message:
    return Message(f"check.{code}.title")


def _finding(item: Finding) -> FindingRecord:
    return FindingRecord(
        code=item.code,
        scope=str(item.scope),
        state=str(item.state),
        severity=str(item.severity),
        subject=item.subject,
        title=_title(item.code),
        message=item.message,
        law=item.law,
        evidence=tuple(_evidence(piece) for piece in item.evidence),
        condition=item.condition,
        question=item.question,
    )


def _evidence(piece: Evidence) -> EvidenceRecord:
    source = piece.source
    return EvidenceRecord(
        fact=piece.fact,
        reference=piece.reference,
        on=piece.on,
        file=source.file if source else "",
        sheet=source.sheet if source else "",
        row=source.row if source else 0,
    )


def _conditions(findings: Iterable[Finding]) -> tuple[Message, ...]:
    seen: dict[tuple[str, str], Message] = {}
    for item in findings:
        if item.condition is not None and item.state is not State.PASS:
            seen.setdefault((item.condition.code, item.subject), item.condition)
    return tuple(seen.values())


def _registrability(found: Diligence, right: str) -> RegistrabilityRecord:
    own = {gate.use: gate for gate in found.gates if gate.right == right}
    return RegistrabilityRecord(
        right=right,
        value=str(own[Use.VALUE].answer),
        register=str(own[Use.REGISTER_PLEDGE].answer),
        disburse=str(own[Use.DISBURSE].answer),
        insure=str(own[Use.INSURE].answer),
        pool=str(own[Use.POOL].answer),
        decided_by=_rules(own[Use.REGISTER_PLEDGE].decided_by),
        limits=tuple(_limit(own[use]) for use in Use if own[use].answer is not Answer.YES),
    )


def _rules(rules: Iterable[Rule]) -> tuple[Message, ...]:
    return tuple(Message(f"gate.row.{rule.row}", {"law": rule.law}) for rule in rules)


def _limit(gate: Gate) -> UseLimit:
    return UseLimit(
        use=str(gate.use),
        answer=str(gate.answer),
        decided_by=_rules(gate.decided_by),
        conditions=tuple(Message(f"gate.condition.{code}") for code in gate.conditions),
    )


def _standing(grounds: Grounds, right: str) -> RightStanding:
    status = grounds.statuses[right]
    due = status.fees.next_due
    amount = grounds.amount_due(right)
    total = amount.total if amount else None
    return RightStanding(
        right=right,
        state=str(status.base),
        since=status.since,
        last_day=status.term.last_day,
        overlays=tuple(str(overlay) for overlay in status.overlays),
        fee_stage=str(status.fees.stage),
        paid_through=status.fees.paid_through,
        fee_year=due.patent_year if due else None,
        fee_due_on=due.due_on if due else None,
        grace_ends_on=due.grace_ends_on if due else None,
        fee_payable=float(total.amount) if total else None,
        read_on=grounds.register_read_on(right),
    )


def _fee(entry: FeeEntry) -> FeeDue:
    return FeeDue(
        right=entry.right,
        patent_year=entry.patent_year,
        due_on=entry.due_on,
        grace_ends_on=entry.grace_ends_on,
        payable=float(entry.amount),
        is_overdue=entry.is_overdue,
    )


def _flag(item: Flag) -> FlagRecord:
    return FlagRecord(
        code=item.code,
        state=str(item.state),
        severity=str(item.severity),
        title=_title(item.code),
        message=item.message,
        subjects=item.subjects,
        law=item.law,
        condition=item.condition,
    )


def _condition(item: Condition) -> ConditionRecord:
    return ConditionRecord(
        message=item.message,
        severity=str(item.severity),
        checks=item.checks,
        subjects=item.subjects,
    )


def _gap(item: SalesGap) -> SalesGapRecord:
    return SalesGapRecord(
        product=item.product,
        year=item.year,
        stated=float(item.sales),
        filed=float(item.vat_sales),
        gap=round(float(item.gap), 9),
        is_beyond=item.is_beyond,
        proposed=float(item.proposed),
    )
