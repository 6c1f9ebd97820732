"""Principal before its day: the running period ends on the day, and the rest is scheduled anew.

The due dates stay and what falls due on them shrinks. Interest up to the day is paid along on all
that is owed, so that nothing of it is left behind.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhirong.core.money import Money
from zhirong.core.periods import Period
from zhirong.lending.due_dates import DuePeriod
from zhirong.lending.schedules import Installment as Line
from zhirong.lending.schedules import schedule
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.lending.models import DrawDown, Installment
from zhirong.platform.lending.owing import interest_to, open_installments, owed
from zhirong.platform.lending.terms import terms_of
from zhirong.platform.matters.visibility import found
from zhirong.platform.operations import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepaymentQuote:
    """What a prepayment on a day costs, in fen.

    Attributes:
        on: The day.
        principal: Paid before its day.
        due: What is due by the day and paid along.
        running_interest: Of the running period up to the day.
        fee: For paying early: none under this contract.
        saved: Interest that need not be paid any more.
        is_whole: It ends the loan.
    """

    on: date
    principal: int
    due: int
    running_interest: int
    fee: int
    saved: int
    is_whole: bool

    @property
    def total(self) -> int:
        """What is paid in all."""
        return self.principal + self.due + self.running_interest + self.fee

    @property
    def total_yuan(self) -> Decimal:
        """The same in yuan."""
        return Decimal(self.total) / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A schedule cut on a day: the running line, and what follows it.

    Attributes:
        principal: Paid before its day.
        current: The line whose period runs on the day.
        later: It and all lines behind it.
        rest: The lines that take their place behind the day.
    """

    principal: int
    current: Installment
    later: tuple[Installment, ...]
    rest: tuple[Line, ...]


def shorten(draw: DrawDown, fen: int, on: date) -> None:
    """Let what a payment has above all that is due be principal that is due on the day."""
    state = owed(draw, on=on)
    cut = _cut(draw, fen - state.due - state.running_interest, on)
    if cut is None:
        return
    number, running = cut.current.number, interest_to(draw, cut.current, on=on)
    paid = cut.current.paid_interest_fen
    start = cut.current.start
    Installment.objects.filter(pk__in=[line.pk for line in cut.later]).delete()
    Installment.objects.create(
        draw=draw,
        number=number,
        start=start,
        end=on,
        due_on=on,
        principal_fen=cut.principal,
        interest_fen=running,
        paid_interest_fen=paid,
    )
    Installment.objects.bulk_create(
        Installment(
            draw=draw,
            number=number + place,
            start=line.due.period.start,
            end=line.due.end,
            due_on=line.due.due_on,
            principal_fen=line.principal.fen,
            interest_fen=line.interest.fen,
        )
        for place, line in enumerate(cut.rest, 1)
    )


def _cut(draw: DrawDown, principal: int, on: date) -> Cut | None:
    """None where nothing is left for principal, or nothing would be left owing."""
    later = tuple(line for line in open_installments(draw) if line.end > on)
    total = sum(line.principal_fen for line in later)
    if not later or later[0].start > on or not 0 < principal < total:
        return None
    periods = tuple(
        DuePeriod(period=Period(max(line.start, on), line.end), due_on=line.due_on, months=None)
        for line in later
    )
    terms = terms_of(draw, total - principal, periods, known_on=on)
    return Cut(
        principal=principal, current=later[0], later=later, rest=schedule(terms).installments
    )


def quote(draw_number: str, *, principal: Money, viewer: Viewer) -> PrepaymentQuote:
    """What it costs to pay an amount of principal before its day, today.

    Raises:
        NotFoundError: No such loan to see.
    """
    draw, day = found(DrawDown, viewer, number=draw_number), clock.today()
    return quote_of(draw, principal.fen, day)


def quote_of(draw: DrawDown, principal: int, on: date) -> PrepaymentQuote:
    """The same of a loan's row; more principal than is left ends the loan."""
    state = owed(draw, on=on)
    cut = _cut(draw, principal, on)
    later = [line for line in open_installments(draw) if line.end > on]
    planned = sum(line.interest_fen - line.paid_interest_fen for line in later)
    after = sum(line.interest.fen for line in cut.rest) if cut else 0
    left = state.principal - state.due_principal
    return PrepaymentQuote(
        on=on,
        principal=cut.principal if cut else left,
        due=state.due,
        running_interest=state.running_interest,
        fee=0,
        saved=max(planned - state.running_interest - after, 0),
        is_whole=cut is None,
    )
