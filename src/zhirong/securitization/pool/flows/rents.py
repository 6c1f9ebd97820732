"""Leases: rents by the day, with steps, and the balance that stands for them.

A lease owes rents, no principal. As a claim it is either the sum of its rents (nothing is
interest), or what its rents are worth at a rate: each rent then pays interest on that worth first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from zhirong.core.daycounts import DayCount, year_fraction
from zhirong.core.money import Rounding
from zhirong.securitization.pool.flows.loans import whole
from zhirong.securitization.pool.flows.terms import ClaimTermsError
from zhirong.securitization.pool.records import Due


class StepKind(StrEnum):
    """How the rent of a day changes from one period to the next."""

    NONE = "none"
    BY_SHARE = "by_share"  # 0.1 is 10 % more than the period before
    BY_AMOUNT = "by_amount"  # fen more than the period before


@dataclass(frozen=True, slots=True, kw_only=True)
class RentTerms:
    """A lease with rent by the day.

    Attributes:
        rent_a_day_fen: Of the first period.
        start: First day of the lease.
        days: Payment days, ascending; each pays the days since the one before.
        step: How rents step.
        steps: One value for every later period, or a single one for all; empty without steps.
        rounding: How a day's rent becomes whole fen after a step.

    Raises:
        ClaimTermsError: Days that do not ascend, or steps that do not go with them.
    """

    rent_a_day_fen: int
    start: date
    days: tuple[date, ...]
    step: StepKind = StepKind.NONE
    steps: tuple[Decimal, ...] = ()
    rounding: Rounding = Rounding.HALF_UP

    def __post_init__(self) -> None:
        if not self.days or any(b <= a for a, b in pairwise((self.start, *self.days))):
            raise ClaimTermsError("days")
        is_plain = self.step is StepKind.NONE
        fits = len(self.steps) in ((0,) if is_plain else (1, len(self.days) - 1))
        if not fits or self.rent_a_day_fen <= 0:
            raise ClaimTermsError("steps")


def rents(terms: RentTerms) -> tuple[int, ...]:
    """What is due on each day, in fen: a day's rent of the period times its days.

    The exact rent of a day goes on stepping; only what is charged is rounded.
    """
    exact, found = Fraction(terms.rent_a_day_fen), []
    for place, (begins, ends) in enumerate(pairwise((terms.start, *terms.days))):
        if place and terms.step is not StepKind.NONE:
            change = Fraction(terms.steps[place - 1 if len(terms.steps) > 1 else 0])
            is_share = terms.step is StepKind.BY_SHARE
            exact = exact * (1 + change) if is_share else exact + change
        found.append(whole(exact, terms.rounding) * (ends - begins).days)
    return tuple(found)


def undiscounted(days: Sequence[date], amounts_fen: Sequence[int]) -> tuple[Due, ...]:
    """The claim as the sum of its payments: nothing is interest."""
    return tuple(
        Due(on=day, principal_fen=amount, interest_fen=0)
        for day, amount in zip(days, amounts_fen, strict=True)
    )


def discounted(
    start: date,
    days: Sequence[date],
    amounts_fen: Sequence[int],
    *,
    rate: Fraction,
    day_count: DayCount,
) -> tuple[Due, ...]:
    """The claim as what its payments are worth at a rate: interest first, then principal.

    The balance is `worth_fen`; interest of a period is simple on what is owed before it. Rounding
    stays in interest: principal sums to the balance exactly.

    Raises:
        ClaimTermsError: A payment is smaller than the interest since the one before.
    """
    owed, before, rows = (
        worth_fen(start, days, amounts_fen, rate=rate, day_count=day_count),
        start,
        [],
    )
    for place, (day, amount) in enumerate(zip(days, amounts_fen, strict=True)):
        interest = whole(owed * rate * year_fraction(before, day, day_count), Rounding.HALF_UP)
        principal = owed if place == len(days) - 1 else amount - interest
        if principal < 0:
            raise ClaimTermsError("amounts")
        rows.append(Due(on=day, principal_fen=principal, interest_fen=amount - principal))
        owed, before = owed - principal, day
    return tuple(rows)


def worth_fen(
    start: date,
    days: Sequence[date],
    amounts_fen: Sequence[int],
    *,
    rate: Fraction,
    day_count: DayCount,
) -> int:
    """What payments are worth on the first day, simple interest within each period."""
    factor, before, worth = Fraction(1), start, Fraction(0)
    for day, amount in zip(days, amounts_fen, strict=True):
        factor /= 1 + rate * year_fraction(before, day, day_count)
        worth += amount * factor
        before = day
    return whole(worth, Rounding.HALF_UP)
