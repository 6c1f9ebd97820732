"""A platform of real processes in a folder of its own, for tests that kill them."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

COMMAND = (sys.executable, "-m", "tests.processes")
CHECKOUT = Path(__file__).resolve().parent.parent.parent
NOW = "2026-07-06 00:00:00"


class Processes:
    """Relay and workers on SQLite; what they leave is read with a plain connection."""

    def __init__(self, data: Path, *, database: str = "") -> None:
        data.mkdir(exist_ok=True)
        self.data = data
        self.running: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "ZHIRONG_MODE": "demonstration",
            "ZHIRONG_DATA": str(data),
            "DATABASE_URL": database,
            "ZHIRONG_JOBS_URL": "",
            "DJANGO_SETTINGS_MODULE": "zhirong.platform.settings",
        }

    def manage(self, *words: str) -> str:
        """The output of a command that ends well."""
        ended = subprocess.run(
            [*COMMAND, *words], env=self.environment, cwd=CHECKOUT, check=False, text=True,
            capture_output=True,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def refused(self, *words: str) -> str:
        """What a command says that ends with 1."""
        ended = subprocess.run(
            [*COMMAND, *words], env=self.environment, cwd=CHECKOUT, check=False, text=True,
            capture_output=True,
        )  # fmt: skip
        assert ended.returncode == 1, ended.stderr
        return ended.stderr

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """A command that runs on; its words go to a log in the folder."""
        with (self.data / f"{words[0]}.log").open("ab") as log:
            process = subprocess.Popen(
                [*COMMAND, *words], env=self.environment, cwd=CHECKOUT, stdout=log, stderr=log
            )
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """As a power cut would."""
        process.send_signal(signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.kill()
                process.wait()

    def ask(self, kind: str, *, is_watched: bool = True) -> int:
        """Work as a committed transaction would have asked for it."""
        with self.database() as base:
            row = base.execute(
                "INSERT INTO operations_outbox (kind, payload, created_at, attempt, failure)"
                " VALUES (?, '{}', ?, 1, '{}')",
                (kind, NOW),
            ).lastrowid
            assert row is not None
            if is_watched:
                base.execute(
                    "INSERT INTO operations_job (outbox_id, title, state, done, total, message,"
                    " is_cancel_asked, created_at)"
                    " VALUES (?, 'job.appraise', 'waiting', 0, 0, '{}', 0, ?)",
                    (row, NOW),
                )
            return row

    def database(self) -> sqlite3.Connection:
        return sqlite3.connect(self.data / "platform.sqlite", timeout=20)

    def one(self, question: str, *facts: object) -> object:
        """The first column of the first row."""
        base = self.database()
        try:
            found = base.execute(question, facts).fetchone()
        finally:
            base.close()
        return found[0] if found else None

    def is_done(self, work: int) -> bool:
        return self.one("SELECT done_at FROM operations_outbox WHERE id = ?", work) is not None

    def job(self, work: int) -> tuple[object, dict[str, object]]:
        """State and message of the job of some work."""
        state = self.one("SELECT state FROM operations_job WHERE outbox_id = ?", work)
        text = self.one("SELECT message FROM operations_job WHERE outbox_id = ?", work)
        return state, json.loads(str(text))

    def notes(self) -> list[str]:
        file = self.data / "notes.txt"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def say(self, name: str) -> None:
        (self.data / name).touch()

    def wait(self, what: Callable[[], bool], *, seconds: float) -> float:
        """Seconds until something was so."""
        begun = time.monotonic()
        while not what():
            waited = time.monotonic() - begun
            assert waited < seconds, self.logs()
            time.sleep(0.05)
        return time.monotonic() - begun

    def logs(self) -> str:
        return "\n".join(f.read_text(encoding="utf-8")[-3000:] for f in self.data.glob("*.log"))
