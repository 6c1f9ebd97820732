"""The contract rate follows the reference rate on its days: what is not yet due is counted anew."""

from datetime import date, timedelta

from zhirong.core.periods import Period
from zhirong.lending.due_dates import DuePeriod
from zhirong.lending.schedules import schedule
from zhirong.platform.lending.models import DrawDown
from zhirong.platform.lending.owing import open_installments
from zhirong.platform.lending.terms import path_of, terms_of
from zhirong.platform.operations import journal

ONE_DAY = timedelta(days=1)


def reprice(draw: DrawDown, *, on: date) -> bool:
    """Count the open lines anew where the rate changes on the day; whether it did.

    Interest of the running period is counted in pieces; a second time changes nothing.
    """
    if draw.facility.repricing_months is None or draw.paid_on is None or on <= draw.paid_on:
        return False
    path = path_of(draw.facility, start=draw.paid_on, known_on=on)
    before, after = path.at(on - ONE_DAY), path.at(on)
    if path.steps[-1].start != on or before == after:
        return False
    lines = [line for line in open_installments(draw) if line.end > on]
    if not lines or lines[0].start > on:
        return False
    periods = tuple(
        DuePeriod(period=Period(line.start, line.end), due_on=line.due_on, months=None)
        for line in lines
    )
    owing = sum(line.principal_fen for line in lines)
    anew = schedule(terms_of(draw, owing, periods, known_on=on)).installments
    for line, now in zip(lines, anew, strict=True):
        line.principal_fen, line.interest_fen = now.principal.fen, now.interest.fen
        line.save(update_fields=["principal_fen", "interest_fen"])
    facts = {"draw": draw.number, "before": str(before), "after": str(after)}
    journal.record("rate_repriced", by=None, matter_id=draw.facility.matter_id, facts=facts)
    return True
