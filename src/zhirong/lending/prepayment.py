"""Repayment before its day: in part or in full, keeping the term or the installment."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zhirong.core import money
from zhirong.core.errors import InputError
from zhirong.core.money import Money
from zhirong.core.periods import Period
from zhirong.lending import schedules
from zhirong.lending.schedules import Form, Schedule, Terms


class PrepaymentError(InputError):
    """An amount that is nothing, or more than is owed."""

    code = "error.prepayment"

    def __init__(self, amount: Money, *, owed: Money) -> None:
        super().__init__(
            f"{amount.amount} cannot be repaid early of {owed.amount}.",
            amount=amount.amount,
            owed=owed.amount,
        )


class PrepaymentDayError(InputError):
    """A day outside the term of the schedule."""

    code = "error.prepayment_day"

    def __init__(self, on: date) -> None:
        super().__init__(f"{on} is no day of the schedule's term.", on=on)


class Keep(StrEnum):
    """What stays as it was after a partial prepayment."""

    TERM = "term"  # same due dates, smaller installments
    INSTALLMENT = "installment"  # same installments, fewer of them


class InterestPaid(StrEnum):
    """Which interest of the running period is paid along, by contract."""

    ON_PREPAID = "on_prepaid"  # on the amount prepaid
    ON_ALL = "on_all"  # on everything owed


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepayment:
    """What is paid on the day, and the schedule from then on (None: the debt is paid)."""

    on: date
    principal: Money
    interest: Money
    rest: Schedule | None


def owed(plan: Schedule, *, on: date) -> Money:
    """The principal not yet due by the day, all earlier installments being paid.

    Raises:
        PrepaymentDayError: The day is before the first or not before the last day of the term.
    """
    return _open_terms(plan, on).principal


def prepay(
    plan: Schedule, *, on: date, amount: Money, keep: Keep, interest_paid: InterestPaid
) -> Prepayment:
    """An amount of principal repaid early; all of it ends the debt.

    Installments of periods that ended by the day are taken as paid: arrears are settled first. In
    full, all interest up to the day is paid. With installments kept, agreed parts are paid off
    from the front until nothing is owed; with the term kept, they shrink in proportion. Where
    principal falls due at the end only, there is no installment to keep and the term stays.

    Raises:
        PrepaymentDayError: The day is outside the term.
        PrepaymentError: The amount is nothing, or more than is owed.
    """
    terms = _open_terms(plan, on)
    if not 0 < amount.fen <= terms.principal.fen:
        raise PrepaymentError(amount, owed=terms.principal)
    is_full = amount == terms.principal
    is_all = interest_paid is InterestPaid.ON_ALL
    bearing = terms.principal if is_all else amount
    later = _from_day(terms, on) if is_all else terms
    rest = None if is_full else _rest(plan, later, amount=amount, keep=keep)
    return Prepayment(
        on=on,
        principal=amount,
        interest=_accrued(terms, bearing, on),
        rest=rest,
    )


def _open_terms(plan: Schedule, on: date) -> Terms:
    periods = plan.terms.periods
    if not periods[0].period.start <= on < periods[-1].end:
        raise PrepaymentDayError(on)
    if plan.installments[-1].due.end <= on:
        raise PrepaymentDayError(on)
    return schedules.remaining(plan, on=on)


def _accrued(terms: Terms, principal: Money, on: date) -> Money:
    """Interest of the running period up to the day (out)."""
    start = terms.periods[0].period.start
    if on == start:
        return Money.of_fen(0, terms.currency)
    factor = terms.path.factor(Period(start, on), terms.conventions.day_count)
    return principal.times(factor, rounding=terms.conventions.interest_rounding)


def _from_day(terms: Terms, on: date) -> Terms:
    """The same terms with interest from the day on: the running period is broken."""
    first, *later = terms.periods
    if on > first.period.start:
        first = replace(first, period=Period(on, first.end), months=None)
    return replace(terms, periods=(first, *later))


def _rest(plan: Schedule, terms: Terms, *, amount: Money, keep: Keep) -> Schedule:
    """The schedule of what stays owed, from the first day of the terms' first period."""
    left = terms.principal - amount
    if keep is Keep.TERM or terms.form in (Form.INTEREST_FIRST, Form.BULLET):
        parts = money.allocate(left, [part.amount for part in terms.parts]) if terms.parts else ()
        return schedules.schedule(replace(terms, principal=left, parts=parts))
    if terms.form is Form.CUSTOM:
        parts = _from_the_front(terms.parts, left)
        shorter = replace(terms, principal=left, periods=terms.periods[: len(parts)], parts=parts)
        return schedules.schedule(shorter)
    return schedules.schedule(replace(terms, principal=left), installment=_kept(plan))


def _from_the_front(parts: tuple[Money, ...], left: Money) -> tuple[Money, ...]:
    """The parts as agreed until the debt is paid; the last one may be smaller."""
    result: list[Money] = []
    for part in parts:
        result.append(min(part, left))
        left = left - result[-1]
        if not left:
            break
    return tuple(result)


def _kept(plan: Schedule) -> Money:
    """The installment (of an annuity) or part of principal that the schedule began with."""
    if plan.installment is not None:
        return plan.installment
    return schedules.regular_amount(plan.terms)
