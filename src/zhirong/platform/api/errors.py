"""Errors as answers: a code, words in the language that was asked for, and the facts."""

import logging
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    UnreadablePostError,
)
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from zhirong.core.errors import InputError, StateError, ZhirongError
from zhirong.core.messages import Message
from zhirong.platform.accounts.limits import TooManyError
from zhirong.platform.accounts.viewer import NotAllowedError
from zhirong.platform.api.keys import ApiKeyError, ConfirmationError
from zhirong.platform.matters.visibility import NotFoundError
from zhirong.platform.words import say, say_error

log = logging.getLogger(__name__)
# Content that is too large, of too many parts, or broken off.
UNREADABLE: tuple[type[Exception], ...] = (
    SuspiciousOperation,
    MultiPartParserError,
    UnreadablePostError,
)


class Problem(Schema):
    """What went wrong: the code is for programs, the message for people."""

    code: str
    message: str
    facts: dict[str, Any]


class BadRequestError(InputError):
    """A request that is not of the described form; `problems` says where."""

    code = "error.api_request"

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(f"Not as described: {problems}.", problems=problems)


class NoSuchAddressError(StateError):
    """An address that the API does not have."""

    code = "error.api_address"


class OutOfOrderError(StateError):
    """An error that nobody foresaw; the log of the house has it."""

    code = "error.api_out_of_order"


_STATUSES: tuple[tuple[tuple[type[ZhirongError], ...], int], ...] = (
    ((NotFoundError, NotAllowedError, NoSuchAddressError), 404),
    ((ApiKeyError,), 401),
    ((ConfirmationError,), 403),
    ((TooManyError,), 429),
    ((OutOfOrderError,), 500),
    ((StateError,), 409),
    ((InputError,), 422),
    ((ZhirongError,), 503),
)


def status_of(error: ZhirongError) -> int:
    """The status of an error; missing and forbidden look alike."""
    return next(status for kinds, status in _STATUSES if isinstance(error, kinds))


def plain(fact: object) -> Any:  # noqa: ANN401 - whatever JSON knows
    """A fact as JSON has it."""
    match fact:
        case None | bool() | int() | float() | str():
            return fact
        case date() | datetime():
            return fact.isoformat()
        case Mapping():
            return {str(key): plain(value) for key, value in fact.items()}
        case tuple() | list():
            return [plain(item) for item in fact]
        case _:
            return str(fact)


def _points(error: ZhirongError) -> dict[str, object]:
    """What stands in the way, point by point, where an error says so."""
    found: tuple[Message, ...] = getattr(error, "blocks", ()) or getattr(error, "grounds", ())
    points = [
        {"code": item.code, "facts": dict(item.facts), "text": say(item.code, item.facts)}
        for item in found
    ]
    return {"points": points} if points else {}


def answer(error: ZhirongError, *, status: int | None = None) -> JsonResponse:
    """An error as an answer, in the language that is active."""
    facts = {**error.facts, **_points(error)}
    body = {"code": error.code, "message": say_error(error), "facts": plain(facts)}
    response = JsonResponse(
        body, status=status or status_of(error), json_dumps_params={"ensure_ascii": False}
    )
    if isinstance(error, ApiKeyError):
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooManyError):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _expected(_: HttpRequest, error: object) -> HttpResponse:
    assert isinstance(error, ZhirongError), "registered for these alone"
    return answer(error)


def _key_missing(_: HttpRequest, __: object) -> HttpResponse:
    return answer(ApiKeyError("No key."))


def _not_as_described(_: HttpRequest, error: object) -> HttpResponse:
    assert isinstance(error, ValidationError), "registered for these alone"
    return answer(BadRequestError(tuple(_place(item) for item in error.errors)))


def _place(item: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in item.get("loc", ()))
    return f"{where}: {item.get('msg', '')}"


def _http(_: HttpRequest, error: object) -> HttpResponse:
    assert isinstance(error, HttpError), "registered for these alone"
    return answer(BadRequestError((error.message,)), status=error.status_code)


def _no_such_address(_: HttpRequest, __: object) -> HttpResponse:
    return answer(NoSuchAddressError("No such address."))


def _unreadable(_: HttpRequest, error: object) -> HttpResponse:
    return unreadable(error)


def unreadable(error: object) -> JsonResponse:
    """What is answered where the content itself cannot be read."""
    if isinstance(error, RequestDataTooBig):
        return answer(BadRequestError(("body: too large",)), status=413)
    return answer(BadRequestError((f"body: {error}",)), status=400)


def _unforeseen(_: HttpRequest, error: object) -> HttpResponse:
    assert isinstance(error, Exception), "registered for these alone"
    log.error("An operation of the API failed.", exc_info=error)
    return answer(OutOfOrderError("Unforeseen."))


def register(api: NinjaAPI) -> None:
    """Let an API answer every error in this form."""
    api.add_exception_handler(ZhirongError, _expected)
    api.add_exception_handler(AuthenticationError, _key_missing)
    api.add_exception_handler(ValidationError, _not_as_described)
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(Http404, _no_such_address)
    for unread in UNREADABLE:
        api.add_exception_handler(unread, _unreadable)
    api.add_exception_handler(Exception, _unforeseen)
