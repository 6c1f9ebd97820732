"""The trial balance: every account with its sums, and the proof that both sides are one."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhirong.core import codec
from zhirong.ledger.accounts import Account, AccountKind, Balance
from zhirong.ledger.books import Balances


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRow:
    """An account in the trial balance, in fen. Either `debit_fen` or `credit_fen` is zero."""

    account: str
    kind: AccountKind
    currency: str
    debits_posted: int
    credits_posted: int
    debit_fen: int
    credit_fen: int
    pending_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialTotal:
    """The two sides of one currency, in fen."""

    currency: str
    debit_fen: int
    credit_fen: int

    @property
    def is_even(self) -> bool:
        """Whether debits equal credits; of one-row-one-transfer rows they always do."""
        return self.debit_fen == self.credit_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialBalance:
    """All accounts, by id, and the totals by currency."""

    rows: tuple[TrialRow, ...]
    totals: tuple[TrialTotal, ...]

    @property
    def is_even(self) -> bool:
        """Whether every currency is."""
        return all(total.is_even for total in self.totals)

    def to_bytes(self) -> bytes:
        """The canonical bytes."""
        return codec.canonical(codec.encode(self))


def trial_balance(accounts: Iterable[Account], balances: Balances) -> TrialBalance:
    """The trial balance of accounts with their balances; accounts never used are shown too."""
    rows = tuple(
        _row(account, balances[account.id]) for account in sorted(accounts, key=lambda a: a.id)
    )
    currencies = sorted({row.currency for row in rows})
    return TrialBalance(rows=rows, totals=tuple(_total(rows, name) for name in currencies))


def _row(account: Account, balance: Balance) -> TrialRow:
    net = balance.debits_posted - balance.credits_posted
    return TrialRow(
        account=account.id,
        kind=account.kind,
        currency=account.currency,
        debits_posted=balance.debits_posted,
        credits_posted=balance.credits_posted,
        debit_fen=max(net, 0),
        credit_fen=max(-net, 0),
        pending_fen=balance.debits_pending - balance.credits_pending,
    )


def _total(rows: tuple[TrialRow, ...], currency: str) -> TrialTotal:
    own = [row for row in rows if row.currency == currency]
    return TrialTotal(
        currency=currency,
        debit_fen=sum(row.debit_fen for row in own),
        credit_fen=sum(row.credit_fen for row in own),
    )
