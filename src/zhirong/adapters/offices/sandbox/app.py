"""The office over HTTP: a WSGI application that speaks JSON.

POST /acts, GET /acts?client_reference=, GET /notices?after=, GET /register/{registry}/{number},
GET /health; with `control`, the end points of `control.py` under /control/.
"""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, unquote
from wsgiref.types import StartResponse, WSGIEnvironment

from zhirong.adapters.offices.sandbox import control
from zhirong.adapters.offices.sandbox.desk import ActRefusedAtDeskError, Incoming
from zhirong.adapters.offices.sandbox.office import OfficeHasNoDayError, SandboxOffice
from zhirong.adapters.offices.sandbox.records import ActRecord, NoticeRecord
from zhirong.adapters.offices.sandbox.seeding import SeedUnreadableError
from zhirong.core import codec
from zhirong.core.errors import InputError, RegisterError

BODY_BYTES_MAX = 64_000_000
NOTICES_MAX = 200
HANGING, LOST, BUSY = "hanging", "lost", "busy"


class AnswerLostError(RegisterError):
    """The act was taken in, and the answer does not reach the client; `hangs`: not in time."""

    code = "error.sandbox_office_answer_lost"

    def __init__(self, *, hangs: bool) -> None:
        super().__init__("The answer got lost on its way.")
        self.hangs = hangs


