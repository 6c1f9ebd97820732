"""From cut-off to closing: interest accrued, bridge days, and the price of each claim.

The lender has lent before the plan has money. What a claim earned up to the cut-off is the
seller's; what it earns and pays behind it is the plan's from the cut-off on, unless the contract
leaves the interest of the bridge days with the seller as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from zhirong.core.daycounts import DayCount, year_fraction
from zhirong.core.errors import InputError


class BridgeError(InputError):
    """Days of a sale that do not follow each other."""

    code = "error.securitization.bridge"

    def __init__(self, claim: str) -> None:
        super().__init__(f"The days of {claim} do not follow each other.", claim=claim)


class Keeper(StrEnum):
    """Who earns the interest of the bridge days, from cut-off to closing."""

    PLAN = "plan"
    SELLER = "seller"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldClaim:
    """A claim as it stands when it is sold.

    Attributes:
        claim_id: The contract.
        principal_fen: Owed at the cut-off.
        rate: Yearly contract rate, a share.
        day_count: How its interest is counted.
        unpaid_since: First day whose interest is not paid at the cut-off.
        repaid_fen: Principal that came in from the cut-off to the closing; the seller hands it on.
    """

    claim_id: str
    principal_fen: int
    rate: Fraction
    day_count: DayCount
    unpaid_since: date
    repaid_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What the plan pays for a claim at closing, part by part, in fen.

    `accrued_fen` is interest up to the cut-off, `bridge_fen` that of the bridge days where it is
    the seller's, `handed_on_fen` what the seller has collected for the plan and sets off.
    """

    claim_id: str
    principal_fen: int
    accrued_days: int
    accrued_fen: int
    bridge_days: int
    bridge_fen: int
    handed_on_fen: int

    @property
    def paid_fen(self) -> int:
        """What is transferred."""
        return self.principal_fen + self.accrued_fen + self.bridge_fen - self.handed_on_fen


def interest_fen(
    principal_fen: int, *, rate: Fraction, since: date, until: date, day_count: DayCount
) -> int:
    """Interest of the days, first in and last out, half a fen up."""
    exact = principal_fen * rate * year_fraction(since, until, day_count)
    return int((2 * exact.numerator + exact.denominator) // (2 * exact.denominator))


def price(claim: SoldClaim, *, cut_off: date, closing: date, bridge_to: Keeper) -> Price:
    """The price of a claim that is sold at par with its accrued interest.

    Raises:
        BridgeError: Interest is unpaid since a day behind the cut-off, or closing is before it.
    """
    if not claim.unpaid_since <= cut_off <= closing:
        raise BridgeError(claim.claim_id)
    if not 0 <= claim.repaid_fen <= claim.principal_fen:
        raise BridgeError(claim.claim_id)

    def earned(since: date, until: date) -> int:
        return interest_fen(
            claim.principal_fen,
            rate=claim.rate,
            since=since,
            until=until,
            day_count=claim.day_count,
        )

    accrued = earned(claim.unpaid_since, cut_off)
    # Of the whole time and not of the days alone, so that the two parts lose no fen between them.
    both = earned(claim.unpaid_since, closing)
    return Price(
        claim_id=claim.claim_id,
        principal_fen=claim.principal_fen,
        accrued_days=(cut_off - claim.unpaid_since).days,
        accrued_fen=accrued,
        bridge_days=(closing - cut_off).days,
        bridge_fen=both - accrued if bridge_to is Keeper.SELLER else 0,
        handed_on_fen=claim.repaid_fen,
    )


def prices(
    claims: Sequence[SoldClaim], *, cut_off: date, closing: date, bridge_to: Keeper
) -> tuple[Price, ...]:
    """The price of each claim, in their order."""
    return tuple(
        price(each, cut_off=cut_off, closing=closing, bridge_to=bridge_to) for each in claims
    )
