"""The sandbox office as a process of its own: killed at any point, it goes on from its file."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests import offices as on
from zhirong.adapters.offices.http import HttpOffice, connect
from zhirong.adapters.offices.submitting import submit_once
from zhirong.filing.office import OfficeDownError

FRIDAY = date(2026, 6, 5)


class PlatformClock:
    """A clock's address that answers with a day."""

    def __init__(self) -> None:
        clock = self
        self.day = on.MONDAY

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps({"today": clock.day.isoformat()}).encode())

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
                del format, args

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/clock"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass(slots=True)
class Child:
    """The office's process, and the client that reaches it."""

    folder: Path
    clock: PlatformClock
    process: subprocess.Popen[str]
    office: HttpOffice

    @staticmethod
    def command(folder: Path, clock: PlatformClock) -> list[str]:
        module = "zhirong.adapters.offices.sandbox"
        options = ["--data", str(folder), "--clock-url", clock.url, "--temper", "calm"]
        seed = ["--register", str(folder / "register.json"), "--control", "--poll-seconds", "0.05"]
        return [sys.executable, "-m", module, *options, *seed]

    @classmethod
    def started(cls, folder: Path, clock: PlatformClock) -> "Child":
        process = subprocess.Popen(cls.command(folder, clock), stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        port = json.loads(process.stdout.readline())["port"]
        office = connect(f"http://127.0.0.1:{port}", name="sandbox", timeout_seconds=10)
        return cls(folder, clock, process, office)

    def killed(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.office.client.close()

    def restarted(self) -> "Child":
        self.killed()
        return Child.started(self.folder, self.clock)


@pytest.fixture
def clock() -> Iterator[PlatformClock]:
    made = PlatformClock()
    yield made
    made.close()


@pytest.fixture
def child(tmp_path: Path, clock: PlatformClock) -> Iterator[Child]:
    (tmp_path / "register.json").write_text(json.dumps(on.SEED), encoding="utf-8")
    made = Child.started(tmp_path, clock)
    yield made
    if made.process.poll() is None:
        made.killed()


def kinds(office: HttpOffice) -> list[str]:
    given = {notice.notice_no: str(notice.kind) for _, notice in office.notices(after=0)}
    return [given[number] for number in sorted(given)]


class TestProcess:
    def test_registers_by_the_platforms_clock(self, child: Child) -> None:
        child.office.submit(on.act())
        child.clock.day = FRIDAY

        assert kinds(child.office) == ["accepted", "registered"]

    def test_works_off_what_is_due_though_nobody_asks(self, child: Child) -> None:
        child.office.submit(on.act())
        child.clock.day = FRIDAY
        health = {"day": ""}
        for _ in range(200):
            health = child.office.client.get("/health").json()
            if health["day"] == FRIDAY.isoformat():
                break
            threading.Event().wait(0.02)

        assert health == {"day": FRIDAY.isoformat(), "is_down": False}

    def test_closes_the_line_when_an_answer_is_lost(self, child: Child) -> None:
        child.office.control("mishaps", next=["lost"])

        with pytest.raises(OfficeDownError, match="RemoteProtocolError"):
            child.office.submit(on.act())

        assert child.office.find("ZR-1") is not None

    def test_killed_between_taking_in_and_answering_loses_and_doubles_nothing(
        self, child: Child
    ) -> None:
        child.office.control("mishaps", next=["hanging"])
        failures: list[BaseException] = []
        sender = threading.Thread(target=send, args=(child.office.client.base_url, failures))
        sender.start()
        while child.office.find("ZR-1") is None:
            threading.Event().wait(0.01)

        second = child.restarted()
        sender.join()
        try:
            receipt = submit_once(second.office, on.act())
            child.clock.day = FRIDAY
            told = kinds(second.office)
            third = second.restarted()
            second = third

            assert [type(item) for item in failures] == [OfficeDownError]
            assert receipt.received_on == on.MONDAY
            assert told == ["accepted", "registered"]
            assert kinds(third.office) == told
            assert third.office.submit(on.act()) == receipt
        finally:
            second.killed()


def send(address: httpx.URL, failures: list[BaseException]) -> None:
    """Send over a line of its own, which breaks when the office is killed."""
    office = connect(str(address), name="sandbox", timeout_seconds=60)
    try:
        office.submit(on.act())
    except OfficeDownError as down:
        failures.append(down)
    finally:
        office.client.close()
