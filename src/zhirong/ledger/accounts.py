"""What an account of the ledger is, and what stands on it."""

from dataclasses import dataclass
from enum import StrEnum

from zhirong.core.errors import InputError


class AccountError(InputError):
    """An account without an id, or a second one under an id that is taken."""

    code = "error.ledger_account"

    def __init__(self, account: str) -> None:
        super().__init__(f"Account {account!r} cannot be opened.", account=account)


class AccountKind(StrEnum):
    """What a balance of the account means."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"
    OFF_BALANCE = "off_balance"  # commitments, and claims written off but still pursued


class Limit(StrEnum):
    """What the sums of an account must never do."""

    NONE = "none"
    CREDITS_WITHIN_DEBITS = "credits_within_debits"
    DEBITS_WITHIN_CREDITS = "debits_within_credits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account; it is opened once and never changes.

    Raises:
        AccountError: The id is empty.
    """

    id: str
    kind: AccountKind
    limit: Limit = Limit.NONE
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise AccountError(self.id)


# Kinds whose balance is read as debits less credits.
DEBIT_KINDS = frozenset((AccountKind.ASSET, AccountKind.EXPENSE, AccountKind.OFF_BALANCE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The four sums of an account, in fen; none is ever below zero."""

    debits_posted: int = 0
    credits_posted: int = 0
    debits_pending: int = 0
    credits_pending: int = 0

    def net_fen(self, kind: AccountKind) -> int:
        """What stands on an account of the kind, positive on its usual side; posted rows only."""
        debit = self.debits_posted - self.credits_posted
        return debit if kind in DEBIT_KINDS else -debit

    def keeps(self, limit: Limit) -> bool:
        """Whether the sums obey the limit. What is pending uses room at once, and gives none."""
        if limit is Limit.CREDITS_WITHIN_DEBITS:
            return self.credits_posted + self.credits_pending <= self.debits_posted
        if limit is Limit.DEBITS_WITHIN_CREDITS:
            return self.debits_posted + self.debits_pending <= self.credits_posted
        return True
