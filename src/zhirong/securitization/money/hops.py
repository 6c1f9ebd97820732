"""One hop of money: over which rail, from where to where, how much, when, what for, and its hash.

Investors pay and are repaid in bank money through the securities settlement; e-CNY is one leg, from
the lender to the firm's wallet and on to its suppliers. A plan does not lend: it buys claims.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhirong.core import codec
from zhirong.core.errors import InputError
from zhirong.core.hashes import sha256
from zhirong.core.messages import Message


class HopError(InputError):
    """A hop that moves nothing, or goes nowhere."""

    code = "error.securitization.hop"

    def __init__(self, hop: str) -> None:
        super().__init__(f"Hop {hop!r} moves nothing or goes nowhere.", hop=hop)


class MoneyRail(StrEnum):
    """What carries the money."""

    SETTLEMENT = "settlement"  # of securities against money, through the registrar
    BANK = "bank"
    ECNY = "ecny"


class HopKind(StrEnum):
    """What a hop is for."""

    SUBSCRIPTION = "subscription"  # investor to plan
    PRICE = "price"  # plan to seller, for a claim
    LOAN = "loan"  # lender to firm
    INVOICE = "invoice"  # firm to supplier
    RETURN = "return"  # firm to lender: what was not used
    COLLECTION = "collection"  # firm to plan
    DISTRIBUTION = "distribution"  # plan to holders
    FEE = "fee"  # plan to a service


RAIL_OF = {
    HopKind.SUBSCRIPTION: frozenset((MoneyRail.SETTLEMENT, MoneyRail.BANK)),
    HopKind.PRICE: frozenset((MoneyRail.BANK,)),
    HopKind.LOAN: frozenset((MoneyRail.ECNY, MoneyRail.BANK)),
    HopKind.INVOICE: frozenset((MoneyRail.ECNY, MoneyRail.BANK)),
    HopKind.RETURN: frozenset((MoneyRail.ECNY, MoneyRail.BANK)),
    HopKind.COLLECTION: frozenset((MoneyRail.BANK, MoneyRail.ECNY)),
    HopKind.DISTRIBUTION: frozenset((MoneyRail.SETTLEMENT,)),
    HopKind.FEE: frozenset((MoneyRail.BANK,)),
}
"""The rails on which each kind of hop may go: securities never settle in e-CNY."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A wallet or account, and who holds it."""

    account: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One movement of money.

    Attributes:
        reference: Ours; unique over the plan.
        kind: What it is for.
        rail: What carried it.
        payer: Where it left.
        payee: Where it came.
        amount_fen: Whole fen, above zero.
        on: The day of payment.
        at: Time of day as the rail told it; empty where it tells days only.
        claim_id: The claim it belongs to; empty for what is of the whole plan.
        purpose: Number of the purpose that bound the money; empty where none did.
        invoice: Number of the invoice that was paid; empty for other kinds.
        rail_reference: The rail's own number; empty while it has not told.

    Raises:
        HopError: No amount, or payer and payee are one account.
    """

    reference: str
    kind: HopKind
    rail: MoneyRail
    payer: Place
    payee: Place
    amount_fen: int
    on: date
    at: str = ""
    claim_id: str = ""
    purpose: str = ""
    invoice: str = ""
    rail_reference: str = ""

    def __post_init__(self) -> None:
        if self.amount_fen <= 0 or self.payer.account == self.payee.account:
            raise HopError(self.reference)

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical record: any change of a hop changes it."""
        return sha256(codec.canonical(codec.encode(self)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedUse:
    """A payment out of bound money that was asked for and not made, and why."""

    reference: str
    claim_id: str
    payee: Place
    amount_fen: int
    on: date
    invoice: str
    reasons: tuple[Message, ...]
