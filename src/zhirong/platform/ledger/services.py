"""Opening accounts and booking batches: all rows of a batch or none, and each key once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction

from zhirong.core.errors import StateError
from zhirong.ledger import accounts as pure_accounts
from zhirong.ledger import chart
from zhirong.ledger.accounts import AccountError, Limit
from zhirong.ledger.books import Booked, Reason, Refused, Sums, changes, resolves
from zhirong.ledger.transfers import Batch, TransferKind, leg_of
from zhirong.ledger.transfers import Transfer as Row
from zhirong.platform.ledger.models import SUMS, Account, Transfer
from zhirong.platform.ledger.rows import row_of
from zhirong.platform.ledger.sums import (
    accounts_of,
    balance_of,
    insert,
    move,
    place_of,
)
from zhirong.platform.operations import clock
from zhirong.platform.operations.statements import cursor


class LedgerRefusedError(StateError):
    """The ledger does not take a batch."""

    code = "error.ledger_refused"

    def __init__(self, refused: Refused) -> None:
        super().__init__(
            f"Batch {refused.key}, row {refused.place}: {refused.reason} ({refused.about}).",
            reason=f"ledger.reason.{refused.reason}",
            about=refused.about,
        )
        self.refused = refused


def open_accounts(accounts: Iterable[pure_accounts.Account]) -> None:
    """Open accounts; one that is there with the same terms stays as it is.

    Raises:
        AccountError: An id is taken by an account with other terms.
    """
    wanted = {account.id: account for account in accounts}
    columns = ("code", "kind", "limit", "currency", *SUMS)
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    line = "(%s, %s, %s, %s, 0, 0, 0, 0)"
    given = [
        value
        for item in wanted.values()
        for value in (item.id, item.kind.value, item.limit.value, item.currency)
    ]
    with cursor() as asked:
        asked.execute(
            f"INSERT INTO ledger_account ({names}) VALUES {', '.join(line for _ in wanted)} "  # noqa: S608 - our names
            "ON CONFLICT DO NOTHING",
            given,
        )
        if asked.rowcount == len(wanted):
            return
    for found in Account.objects.filter(code__in=wanted):
        account = wanted[found.code]
        terms = (account.kind.value, account.limit.value, account.currency)
        if (found.kind, found.limit, found.currency) != terms:
            raise AccountError(found.code)


def book(batch: Batch, *, matter_id: int | None) -> Booked:
    """Book a batch inside the caller's transaction or one of its own.

    The same key with the same legs gives the rows of the first time; two who come at once with one
    key are settled by the table's unique number: the second waits for the first, and finds it.

    Raises:
        LedgerRefusedError: A limit, an unknown account, a row resolved before, a key reused.
    """
    with transaction.atomic(savepoint=False):
        outcome = _book(batch, matter_id)
    if isinstance(outcome, Refused):
        raise LedgerRefusedError(outcome)
    return outcome


def _book(batch: Batch, matter_id: int | None) -> Booked | Refused:
    rows = batch.rows(at=clock.real_now())
    accounts = _locked({code for row in rows for code in (row.debit, row.credit)})
    moves = _moves(rows, accounts)
    if isinstance(moves, Refused):
        # A batch that was booked may not fit a second time: it is known all the same.
        return _booked_before(batch) or moves
    inserted = insert(rows, matter_id)
    if inserted == 0:
        return _booked_before(batch) or _whole(batch, Reason.PENDING_RESOLVED)
    if inserted < len(rows):
        transaction.set_rollback(True)  # some of it was there: nothing of it may stay
        return _whole(batch, Reason.KEY_REUSED)
    move(moves.accounts, moves.parts)
    return Booked(rows=rows, is_repeat=False)


def _whole(batch: Batch, reason: Reason) -> Refused:
    return Refused(key=batch.key, reason=reason, place=0, about=batch.key)


def _booked_before(batch: Batch) -> Booked | Refused | None:
    rows = tuple(row_of(row) for row in Transfer.objects.filter(key=batch.key).order_by("id"))
    if not rows:
        return None
    if tuple(leg_of(row) for row in rows) != batch.legs or rows[0].on != batch.on:
        return _whole(batch, Reason.KEY_REUSED)
    return Booked(rows=rows, is_repeat=True)


def _locked(codes: Collection[str]) -> dict[str, Account]:
    """The accounts; those that have limits are locked, in the order of their names.

    So two batches never wait for each other. What all loans book on is not locked: it has no
    limit, and its sums are moved where they stand.
    """
    of_house = {code for code in codes if chart.is_of_house(code)}
    found = accounts_of(sorted(of_house), locked=sorted(set(codes) - of_house))
    limited = [code for code in of_house & found.keys() if found[code].limit != Limit.NONE.value]
    return found | accounts_of((), locked=sorted(limited))


@dataclass(slots=True)
class _Moves:
    """What a batch adds to the sums of accounts and of their parts."""

    accounts: dict[str, Sums] = field(default_factory=dict)
    parts: dict[tuple[str, int], Sums] = field(default_factory=dict)


def _moves(rows: Sequence[Row], accounts: Mapping[str, Account]) -> _Moves | Refused:
    """The sums that a batch moves, or why it cannot be booked."""
    moves = _Moves()
    held = _held_by({row.pending for row in rows if row.pending is not None})
    for place, row in enumerate(rows, 1):
        reason = _against(row, accounts, held) or _move(row, accounts, held, moves)
        if reason is not None:
            why, about = reason
            return Refused(key=row.key, reason=why, place=place, about=about)
        if row.pending is not None:
            held[row.pending] = None
    return moves


def _against(
    row: Row, accounts: Mapping[str, Account], held: Mapping[str, Row | None]
) -> tuple[Reason, str] | None:
    """What speaks against a row before any sum is looked at."""
    for code in (row.debit, row.credit):
        if code not in accounts:
            return Reason.ACCOUNT_UNKNOWN, code
    if accounts[row.debit].currency != accounts[row.credit].currency:
        return Reason.CURRENCIES_DIFFER, row.credit
    if row.pending is None:
        return None
    if row.pending not in held:
        return Reason.PENDING_UNKNOWN, row.pending
    known = held[row.pending]
    if known is None:
        return Reason.PENDING_RESOLVED, row.pending
    return None if resolves(row, known) else (Reason.PENDING_UNLIKE, row.pending)


def _move(
    row: Row, accounts: Mapping[str, Account], held: Mapping[str, Row | None], moves: _Moves
) -> tuple[Reason, str] | None:
    """Note what a row adds to both accounts; the one whose limit that breaks."""
    pair = changes(row, held[row.pending] if row.pending else None)
    for code, change in zip((row.debit, row.credit), pair, strict=True):
        account = accounts[code]
        for name, step in zip(SUMS, change, strict=True):
            setattr(account, name, getattr(account, name) + step)
        if chart.is_of_house(code) and account.limit == Limit.NONE.value:
            key = (code, place_of(row))
            moves.parts[key] = _added(moves.parts.get(key), change)
        else:
            moves.accounts[code] = _added(moves.accounts.get(code), change)
    for code in (row.debit, row.credit):
        if not balance_of(accounts[code]).keeps(Limit(accounts[code].limit)):
            return Reason.LIMIT, code
    return None


def _added(before: Sums | None, change: Sums) -> Sums:
    a, b, c, d = before or (0, 0, 0, 0)
    return a + change[0], b + change[1], c + change[2], d + change[3]


def _held_by(numbers: Collection[str]) -> dict[str, Row | None]:
    """The pending rows under their numbers; None for one that was resolved before."""
    if not numbers:
        return {}
    rows = Transfer.objects.filter(number__in=numbers, kind=TransferKind.PENDING.value)
    gone = {row.pending_id for row in Transfer.objects.filter(pending__number__in=numbers)}
    return {row.number: None if row.number in gone else row_of(row) for row in rows}
