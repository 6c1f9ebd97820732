"""Backup, restore and upgrade of a demonstration, with the commands that people use."""

import io
import os
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.processes.platform import Processes
from tools.with_postgresql import postgresql, programs

pytestmark = pytest.mark.slow

COUNTS = "SELECT COUNT(*) FROM accounts_user"


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a seeded demonstration with a stored file and a sealed log."""
    place = tmp_path_factory.mktemp("backup")
    platform = Processes(place / "data")
    platform.manage("migrate", "--verbosity", "0")
    platform.manage("seed_demonstration")
    platform.manage("shell", "-c", KEEP_A_FILE)
    platform.manage("backup", str(place / "backup.tar.gz"))
    return place / "backup.tar.gz"


KEEP_A_FILE = """
from datetime import timedelta
from zhirong.platform.accounts.models import Organization, User
from zhirong.platform.accounts.viewer import viewer_of
from zhirong.platform.documents.services import NewFile, upload
from zhirong.platform.matters.services import open_matter
from zhirong.platform.operations import clock, journal
firm = viewer_of(User.objects.get(sign_in_name="firm1"))
bank = Organization.objects.get(kind="bank")
matter = open_matter(actor=firm, title="x", lender_id=bank.pk)
upload(matter.number, (NewFile(name="a.csv", content=b"kept", media_type="text/csv"),), actor=firm)
journal.seal(settled_by=clock.real_now() + timedelta(days=1))
"""


FIRST_STATE = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
first = [("accounts", "0001_initial"), ("matters", "0001_initial")]
first += [("operations", "0002_append_only"), ("ledger", "0002_append_only")]
MigrationExecutor(connection).migrate(first)
"""


def changed(backup: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The backup with its parts put through a change; None leaves a part out."""
    with tarfile.open(backup) as old, tarfile.open(target, "w:gz") as new:
        for member in old.getmembers():
            file = old.extractfile(member)
            assert file is not None
            content = change(member.name, file.read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return target


class TestRestore:
    def test_brings_back_rows_bytes_and_log(self, backup: Path, tmp_path: Path) -> None:
        other = Processes(tmp_path / "other")

        said = other.manage("restore", str(backup))

        assert said.startswith("Done: 1 files, ")
        assert int(str(other.one(COUNTS))) > 5
        (stored,) = [path for path in (other.data / "files").rglob("*") if path.is_file()]
        assert stored.read_bytes() == b"kept"
        assert "0 not sealed yet" in other.manage("audit_log")
        assert not (other.data / "jobs.sqlite").exists()

    def test_refuses_a_folder_where_something_is(self, backup: Path, tmp_path: Path) -> None:
        other = Processes(tmp_path / "other")
        other.manage("migrate", "--verbosity", "0")

        assert "There is something already" in other.refused("restore", str(backup))

    def test_refuses_a_changed_byte(self, backup: Path, tmp_path: Path) -> None:
        def change(name: str, content: bytes) -> bytes:
            return b"lost" if "/files/" in name else content

        forged = changed(backup, tmp_path / "forged.tar.gz", change)
        said = Processes(tmp_path / "other").refused("restore", str(forged))

        assert "is gone, changed or not of the backup" in said

    def test_refuses_a_backup_without_a_part(self, backup: Path, tmp_path: Path) -> None:
        def leave_out(name: str, content: bytes) -> bytes | None:
            return None if "/files/" in name else content

        short = changed(backup, tmp_path / "short.tar.gz", leave_out)
        said = Processes(tmp_path / "other").refused("restore", str(short))

        assert "is gone, changed or not of the backup" in said

    def test_works_on_postgresql(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", f"{programs()}{os.pathsep}{os.environ['PATH']}")
        with postgresql() as url:
            with psycopg.connect(url, autocommit=True) as server:
                server.execute("CREATE DATABASE restored")
            first = Processes(tmp_path / "first", database=url)
            first.manage("migrate", "--verbosity", "0")
            first.manage("seed_demonstration")
            first.manage("shell", "-c", KEEP_A_FILE)
            first.manage("backup", str(tmp_path / "backup.tar.gz"))
            other_url = url.replace("/postgres?", "/restored?")
            assert other_url != url
            other = Processes(tmp_path / "other", database=other_url)

            said = other.manage("restore", str(tmp_path / "backup.tar.gz"))

            assert said.startswith("Done: 1 files, ")
            with psycopg.connect(other_url) as server:
                row = server.execute(COUNTS).fetchone()
                assert row is not None
                assert row[0] > 5
            assert "There is something already" in other.refused(
                "restore", str(tmp_path / "backup.tar.gz")
            )


class TestUpgrade:
    def test_keeps_rows_and_triggers_from_the_first_state_on(self, tmp_path: Path) -> None:
        platform = Processes(tmp_path)
        platform.manage("shell", "-c", FIRST_STATE)
        with platform.database() as base:
            base.execute(
                "INSERT INTO accounts_organization (id, kind, name, identifier, address)"
                " VALUES (1, 'firm', 'x', '91990000MAXXXX0159', '')"
            )
            base.execute(
                "INSERT INTO operations_outbox (id, kind, payload, created_at)"
                " VALUES (7, 'appraise', '{}', '2026-07-06')"
            )
            base.execute(
                'INSERT INTO operations_logentry (id, recorded_at, "on", action, facts, digest)'
                " VALUES (3, '2026-07-06', '2026-07-06', 'x', '{}', 'd')"
            )

        platform.manage("migrate", "--verbosity", "0")

        assert platform.one("SELECT name FROM accounts_organization") == "x"
        assert platform.one("SELECT attempt FROM operations_outbox WHERE id = 7") == 1
        with platform.database() as base:
            for table in ("operations_logentry", "operations_seal", "ledger_transfer"):
                found = base.execute(
                    "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?",
                    (table,),
                ).fetchone()
                assert found == (2,), table
        with pytest.raises(sqlite3.IntegrityError), platform.database() as base:
            base.execute("DELETE FROM operations_logentry")
