"""Opening accounts and booking batches: all rows of a batch or none, and each key once."""

from collections.abc import Iterable
from dataclasses import fields

from django.db import IntegrityError, transaction

from zhirong.core.errors import StateError
from zhirong.ledger import accounts as pure_accounts
from zhirong.ledger.accounts import AccountError, Balance, Limit
from zhirong.ledger.books import Booked, Reason, Refused, changes, resolves
from zhirong.ledger.transfers import Batch, TransferKind, leg_of
from zhirong.ledger.transfers import Transfer as Row
from zhirong.platform.ledger.models import SUMS, Account, Transfer
from zhirong.platform.ledger.rows import row_of
from zhirong.platform.operations import clock


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
    Account.objects.bulk_create(
        (
            Account(
                code=item.id, kind=item.kind.value, limit=item.limit.value, currency=item.currency
            )
            for item in wanted.values()
        ),
        ignore_conflicts=True,
    )
    for found in Account.objects.filter(code__in=wanted):
        account = wanted[found.code]
        terms = (account.kind.value, account.limit.value, account.currency)
        if (found.kind, found.limit, found.currency) != terms:
            raise AccountError(found.code)


def book(batch: Batch, *, matter_id: int | None) -> Booked:
    """Book a batch inside the caller's transaction or one of its own.

    The same key with the same legs gives the rows of the first time; two who come at once with one
    key are settled by the table's unique number.

    Raises:
        LedgerRefusedError: A limit, an unknown account, a row resolved before, a key reused.
    """
    for _ in range(2):
        known = _booked_before(batch)
        if known is not None:
            return known
        try:
            with transaction.atomic():
                return _book(batch, matter_id)
        except IntegrityError:
            continue  # somebody else was first with this key or this pending row: look again
    known = _booked_before(batch)
    if known is not None:
        return known
    raise LedgerRefusedError(Refused(key=batch.key, reason=Reason.LIMIT, place=0, about=batch.key))


def _booked_before(batch: Batch) -> Booked | None:
    rows = tuple(row_of(row) for row in Transfer.objects.filter(key=batch.key).order_by("id"))
    if not rows:
        return None
    if tuple(leg_of(row) for row in rows) != batch.legs or rows[0].on != batch.on:
        raise LedgerRefusedError(
            Refused(key=batch.key, reason=Reason.KEY_REUSED, place=0, about=batch.key)
        )
    return Booked(rows=rows, is_repeat=True)


def _book(batch: Batch, matter_id: int | None) -> Booked:
    rows = batch.rows(at=clock.real_now())
    codes = sorted({code for row in rows for code in (row.debit, row.credit)})
    # Locked in the order of their names, so that two batches never wait for each other.
    accounts = {
        account.code: account
        for account in Account.objects.select_for_update().filter(code__in=codes).order_by("code")
    }
    for place, row in enumerate(rows, 1):
        found = _move(row, accounts)
        if found is not None:
            reason, about = found
            raise LedgerRefusedError(
                Refused(key=batch.key, reason=reason, place=place, about=about)
            )
        _insert(row, matter_id)
    Account.objects.bulk_update(accounts.values(), SUMS)
    return Booked(rows=rows, is_repeat=False)


def _move(row: Row, accounts: dict[str, Account]) -> tuple[Reason, str] | None:
    """Change the sums of both accounts by a row; the reason why it cannot be, where it cannot."""
    for code in (row.debit, row.credit):
        if code not in accounts:
            return Reason.ACCOUNT_UNKNOWN, code
    if accounts[row.debit].currency != accounts[row.credit].currency:
        return Reason.CURRENCIES_DIFFER, row.credit
    held = _held(row) if row.pending is not None else None
    if isinstance(held, Reason):
        return held, str(row.pending)
    for code, change in zip((row.debit, row.credit), changes(row, held), strict=True):
        account = accounts[code]
        for name, step in zip(SUMS, change, strict=True):
            setattr(account, name, getattr(account, name) + step)
    broken = (c for c in (row.debit, row.credit) if not _keeps_its_limit(accounts[c]))
    return next(((Reason.LIMIT, code) for code in broken), None)


def _held(row: Row) -> Row | Reason:
    """The pending row that a row resolves, or why it cannot."""
    stored = Transfer.objects.filter(number=row.pending).first()
    if stored is None or stored.kind != TransferKind.PENDING.value:
        return Reason.PENDING_UNKNOWN
    if Transfer.objects.filter(pending=stored).exists():
        return Reason.PENDING_RESOLVED
    held = row_of(stored)
    return held if resolves(row, held) else Reason.PENDING_UNLIKE


def _keeps_its_limit(account: Account) -> bool:
    return balance_of(account).keeps(Limit(account.limit))


def balance_of(account: Account) -> Balance:
    """The four sums of an account."""
    return Balance(**{field.name: getattr(account, field.name) for field in fields(Balance)})


def _insert(row: Row, matter_id: int | None) -> None:
    Transfer.objects.create(
        number=row.number,
        key=row.key,
        kind=row.kind.value,
        debit_id=row.debit,
        credit_id=row.credit,
        amount_fen=row.amount_fen,
        event=str(row.event),
        subject=row.subject,
        reference=row.reference,
        counterparty=row.counterparty,
        pending_id=row.pending,
        on=row.on,
        at=row.at,
        matter_id=matter_id,
    )
