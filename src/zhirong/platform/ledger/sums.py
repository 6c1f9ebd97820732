"""The sums of accounts: moved without reading them first, and read with all their parts.

Accounts of a facility or a loan are locked before; those of the house are many parts, of which a
batch takes one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from zlib import crc32

from django.db import connection
from django.db.models import Sum

from zhirong.ledger.accounts import Balance
from zhirong.ledger.books import Sums
from zhirong.ledger.transfers import Transfer as Row
from zhirong.platform.ledger.models import SUMS, Account, AccountPart, Transfer

PARTS = 16
_NOTHING = Balance()
_SET = ", ".join(f"{name} = {{table}}.{name} + v.column{n}" for n, name in enumerate(SUMS, 2))
_MOVE_ACCOUNTS = (
    f"UPDATE ledger_account SET {_SET.format(table='ledger_account')} "  # noqa: S608 - our names
    "FROM (VALUES {rows}) AS v WHERE ledger_account.code = v.column1"
)
_MOVE_PART = (
    f"UPDATE ledger_accountpart SET {', '.join(f'{name} = {name} + %s' for name in SUMS)} "  # noqa: S608 - our names
    "WHERE account_id = %s AND place = %s"
)
_OPEN_PART = (
    f"INSERT INTO ledger_accountpart (account_id, place, {', '.join(SUMS)}) "  # noqa: S608 - our names
    "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (account_id, place) DO UPDATE SET "
    + ", ".join(f"{name} = ledger_accountpart.{name} + excluded.{name}" for name in SUMS)
)
_OF_ACCOUNT = ("code", "kind", "limit", "currency", *SUMS)
_COLUMNS = tuple(field for field in Transfer._meta.concrete_fields if not field.primary_key)


def place_of(row: Row) -> int:
    """The part of a house account that a row moves: that of its batch, or of what it resolves."""
    return place_of_key(row.key if row.pending is None else row.pending.rpartition("/")[0])


def place_of_key(key: str) -> int:
    """The part that the batch of a key moves."""
    return crc32(key.encode()) % PARTS


def move_accounts(moved: Mapping[str, Sums]) -> None:
    """Add to the sums of locked accounts, all in one statement."""
    if not moved:
        return
    rows = ", ".join("(%s, %s, %s, %s, %s)" for _ in moved)
    given = [value for code, sums in moved.items() for value in (code, *sums)]
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_ACCOUNTS.format(rows=rows), given)


def move_parts(moved: Mapping[tuple[str, int], Sums]) -> None:
    """Add to parts of house accounts, always in one order; a part begins with its first sum."""
    with connection.cursor() as cursor:
        for (code, place), sums in sorted(moved.items()):
            cursor.execute(_MOVE_PART, (*sums, code, place))
            if not cursor.rowcount:
                cursor.execute(_OPEN_PART, (code, place, *sums))


def accounts_of(codes: Collection[str], *, is_locked: bool = False) -> dict[str, Account]:
    """Accounts with their own sums, in the order of their names; locked in it where asked."""
    if not codes:
        return {}
    marks = ", ".join("%s" for _ in codes)
    lock = " FOR NO KEY UPDATE" if is_locked and connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_names(_OF_ACCOUNT)} FROM ledger_account WHERE code IN ({marks}) "  # noqa: S608 - our names
            f"ORDER BY code{lock}",
            list(codes),
        )
        found = [Account.from_db(connection.alias, _OF_ACCOUNT, row) for row in cursor.fetchall()]
    return {account.code: account for account in found}


def _names(columns: Iterable[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in columns)


def insert(rows: Iterable[Row], matter_id: int | None) -> int:
    """Write transfers in one statement; gives how many were not there before."""
    kept = [_stored(row, matter_id) for row in rows]
    names = _names(str(field.column) for field in _COLUMNS)
    line = f"({', '.join('%s' for _ in _COLUMNS)})"
    given = [
        field.get_db_prep_save(getattr(item, field.attname), connection)
        for item in kept
        for field in _COLUMNS
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_transfer ({names}) VALUES {', '.join(line for _ in kept)} "  # noqa: S608 - our names
            "ON CONFLICT DO NOTHING",
            given,
        )
        return int(cursor.rowcount)


def _stored(row: Row, matter_id: int | None) -> Transfer:
    return Transfer(
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


def balance_of(account: Account, parts: Balance = _NOTHING) -> Balance:
    """The four sums of an account, its parts included."""
    return Balance(
        **{f.name: getattr(account, f.name) + getattr(parts, f.name) for f in fields(Balance)}
    )


def parts_of(codes: Collection[str] | None = None) -> dict[str, Balance]:
    """The sums of the parts by account; of all accounts that have any where none is named."""
    rows = AccountPart.objects.all()
    if codes is not None:
        rows = rows.filter(account__in=codes)
    sums = (Sum(name) for name in SUMS)
    added = rows.order_by().values_list("account_id").annotate(*sums)
    return {
        code: Balance(**{name: int(total) for name, total in zip(SUMS, totals, strict=True)})
        for code, *totals in added
    }
