"""How the client sends: signed where it has a secret, tried again where that is harmless."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

import httpx

ROOT = "/api/v1"
TRIES = 4
FIRST_PAUSE = 0.5  # seconds, doubled from try to try
AGAIN = frozenset({429, 502, 503, 504})
TOLERANCE = 300  # seconds by which a webhook's signature may be old


class AnswerError(Exception):
    """The API turned a request away.

    Attributes:
        status: Of HTTP.
        code: For programs; stays the same over versions.
        message: For people, in the language asked for.
        facts: What the message is filled with.
    """

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(body.get("code", ""))
        self.message = str(body.get("message", ""))
        self.facts: Mapping[str, Any] = body.get("facts", {})
        super().__init__(f"{status} {self.code}: {self.message}")


def is_genuine(body: bytes, signature: str, *, secret: str, now: float) -> bool:
    """Whether a webhook's body was signed with the secret, lately.

    Args:
        body: As it came in.
        signature: The header `Zhirong-Signature`.
        secret: Told when the address was registered.
        now: Seconds since 1970.
    """
    parts = dict(item.partition("=")[::2] for item in signature.split(","))
    at, given = parts.get("t", ""), parts.get("v1", "")
    if not at.isascii() or not at.isdigit() or abs(now - int(at)) > TOLERANCE:
        return False
    wanted = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(given.encode(), wanted.encode())


def confirmation(request: httpx.Request, *, secret: str, now: float) -> str:
    """The header `Zhirong-Confirmation` of a request: a signature over it and the moment.

    Args:
        request: With its content and its idempotency key.
        secret: Told with the key when it was made.
        now: Seconds since 1970.
    """
    content = hashlib.sha256(request.read()).hexdigest()
    path, key = request.url.raw_path.decode(), request.headers["Idempotency-Key"]
    signed = f"{int(now)}.{request.method}.{path}.{content}.{key}".encode()
    made = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={int(now)},v1={made}"


class Sender:
    """One person's key at one platform, and how its requests travel.

    Args:
        base_url: Of the platform, as `https://zhirong.example`.
        key: As shown once when it was made.
        secret: Shown with it; signs what binds. Without it the client reads and prepares only.
        language: Of messages: zh or en.
        transport: Another way to send than over the network; tests give one.
        pause: How to wait; tests give one that does not.
    """

    def __init__(
        self,
        base_url: str,
        key: str,
        *,
        secret: str = "",
        language: str = "zh",
        transport: httpx.BaseTransport | None = None,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        headers = {"Authorization": f"Bearer {key}", "Accept-Language": language}
        self._http = httpx.Client(
            base_url=base_url.rstrip("/"), headers=headers, transport=transport, timeout=60.0
        )
        self._pause = pause
        self._secret = secret

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connections."""
        self._http.close()

    # Requests

    def send(self, method: str, path: str, **content: Any) -> httpx.Response:  # noqa: ANN401 - as of httpx
        """A request to an address under `/api/v1`, tried again where that is harmless.

        Raises:
            AnswerError: The API turned it away.
            httpx.TransportError: It cannot be reached.
        """
        headers = dict(content.pop("headers", {}))
        if method == "POST":
            headers.setdefault("Idempotency-Key", secrets.token_hex(16))
        for place in range(TRIES):
            is_last = place == TRIES - 1
            wait = FIRST_PAUSE * 2**place
            try:
                answer = self._http.send(self._request(method, path, headers, content))
            except httpx.TransportError:
                if is_last:
                    raise
            else:
                if answer.status_code not in AGAIN or is_last:
                    return _checked(answer)
                wait = max(wait, float(answer.headers.get("Retry-After", "0")))
            self._pause(wait)
        raise AssertionError("the last try returns or raises")

    def _request(
        self, method: str, path: str, headers: dict[str, str], content: dict[str, Any]
    ) -> httpx.Request:
        """A request as it travels; each try is signed anew, for the moment counts."""
        made = self._http.build_request(method, f"{ROOT}{path}", headers=headers, **content)
        if self._secret and method == "POST":
            signed = confirmation(made, secret=self._secret, now=time.time())
            made.headers["Zhirong-Confirmation"] = signed
        return made

    def _get(self, path: str, **params: object) -> Any:  # noqa: ANN401 - JSON
        given = {name: str(value) for name, value in params.items() if value is not None}
        return self.send("GET", path, params=given).json()

    def _post(self, path: str, body: object = None, *, key: str | None = None) -> Any:  # noqa: ANN401 - JSON
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", path, json=body, headers=headers).json()


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    try:
        body = answer.json()
    except ValueError:
        body = {}
    raise AnswerError(answer.status_code, body if isinstance(body, dict) else {})
