"""The end of a day: every loan that is paid out accrues; on the settlement day breach is charged.

A day's row is written once all its loans are done, so that a clock that jumps over days leaves none
out; a loan's day books under keys of its own, so that a second time books nothing.
"""

from datetime import date, timedelta

from django.db import transaction

from zhirong.core.money import Money
from zhirong.ledger import plans
from zhirong.ledger.chart import LoanAccounts
from zhirong.ledger.transfers import Batch
from zhirong.lending.payments import ClaimKind, PaymentOrder, pay_in_order
from zhirong.parameters.reader import Parameters
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.ledger.services import book
from zhirong.platform.lending.accruing import accrue_to, charge_to
from zhirong.platform.lending.locks import locked_loan
from zhirong.platform.lending.models import DayDone, DrawDown
from zhirong.platform.lending.owing import claims, open_installments
from zhirong.platform.lending.receiving import conclude, mark, mark_charges
from zhirong.platform.lending.repricing import reprice
from zhirong.platform.operations import clock

ONE_DAY = timedelta(days=1)


def days_waiting() -> tuple[date, ...]:
    """The days that have ended by the platform's clock and are not done, oldest first."""
    last = DayDone.objects.order_by("-day").first()
    # Before the first money went out there is nothing to do at the end of a day.
    begun = DrawDown.objects.exclude(paid_on=None).order_by("paid_on").first()
    first = last.day + ONE_DAY if last else begun.paid_on if begun else None
    if first is None:
        return ()
    count = (clock.today() - first).days
    return tuple(first + place * ONE_DAY for place in range(max(count, 0)))


def end_day(day: date) -> int:
    """Do a day; gives the number of loans. A day that is done stays as it is.

    Each loan has a transaction of its own, so that a large house locks nobody out for long; a day
    that broke off is done again, and what was booked of it is found by its keys.
    """
    if DayDone.objects.filter(day=day).exists():
        return 0
    is_settlement = day.day == int(Parameters().number("lending.settlement_day", on=day))
    numbers = DrawDown.objects.filter(state=DrawDown.State.PAID).order_by("pk")
    found = list(numbers.values_list("number", flat=True))
    for number in found:
        _end_day_of(number, day + ONE_DAY, is_settlement=is_settlement)
    DayDone.objects.get_or_create(day=day)
    return len(found)


@transaction.atomic
def _end_day_of(number: str, morning: date, *, is_settlement: bool) -> None:
    draw = locked_loan(number)
    if draw is None or draw.state != DrawDown.State.PAID:
        return  # repaid in the meantime
    accrue_to(draw, on=morning)
    reprice(draw, on=morning)
    if is_settlement:
        charge_to(draw, on=morning)
    _allocate_waiting(draw, morning)


def _allocate_waiting(draw: DrawDown, on: date) -> None:
    """Lay money that waited over what has fallen due."""
    waiting = ledger.net_fen(LoanAccounts(draw.number).unallocated)
    due = claims(draw, on=on)
    if not waiting or not due:
        return
    paid = pay_in_order(Money.of_fen(waiting), due, order=PaymentOrder())
    parts = plans.Parts(**{kind.value: paid.paid(kind).fen for kind in ClaimKind})
    batch = Batch(
        key=f"allocation/{draw.number}/{on.isoformat()}",
        on=on,
        legs=plans.allocated(draw.number, parts),
    )
    book(batch, matter_id=draw.facility.matter_id)
    mark(open_installments(draw), paid.payments)
    mark_charges(draw, paid.payments)
    conclude(draw)
