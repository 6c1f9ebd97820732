"""Royalties on sales: what a licensee owes for each period, some days after it ends."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from zhirong.core.money import Rounding
from zhirong.securitization.pool.flows.loans import whole
from zhirong.securitization.pool.flows.terms import ClaimTermsError
from zhirong.securitization.pool.records import Due


@dataclass(frozen=True, slots=True, kw_only=True)
class RoyaltyTerms:
    """A running royalty.

    Attributes:
        period_ends: Ends of the royalty periods, ascending.
        sales_fen: Licensed sales expected in each: a judgment of the tape's author.
        rate: Share of sales.
        least_fen: Minimum royalty of a period.
        most_fen: Cap of a period; None is without.
        paid_after_days: Days from the end of a period to payment.

    Raises:
        ClaimTermsError: Periods and sales that do not go together, or a cap below the minimum.
    """

    period_ends: tuple[date, ...]
    sales_fen: tuple[int, ...]
    rate: Decimal
    least_fen: int = 0
    most_fen: int | None = None
    paid_after_days: int = 0

    def __post_init__(self) -> None:
        if len(self.period_ends) != len(self.sales_fen) or not self.sales_fen:
            raise ClaimTermsError("sales")
        if any(b <= a for a, b in pairwise(self.period_ends)):
            raise ClaimTermsError("days")
        if self.most_fen is not None and self.most_fen < self.least_fen:
            raise ClaimTermsError("most")


def royalties(terms: RoyaltyTerms) -> tuple[Due, ...]:
    """Dues by day: rate times sales, not below the minimum nor above the cap; no interest.

    Only the minimum is contractual; what is above it rests on the sales that were entered.
    """
    later = timedelta(days=terms.paid_after_days)
    return tuple(
        Due(on=end + later, principal_fen=_of_period(terms, sales), interest_fen=0)
        for end, sales in zip(terms.period_ends, terms.sales_fen, strict=True)
    )


def _of_period(terms: RoyaltyTerms, sales_fen: int) -> int:
    royalty = max(whole(sales_fen * Fraction(terms.rate), Rounding.HALF_UP), terms.least_fen)
    return royalty if terms.most_fen is None else min(royalty, terms.most_fen)
