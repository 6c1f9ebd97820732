"""Time stamps over HTTP: the client of a real authority, and a small server of a local one.

Source:
    RFC 3161, section 3.4.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIEnvironment

import httpx

from zhirong.adapters.timestamp.tokens import TimeStampUnavailableError
from zhirong.application.ports import TimeStamping

QUERY_TYPE = "application/timestamp-query"
REPLY_TYPE = "application/timestamp-reply"
BYTES_MAX = 65_536
SECONDS_MAX = 20.0

WsgiApplication = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteTimeStamping:
    """A time-stamp authority at a URL: a port of time stamping."""

    url: str
    seconds_max: float = SECONDS_MAX
    transport: httpx.BaseTransport | None = None

    def answer(self, query: bytes) -> bytes:
        """The authority's answer.

        Raises:
            TimeStampUnavailableError: No answer, or one of another kind.
        """
        try:
            with httpx.Client(timeout=self.seconds_max, transport=self.transport) as client:
                reply = client.post(self.url, content=query, headers={"Content-Type": QUERY_TYPE})
        except httpx.HTTPError as wrong:
            raise TimeStampUnavailableError(type(wrong).__name__) from wrong
        kind = reply.headers.get("Content-Type", "").partition(";")[0].strip()
        if reply.status_code != httpx.codes.OK or kind != REPLY_TYPE:
            raise TimeStampUnavailableError(f"HTTP {reply.status_code} {kind}".strip())
        return reply.content


def server(authority: TimeStamping) -> WsgiApplication:
    """A WSGI application that answers queries by POST."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        size = str(environ.get("CONTENT_LENGTH") or "0")
        if environ["REQUEST_METHOD"] != "POST" or environ.get("CONTENT_TYPE") != QUERY_TYPE:
            start_response("415 Unsupported Media Type", [("Content-Type", "text/plain")])
            return [b""]
        if not size.isdecimal() or not 0 < int(size) <= BYTES_MAX:
            start_response("413 Content Too Large", [("Content-Type", "text/plain")])
            return [b""]
        body = authority.answer(environ["wsgi.input"].read(int(size)))
        headers = [("Content-Type", REPLY_TYPE), ("Content-Length", str(len(body)))]
        start_response("200 OK", headers)
        return [body]

    return application
