"""What contracts say of their payments, and the errors of what cannot be paid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from zhirong.core import cashflows
from zhirong.core.daycounts import DayCount
from zhirong.core.errors import InputError
from zhirong.core.money import Money, Rounding
from zhirong.core.periods import Period

FEN_PER_YUAN = 100


class ClaimTermsError(InputError):
    """Terms from which no payments follow; `term` names the one."""

    code = "error.securitization.claim_terms"

    def __init__(self, term: str) -> None:
        code = f"securitization.claim_term.{term}"
        super().__init__(f"No payments follow from these terms: {term}.", term=code)


@dataclass(frozen=True, slots=True, kw_only=True)
class RateStep:
    """A yearly rate, a share, that holds from a day on."""

    since: date
    rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms:
    """A debt that bears interest.

    Attributes:
        balance_fen: Principal owed at the start, whole fen.
        start: The day from which interest counts, that day included.
        days: Payment days, ascending, after the start.
        rates: Rates by the day from which they hold; the first one on or before the start.
        day_count: How days become a part of a year.
        rounding: How interest becomes whole fen.

    Raises:
        ClaimTermsError: No balance, days that do not ascend, or no rate at the start.
    """

    balance_fen: int
    start: date
    days: tuple[date, ...]
    rates: tuple[RateStep, ...]
    day_count: DayCount
    rounding: Rounding

    def __post_init__(self) -> None:
        if self.balance_fen <= 0:
            raise ClaimTermsError("balance")
        if not self.days or any(b <= a for a, b in pairwise((self.start, *self.days))):
            raise ClaimTermsError("days")
        since = [step.since for step in self.rates]
        if not since or since[0] > self.start or since != sorted(since):
            raise ClaimTermsError("rates")

    @property
    def periods(self) -> tuple[tuple[date, date], ...]:
        """First day (in) and payment day (out) of each interest period."""
        return tuple(pairwise((self.start, *self.days)))


def interest_fen(owed_fen: int, begins: date, ends: date, terms: LoanTerms) -> int:
    """Simple interest of a period, rate by rate: the sum is rounded once for each rate."""
    owed = Money(Decimal(owed_fen) / FEN_PER_YUAN)
    total = 0
    later = [step.since for step in terms.rates[1:]]
    for step, until in zip(terms.rates, [*later, date.max], strict=True):
        part = Period(begins, ends).intersection(Period(step.since, until))
        if part is not None and part.days:
            earned = cashflows.interest(
                owed,
                rate=step.rate,
                period=part,
                day_count=terms.day_count,
                rounding=terms.rounding,
            )
            total += int(earned.amount * FEN_PER_YUAN)
    return total
