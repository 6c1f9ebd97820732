"""The supervisor with small children: one falls, one is renewed, one leaves others behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from zhirong.core.messages import Fact
from zhirong.platform.work import supervisor
from zhirong.platform.work.supervisor import Child, Kept

BEATS = """
import pathlib, signal, sys, time
place = pathlib.Path(sys.argv[1])
def note(word):
    with place.open("a") as file:
        file.write(word + "\\n")
signal.signal(signal.SIGHUP, lambda *_: note("changed"))
note("begun")
while True:
    time.sleep(0.02)
"""
WITH_A_CHILD = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(f"{child.pid}\\n")
time.sleep(60)
"""


class Watched:
    """A kept child, what it noted, and what the supervisor said of it."""

    def __init__(self, place: Path, script: str, how: signal.Signals | None = None) -> None:
        self.place, self.said = place, list[str]()
        command = (sys.executable, "-c", script, str(place))
        child = Child(name="child", command=command, renewed_by=how)
        self.kept = Kept(child, os.environ, self.say)

    def say(self, code: str, _: Mapping[str, Fact]) -> None:
        self.said.append(code)

    def notes(self) -> list[str]:
        return self.place.read_text().split() if self.place.exists() else []

    @property
    def process(self) -> "subprocess.Popen[bytes]":
        assert self.kept.process is not None
        return self.kept.process

    def end(self) -> None:
        self.kept.ask_to_end()
        self.kept.end(deadline=time.monotonic() + 5)


def wait_until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    made: list[Watched] = []

    def begin(script: str, how: signal.Signals | None = None) -> Watched:
        made.append(Watched(tmp_path / str(len(made)), script, how))
        wait_until(lambda: bool(made[-1].notes()))
        return made[-1]

    yield begin
    for item in made:
        item.end()


def is_alive(number: int) -> bool:
    """Whether a process runs; one that only waits to be counted off does not."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


class TestKept:
    def test_starts_again_what_was_killed_and_says_so(self, watch: Callable[..., Watched]) -> None:
        child = watch(BEATS)

        child.process.kill()

        wait_until(lambda: child.notes() == ["begun", "begun"])
        assert child.kept.falls == 1
        assert child.said == ["cli.serve.fell"]

    def test_ends_what_a_killed_child_left_behind(self, watch: Callable[..., Watched]) -> None:
        child = watch(WITH_A_CHILD)
        (orphan,) = (int(word) for word in child.notes())

        child.process.kill()

        wait_until(lambda: not is_alive(orphan))

    def test_stays_ended(self, watch: Callable[..., Watched]) -> None:
        child = watch(BEATS)

        child.end()

        assert child.process.poll() is not None
        assert not child.kept.thread.is_alive()
        assert child.notes() == ["begun"]


class TestRenew:
    def test_lets_one_that_can_change_its_own_processes(
        self, watch: Callable[..., Watched]
    ) -> None:
        child = watch(BEATS, signal.SIGHUP)
        before = child.process.pid

        child.kept.renew()

        wait_until(lambda: "changed" in child.notes())
        assert child.process.pid == before

    def test_starts_others_anew_at_once_and_counts_no_fall(
        self, watch: Callable[..., Watched]
    ) -> None:
        child = watch(BEATS, signal.SIGTERM)

        child.kept.renew()

        wait_until(lambda: child.notes() == ["begun", "begun"])
        assert child.kept.falls == 0

    def test_leaves_a_counterparty_alone(self, watch: Callable[..., Watched]) -> None:
        child = watch(BEATS)
        before = child.process.pid

        child.kept.renew()

        assert child.process.pid == before
        assert child.said == []


class TestSupervise:
    def test_ends_all_with_the_code_of_what_looked_at_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(supervisor, "wait_until_healthy", lambda *_, **__: True)
        monkeypatch.setattr(signal, "signal", lambda *_: None)
        said: list[str] = []
        children = [
            Child(name=name, command=(sys.executable, "-c", BEATS, str(tmp_path / name)))
            for name in ("web", "other")
        ]

        def look() -> int:
            wait_until(lambda: (tmp_path / "web").exists() and (tmp_path / "other").exists())
            return 7

        code = supervisor.supervise(
            children, ready_url="", say=lambda code, _: said.append(code), when_ready=look
        )

        assert code == 7
        assert said == ["cli.serve.ending"]

    def test_fails_where_a_child_fell_meanwhile(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(supervisor, "wait_until_healthy", lambda *_, **__: True)
        monkeypatch.setattr(signal, "signal", lambda *_: None)
        said: list[str] = []

        def look() -> int:
            wait_until(lambda: "cli.serve.fell" in said)
            return 0

        code = supervisor.supervise(
            [Child(name="web", command=(sys.executable, "-c", "raise SystemExit(3)"))],
            ready_url="",
            say=lambda code, _: said.append(code),
            when_ready=look,
        )

        assert code == 1


SUPERVISED = r'''
import sys
from zhirong.platform.work import supervisor
from zhirong.platform.work.supervisor import Child

supervisor.wait_until_healthy = lambda *_, **__: True
note = """
import os, pathlib, sys, time
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()}\\n")
time.sleep(60)
"""
children = [
    Child(name=name, command=(sys.executable, "-c", note, f"{sys.argv[1]}/{name}"))
    for name in ("web", "worker")
]
done = supervisor.supervise(
    children, ready_url="", say=lambda *_: None, when_ready=lambda: None
)
sys.exit(done)
'''


class TestTied:
    @pytest.fixture
    def running(self, tmp_path: Path) -> Iterator[tuple["subprocess.Popen[bytes]", list[int]]]:
        """A supervisor in a process of its own, and the numbers of its children."""
        parent = subprocess.Popen([sys.executable, "-c", SUPERVISED, str(tmp_path)])
        files = [tmp_path / name for name in ("web", "worker")]
        wait_until(lambda: all(f.exists() and f.read_text().endswith("\n") for f in files))
        numbers = [int(file.read_text()) for file in files]
        yield parent, numbers
        parent.kill()
        parent.wait()
        for number in filter(is_alive, numbers):
            os.kill(number, signal.SIGKILL)

    def test_children_end_when_their_supervisor_is_killed(
        self, running: tuple["subprocess.Popen[bytes]", list[int]]
    ) -> None:
        parent, numbers = running

        parent.send_signal(signal.SIGKILL)
        parent.wait()

        wait_until(lambda: not any(is_alive(number) for number in numbers))

    def test_children_end_with_a_supervisor_that_is_told_to(
        self, running: tuple["subprocess.Popen[bytes]", list[int]]
    ) -> None:
        parent, numbers = running

        parent.send_signal(signal.SIGTERM)

        assert parent.wait(timeout=supervisor.GRACE) == 0
        assert not any(is_alive(number) for number in numbers)
