"""One supervisor: starts web, relay, worker and sandboxes, restarts what falls, ends them together.

It knows no framework: its children are commands. A child that falls again and again is started
after longer and longer pauses, so that a wrong setting does not burn the machine. SIGHUP renews
the children one after the other, the web without losing a request; SIGTERM and Ctrl-C end all. On
Linux the children end too when the supervisor itself is killed.
"""

import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.error import URLError
from urllib.request import Request, urlopen

from zhirong.core.messages import Fact
from zhirong.platform.work.tied import tied

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
GRACE = 12.0  # seconds between the polite signal and the hard one
ORPHANS_GRACE = 3.0  # seconds for processes that a killed child left behind
READY_SECONDS = 180.0
LOOK = 0.5

Say = Callable[[str, Mapping[str, Fact]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A process: its name in the log, its command, what it needs in the environment.

    `renewed_by` is the signal that makes it take up new code and settings: SIGHUP where it changes
    its own processes, SIGTERM where it ends and is started anew, None where it stays. A quiet one
    says on its standard output only what other programs read.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    renewed_by: signal.Signals | None = None
    is_quiet: bool = False


class Kept:
    """A child kept running until told to end."""

    def __init__(self, child: Child, environment: Mapping[str, str], say: Say) -> None:
        self.child = child
        self.environment = {**environment, **child.environment}
        self.say = say
        self.process: subprocess.Popen[bytes] | None = None
        self.is_ending = threading.Event()
        self.is_renewed = threading.Event()
        self.falls = 0
        self.thread = threading.Thread(target=self._keep, name=child.name, daemon=True)
        self.thread.start()

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        while not self.is_ending.is_set():
            started = time.monotonic()
            # A group of its own: Ctrl-C reaches the supervisor alone, which then ends all in order.
            self.process = subprocess.Popen(
                tied(self.child.command),
                env=dict(self.environment),
                stdout=subprocess.DEVNULL if self.child.is_quiet else None,
                start_new_session=True,
            )
            code = self.process.wait()
            _end_orphans(self.process.pid)
            if self.is_ending.is_set():
                return
            if self.is_renewed.is_set():
                self.is_renewed.clear()
                continue
            self.falls += 1
            lived = time.monotonic() - started
            pause = FIRST_PAUSE if lived > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
            facts: dict[str, Fact] = {
                "name": self.child.name,
                "status": code,
                "pause": f"{pause:.1f}",
            }
            self.say("cli.serve.fell", facts)
            self.is_ending.wait(pause)

    def renew(self) -> None:
        """Let the child take up new code and settings."""
        how = self.child.renewed_by
        if how is None or self.process is None or self.process.poll() is not None:
            return
        self.say("cli.serve.renewed", {"name": self.child.name})
        if how is not signal.SIGHUP:
            self.is_renewed.set()
        self.process.send_signal(how)

    def ask_to_end(self) -> None:
        """The polite signal; it is not started again."""
        self.is_ending.set()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, *, deadline: float) -> None:
        """Wait for the end; the hard signal after the deadline."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.thread.join(ORPHANS_GRACE + 1)


def _end_orphans(group: int) -> None:
    """End what a child that was killed left behind: it would hold the port and the old code."""
    try:
        os.killpg(group, signal.SIGTERM)
        deadline = time.monotonic() + ORPHANS_GRACE
        while time.monotonic() < deadline:
            os.killpg(group, 0)
            time.sleep(0.05)
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def free_port() -> int:
    """A loopback port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a port can be taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def wait_until_healthy(url: str, *, seconds: float, stop: threading.Event | None = None) -> bool:
    """Whether an address answers that all is well, within some seconds or until told to stop."""
    stop = stop or threading.Event()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not stop.is_set():
        try:
            with urlopen(Request(url), timeout=5) as answer:  # noqa: S310 - our own loopback address
                if json.load(answer)["status"] == "ok":
                    return True
        except (URLError, OSError, ValueError):
            pass
        stop.wait(0.1)
    return False


def supervise(
    children: Sequence[Child], *, ready_url: str, say: Say, when_ready: Callable[[], int | None]
) -> int:
    """Run the children until a signal ends them; the exit code.

    The first child is the web: the others begin when it answers, so that a person sees the first
    page as soon as may be. Then `when_ready` is called once; a number it gives ends everything
    with that exit code, or with 1 where a child fell meanwhile.
    """
    stop, renewal = threading.Event(), threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    signal.signal(signal.SIGHUP, lambda *_: renewal.set())
    kept = [Kept(children[0], os.environ, say)]
    try:
        is_healthy = wait_until_healthy(ready_url, seconds=READY_SECONDS, stop=stop)
        if not stop.is_set():
            kept += [Kept(child, os.environ, say) for child in children[1:]]
            if not is_healthy:
                say("cli.serve.silent", {"address": ready_url})
            code = when_ready() if is_healthy else None
            if code is not None:
                return code or int(any(item.falls for item in kept))
        _keep_until(stop, renewal, kept)
    finally:
        say("cli.serve.ending", {})
        _end(kept)
    return 0


def _keep_until(stop: threading.Event, renewal: threading.Event, kept: Sequence[Kept]) -> None:
    while not stop.wait(LOOK):
        if renewal.is_set():
            renewal.clear()
            for item in kept:
                item.renew()


def _end(kept: Sequence[Kept]) -> None:
    deadline = time.monotonic() + GRACE
    for item in kept:
        item.ask_to_end()
    for item in kept:
        item.end(deadline=deadline)
