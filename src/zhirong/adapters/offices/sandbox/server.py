"""The office as a process of its own: a server on the loopback, and the platform's clock."""

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPException
from socketserver import ThreadingMixIn
from urllib.request import urlopen
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

from zhirong.adapters.offices.sandbox.app import AnswerLostError, SandboxApp
from zhirong.adapters.offices.sandbox.office import OfficeHasNoDayError

LOOPBACK = "127.0.0.1"
CLOCK_TIMEOUT_SECONDS = 5
# How long a hanging answer holds the line before the office lets go.
HANG_SECONDS = 60
_DAY = re.compile(rb"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class PlatformClock:
    """The day by the platform's clock: the first date in what its address answers."""

    url: str

    def today(self) -> date | None:
        """The day; None where the clock does not answer."""
        if not self.url.startswith(("http://", "https://")):
            return None
        try:
            with urlopen(self.url, timeout=CLOCK_TIMEOUT_SECONDS) as answer:  # noqa: S310 - http alone
                found = _DAY.search(answer.read(4096))
        except (OSError, HTTPException):
            return None
        return None if found is None else date.fromisoformat(found[0].decode())


@dataclass(frozen=True, slots=True)
class Lossy:
    """The application as a server needs it: a lost answer closes the line without a word."""

    app: SandboxApp
    closing: threading.Event = field(default_factory=threading.Event)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, or let go of the line."""
        try:
            return self.app(environ, start_response)
        except AnswerLostError as lost:
            if lost.hangs:
                self.closing.wait(HANG_SECONDS)
            raise ConnectionAbortedError from lost


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """No line of log for each request."""
        del format, args


def server(app: SandboxApp, port: int) -> WSGIServer:
    """A server on the loopback, one thread a request; port 0 takes a free one."""
    return make_server(LOOPBACK, port, Lossy(app), server_class=_Server, handler_class=_Handler)


def follow_clock(app: SandboxApp, *, every_seconds: float, closing: threading.Event) -> None:
    """Work off what is due whenever the day has moved on, until `closing` is set."""
    while not closing.wait(every_seconds):
        try:
            app.office.day()
        except OfficeHasNoDayError:
            continue
