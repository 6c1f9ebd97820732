"""Repayment schedules in whole fen: the sum of principal is the principal, in every form.

What contracts settle differently is a named input: how interest is counted, how each amount is
rounded, and who bears what rounding leaves (`Conventions`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from zhirong.core import money
from zhirong.core.daycounts import DayCount
from zhirong.core.errors import InputError
from zhirong.core.money import Money, Rounding
from zhirong.core.periods import Period
from zhirong.lending.due_dates import DuePeriod
from zhirong.lending.rates import RatePath


class PrincipalError(InputError):
    """A principal that is not above zero."""

    code = "error.schedule_principal"

    def __init__(self, principal: Money) -> None:
        super().__init__(f"{principal.amount} is no principal.", principal=principal.amount)


class CustomPartsError(InputError):
    """Agreed parts of principal that are not one a period, are negative or miss the principal."""

    code = "error.schedule_custom_parts"

    def __init__(self, *, parts: Sequence[Money], periods: int, principal: Money) -> None:
        given = money.total(parts, principal.currency)
        super().__init__(
            f"{len(parts)} parts of {given.amount} for {periods} periods and {principal.amount}.",
            count=len(parts),
            periods=periods,
            given=given.amount,
            principal=principal.amount,
        )


class SpreadStepError(InputError):
    """Rounding residue spread over installments of a coarser step than the fen."""

    code = "error.schedule_spread_step"

    def __init__(self, step: Money) -> None:
        super().__init__(f"A step of {step.amount} cannot be spread to the fen.", step=step.amount)


class Form(StrEnum):
    """The forms of repayment."""

    ANNUITY = "annuity"  # level installments
    EQUAL_PRINCIPAL = "equal_principal"
    INTEREST_FIRST = "interest_first"  # interest each period, principal at the end
    BULLET = "bullet"  # principal and interest at the end
    CUSTOM = "custom"  # agreed parts of principal, interest each period


class PeriodCount(StrEnum):
    """How the interest of a whole period is counted."""

    DAYS = "days"  # by the day count
    MONTHS = "months"  # one twelfth of the year's rate a month; broken periods by the day count


class Residue(StrEnum):
    """Who bears what rounding leaves."""

    LAST = "last"  # each amount is rounded and the last installment takes the rest
    SPREAD = "spread"  # running totals are rounded, so no installment bears more than a fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """What contracts settle differently.

    Attributes:
        day_count: From days to a part of a year.
        period_count: Whole periods by days or by months.
        interest_rounding: Of each interest amount (of its running total when spread).
        installment_rounding: Of the level installment, or the equal part of principal.
        installment_step: What that one is a multiple of: one fen, or one yuan.
        residue: Who bears what rounding leaves.
    """

    day_count: DayCount
    period_count: PeriodCount
    interest_rounding: Rounding
    installment_rounding: Rounding
    installment_step: Money
    residue: Residue

    def __post_init__(self) -> None:
        step = self.installment_step.fen
        if step < 1 or (self.residue is Residue.SPREAD and step != 1):
            raise SpreadStepError(self.installment_step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a schedule is made of.

    Attributes:
        principal: Owed on the first day of the first period.
        form: The form of repayment.
        periods: Interest periods in order, each beginning where the last one ends.
        path: Yearly rates.
        conventions: What contracts settle differently.
        parts: Principal of each period, for the custom form only.
    """

    principal: Money
    form: Form
    periods: tuple[DuePeriod, ...]
    path: RatePath
    conventions: Conventions
    parts: tuple[Money, ...] = ()

    def __post_init__(self) -> None:
        if self.principal.fen <= 0 or not self.periods:
            raise PrincipalError(self.principal)
        expected = len(self.periods) if self.form is Form.CUSTOM else 0
        sums_up = not expected or money.total(self.parts, self.currency) == self.principal
        if len(self.parts) != expected or not sums_up or any(part.fen < 0 for part in self.parts):
            raise CustomPartsError(
                parts=self.parts, periods=len(self.periods), principal=self.principal
            )

    @property
    def currency(self) -> str:
        """The currency of the debt."""
        return self.principal.currency


