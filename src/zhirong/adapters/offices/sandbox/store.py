"""The office's SQLite file; what is done is done in one transaction, so a kill loses nothing."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, cast

from zhirong.adapters.offices.sandbox.records import (
    ActRecord,
    NoticeRecord,
    PledgeRecord,
    RightRecord,
    key,
)
from zhirong.core import codec

_SCHEMA = Path(__file__).with_name("schema.sql")


class Store:
    """Reads and writes of the office's file; writes only inside `transaction`."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        self._db.execute("PRAGMA journal_mode = WAL")
        # A killed process loses nothing; a power cut might lose the last acts of a sandbox.
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.executescript(_SCHEMA.read_text(encoding="utf-8"))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is inside, or nothing; one at a time; may be nested."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
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

    def setting(self, name: str) -> str | None:
        """A value kept under a name."""
        row = self._one("SELECT value FROM settings WHERE name = ?", name)
        return None if row is None else str(row[0])

    def keep(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        self._rows("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value)

    def next_number(self, name: str) -> int:
        """The next number of a series, from 1."""
        number = int(self.setting(f"series.{name}") or 0) + 1
        self.keep(f"series.{name}", str(number))
        return number

    def right(self, registry: str, number: str) -> RightRecord | None:
        """A right of the register."""
        row = self._one(
            "SELECT body FROM rights WHERE registry = ? AND key = ?", registry, key(number)
        )
        return None if row is None else cast("RightRecord", _decoded(RightRecord, row[0]))

    def put_right(self, record: RightRecord) -> None:
        """Enter or replace a right."""
        self._rows(
            "INSERT OR REPLACE INTO rights VALUES (?, ?, ?)",
            record.registry,
            key(record.number),
            _encoded(record),
        )

    def pledge(self, registration_no: str) -> PledgeRecord | None:
        """A pledge of the register."""
        row = self._one("SELECT body FROM pledges WHERE registration_no = ?", registration_no)
        return None if row is None else cast("PledgeRecord", _decoded(PledgeRecord, row[0]))

    def put_pledge(self, record: PledgeRecord) -> None:
        """Enter or replace a pledge; the rights under it are those that it still holds."""
        number = record.registration_no
        self._rows("DELETE FROM pledged WHERE registration_no = ?", number)
        self._rows(
            "INSERT INTO pledges VALUES (?, ?, ?)"
            " ON CONFLICT (registration_no) DO UPDATE SET body = excluded.body",
            number,
            record.registry,
            _encoded(record),
        )
        if not record.ended_by:
            for right in record.rights:
                self._rows(
                    "INSERT INTO pledged VALUES (?, ?, ?)", number, record.registry, key(right)
                )

    def pledges_on(self, registry: str, number: str, day: date) -> tuple[PledgeRecord, ...]:
        """The pledges on a right that are live on the day."""
        rows = self._rows(
            "SELECT p.body FROM pledged AS d JOIN pledges AS p USING (registration_no)"
            " WHERE d.registry = ? AND d.key = ? ORDER BY registration_no",
            registry,
            key(number),
        )
        found = (cast("PledgeRecord", _decoded(PledgeRecord, row[0])) for row in rows)
        return tuple(pledge for pledge in found if pledge.is_live(day))

    def act(self, office_reference: str) -> ActRecord | None:
        """An act by the office's reference."""
        row = self._one("SELECT body FROM acts WHERE office_reference = ?", office_reference)
        return None if row is None else cast("ActRecord", _decoded(ActRecord, row[0]))

    def act_of(self, client_reference: str) -> tuple[ActRecord, str] | None:
        """An act by the client's reference, with the fingerprint of what came in."""
        row = self._one(
            "SELECT body, fingerprint FROM acts WHERE client_reference = ?", client_reference
        )
        return None if row is None else (cast("ActRecord", _decoded(ActRecord, row[0])), row[1])

    def add_act(self, act: ActRecord, fingerprint: str) -> None:
        """Take an act in."""
        self._rows(
            "INSERT INTO acts VALUES (?, ?, ?, ?)",
            act.office_reference,
            act.client_reference,
            fingerprint,
            _encoded(act),
        )

    def put_act(self, act: ActRecord) -> None:
        """Write an act anew."""
        self._rows(
            "UPDATE acts SET body = ? WHERE office_reference = ?",
            _encoded(act),
            act.office_reference,
        )

    def files(self, office_reference: str) -> tuple[tuple[str, bytes], ...]:
        """The files of an act."""
        rows = self._rows(
            "SELECT name, content FROM files WHERE office_reference = ? ORDER BY name",
            office_reference,
        )
        return tuple((str(name), bytes(content)) for name, content in rows)

    def put_files(self, office_reference: str, files: Iterable[tuple[str, bytes]]) -> None:
        """Add files to an act; one of the same name is replaced."""
        for name, content in files:
            self._rows(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?)", office_reference, name, content
            )

    def plan(self, due_on: date, step: str, subject: str) -> None:
        """Put a step on the agenda."""
        self._rows(
            "INSERT INTO agenda (due_on, step, subject) VALUES (?, ?, ?)",
            due_on.isoformat(),
            step,
            subject,
        )

    def take_due(self, day: date) -> tuple[date, str, str] | None:
        """The next step that is due by the day, taken off the agenda."""
        row = self._one(
            "SELECT id, due_on, step, subject FROM agenda WHERE due_on <= ?"
            " ORDER BY due_on, id LIMIT 1",
            day.isoformat(),
        )
        if row is None:
            return None
        self._rows("DELETE FROM agenda WHERE id = ?", row[0])
        return date.fromisoformat(row[1]), str(row[2]), str(row[3])

    def add_notice(self, notice: NoticeRecord) -> None:
        """Keep a notice; it is not delivered yet."""
        self._rows("INSERT INTO notices VALUES (?, ?)", notice.notice_no, _encoded(notice))

    def deliver(self, notice_no: str) -> None:
        """Send a notice out, once more if it went before."""
        self._rows("INSERT INTO deliveries (notice_no) VALUES (?)", notice_no)

    def delivered(self, after: int, most: int) -> tuple[tuple[int, NoticeRecord], ...]:
        """Deliveries behind a cursor."""
        rows = self._rows(
            "SELECT d.cursor, n.body FROM deliveries AS d JOIN notices AS n USING (notice_no)"
            " WHERE d.cursor > ? ORDER BY d.cursor LIMIT ?",
            after,
            most,
        )
        return tuple((int(row[0]), _decoded(NoticeRecord, row[1])) for row in rows)

    def count_attempt(self, client_reference: str) -> int:
        """How often an act was sent, this time included."""
        self._rows(
            "INSERT INTO attempts VALUES (?, 1)"
            " ON CONFLICT (client_reference) DO UPDATE SET count = count + 1",
            client_reference,
        )
        row = self._one("SELECT count FROM attempts WHERE client_reference = ?", client_reference)
        assert row is not None, "it was written just now"
        return int(row[0])

    def order_mishap(self, name: str) -> None:
        """Let something happen to the next submission."""
        self._rows("INSERT INTO mishaps (name) VALUES (?)", name)

    def take_mishap(self) -> str:
        """The next mishap that was ordered, taken off; "" where none was."""
        row = self._one("SELECT id, name FROM mishaps ORDER BY id LIMIT 1")
        if row is None:
            return ""
        self._rows("DELETE FROM mishaps WHERE id = ?", row[0])
        return str(row[1])


def _encoded(record: object) -> str:
    return codec.canonical(codec.encode(record)).decode()


def _decoded(kind: type[Any], text: str) -> Any:  # noqa: ANN401 - the kind's own type
    return codec.decode(kind, json.loads(text))
