"""Where a right stands with its annual fees on a day, and what it costs to keep or restore it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zhirong.core import money
from zhirong.core.calendar import last_day, started_months
from zhirong.core.money import Money
from zhirong.rights import fees, terms
from zhirong.rights.events import EventKind, RegisterEvent
from zhirong.rights.fees import AnnualFee, FeeDates
from zhirong.rights.law import PatentLaw
from zhirong.rights.records import Patent


class FeeStage(StrEnum):
    """The stages of the next unpaid fee."""

    PENDING = "pending"  # not granted: no annual fee yet
    IN_ORDER = "in_order"  # the next fee is not yet due, or payable today without late fee
    GRACE = "grace"  # overdue, still payable with late fee
    LAPSED = "lapsed"  # the grace ended unpaid
    PAID_UP = "paid_up"  # paid to the end of life
    NOT_KNOWN = "not_known"  # the evidence is silent or older than the due date


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeStanding:
    """Where the fees stand on a day, without amounts.

    Attributes:
        paid_through: Last patent year known to be paid.
        next_due: Days of the fee behind it; None when nothing more falls due or nothing is known.
        lapsed_on: Day from which the right has ended for want of payment.
    """

    on: date
    stage: FeeStage
    paid_through: int | None = None
    next_due: FeeDates | None = None
    lapsed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountDue:
    """What the next fee costs on a day.

    Attributes:
        overdue_months: Months begun behind the due date; 0 outside the grace.
        late_fee: Zero outside the grace.
        total: Fee and late fee if paid on the day; None when it can no longer be paid.
    """

    fee: AnnualFee
    overdue_months: int
    late_fee: Money
    total: Money | None


def standing(
    patent: Patent,
    events: Iterable[RegisterEvent] = (),
    *,
    on: date,
    evidence_on: date,
    law: PatentLaw,
) -> FeeStanding:
    """Where the fees stand on a day, by evidence of payments as of another day.

    Args:
        patent: The right.
        events: What the register is known to say.
        on: The day asked about.
        evidence_on: The day on which the payments were last seen; a fee that falls due later may
            have been paid since. A payment that is dated behind the day shows that it was still
            in the grace.
        law: Terms, grace and calendar.
    """
    own = tuple(events)
    if patent.grant_date is None or on < patent.grant_date:
        return FeeStanding(on=on, stage=FeeStage.PENDING)
    paid = fees.paid_through(patent, own, on=on)
    if paid is None:
        return FeeStanding(on=on, stage=FeeStage.NOT_KNOWN)
    late = _paid_late(patent, own, on)
    if late is not None and late <= paid:
        due = fees.fee_dates(patent.filing_date, late, law=law)
        if due.due_on < on <= due.grace_ends_on:
            return FeeStanding(on=on, stage=FeeStage.GRACE, paid_through=late - 1, next_due=due)
    if paid >= fees.last_patent_year(patent, terms.term(patent, own, law=law)):
        return FeeStanding(on=on, stage=FeeStage.PAID_UP, paid_through=paid)
    due = fees.fee_dates(patent.filing_date, paid + 1, law=law)
    stage = _stage(due, on=on, evidence_on=evidence_on)
    lapsed_on = due.anniversary if stage is FeeStage.LAPSED else None
    return FeeStanding(on=on, stage=stage, paid_through=paid, next_due=due, lapsed_on=lapsed_on)


def _paid_late(patent: Patent, events: tuple[RegisterEvent, ...], on: date) -> int | None:
    """The first patent year whose payment is dated behind the day; None where none is."""
    later = [
        event.patent_year
        for event in events
        if event.right == patent.app_no
        and event.kind is EventKind.FEE_PAID
        and event.patent_year is not None
        and event.true_on > on
    ]
    return min(later, default=None)


def _stage(due: FeeDates, *, on: date, evidence_on: date) -> FeeStage:
    if evidence_on > due.grace_ends_on and on >= due.anniversary:
        return FeeStage.LAPSED
    if on <= due.due_on:
        return FeeStage.IN_ORDER
    if evidence_on <= due.due_on or on > due.grace_ends_on:
        return FeeStage.NOT_KNOWN
    return FeeStage.GRACE


def amount_due(
    patent: Patent,
    events: Iterable[RegisterEvent] = (),
    *,
    standing: FeeStanding,
    law: PatentLaw,
) -> AmountDue | None:
    """What the next fee costs on the day of the standing; None when there is none to pay."""
    if standing.next_due is None:
        return None
    year = standing.next_due.patent_year
    fee = fees.annual_fee(patent, year, on=standing.on, law=law, events=events)
    if standing.stage is not FeeStage.GRACE:
        payable = fee.payable if standing.stage is FeeStage.IN_ORDER else None
        return AmountDue(fee=fee, overdue_months=0, late_fee=Money(Decimal(0)), total=payable)
    late = fees.late_fee(fee, standing.on, law=law)
    return AmountDue(
        fee=fee,
        overdue_months=started_months(fee.anniversary, standing.on),
        late_fee=late,
        total=fee.payable + late,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration:
    """What it takes to restore a right that lapsed for want of payment.

    Attributes:
        request_by: Last day for the request; None while the day of the notice is not known.
        late_fee: The late fee of the whole grace.
    """

    request_by: date | None
    restoration_fee: Money
    annual_fee: Money
    late_fee: Money
    total: Money


def restoration(
    fee: AnnualFee, *, notice_received_on: date | None, on: date, law: PatentLaw
) -> Restoration:
    """The cost of a restoration, and its last day: two months behind receipt of the notice.

    Source:
        Implementing regulations of the Patent Law, rule 6 paragraph 2.
    """
    request_by = None
    if notice_received_on is not None:
        months = int(law.parameters.number("patent.restoration.months", on=notice_received_on))
        request_by = last_day(notice_received_on, months=months, working=law.calendar)
    own_fee = Money(law.parameters.number("patent.fee.restoration", on=on))
    late = fees.late_fee(fee, fee.grace_ends_on, law=law)
    return Restoration(
        request_by=request_by,
        restoration_fee=own_fee,
        annual_fee=fee.payable,
        late_fee=late,
        total=money.total((own_fee, fee.payable, late)),
    )


def force_majeure_deadline(
    *, obstacle_ended_on: date, time_limit_ended_on: date, law: PatentLaw
) -> date:
    """Last day for a restoration after force majeure.

    Two months from the end of the obstacle, and no later than two years from the end of the time
    limit that was missed.

    Source:
        Implementing regulations of the Patent Law, rule 6 paragraph 1.
    """
    numbers = law.parameters
    months = numbers.number("patent.restoration.force_majeure_months", on=obstacle_ended_on)
    years = numbers.number("patent.restoration.force_majeure_years_max", on=obstacle_ended_on)
    by_obstacle = last_day(obstacle_ended_on, months=int(months), working=law.calendar)
    at_most = last_day(time_limit_ended_on, years=int(years), working=law.calendar)
    return min(by_obstacle, at_most)