@dataclass(frozen=True, slots=True, kw_only=True)
class Installment:
    """One line: what is due on a day, and what is owed behind it."""

    number: int
    due: DuePeriod
    principal: Money
    interest: Money
    balance: Money

    @property
    def amount(self) -> Money:
        """Principal and interest together."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The installments, with the terms they were made of; a bullet's periods are one.

    `installment` is the amount that was kept from an earlier schedule, where one was.
    """

    terms: Terms
    installments: tuple[Installment, ...]
    installment: Money | None = None

    @property
    def interest(self) -> Money:
        """All interest."""
        return money.total((line.interest for line in self.installments), self.terms.currency)

    def paid_by(self, day: date) -> tuple[Installment, ...]:
        """The installments whose interest period has ended by the day."""
        return tuple(line for line in self.installments if line.due.end <= day)


def factor(due: DuePeriod, path: RatePath, conventions: Conventions) -> Fraction:
    """Interest per unit of principal for one period, exactly.

    A rate that changes within a period is always counted by days.
    """
    pieces = list(path.pieces(due.period))
    is_whole = due.months is not None and len(pieces) == 1
    if conventions.period_count is PeriodCount.MONTHS and is_whole:
        return Fraction(pieces[0][1]) * Fraction(due.months or 0, 12)
    return path.factor(due.period, conventions.day_count)


def level_installment(terms: Terms) -> Fraction:
    """The equal amount that pays principal and interest over all periods, before rounding (yuan).

    For equal periods it is P·i·(1 + i)^n / ((1 + i)^n − 1); here each period has its own factor.
    """
    present_value = Fraction(0)
    for due in reversed(terms.periods):
        present_value = (1 + present_value) / (1 + factor(due, terms.path, terms.conventions))
    return Fraction(terms.principal.amount) / present_value


def rounded_installment(terms: Terms) -> Money:
    """The level installment as the contract prints it."""
    return _stepped(level_installment(terms), terms)


def schedule(terms: Terms, *, installment: Money | None = None) -> Schedule:
    """The schedule of the terms.

    An installment never falls below its interest, so the debt never grows. Where the rounded level
    installment pays the debt early, the lines that would be empty are left out.

    Args:
        terms: What the schedule is made of.
        installment: For an annuity, or the part of principal of equal principal: an amount kept
            from before instead of one computed; the last installment then takes the rest.
    """
    lent = _single(terms) if terms.form is Form.BULLET else terms
    if terms.conventions.residue is Residue.SPREAD and installment is None:
        amounts = _spread(lent)
    else:
        amounts = _each_rounded(lent, installment)
    lines = tuple(_lines(lent, amounts))
    return Schedule(terms=lent, installments=lines, installment=installment)


def repriced(plan: Schedule, *, on: date, path: RatePath) -> Schedule:
    """The rest of a schedule from the last period ended by a day, at other rates.

    The path must reach back to the start of the period in which the rate changes: interest of that
    period is then counted in pieces. An annuity gets a new level installment.

    Raises:
        PrincipalError: Nothing is owed behind the day.
    """
    return schedule(replace(remaining(plan, on=on), path=path))


def remaining(plan: Schedule, *, on: date) -> Terms:
    """The terms of what is still owed behind the last period that ended by a day.

    Raises:
        PrincipalError: Nothing is.
    """
    done = len(plan.paid_by(on))
    terms = plan.terms
    balance = plan.installments[done - 1].balance if done else terms.principal
    return replace(terms, principal=balance, periods=terms.periods[done:], parts=terms.parts[done:])


def _single(terms: Terms) -> Terms:
    """The periods of a bullet as one."""
    first, last = terms.periods[0], terms.periods[-1]
    months = [due.months for due in terms.periods]
    whole = sum(count for count in months if count is not None)
    one = DuePeriod(
        period=Period(first.period.start, last.end),
        due_on=last.due_on,
        months=None if None in months else whole,
    )
    return replace(terms, periods=(one,))