class RequestUnreadableError(InputError):
    """A request whose body or address cannot be read."""

    code = "error.sandbox_office_request"

    def __init__(self, detail: str) -> None:
        super().__init__(f"The request cannot be read: {detail}.", detail=detail)


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and what is said."""

    status: HTTPStatus
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxApp:
    """The WSGI application of one office."""

    office: SandboxOffice
    has_control: bool = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        answer = self._answer(environ)
        body = json.dumps(answer.body, ensure_ascii=False).encode()
        status = f"{answer.status.value} {answer.status.phrase}"
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(status, headers)
        return [body]

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        try:
            return self._route(environ)
        except ActRefusedAtDeskError as refused:
            is_used = refused.reason == "reference_used"
            status = HTTPStatus.CONFLICT if is_used else HTTPStatus.UNPROCESSABLE_ENTITY
            return Answer(status, {"error": refused.reason, "detail": refused.facts["detail"]})
        except (RequestUnreadableError, SeedUnreadableError) as wrong:
            return Answer(HTTPStatus.BAD_REQUEST, {"error": "unreadable", "detail": str(wrong)})
        except OfficeHasNoDayError as wrong:
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE, {"error": "no_day", "detail": str(wrong)})

    def _route(self, environ: WSGIEnvironment) -> Answer:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
        if path.startswith("/control/"):
            return self._control(environ, path.removeprefix("/control/"))
        day = self.office.day()
        is_down = self.office.is_down(day)
        if path == "/health":
            return Answer(HTTPStatus.OK, {"day": day.isoformat(), "is_down": is_down})
        if is_down:
            return _down(day.isoformat())
        routes: Mapping[tuple[str, str], Callable[[WSGIEnvironment], Answer]] = {
            ("POST", "/acts"): self._take,
            ("GET", "/acts"): self._find,
            ("GET", "/notices"): self._notices,
        }
        route = routes.get((method, path))
        if route is not None:
            return route(environ)
        if method == "GET" and path.startswith("/register/"):
            return self._register(path)
        return _missing()

    def _take(self, environ: WSGIEnvironment) -> Answer:
        incoming = _incoming(environ)
        store, day = self.office.store, self.office.day()
        with store.transaction():
            is_first = store.count_attempt(incoming.client_reference) == 1
            ordered = store.take_mishap()
        drawn = self.office.temper.mishap(incoming.client_reference) if is_first else ""
        mishap = ordered or drawn
        if mishap == BUSY:
            return _down(day.isoformat())
        act = self.office.desk.take(incoming, day)
        if mishap in (LOST, HANGING):
            raise AnswerLostError(hangs=mishap == HANGING)
        return Answer(HTTPStatus.OK, _receipt(act))

    def _find(self, environ: WSGIEnvironment) -> Answer:
        found = self.office.store.act_of(_asked(environ, "client_reference"))
        return _missing() if found is None else Answer(HTTPStatus.OK, _receipt(found[0]))

    def _notices(self, environ: WSGIEnvironment) -> Answer:
        after = _asked(environ, "after")
        if not after.isdecimal():
            raise RequestUnreadableError("after is no number")
        given = self.office.store.delivered(int(after), NOTICES_MAX)
        return Answer(
            HTTPStatus.OK,
            {"notices": [{"cursor": cursor, "notice": _notice(item)} for cursor, item in given]},
        )

    def _register(self, path: str) -> Answer:
        parts = path.removeprefix("/register/").split("/")
        if len(parts) != 2:
            return _missing()
        registry, number = parts[0], unquote(parts[1])
        right = self.office.store.right(registry, number)
        if right is None:
            return _missing()
        pledges = self.office.store.pledges_on(registry, number, self.office.day())
        return Answer(
            HTTPStatus.OK,
            {"right": codec.encode(right), "pledges": [codec.encode(item) for item in pledges]},
        )

    def _control(self, environ: WSGIEnvironment, name: str) -> Answer:
        if not self.has_control or environ["REQUEST_METHOD"] != "POST":
            return _missing()
        try:
            done = control.do(self.office, name, _json(environ))
        except (KeyError, ValueError, TypeError) as wrong:
            raise RequestUnreadableError(str(wrong)) from wrong
        return _missing() if done is None else Answer(HTTPStatus.OK, done)


def _down(day: str) -> Answer:
    return Answer(HTTPStatus.SERVICE_UNAVAILABLE, {"error": "down", "detail": day})


def _missing() -> Answer:
    return Answer(HTTPStatus.NOT_FOUND, {"error": "not_found", "detail": ""})


def _receipt(act: ActRecord) -> Mapping[str, Any]:
    return {
        "client_reference": act.client_reference,
        "office_reference": act.office_reference,
        "received_on": act.received_on.isoformat(),
    }


def _notice(notice: NoticeRecord) -> Mapping[str, Any]:
    body = dict(codec.encode(notice))
    body["content"] = base64.b64encode(body.pop("text").encode()).decode()
    return body


def _asked(environ: WSGIEnvironment, name: str) -> str:
    found = parse_qs(environ.get("QUERY_STRING", "")).get(name)
    if not found:
        raise RequestUnreadableError(f"{name} is missing")
    return str(found[0])


def _json(environ: WSGIEnvironment) -> Mapping[str, Any]:
    length = str(environ.get("CONTENT_LENGTH") or "0")
    if not length.isdecimal() or int(length) > BODY_BYTES_MAX:
        raise RequestUnreadableError("the body is too long")
    try:
        text = environ["wsgi.input"].read(int(length)) or b"{}"
        body = json.loads(text, parse_constant=_no_number)
    except ValueError as wrong:
        raise RequestUnreadableError("the body is no JSON") from wrong
    if not isinstance(body, dict):
        raise RequestUnreadableError("the body is no object")
    return body


def _no_number(name: str) -> object:
    raise RequestUnreadableError(f"{name} is no number")


def _incoming(environ: WSGIEnvironment) -> Incoming:
    body = _json(environ)
    reference = str(body.get("client_reference") or "")
    if not reference or environ.get("HTTP_CLIENT_REFERENCE", reference) != reference:
        raise ActRefusedAtDeskError("malformed", "client_reference")
    form, files = body.get("form"), body.get("files") or []
    if not isinstance(form, dict) or not isinstance(files, list):
        raise ActRefusedAtDeskError("malformed", "form")
    return Incoming(
        client_reference=reference,
        registry=str(body.get("registry")),
        kind=str(body.get("kind")),
        form=form,
        files=tuple(_file(item) for item in files),
        registration_no=_optional(body, "registration_no"),
        answers=_optional(body, "answers"),
    )


def _optional(body: Mapping[str, Any], name: str) -> str | None:
    found = body.get(name)
    if found is not None and not isinstance(found, str):
        raise ActRefusedAtDeskError("malformed", name)
    return found


def _file(item: object) -> tuple[str, bytes]:
    if not isinstance(item, dict) or not {"name", "content"} <= item.keys():
        raise ActRefusedAtDeskError("malformed", "files")
    try:
        return str(item["name"]), base64.b64decode(str(item["content"]), validate=True)
    except ValueError as wrong:
        raise ActRefusedAtDeskError("malformed", "files") from wrong
