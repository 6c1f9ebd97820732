"""One supervisor: starts web, relay, worker and sandboxes, restarts what falls, ends them together.

It knows no framework: its children are commands. A child that falls again and again is started
after longer and longer pauses, so that a wrong setting does not burn the machine.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.error import URLError
from urllib.request import urlopen

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
GRACE = 8.0  # seconds between the polite signal and the hard one


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A process: its name in the log, its command, what it needs in the environment."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


class Kept:
    """A child kept running until told to end."""

    def __init__(self, child: Child, environment: Mapping[str, str]) -> None:
        self.child = child
        self.environment = {**environment, **child.environment}
        self.process: subprocess.Popen[bytes] | None = None
        self.is_ending = threading.Event()
        self.restarts = 0
        self.thread = threading.Thread(target=self._keep, name=child.name, daemon=True)
        self.thread.start()

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        while not self.is_ending.is_set():
            started = time.monotonic()
            # A group of its own: Ctrl-C reaches the supervisor alone, which then ends all in order.
            self.process = subprocess.Popen(
                self.child.command, env=dict(self.environment), start_new_session=True
            )
            code = self.process.wait()
            if self.is_ending.is_set():
                return
            self.restarts += 1
            lived = time.monotonic() - started
            pause = FIRST_PAUSE if lived > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
            _say(f"{self.child.name} ended with {code}; starting it again in {pause:.1f} s")
            self.is_ending.wait(pause)

    def end(self) -> None:
        """End the child politely, then hard."""
        self.is_ending.set()
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _say(text: str) -> None:
    sys.stderr.write(f"[zhirong] {text}\n")
    sys.stderr.flush()


def free_port() -> int:
    """A loopback port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether a loopback port can be taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_until_healthy(url: str, *, seconds: float) -> bool:
    """Whether an address answers within some seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=1) as answer:  # noqa: S310 - our own loopback address
                return bool(json.load(answer)["status"] == "ok")
        except (URLError, OSError, ValueError):
            time.sleep(0.1)
    return False


def supervise(children: Sequence[Child], *, ready_url: str, greeting: str) -> int:
    """Run the children until a signal ends them; says when the web answers."""
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    kept = [Kept(child, os.environ) for child in children]
    if wait_until_healthy(ready_url, seconds=60):
        _say(greeting)
    else:
        _say(f"{ready_url} does not answer yet; see the lines above.")
    stop.wait()
    for item in reversed(kept):
        item.end()
    return 0
