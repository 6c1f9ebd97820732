"""The sums of accounts: moved without reading them first, and read with all their parts.

Accounts of a facility or a loan are locked before; those of the house are many parts, of which a
batch takes one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any
from zlib import crc32

from django.db import connection
from django.db.models import Sum

from zhirong.ledger.accounts import Balance
from zhirong.ledger.books import Sums
from zhirong.ledger.transfers import Transfer as Row
from zhirong.platform.ledger.models import SUMS, Account, AccountPart, Transfer
from zhirong.platform.operations.statements import cursor

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


def move(accounts: Mapping[str, Sums], parts: Mapping[tuple[str, int], Sums]) -> None:
    """Add to the sums of locked accounts and to parts of house accounts, in one order.

    On PostgreSQL all in one statement; a part begins with its first sum.
    """
    moved = [(*sums, code, place) for (code, place), sums in sorted(parts.items())]
    rows = ", ".join("(%s, %s, %s, %s, %s)" for _ in accounts)
    first = (
        _MOVE_ACCOUNTS.format(rows=rows),
        [v for c, sums in accounts.items() for v in (c, *sums)],
    )
    with cursor() as asked:
        if connection.vendor == "postgresql":
            hits = _moved_at_once(asked, first if accounts else None, moved)
        else:
            if accounts:
                asked.execute(*first)
            hits = tuple(asked.execute(_MOVE_PART, given).rowcount for given in moved)
        for (*sums, code, place), hit in zip(moved, hits, strict=True):
            if not hit:
                asked.execute(_OPEN_PART, (code, place, *sums))


def _moved_at_once(
    asked: Any,  # noqa: ANN401 - the framework's own cursor
    first: tuple[str, list[Any]] | None,
    moved: Sequence[tuple[Any, ...]],
) -> tuple[int, ...]:
    """How many parts each move met: one, or none where the part has not begun."""
    named = [] if first is None else [f"a AS ({first[0]})"]
    named += [f"p{n} AS ({_MOVE_PART} RETURNING 1)" for n, _ in enumerate(moved)]
    counts = ", ".join(f"(SELECT count(*) FROM p{n})" for n, _ in enumerate(moved))  # noqa: S608 - our names
    given = [*(first[1] if first else ()), *(value for values in moved for value in values)]
    asked.execute(f"WITH {', '.join(named)} SELECT {counts or '1'}", given)
    return tuple(asked.fetchone()) if moved else ()


def accounts_of(codes: Collection[str], *, locked: Collection[str] = ()) -> dict[str, Account]:
    """Accounts with their own sums, and others that are locked in the order of their names."""
    asked_for = [*locked, *codes]
    if not asked_for:
        return {}
    chosen = f"SELECT {_names(_OF_ACCOUNT)} FROM ledger_account WHERE code IN "  # noqa: S608 - our names
    if locked and connection.features.has_select_for_update:
        held = f"{chosen}{_marks(locked)} ORDER BY code FOR NO KEY UPDATE"
        sql = f"WITH held AS ({held}) SELECT * FROM held"  # noqa: S608 - our names
        if codes:
            sql += f" UNION ALL {chosen}{_marks(codes)}"
    else:
        sql = f"{chosen}{_marks(asked_for)}"
    with cursor() as asked:
        asked.execute(sql, asked_for)
        found = [Account.from_db(connection.alias, _OF_ACCOUNT, row) for row in asked.fetchall()]
    return {account.code: account for account in found}


def _marks(values: Collection[str]) -> str:
    return f"({', '.join('%s' for _ in values)})"


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
    with cursor() as asked:
        asked.execute(
            f"INSERT INTO ledger_transfer ({names}) VALUES {', '.join(line for _ in kept)} "  # noqa: S608 - our names
            "ON CONFLICT DO NOTHING",
            given,
        )
        return int(asked.rowcount)


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
