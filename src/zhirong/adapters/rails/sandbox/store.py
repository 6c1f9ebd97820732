"""The sandbox's SQLite file. Whatever is done is done in one transaction: a kill loses nothing."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from zhirong.adapters.rails.sandbox.records import AccountRow, BoundRow, PaymentRow
from zhirong.ledger.rails import OrderState, OrderStatus
from zhirong.ledger.reconciliation import Entry

_SCHEMA = Path(__file__).with_name("schema.sql")
_PAYMENT = (
    "SELECT number, rail, reference, body, state, dated_on, settles_on, reasons, is_to_refuse"
    " FROM payment"
)


class Store:
    """Reads and writes of the file; writes only inside `transaction`."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.executescript(_SCHEMA.read_text(encoding="utf-8"))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is inside, or nothing; one at a time."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(statement, values).fetchall()

    def _one(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        return next(iter(self._rows(statement, *values)), None)

    def put_account(self, row: AccountRow) -> None:
        """Open an account, or change its terms; what it has stays."""
        self._rows(
            "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (rail, id)"
            " DO UPDATE SET holder = excluded.holder, kind = excluded.kind,"
            " mother = excluded.mother, single_max_fen = excluded.single_max_fen,"
            " day_max_fen = excluded.day_max_fen, payees = excluded.payees,"
            " is_closed = excluded.is_closed",
            row.rail,
            row.id,
            row.holder,
            row.kind,
            row.mother,
            row.single_max_fen,
            row.day_max_fen,
            json.dumps(row.payees),
            row.opening_fen,
            row.is_closed,
        )

    def account(self, rail: str, account: str) -> AccountRow | None:
        """An account by its id."""
        found = self._one("SELECT * FROM account WHERE rail = ? AND id = ?", rail, account)
        if found is None:
            return None
        return AccountRow(
            rail=found[0],
            id=found[1],
            holder=found[2],
            kind=found[3],
            mother=found[4],
            single_max_fen=found[5],
            day_max_fen=found[6],
            payees=tuple(json.loads(found[7])),
            opening_fen=found[8],
            is_closed=bool(found[9]),
        )

    def balance_fen(self, account: AccountRow, *, through: int | None = None) -> int:
        """What is on an account, behind an entry's cursor or behind all."""
        last = 2**62 if through is None else through
        found = self._one(
            "SELECT coalesce(sum(amount_fen), 0) FROM entry"
            " WHERE rail = ? AND account = ? AND cursor <= ?",
            account.rail,
            account.id,
            last,
        )
        return account.opening_fen + (found[0] if found else 0)

    def paid_fen(self, account: AccountRow, *, on: date) -> int:
        """What went out of an account on a day."""
        found = self._one(
            "SELECT coalesce(sum(-amount_fen), 0) FROM entry"
            " WHERE rail = ? AND account = ? AND dated_on = ? AND amount_fen < 0",
            account.rail,
            account.id,
            on.isoformat(),
        )
        return found[0] if found else 0

    def add_entry(self, account: AccountRow, *, reference: str, amount_fen: int, on: date) -> None:
        """Book an entry, signed as the holder sees it."""
        self._rows(
            "INSERT INTO entry (rail, account, reference, amount_fen, dated_on)"
            " VALUES (?, ?, ?, ?, ?)",
            account.rail,
            account.id,
            reference,
            amount_fen,
            on.isoformat(),
        )

    def entries(self, account: AccountRow, *, after: int) -> tuple[tuple[int, Entry], ...]:
        """The entries of an account behind a cursor."""
        found = self._rows(
            "SELECT cursor, reference, amount_fen, dated_on FROM entry"
            " WHERE rail = ? AND account = ? AND cursor > ? ORDER BY cursor",
            account.rail,
            account.id,
            after,
        )
        return tuple(
            (
                cursor,
                Entry(
                    number=str(cursor),
                    reference=reference,
                    amount_fen=fen,
                    on=date.fromisoformat(on),
                ),
            )
            for cursor, reference, fen, on in found
        )

    def add_payment(self, row: PaymentRow) -> int:
        """Keep an order that has arrived; its number."""
        found = self._one(
            "INSERT INTO payment (rail, reference, body, state, dated_on, settles_on, is_to_refuse)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number",
            row.rail,
            row.reference,
            row.body,
            row.state,
            row.dated_on.isoformat(),
            row.settles_on.isoformat(),
            row.is_to_refuse,
        )
        assert found is not None
        return int(found[0])

    def decide(self, number: int, *, state: OrderState, on: date, reasons: tuple[str, ...]) -> None:
        """Write what became of an order."""
        self._rows(
            "UPDATE payment SET state = ?, dated_on = ?, reasons = ? WHERE number = ?",
            state,
            on.isoformat(),
            json.dumps(reasons),
            number,
        )

    def payment(self, rail: str, reference: str) -> PaymentRow | None:
        """An order by its client reference."""
        found = self._one(f"{_PAYMENT} WHERE rail = ? AND reference = ?", rail, reference)
        return _payment(found) if found else None

    def due_payments(self, on: date) -> tuple[PaymentRow, ...]:
        """The orders to settle on the day or before, in the order of their arrival."""
        found = self._rows(
            f"{_PAYMENT} WHERE state = ? AND settles_on <= ? ORDER BY number",
            OrderState.RECEIVED,
            on.isoformat(),
        )
        return tuple(_payment(row) for row in found)

    def is_first_attempt(self, rail: str, reference: str) -> bool:
        """Whether the reference was never sent before; from now on it was."""
        found = self._rows(
            "INSERT INTO attempt VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING rail",
            rail,
            reference,
        )
        return bool(found)

    def add_notice(self, number: int, status: OrderStatus, *, rail: str) -> None:
        """Keep what is to be told of an order."""
        self._rows(
            "INSERT INTO notice (rail, payment, state, dated_on, reasons) VALUES (?, ?, ?, ?, ?)",
            rail,
            number,
            status.state,
            status.on.isoformat(),
            json.dumps(status.reasons),
        )

    def notices(self, rail: str, *, after: int) -> tuple[tuple[int, OrderStatus], ...]:
        """What was to be told behind a cursor; without the words."""
        found = self._rows(
            "SELECT cursor, reference, payment, notice.state, notice.dated_on, notice.reasons"
            " FROM notice JOIN payment ON payment.number = notice.payment"
            " WHERE notice.rail = ? AND cursor > ? ORDER BY cursor",
            rail,
            after,
        )
        return tuple(
            (
                cursor,
                OrderStatus(
                    client_reference=reference,
                    rail_reference=str(number),
                    state=OrderState(state),
                    on=date.fromisoformat(on),
                    reasons=tuple(json.loads(reasons)),
                ),
            )
            for cursor, reference, number, state, on, reasons in found
        )

    def bind(self, row: BoundRow) -> None:
        """Keep money as bound."""
        self._rows(
            "INSERT INTO bound (number, account, body, bound_fen) VALUES (?, ?, ?, ?)",
            row.number,
            row.account,
            row.body,
            row.bound_fen,
        )

    def bound(self) -> tuple[BoundRow, ...]:
        """All money that is bound still."""
        found = self._rows(
            "SELECT number, account, body, bound_fen, released_fen FROM bound WHERE is_over = 0"
        )
        return tuple(
            BoundRow(
                number=row[0], account=row[1], body=row[2], bound_fen=row[3], released_fen=row[4]
            )
            for row in found
        )

    def is_bound(self, number: str) -> bool:
        """Whether there was ever money bound under the number."""
        return self._one("SELECT 1 FROM bound WHERE number = ?", number) is not None

    def release(self, number: str, amount_fen: int) -> None:
        """Free bound money that was paid on under its purpose."""
        self._rows(
            "UPDATE bound SET released_fen = released_fen + ? WHERE number = ?", amount_fen, number
        )

    def end_binding(self, number: str) -> None:
        """Bound money that went back."""
        self._rows("UPDATE bound SET is_over = 1 WHERE number = ?", number)

    def setting(self, name: str) -> str:
        """A setting; empty where it was never made."""
        found = self._one("SELECT value FROM setting WHERE name = ?", name)
        return str(found[0]) if found else ""

    def set(self, name: str, value: str) -> None:
        """Make a setting."""
        self._rows("INSERT OR REPLACE INTO setting VALUES (?, ?)", name, value)


def _payment(row: tuple[Any, ...]) -> PaymentRow:
    return PaymentRow(
        number=row[0],
        rail=row[1],
        reference=row[2],
        body=row[3],
        state=OrderState(row[4]),
        dated_on=date.fromisoformat(row[5]),
        settles_on=date.fromisoformat(row[6]),
        reasons=tuple(json.loads(row[7])),
        is_to_refuse=bool(row[8]),
    )
