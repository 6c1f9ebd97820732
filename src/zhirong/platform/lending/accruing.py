"""Interest and charges as days pass, booked to the ledger up to a day, each day once.

What is booked by the end of a period is exactly the installment's interest: running totals are
rounded and their differences booked.
"""

from datetime import date

from django.db import transaction

from zhirong.ledger import plans
from zhirong.ledger.plans import Event
from zhirong.ledger.transfers import Batch
from zhirong.platform.ledger.models import Transfer
from zhirong.platform.ledger.services import book
from zhirong.platform.lending.models import DrawDown
from zhirong.platform.lending.owing import breach_of_lines, interest_to


def _booked(draw: DrawDown, event: Event) -> int:
    rows = Transfer.objects.filter(subject=draw.number, event=event.value)
    return sum(rows.values_list("amount_fen", flat=True))


def _charge(draw: DrawDown, event: Event, fen: int, on: date) -> None:
    if fen > 0:
        batch = Batch(
            key=f"{event.value}/{draw.number}/{on.isoformat()}",
            on=on,
            legs=plans.charged(draw.number, event, amount_fen=fen),
        )
        book(batch, matter_id=draw.facility.matter_id)


@transaction.atomic
def accrue_to(draw: DrawDown, *, on: date) -> None:
    """Book interest up to and without a day."""
    total = sum(interest_to(draw, line, on=on) for line in draw.installments.all())
    _charge(draw, Event.INTEREST_ACCRUED, total - _booked(draw, Event.INTEREST_ACCRUED), on)


@transaction.atomic
def charge_to(draw: DrawDown, *, on: date) -> None:
    """Book penalty and compound interest up to and without a day, rounded once for the time.

    It happens on settlement days and before a payment is laid over, not every day: many small
    roundings would not sum to the contract's amount.
    """
    since = draw.charged_to or draw.paid_on
    assert since is not None, "only a paid draw-down can be overdue"
    if since >= on:
        return
    found = breach_of_lines(draw, since=since, until=on)
    _charge(draw, Event.PENALTY_CHARGED, sum(part.penalty.fen for _, part in found), on)
    _charge(draw, Event.COMPOUND_ACCRUED, sum(part.compound.fen for _, part in found), on)
    for line, part in found:
        line.penalty_fen += part.penalty.fen
        line.compound_fen += part.compound.fen
        line.save(update_fields=["penalty_fen", "compound_fen"])
    draw.charged_to = on
    draw.save(update_fields=["charged_to"])
