"""Claims that finance a price by payments: sale-and-lease-back, second license, receivables.

The lessor buys the right and leases it back; the arranger takes an exclusive license for a lump
sum and licenses back for royalties; a factor buys a receivable at a discount. In each the price is
the principal, and the payments above it are interest at the rate that the contract implies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scipy.optimize import brentq

from zhirong.core.daycounts import DayCount, year_fraction
from zhirong.core.money import Rounding
from zhirong.securitization.pool.flows.loans import whole
from zhirong.securitization.pool.flows.terms import ClaimTermsError
from zhirong.securitization.pool.records import Due

_MOST = 10.0
_FINE = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class Financing:
    """A price paid on a day against payments on later days, all in fen.

    Attributes:
        price_fen: What the owner of the right receives: price of the sale, lump sum, purchase.
        on: The day it is paid.
        payments: Rents or royalties by day, ascending.
        deposit_fen: Security deposit kept from the price; it pays the last payments.
        closing_price_fen: What is paid with the last payment to take the right back.
    """

    price_fen: int
    on: date
    payments: tuple[tuple[date, int], ...]
    deposit_fen: int = 0
    closing_price_fen: int = 0


def sale_and_lease_back(terms: Financing, *, day_count: DayCount) -> tuple[Due, ...]:
    """Dues of a lease-back: the deposit is set off against the last rents."""
    return _split(terms.price_fen - terms.deposit_fen, terms.on, _net(terms), day_count)


def second_license(terms: Financing, *, day_count: DayCount) -> tuple[Due, ...]:
    """Dues of a license-back: royalties repay the lump sum of the first license with interest.

    Raises:
        ClaimTermsError: A deposit or closing price, which a license does not have.
    """
    if terms.deposit_fen or terms.closing_price_fen:
        raise ClaimTermsError("deposit")
    return _split(terms.price_fen, terms.on, _net(terms), day_count)


def implied_rate(terms: Financing, *, day_count: DayCount) -> float:
    """The yearly rate at which payments are worth what was paid, simple within each period."""
    return float(_implied(terms.price_fen - terms.deposit_fen, terms.on, _net(terms), day_count))


def receivable(face_fen: int, due_on: date, *, dilution: Fraction = Fraction(0)) -> tuple[Due, ...]:
    """A receivable as its face amount less what credit notes and returns are expected to take.

    Raises:
        ClaimTermsError: Nothing is left.
    """
    net = face_fen - whole(face_fen * dilution, Rounding.HALF_UP)
    if not 0 < net <= face_fen:
        raise ClaimTermsError("dilution")
    return (Due(on=due_on, principal_fen=net, interest_fen=0),)


def factored(
    face_fen: int, due_on: date, *, bought_on: date, rate: Fraction, day_count: DayCount
) -> tuple[Due, ...]:
    """A supplier's receivable on the core buyer, bought at a discount: the discount is interest.

    Raises:
        ClaimTermsError: It is due before it is bought.
    """
    if due_on <= bought_on or face_fen <= 0:
        raise ClaimTermsError("days")
    years = year_fraction(bought_on, due_on, day_count)
    price = whole(face_fen / (1 + rate * years), Rounding.HALF_UP)
    return (Due(on=due_on, principal_fen=price, interest_fen=face_fen - price),)


def _net(terms: Financing) -> tuple[tuple[date, int], ...]:
    """Payments with the closing price, less the deposit, which pays the last ones first."""
    if not terms.payments or any(fen < 0 for _, fen in terms.payments):
        raise ClaimTermsError("payments")
    amounts = [fen for _, fen in terms.payments]
    amounts[-1] += terms.closing_price_fen
    left = terms.deposit_fen
    for place in range(len(amounts) - 1, -1, -1):
        used = min(left, amounts[place])
        amounts[place] -= used
        left -= used
    days = (day for day, _ in terms.payments)
    return tuple((day, fen) for day, fen in zip(days, amounts, strict=True) if fen)


def _implied(
    price_fen: int, on: date, payments: Sequence[tuple[date, int]], day_count: DayCount
) -> Fraction:
    if price_fen <= 0 or sum(fen for _, fen in payments) < price_fen:
        raise ClaimTermsError("price")
    before, parts = on, []
    for day, _ in payments:
        parts.append(float(year_fraction(before, day, day_count)))
        before = day

    def gap(rate: float) -> float:
        factor, worth = 1.0, 0.0
        for part, (_, fen) in zip(parts, payments, strict=True):
            factor /= 1.0 + rate * part
            worth += fen * factor
        return worth - price_fen

    if gap(0.0) <= 0.0:
        return Fraction(0)
    if gap(_MOST) > 0.0:
        raise ClaimTermsError("price")
    return Fraction(round(float(brentq(gap, 0.0, _MOST, xtol=1e-15)) * _FINE), _FINE)


def _split(
    price_fen: int, on: date, payments: Sequence[tuple[date, int]], day_count: DayCount
) -> tuple[Due, ...]:
    """Interest at the implied rate first; the rest repays the price, all of it in the end."""
    rate = _implied(price_fen, on, payments, day_count)
    owed, before, rows = price_fen, on, []
    for place, (day, fen) in enumerate(payments):
        interest = whole(owed * rate * year_fraction(before, day, day_count), Rounding.HALF_UP)
        principal = owed if place == len(payments) - 1 else fen - min(interest, fen)
        rows.append(Due(on=day, principal_fen=principal, interest_fen=fen - principal))
        owed, before = owed - principal, day
    return tuple(rows)