def _stepped(exact: Fraction, terms: Terms) -> Money:
    step = terms.conventions.installment_step
    # As many fen as there are steps: the mode of rounding then decides on whole steps.
    steps = Money.rounded(
        exact / Fraction(step.amount) / 100, rounding=terms.conventions.installment_rounding
    )
    return Money.of_fen(steps.fen * step.fen, terms.currency)


def _each_rounded(terms: Terms, installment: Money | None) -> Iterator[tuple[Money, Money]]:
    """Principal and interest of each period, every amount rounded by itself."""
    nothing = Money.of_fen(0, terms.currency)
    fixed = installment or regular_amount(terms)
    balance = terms.principal
    for index, due in enumerate(terms.periods):
        interest = balance.times(
            factor(due, terms.path, terms.conventions),
            rounding=terms.conventions.interest_rounding,
        )
        wanted = terms.parts[index] if terms.parts else fixed
        if terms.form is Form.ANNUITY:
            wanted = max(wanted - interest, nothing)
        is_last = index == len(terms.periods) - 1
        principal = balance if is_last else min(wanted, balance)
        balance = balance - principal
        yield principal, interest
        if not balance:
            break


def regular_amount(terms: Terms) -> Money:
    """The level installment of an annuity, the equal part of principal; nothing in other forms."""
    if terms.form is Form.ANNUITY:
        return rounded_installment(terms)
    if terms.form is Form.EQUAL_PRINCIPAL:
        return _stepped(Fraction(terms.principal.amount) / len(terms.periods), terms)
    return Money.of_fen(0, terms.currency)


def _spread(terms: Terms) -> Iterator[tuple[Money, Money]]:
    """Principal and interest of each period as differences of rounded running totals."""
    mode = terms.conventions.interest_rounding
    nothing = Money.of_fen(0, terms.currency)
    paid = interest_so_far = principal_so_far = nothing
    exact_principal = exact_interest = Fraction(0)
    for principal, interest in _exact_amounts(terms):
        exact_principal, exact_interest = exact_principal + principal, exact_interest + interest
        together = exact_principal + exact_interest
        paid = Money.rounded(together, terms.currency, rounding=mode)
        interest_by_now = Money.rounded(exact_interest, terms.currency, rounding=mode)
        # A fen of principal once paid is not taken back, and none is paid that is not owed.
        principal_by_now = max(principal_so_far, min(paid - interest_by_now, terms.principal))
        yield principal_by_now - principal_so_far, interest_by_now - interest_so_far
        principal_so_far, interest_so_far = principal_by_now, interest_by_now
    assert principal_so_far == terms.principal, "running totals end on the principal"


def _exact_amounts(terms: Terms) -> Iterator[tuple[Fraction, Fraction]]:
    balance = Fraction(terms.principal.amount)
    level = level_installment(terms) if terms.form is Form.ANNUITY else Fraction(0)
    count = len(terms.periods)
    for index, due in enumerate(terms.periods):
        interest = balance * factor(due, terms.path, terms.conventions)
        match terms.form:
            case Form.ANNUITY:
                principal = max(level - interest, Fraction(0))
            case Form.EQUAL_PRINCIPAL:
                principal = Fraction(terms.principal.amount) / count
            case Form.CUSTOM:
                principal = Fraction(terms.parts[index].amount)
            case Form.INTEREST_FIRST | Form.BULLET:
                principal = Fraction(0)
        principal = balance if index == count - 1 else min(principal, balance)
        balance -= principal
        yield principal, interest


def _lines(terms: Terms, amounts: Iterator[tuple[Money, Money]]) -> Iterator[Installment]:
    balance = terms.principal
    for number, (due, (principal, interest)) in enumerate(
        zip(terms.periods, amounts, strict=False), start=1
    ):
        balance = balance - principal
        yield Installment(
            number=number, due=due, principal=principal, interest=interest, balance=balance
        )
