"""Interest as it accrues: on changing balances, to settlement days, and on what is overdue.

First day in, last day out. Every amount is summed exactly and rounded once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from zhirong.core.daycounts import DayCount
from zhirong.core.errors import InputError
from zhirong.core.money import Money, Rounding, allocate
from zhirong.core.periods import Period
from zhirong.lending.due_dates import DueDateRule, DuePeriod, due_periods
from zhirong.lending.rates import RatePath
from zhirong.parameters.reader import Parameters


class BalanceError(InputError):
    """Balances that are not in order, or none on the first day of interest."""

    code = "error.accrual_balances"

    def __init__(self, on: date) -> None:
        super().__init__(f"The balances do not say what was owed on {on}.", on=on)


class PenaltyMarginError(InputError):
    """A penalty margin outside the published range."""

    code = "error.penalty_margin"

    def __init__(self, margin: Decimal, *, low: Decimal, high: Decimal) -> None:
        super().__init__(
            f"A penalty of {margin} over the contract rate is not from {low} to {high}.",
            margin=margin,
            low=low,
            high=high,
        )


@dataclass(frozen=True, slots=True)
class Balance:
    """What is owed from a day on."""

    start: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """How interest is counted: day count, and how its sum is rounded."""

    day_count: DayCount
    rounding: Rounding


def interest(
    balances: Sequence[Balance], *, path: RatePath, period: Period, counting: Counting
) -> Money:
    """Interest of a period that has an end, on balances and rates that change within it.

    A draw-down bears interest from its day; a repayment bears none on its own.

    Raises:
        BalanceError: The balances are not in the order of days, or begin behind the period.
        RatePathError: The period begins before the first rate.
    """
    assert period.end is not None, "interest needs the end of its period"
    starts = [balance.start for balance in balances]
    if not starts or starts != sorted(set(starts)) or starts[0] > period.start:
        raise BalanceError(period.start)
    exact = Fraction(0)
    for balance, end in zip(balances, [*starts[1:], None], strict=True):
        part = period.intersection(Period(balance.start, end))
        if part is not None:
            exact += Fraction(balance.amount.amount) * path.factor(part, counting.day_count)
    return Money.rounded(exact, balances[0].amount.currency, rounding=counting.rounding)


def settlement_periods(
    term: Period, *, every_months: int, rule: DueDateRule, parameters: Parameters
) -> tuple[DuePeriod, ...]:
    """The interest periods of a loan that settles on the published day of the month.

    Interest counts up to and with the settlement day and is paid on the day behind it; every
    three months means March, June, September and December. The last period ends at maturity.

    Raises:
        DueDateError: The step does not divide a year, or the term has no day.
    """
    day = int(parameters.number("lending.settlement_day", on=term.start))
    return due_periods(term, every_months=every_months, due_day=day + 1, rule=rule)


class CompoundRate(StrEnum):
    """At which rate unpaid interest itself bears interest, by contract."""

    NONE = "none"
    CONTRACT = "contract"
    PENALTY = "penalty"


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyTerms:
    """What the contract says of breach.

    Attributes:
        overdue_margin: On top of the contract rate while overdue, as a share of it (0.5 is half).
        misuse_margin: The same on money used for another purpose.
        compound: At which rate unpaid interest bears interest.
    """

    overdue_margin: Decimal
    misuse_margin: Decimal
    compound: CompoundRate

    def margin(self, *, is_overdue: bool, is_misused: bool) -> Decimal:
        """The margin of principal in breach: the heavier of the two, never both."""
        margins = (self.overdue_margin * is_overdue, self.misuse_margin * is_misused)
        return max(margins)


def checked(terms: PenaltyTerms, *, on: date, parameters: Parameters) -> PenaltyTerms:
    """The terms, once both margins are within the published ranges of the day of contract.

    Raises:
        PenaltyMarginError: One is not.
    """
    ranges = parameters.get("lending.penalty_margins", on=on).value
    for margin, name in ((terms.overdue_margin, "overdue"), (terms.misuse_margin, "misuse")):
        low, high = ranges[name]["low"], ranges[name]["high"]
        if not low <= margin <= high:
            raise PenaltyMarginError(margin, low=low, high=high)
    return terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrears:
    """What of one installment stays unpaid over a period.

    Attributes:
        due_on: The day it was to be paid; from this day it is overdue.
        principal: Unpaid principal.
        interest: Unpaid interest, earlier penalty and compound interest included if agreed.
        is_misused: The principal was used for another purpose.
    """

    due_on: date
    principal: Money
    interest: Money
    is_misused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """What breach costs in a period, over the arrears together."""

    penalty: Money
    compound: Money


def charges(
    arrears: Sequence[Arrears],
    *,
    terms: PenaltyTerms,
    path: RatePath,
    period: Period,
    counting: Counting,
) -> Charges:
    """Penalty interest on unpaid principal and compound interest on unpaid interest.

    The penalty rate stands in place of the contract rate from the due date (in) to the end of the
    period (out). Misused principal bears its penalty from the period's first day, due or not; what
    is both bears the heavier one.

    Raises:
        RatePathError: The period begins before the first rate.
    """
    assert period.end is not None, "charges need the end of their period"
    penalty = compound = Fraction(0)
    for item in arrears:
        penalty += _penalty(item, terms, path, period, counting.day_count)
        compound += _compound(item, terms, path, period, counting.day_count)
    currency = arrears[0].principal.currency if arrears else "CNY"
    return Charges(
        penalty=Money.rounded(penalty, currency, rounding=counting.rounding),
        compound=Money.rounded(compound, currency, rounding=counting.rounding),
    )


def charges_of_each(
    arrears: Sequence[Arrears],
    *,
    terms: PenaltyTerms,
    path: RatePath,
    period: Period,
    counting: Counting,
) -> tuple[Charges, ...]:
    """What breach costs in a period, arrear by arrear; the sum is that of `charges`, to the fen.

    Raises:
        RatePathError: The period begins before the first rate.
    """
    assert period.end is not None, "charges need the end of their period"
    total = charges(arrears, terms=terms, path=path, period=period, counting=counting)
    day_count = counting.day_count
    exact_penalties = [_penalty(item, terms, path, period, day_count) for item in arrears]
    exact_compounds = [_compound(item, terms, path, period, day_count) for item in arrears]
    penalties = _shares(total.penalty, exact_penalties)
    compounds = _shares(total.compound, exact_compounds)
    return tuple(
        Charges(penalty=penalty, compound=compound)
        for penalty, compound in zip(penalties, compounds, strict=True)
    )


def _shares(total: Money, exact: Sequence[Fraction]) -> tuple[Money, ...]:
    if not any(exact):
        return tuple(Money.of_fen(0, total.currency) for _ in exact)
    return allocate(total, exact)


def _penalty(
    item: Arrears, terms: PenaltyTerms, path: RatePath, period: Period, day_count: DayCount
) -> Fraction:
    exact = Fraction(0)
    overdue = period.intersection(Period(item.due_on))
    if overdue is not None:
        margin = terms.margin(is_overdue=True, is_misused=item.is_misused)
        exact += path.scaled(1 + margin).factor(overdue, day_count)
    before = period.intersection(Period(min(period.start, item.due_on), item.due_on))
    if item.is_misused and before is not None:
        exact += path.scaled(1 + terms.misuse_margin).factor(before, day_count)
    return Fraction(item.principal.amount) * exact


def _compound(
    item: Arrears, terms: PenaltyTerms, path: RatePath, period: Period, day_count: DayCount
) -> Fraction:
    overdue = period.intersection(Period(item.due_on))
    if overdue is None or terms.compound is CompoundRate.NONE:
        return Fraction(0)
    margin = terms.margin(is_overdue=True, is_misused=item.is_misused)
    multiple = 1 + margin if terms.compound is CompoundRate.PENALTY else Decimal(1)
    factor = path.scaled(multiple).factor(overdue, day_count)
    return Fraction(item.interest.amount) * factor
