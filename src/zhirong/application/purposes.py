"""What the value means for the purpose: prices for a transfer, terms for a license, advice."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhirong.application.conclusion import Conclusion
from zhirong.application.context import Context
from zhirong.application.income import MethodRun
from zhirong.application.result import DealPrices, KeepAdvice, LicenseTerms, RightValue
from zhirong.application.sharing import Sharing
from zhirong.core.distribution import ValueDistribution
from zhirong.core.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Purposes:
    """What the purpose asks for; empty for the others."""

    transfer: DealPrices | None = None
    license: tuple[LicenseTerms, ...] = ()
    keep: tuple[KeepAdvice, ...] = ()
    notes: tuple[Message, ...] = ()


def purposes(
    context: Context,
    conclusion: Conclusion,
    sharing: Sharing,
    whole: ValueDistribution,
    rights: Sequence[RightValue],
    runs: Sequence[MethodRun],
) -> Purposes:
    """What the purpose asks for."""
    del context, conclusion, sharing, whole, rights, runs
    return Purposes()
