"""The rows of the sandbox's file."""

from dataclasses import dataclass
from datetime import date

from zhirong.ledger.rails import OrderState, OrderStatus

BANK, ECNY = "bank", "ecny"
RAILS = (BANK, ECNY)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """An account of the bank, or a wallet. `kind` is the wallet's; "account" at the bank."""

    rail: str
    id: str
    holder: str
    kind: str = "account"
    mother: str | None = None
    single_max_fen: int | None = None
    day_max_fen: int | None = None
    payees: tuple[str, ...] = ()
    opening_fen: int = 0
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """An order as the rail keeps it; `body` is its canonical JSON."""

    number: int
    rail: str
    reference: str
    body: str
    state: OrderState
    dated_on: date
    settles_on: date
    reasons: tuple[str, ...]
    is_to_refuse: bool

    def status(self, words: str) -> OrderStatus:
        """What the rail says of it."""
        return OrderStatus(
            client_reference=self.reference,
            rail_reference=str(self.number),
            state=self.state,
            on=self.dated_on,
            reasons=self.reasons,
            words=words,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundRow:
    """Money in a wallet that is bound to a purpose; `body` is the purpose's canonical JSON."""

    number: str
    account: str
    body: str
    bound_fen: int
    released_fen: int

    @property
    def left_fen(self) -> int:
        """What is still bound."""
        return self.bound_fen - self.released_fen
