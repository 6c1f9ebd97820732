"""A level loan (or a pool of such) that wears off by yearly rates of default and prepayment.

Yearly rates become those of a period by its actual days over 365. Two conventions are in use for
what comes first: here defaults and prepayments leave the balance before the scheduled payment is
worked out on what remains; the published standard formulas (`standard_cash_flow`) take scheduled
principal off before prepayments. Amounts are cut or rounded to the fen as asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhirong.core.money import Rounding
from zhirong.securitization.pool.flows.loans import installment, period_rate, whole
from zhirong.securitization.pool.flows.terms import ClaimTermsError, LoanTerms

_YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOff:
    """One period, in fen; `balance` is what performs after it."""

    on: date
    defaulted: int
    prepaid: int
    interest: int
    principal: int
    balance: int


def run_off(
    terms: LoanTerms,
    *,
    periods_a_year: int,
    default_rates: Sequence[float] = (),
    prepayment_rates: Sequence[float] = (),
) -> tuple[RunOff, ...]:
    """A level loan period by period; rates are yearly shares, one a period, 0 where none is given.

    Raises:
        ClaimTermsError: A rate outside 0 to 1.
    """
    rates = (*default_rates, *prepayment_rates)
    if any(not 0.0 <= rate < 1.0 for rate in rates):
        raise ClaimTermsError("speeds")
    owed, rows, count = terms.balance_fen, [], len(terms.days)
    for place, (begins, ends) in enumerate(terms.periods):
        days = (ends - begins).days
        defaulted = _leaving(owed, default_rates, (place, days), terms.rounding)
        prepaid = _leaving(owed - defaulted, prepayment_rates, (place, days), terms.rounding)
        owed -= defaulted + prepaid
        rate = period_rate(terms, place, periods_a_year)
        interest = whole(owed * rate, terms.rounding)
        left = count - place
        payment = installment(owed, rate, left)
        principal = owed if left == 1 else min(owed, whole(payment - interest, terms.rounding))
        owed -= principal
        rows.append(
            RunOff(
                on=ends,
                defaulted=defaulted,
                prepaid=prepaid,
                interest=interest,
                principal=principal,
                balance=owed,
            )
        )
    return tuple(rows)


def _leaving(
    owed: int, yearly: Sequence[float], period: tuple[int, int], rounding: Rounding
) -> int:
    place, days = period
    rate = yearly[place] if place < len(yearly) else 0.0
    return whole(Fraction(owed * (1.0 - (1.0 - rate) ** (days / _YEAR))), rounding)
