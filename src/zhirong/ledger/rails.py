"""The protocol of a payment rail: orders go out, answers and statement entries come back.

Whoever stands behind it (a bank over ISO 20022 files, an e-CNY operator, a sandbox) keeps three
promises: an order is carried out once for a client reference; `find` tells whether an order has
arrived, so that a caller can ask before it sends again; notices and entries are numbered by the
rail, but may come twice or out of order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from zhirong.core.errors import InputError, RegisterError
from zhirong.ledger.purposes import Purpose
from zhirong.ledger.reconciliation import Entry


class RailDownError(RegisterError):
    """The rail did not answer. Whether it has the order is not known: ask, then send again."""

    code = "error.rail_down"

    def __init__(self, rail: str) -> None:
        super().__init__(f"Rail {rail} did not answer.", rail=rail)


class RailRejectedError(InputError):
    """The rail cannot read the order, or knows its reference with another content."""

    code = "error.rail_rejected"

    def __init__(self, rail: str, *, reference: str, reason: str) -> None:
        super().__init__(
            f"Rail {rail} rejected {reference!r}: {reason}",
            rail=rail,
            reference=reference,
            reason=reason,
        )


class RailAnswerError(RegisterError):
    """The rail's answer cannot be read, or contradicts itself."""

    code = "error.rail_answer"

    def __init__(self, rail: str, *, reason: str) -> None:
        super().__init__(f"Rail {rail} answered: {reason}", rail=rail, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who pays or is paid: account or wallet, and the name it is held under.

    `bank` is the number of the account-holding bank in its clearing system (12 digits in China);
    empty for a wallet. `address` has at most 7 lines.
    """

    account: str
    name: str
    bank: str = ""
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrder:
    """One payment to be made.

    Attributes:
        client_reference: Ours, at most 35 characters; the rail echoes it and pays once.
        amount_fen: Whole fen, above zero.
        on: The day it shall be carried out.
        remark: What the payee reads, at most 140 characters.
        purpose: What the money may be used for, where the rail binds it (e-CNY).
        releases: The number of a purpose under which bound money is paid on; None otherwise.
        goods: What is paid for, as a code of the purpose's list.
        evidence: What is shown for a release: `purposes.Condition` values.
    """

    client_reference: str
    payer: Party
    payee: Party
    amount_fen: int
    on: date
    currency: str = "CNY"
    remark: str = ""
    purpose: Purpose | None = None
    releases: str | None = None
    goods: str = ""
    evidence: tuple[str, ...] = ()


class OrderState(StrEnum):
    """How far an order is."""

    RECEIVED = "received"
    PAID = "paid"
    REFUSED = "refused"


FINAL = frozenset((OrderState.PAID, OrderState.REFUSED))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStatus:
    """What the rail says of an order.

    `reasons` are the rail's codes of a refusal, with `words` as the rail wrote them; `on` is the
    day of payment or refusal, else of receipt.
    """

    client_reference: str
    rail_reference: str
    state: OrderState
    on: date
    reasons: tuple[str, ...] = ()
    words: str = ""

    @property
    def is_final(self) -> bool:
        """Whether it cannot change any more."""
        return self.state in FINAL


class Rail(Protocol):
    """A payment rail, seen from one account of ours."""

    def send(self, order: PaymentOrder) -> OrderStatus:
        """Hand in an order; the same order under the same reference gives its status again.

        Raises:
            RailDownError: No answer; the order may or may not have arrived.
            RailRejectedError: It cannot be read, or its reference is taken by another content.
        """

    def find(self, client_reference: str) -> OrderStatus | None:
        """The status of an order; None where the rail never got it.

        Raises:
            RailDownError: No answer.
        """

    def notices(self, *, after: int) -> tuple[tuple[int, OrderStatus], ...]:
        """Changes of orders behind a cursor, each with its own cursor; twice or out of order.

        Raises:
            RailDownError: No answer.
        """

    def entries(self, *, after: int) -> tuple[tuple[int, Entry], ...]:
        """Statement entries of our account behind a cursor, each with its own; maybe twice.

        Raises:
            RailDownError: No answer.
        """


def send_once(rail: Rail, order: PaymentOrder) -> OrderStatus:
    """Ask whether the rail has the order; send it only if not.

    Raises:
        RailDownError: No answer to either.
        RailRejectedError: As `Rail.send`.
    """
    known = rail.find(order.client_reference)
    return rail.send(order) if known is None else known


def latest(notices: Sequence[tuple[int, OrderStatus]]) -> dict[str, OrderStatus]:
    """The last word on each order, by the rail's numbering, however the notices arrived."""
    found: dict[str, OrderStatus] = {}
    for _, status in sorted(notices, key=lambda item: item[0]):
        known = found.get(status.client_reference)
        if known is None or not known.is_final:
            found[status.client_reference] = status
    return found
