"""The ledger's laws: what may be booked, what stands on the accounts, and the replay of the rows.

The same rules that the tables of a database hold by constraints; this is what they are held to.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from zhirong.core import codec
from zhirong.core.errors import StateError
from zhirong.core.messages import Fact, Message
from zhirong.ledger.accounts import Account, AccountError, Balance
from zhirong.ledger.transfers import Batch, Leg, Transfer, TransferKind, leg_of


class ReplayError(StateError):
    """Rows that no ledger could have booked: one was changed, lost or added."""

    code = "error.ledger_replay"

    def __init__(self, number: str, *, reason: str) -> None:
        super().__init__(
            f"Row {number} cannot have been booked: {reason}.", number=number, reason=reason
        )


class Reason(StrEnum):
    """Why a batch was refused."""

    KEY_REUSED = "key_reused"  # the key was booked with another content
    ACCOUNT_UNKNOWN = "account_unknown"
    CURRENCIES_DIFFER = "currencies_differ"
    LIMIT = "limit"
    PENDING_UNKNOWN = "pending_unknown"
    PENDING_RESOLVED = "pending_resolved"
    PENDING_UNLIKE = "pending_unlike"  # other accounts, more than is pending, or a part voided


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """The rows of a batch, booked now or, for a repeated one, before."""

    rows: tuple[Transfer, ...]
    is_repeat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why nothing of a batch was booked; its key stays free unless it was booked before.

    Attributes:
        place: The leg refused, counted from 1; 0 for the batch as a whole.
        about: The account or the pending row that the reason is about.
    """

    key: str
    reason: Reason
    place: int
    about: str

    @property
    def message(self) -> Message:
        """The refusal in words of the catalog."""
        facts: dict[str, Fact] = {"key": self.key, "place": self.place, "about": self.about}
        return Message(f"ledger.refused.{self.reason}", facts)


@dataclass(frozen=True, slots=True)
class Balances:
    """What stands on every account, by id."""

    by_account: Mapping[str, Balance]

    def __getitem__(self, account: str) -> Balance:
        return self.by_account[account]

    def to_bytes(self) -> bytes:
        """The canonical bytes: equal balances have equal bytes."""
        return codec.canonical(codec.encode(self))


# Debits and credits posted, debits and credits pending.
Sums = tuple[int, int, int, int]
_NOTHING: Sums = (0, 0, 0, 0)


