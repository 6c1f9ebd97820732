"""Money bound to a purpose: who may be paid, for what, how much, until when, and what if not.

The lock is an agreement about one payment, kept beside the money; it does not change what the
money is.

Source:
    Rules of e-CNY smart contracts: payer, payees, goods, cap, expiry, release condition, fallback.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhirong.core.errors import InputError
from zhirong.core.messages import Message
from zhirong.core.money import Money


class PurposeError(InputError):
    """A purpose under which nothing could ever be paid."""

    code = "error.purpose"

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Purpose {number!r} names no payee, no goods or no amount.", number=number
        )


class Condition(StrEnum):
    """What must be shown before money is released."""

    INVOICE = "invoice"
    DELIVERY = "delivery"
    LENDER_APPROVAL = "lender_approval"


class Fallback(StrEnum):
    """What becomes of money that was not released in time."""

    RETURN = "return"  # to the payer
    HOLD = "hold"  # stays bound until the payer decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What bound money may be used for.

    Attributes:
        number: Unique at the operator.
        payer: The wallet that bound the money.
        payees: The wallets that may be paid.
        goods: Codes of goods or merchant categories.
        cap_fen: The most that may be released in all.
        expires_on: The last day of release.
        conditions: What each release must show.
        fallback: What becomes of the rest.

    Raises:
        PurposeError: No payee, no goods, or no amount.
    """

    number: str
    payer: str
    payees: tuple[str, ...]
    goods: tuple[str, ...]
    cap_fen: int
    expires_on: date
    conditions: tuple[Condition, ...]
    fallback: Fallback

    def __post_init__(self) -> None:
        if not self.number or not self.payees or not self.goods or self.cap_fen <= 0:
            raise PurposeError(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A payment that is asked for out of bound money."""

    payee: str
    goods: str
    amount_fen: int
    on: date
    shown: tuple[Condition, ...]


def refusals(purpose: Purpose, release: Release, *, released_fen: int) -> tuple[Message, ...]:
    """Everything that speaks against a release; none if it may go on.

    Args:
        purpose: The lock.
        release: What is asked for.
        released_fen: What was released under the lock before.
    """
    return tuple(_refusals(purpose, release, released_fen))


def _refusals(purpose: Purpose, release: Release, released_fen: int) -> Iterator[Message]:
    number = purpose.number
    if release.payee not in purpose.payees:
        yield Message("purpose.refused.payee", {"number": number, "payee": release.payee})
    if release.goods not in purpose.goods:
        yield Message("purpose.refused.goods", {"number": number, "goods": release.goods})
    left = purpose.cap_fen - released_fen
    if not 0 < release.amount_fen <= left:
        facts = {
            "amount": Money.of_fen(release.amount_fen).amount,
            "left": Money.of_fen(left).amount,
        }
        yield Message("purpose.refused.cap", {"number": number, **facts})
    if release.on > purpose.expires_on:
        yield Message(
            "purpose.refused.expired", {"number": number, "expires_on": purpose.expires_on}
        )
    for condition in purpose.conditions:
        if condition not in release.shown:
            label = f"purpose.condition.{condition}"
            yield Message("purpose.refused.condition", {"number": number, "condition": label})


def falls_back_fen(purpose: Purpose, *, released_fen: int, bound_fen: int, on: date) -> int:
    """What goes back to the payer on the day: the bound rest behind the expiry, or nothing."""
    if on <= purpose.expires_on or purpose.fallback is Fallback.HOLD:
        return 0
    return max(bound_fen - released_fen, 0)
