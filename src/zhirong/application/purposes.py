"""What the value means for the purpose: prices for a transfer, terms for a license, advice."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhirong.application.case.context import Context
from zhirong.application.conclusion import Conclusion
from zhirong.application.inputs.ground import Ground
from zhirong.application.licensing import licensing
from zhirong.application.result import DealPrices, KeepAdvice, LicenseTerms, RightValue
from zhirong.application.runs.income import MethodRun
from zhirong.application.runs.unmapped import Unmapped
from zhirong.application.upkeep_advice import upkeep_advice
from zhirong.core.distribution import ValueDistribution
from zhirong.core.messages import Message
from zhirong.valuation.deal_price import read_transfer_policy, transfer_prices

# Assumption: how many times their value to the seller the rights are worth to the buyer.
BUYER = "buyer_value_multiple"
DEPENDENCE = "comonotonic"  # both sides see the same market


@dataclass(frozen=True, slots=True, kw_only=True)
class Purposes:
    """What the purpose asks for; empty for the others."""

    transfer: DealPrices | None = None
    license: tuple[LicenseTerms, ...] = ()
    keep: tuple[KeepAdvice, ...] = ()
    notes: tuple[Message, ...] = ()


def purposes(
    ground: Ground,
    conclusion: Conclusion,
    *,
    whole: ValueDistribution,
    rights: Sequence[RightValue],
    runs: Sequence[MethodRun],
    alone: Unmapped,
) -> Purposes:
    """What the purpose asks for.

    Args:
        ground: What the methods share.
        conclusion: The value of the groups.
        whole: The distribution of the whole.
        rights: Every right of the case, in its order.
        runs: The methods that were run.
        alone: The rights that serve no product.
    """
    context = ground.context
    match context.options.purpose:
        case "transfer":
            prices = _transfer(context, whole)
            return Purposes(transfer=prices)
        case "license":
            found = licensing(context, conclusion, runs)
            return Purposes(license=found.terms, notes=found.notes)
        case "management":
            return Purposes(keep=upkeep_advice(context, rights, alone), notes=alone.notes)
    return Purposes()


def _transfer(context: Context, whole: ValueDistribution) -> DealPrices:
    """The seller's prices; the buyer's value is a multiple of his own where an analyst says so."""
    multiple = context.book.find(BUYER, ("",))
    prices = transfer_prices(
        whole,
        buyer=None if multiple is None else whole.scaled(float(multiple.central)),
        dependence=DEPENDENCE,
        policy=read_transfer_policy(context.parameters, on=context.valuation_date),
    )
    return DealPrices(
        opening=round(prices.seller.opening, 2),
        target=round(prices.seller.target, 2),
        walk_away=round(prices.seller.walk_away, 2),
        notes=prices.notes,
    )