@dataclass(slots=True)
class Ledger:
    """Accounts and the rows booked on them. Rows are only ever added.

    `book` is the one way in. Nothing is read from outside: the instant of booking is passed in.
    """

    _accounts: dict[str, Account] = field(default_factory=dict)
    _sums: dict[str, Sums] = field(default_factory=dict)
    _rows: list[Transfer] = field(default_factory=list)
    _held: dict[str, Transfer] = field(default_factory=dict)
    _resolved: set[str] = field(default_factory=set)
    _booked: dict[str, tuple[Batch, tuple[Transfer, ...]]] = field(default_factory=dict)

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts, in the order they were opened."""
        return tuple(self._accounts.values())

    @property
    def rows(self) -> tuple[Transfer, ...]:
        """All rows, in the order they were booked."""
        return tuple(self._rows)

    @property
    def pending(self) -> tuple[Transfer, ...]:
        """The pending rows that nothing has resolved yet, by number."""
        return tuple(self._held[number] for number in sorted(self._held))

    @property
    def balances(self) -> Balances:
        """What stands on the accounts."""
        return Balances({account: _balance(sums) for account, sums in self._sums.items()})

    def balance(self, account: str) -> Balance:
        """What stands on one account.

        Raises:
            AccountError: There is no such account.
        """
        if account not in self._sums:
            raise AccountError(account)
        return _balance(self._sums[account])

    def add_accounts(self, accounts: Iterable[Account]) -> None:
        """Open accounts; one that is there with the same terms stays as it is.

        Raises:
            AccountError: The id is taken by an account with other terms.
        """
        for account in accounts:
            if self._accounts.setdefault(account.id, account) != account:
                raise AccountError(account.id)
            self._sums.setdefault(account.id, _NOTHING)

    def book(self, batch: Batch, *, at: datetime) -> Booked | Refused:
        """Book a batch as a whole, or nothing of it.

        A key that was booked with the same legs and day gives the rows of that time.

        Raises:
            InstantError: The instant has no time zone.
        """
        if batch.key in self._booked:
            known, rows = self._booked[batch.key]
            if known == batch:
                return Booked(rows=rows, is_repeat=True)
            return Refused(key=batch.key, reason=Reason.KEY_REUSED, place=0, about=batch.key)
        rows = batch.rows(at=at)
        refused = self._add(batch.key, rows)
        if refused is not None:
            return refused
        self._booked[batch.key] = (batch, rows)
        return Booked(rows=rows, is_repeat=False)

    def _add(self, key: str, rows: tuple[Transfer, ...]) -> Refused | None:
        touched = {account for row in rows for account in (row.debit, row.credit)}
        sums = {account: self._sums[account] for account in touched if account in self._sums}
        freed: list[Transfer] = []
        for place, row in enumerate(rows, 1):
            found = self._why_not(row) or self._moved(row, freed)
            if found is not None:
                self._sums.update(sums)
                self._undo(rows, freed)
                reason, about = found
                return Refused(key=key, reason=reason, place=place, about=about)
        self._rows.extend(rows)
        return None

    def _undo(self, rows: tuple[Transfer, ...], freed: list[Transfer]) -> None:
        """Put back the pending rows as they were before a batch that is refused."""
        for held in freed:
            self._held[held.number] = held
            self._resolved.discard(held.number)
        for row in rows:
            self._held.pop(row.number, None)

    def _why_not(self, row: Transfer) -> tuple[Reason, str] | None:
        """What speaks against a row before any sum is looked at."""
        for account in (row.debit, row.credit):
            if account not in self._accounts:
                return Reason.ACCOUNT_UNKNOWN, account
        if self._accounts[row.debit].currency != self._accounts[row.credit].currency:
            return Reason.CURRENCIES_DIFFER, row.credit
        if row.pending is None:
            return None
        if row.pending in self._resolved:
            return Reason.PENDING_RESOLVED, row.pending
        if row.pending not in self._held:
            return Reason.PENDING_UNKNOWN, row.pending
        return None if resolves(row, self._held[row.pending]) else _unlike(row.pending)

    def _moved(self, row: Transfer, freed: list[Transfer]) -> tuple[Reason, str] | None:
        """Move the sums; the account whose limit that breaks."""
        held = self._held.pop(row.pending) if row.pending else None
        if held is not None:
            self._resolved.add(held.number)
            freed.append(held)
        if row.kind is TransferKind.PENDING:
            self._held[row.number] = row
        for account, change in zip((row.debit, row.credit), changes(row, held), strict=True):
            old = self._sums[account]
            new = (old[0] + change[0], old[1] + change[1], old[2] + change[2], old[3] + change[3])
            self._sums[account] = new
        for account in (row.debit, row.credit):
            if not _balance(self._sums[account]).keeps(self._accounts[account].limit):
                return Reason.LIMIT, account
        return None


def _balance(sums: Sums) -> Balance:
    return Balance(
        debits_posted=sums[0],
        credits_posted=sums[1],
        debits_pending=sums[2],
        credits_pending=sums[3],
    )


def resolves(row: Leg, held: Leg) -> bool:
    """Whether a row can resolve a pending one: same accounts, and no more than is held."""
    if (row.debit, row.credit) != (held.debit, held.credit):
        return False
    if row.kind is TransferKind.VOID:
        return row.amount_fen == held.amount_fen
    return row.amount_fen <= held.amount_fen


def _unlike(pending: str) -> tuple[Reason, str]:
    return Reason.PENDING_UNLIKE, pending


def changes(row: Leg, held: Leg | None) -> tuple[Sums, Sums]:
    """What a row does to the sums of its debit and of its credit account."""
    is_posting = row.kind in (TransferKind.POSTED, TransferKind.POST)
    posted = row.amount_fen if is_posting else 0
    pending = row.amount_fen if row.kind is TransferKind.PENDING else 0
    if held is not None:
        pending = -held.amount_fen
    return (posted, 0, pending, 0), (0, posted, 0, pending)


def replay(accounts: Iterable[Account], rows: Iterable[Transfer]) -> Ledger:
    """The ledger that the rows make, each held to the laws again; the same rows, the same bytes.

    Raises:
        ReplayError: A row that could not have been booked where it stands.
    """
    ledger = Ledger()
    ledger.add_accounts(accounts)
    for key, group in groupby(rows, key=lambda row: row.key):
        kept = tuple(group)
        batch = Batch(key=key, on=kept[0].on, legs=tuple(leg_of(row) for row in kept))
        found = ledger.book(batch, at=kept[0].at)
        if isinstance(found, Refused):
            place = max(found.place - 1, 0)
            raise ReplayError(kept[place].number, reason=str(found.reason))
        strange = [old for old, new in zip(kept, found.rows, strict=True) if old != new]
        if found.is_repeat or strange:
            raise ReplayError((strange or list(kept))[0].number, reason="it is not what its key is")
    return ledger


def posted_rows(rows: Iterable[Transfer]) -> Iterator[Transfer]:
    """The rows that moved money: posted at once, or posting what was pending."""
    moving = (TransferKind.POSTED, TransferKind.POST)
    return (row for row in rows if row.kind in moving)
