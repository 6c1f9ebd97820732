"""Prices to negotiate with: opening, target, walk-away of a transfer; rate and lump of a license.

They are read from value distributions, never new values.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from zhirong.core.distribution import CELLS, Meaning, ValueDistribution, cell_means, from_samples
from zhirong.core.errors import InputError
from zhirong.core.messages import Message
from zhirong.core.operations import Array
from zhirong.parameters.reader import Parameters

DEPENDENCES = ("comonotonic", "independent")


class DealPriceError(InputError):
    """Distributions or a policy that no price can be read from."""

    code = "error.deal_price"

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"No price can be read: {problem}.", problem=f"deal_price.problem.{problem}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPolicy:
    """Where prices are read.

    Args:
        opening_probability: The seller opens at this quantile of the buyer's value, the buyer at
            the mirrored one of the seller's.
        walk_away_probability: Below this quantile of his own value the seller keeps the rights;
            above the mirrored one of his own the buyer goes home.
        seller_share: The seller's part of what lies between both walk-aways, share.
    """

    opening_probability: float
    walk_away_probability: float
    seller_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One side's prices, CNY."""

    opening: float
    target: float
    walk_away: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPrices:
    """Both sides' prices.

    Args:
        seller, buyer: Their prices; where there is no room both targets are the walk-aways.
        room: The buyer's walk-away less the seller's, CNY; below 0 no agreement is in sight.
        agreement_probability: Chance that the buyer's value is at least the seller's.
        notes: In words.
    """

    seller: Position
    buyer: Position
    room: float
    agreement_probability: float
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseTerms:
    """Rate range of a license, and the lump sum that equals it.

    Args:
        low, central, high: Royalty on sales, shares.
        lump: Lump sum for the whole term, before the licensor's tax, as a distribution.
    """

    low: float
    central: float
    high: float
    lump: ValueDistribution


def read_transfer_policy(parameters: Parameters, *, on: date) -> TransferPolicy:
    """The house's policy of transfer prices in force on a day."""
    table = parameters.get("valuation.transfer.policy", on=on).value
    return TransferPolicy(
        opening_probability=float(table["opening_probability"]),
        walk_away_probability=float(table["walk_away_probability"]),
        seller_share=float(table["seller_share"]),
    )


def transfer_prices(
    seller: ValueDistribution,
    *,
    buyer: ValueDistribution | None,
    dependence: str,
    policy: TransferPolicy,
) -> TransferPrices:
    """Opening, target and walk-away of both sides.

    Args:
        seller: What the rights are worth to the seller.
        buyer: What they are worth to the buyer; None where nobody knows, and the seller's own
            distribution stands for it.
        dependence: How both values move together: comonotonic or independent.
        policy: Where prices are read.

    Raises:
        DealPriceError: Distributions of different meaning, or an unknown dependence.
    """
    other = seller if buyer is None else buyer
    if other.meaning != seller.meaning or other.currency != seller.currency:
        raise DealPriceError("meanings_differ")
    keeps = seller.quantile(policy.walk_away_probability)
    leaves = other.quantile(1 - policy.walk_away_probability)
    room = leaves - keeps
    agreed = keeps + policy.seller_share * room
    notes = [] if buyer is not None else [Message("deal_price.buyer_unknown")]
    if room < 0:
        notes.append(Message("deal_price.no_room", {"seller": keeps, "buyer": leaves}))
    return TransferPrices(
        seller=Position(
            opening=max(other.quantile(policy.opening_probability), keeps),
            target=agreed if room >= 0 else keeps,
            walk_away=keeps,
        ),
        buyer=Position(
            opening=min(seller.quantile(1 - policy.opening_probability), leaves),
            target=agreed if room >= 0 else leaves,
            walk_away=leaves,
        ),
        room=room,
        agreement_probability=agreement_probability(seller, buyer=other, dependence=dependence),
        notes=tuple(notes),
    )


def agreement_probability(
    seller: ValueDistribution, *, buyer: ValueDistribution, dependence: str
) -> float:
    """Chance that the buyer's value is at least the seller's, cell against cell.

    Raises:
        DealPriceError: An unknown dependence.
    """
    mine, theirs = np.asarray(seller.cells), np.asarray(buyer.cells)
    if dependence == "comonotonic":
        return float(np.mean(theirs >= mine))
    if dependence == "independent":
        below = np.searchsorted(mine, theirs, side="right")
        return float(np.mean(below)) / CELLS
    raise DealPriceError("unknown_dependence")


def license_terms(
    rates: Array, *, present_sales: Array, meaning: Meaning, tail: float
) -> LicenseTerms:
    """The rate range and the lump-sum equivalent of joint draws.

    Args:
        rates: Draws of the royalty rate, share of sales; shape (draws,).
        present_sales: The same draws of the present value of licensed sales over the term, CNY.
        meaning: Of the lump sum.
        tail: Probability below the low and above the high end.

    Raises:
        DealPriceError: Draws of different number.
    """
    if rates.shape != present_sales.shape:
        raise DealPriceError("draws_differ")
    cells = cell_means(rates)
    middles = (np.arange(CELLS) + 0.5) / CELLS
    low, high = np.interp([tail, 1 - tail], middles, cells)
    return LicenseTerms(
        low=float(low),
        central=float(np.mean(rates)),
        high=float(high),
        lump=from_samples(rates * present_sales, meaning=meaning),
    )


def rate_beside_entry_fee(lump: float, *, entry_fee: float, present_sales: float) -> float:
    """The running rate that an entry fee leaves of a lump sum, share of sales; at least 0.

    Raises:
        DealPriceError: No sales.

    >>> rate_beside_entry_fee(300.0, entry_fee=100.0, present_sales=10_000.0)
    0.02
    """
    if not present_sales > 0:
        raise DealPriceError("no_sales")
    return max(lump - entry_fee, 0.0) / present_sales
