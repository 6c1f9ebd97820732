"""Whether the right stands: in force to maturity, fee, secrecy, grant (A4, P1, P5, P12)."""

from dataclasses import replace
from datetime import date

from zhirong.diligence.answers import read_date
from zhirong.diligence.grounds import Grounds
from zhirong.diligence.outcomes import fails, is_silent, of_event, of_patent, of_reply, passes
from zhirong.diligence.records import Outcome, Severity
from zhirong.rights.events import EventKind
from zhirong.rights.fee_position import FeeStage

_ENDINGS = (
    EventKind.CEASED_FEE,
    EventKind.EXPIRED,
    EventKind.INVALID_ALL,
    EventKind.ABANDONED,
    EventKind.WITHDRAWN,
    EventKind.REJECTED,
    EventKind.TERMINATED,
)


def debt_term_end(grounds: Grounds) -> date | None:
    """Maturity of the secured debt: as planned, else, for a pledge, as answered.

    A standing answer about some debt says nothing of a transfer, license or house decision.
    """
    planned = grounds.dossier.debt_term_end
    if planned is not None or grounds.dossier.purpose != "pledge":
        return planned
    reply = grounds.reply("A4")
    return read_date(reply.value if reply else None)


def is_in_force_to_maturity(grounds: Grounds, subject: str) -> Outcome:
    """A4: in force on the valuation date, and not ended before the debt is due."""
    patent = grounds.patents[subject]
    if grounds.has_ended(subject):
        return _ended(grounds, subject)
    if not grounds.is_status_dated(subject):
        return is_silent(text="not_known_status")
    if grounds.is_pending(subject):
        return passes(of_patent(patent, "grant_date"), text="pass_pending")  # P12 refuses it
    return _compared_with_debt(grounds, subject)


def _ended(grounds: Grounds, subject: str) -> Outcome:
    patent, status = grounds.patents[subject], grounds.statuses[subject]
    endings = tuple(of_event(event) for event in grounds.events(subject, *_ENDINGS))
    outcome = fails(
        *(endings or (of_patent(patent, "fee_paid_through_year"),)),
        text="fail_ended",
        condition="exclude",
        ended_on=status.since,
        reason=f"gate.row.{status.base}",
    )
    return replace(outcome, law="law.pledge_461_11_2")


def _compared_with_debt(grounds: Grounds, subject: str) -> Outcome:
    evidence = of_patent(grounds.patents[subject], "filing_date")
    last_day, maturity = grounds.statuses[subject].term.last_day, debt_term_end(grounds)
    if maturity is None and grounds.dossier.purpose == "pledge":
        return is_silent(
            evidence, condition="debt_within_term", severity=Severity.MEDIUM, last_day=last_day
        )
    if maturity is None:
        return passes(evidence, text="pass_no_debt", last_day=last_day)
    if maturity > last_day:
        return fails(
            evidence,
            text="fail_term",
            condition="debt_within_term",
            last_day=last_day,
            maturity=maturity,
        )
    return passes(evidence, last_day=last_day, maturity=maturity)


def is_fee_paid(grounds: Grounds, subject: str) -> Outcome:
    """P1: the annual fee of the current patent year is paid; days to the next one."""
    fees = grounds.statuses[subject].fees
    evidence = of_patent(grounds.patents[subject], "fee_paid_through_year")
    if fees.stage is FeeStage.PENDING and not grounds.is_status_dated(subject):
        return is_silent(evidence)
    if fees.stage is FeeStage.PENDING or grounds.has_ended(subject):
        return passes(text="pass_not_concerned")
    if fees.stage is FeeStage.PAID_UP:
        return passes(evidence, text="pass_last", patent_year=fees.paid_through)
    due = grounds.amount_due(subject)
    if fees.stage is FeeStage.NOT_KNOWN or due is None:
        return is_silent(evidence)
    if fees.stage is FeeStage.GRACE:
        return fails(
            evidence,
            condition="pay_fee",
            patent_year=due.fee.patent_year,
            due_on=due.fee.due_on,
            amount=due.total.amount if due.total else None,
            late_fee=due.late_fee.amount,
            grace_end=due.fee.grace_ends_on,
        )
    return passes(
        evidence,
        patent_year=due.fee.patent_year,
        due_on=due.fee.due_on,
        days=(due.fee.due_on - grounds.dossier.valuation_date).days,
        amount=due.fee.payable.amount,
    )


def is_not_secret(grounds: Grounds, subject: str) -> Outcome:
    """P5: no secret or national-defense patent; what the gazette printed is not secret."""
    patent = grounds.patents[subject]
    if patent.is_secret:
        return fails(of_patent(patent, "is_secret"), condition="exclude_secret")
    if patent.is_secret is False:
        return passes(of_patent(patent, "is_secret"))
    for fact in ("grant_publication_no", "publication_no"):
        number = getattr(patent, fact)
        if number:
            return passes(of_patent(patent, fact), text="pass_published", number=number)
    reply, answer = grounds.reply("P5", subject), grounds.choice("P5", subject)
    if reply and answer == "yes":
        return fails(of_reply(reply), condition="exclude_secret")
    return passes(of_reply(reply)) if reply and answer == "no" else is_silent()


def is_granted(grounds: Grounds, subject: str) -> Outcome:
    """P12: granted; an application cannot be pledged."""
    patent = grounds.patents[subject]
    grants = tuple(of_event(e) for e in grounds.events(subject, EventKind.GRANTED))
    if patent.grant_date is not None and patent.grant_date <= grounds.dossier.valuation_date:
        return passes(of_patent(patent, "grant_date"), *grants, on=patent.grant_date)
    if grants and not grounds.is_pending(subject):
        return passes(*grants, on=grants[0].on)
    if not grounds.is_status_dated(subject):
        return is_silent()
    return fails(of_patent(patent, "grant_date"), condition="exclude_pending")
