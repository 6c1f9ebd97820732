"""Who asks, in which language, and how often: what stands before every operation."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.security import HttpBearer

from zhirong.platform.accounts import limits
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.api.keys import Caller, caller_of

Run = Callable[..., HttpResponseBase]


class Asked(HttpRequest):
    """A request that came in with a key."""

    auth: Viewer


def caller(request: HttpRequest, token: str) -> Caller:
    """Who asks, found and counted once a request.

    Raises:
        ApiKeyError: The key is not in force.
        TooManyError: More requests with this key than the rate allows.
    """
    kept: Caller | None = getattr(request, "zhirong_caller", None)
    if kept is None:
        kept = caller_of(token)
        limits.count("api", f"key/{kept.key}")
        request.zhirong_caller = kept  # type: ignore[attr-defined] # kept with its request
    return kept


class Key(HttpBearer):
    """A key in the Authorization header: `Bearer zr_<prefix>_<secret>`."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer:
        """The person that the key acts for."""
        return caller(request, token).viewer


def language_of(request: HttpRequest) -> str:
    """The first language of the request that there are words in; Chinese where there is none."""
    for wanted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if wanted.startswith("zh"):
            return "zh-hans"
        if wanted.startswith("en"):
            return "en"
    return "zh-hans"


def spoken(run: Run) -> Run:
    """An operation that answers in the language the request asks for."""

    @wraps(run)
    def in_its_language(request: HttpRequest, **values: Any) -> HttpResponseBase:  # noqa: ANN401 - the path's
        language = language_of(request)
        with override(language):
            response = run(request, **values)
        response.headers["Content-Language"] = language
        response.headers["Vary"] = "Accept-Language, Authorization"
        response.headers["Cache-Control"] = "no-store"
        return response

    return in_its_language


def listed(operation: Callable[..., object]) -> Callable[..., object]:
    """An operation whose tuples are lists: a pair would be read as a status and its content."""

    @wraps(operation)
    def with_lists(request: HttpRequest, **values: Any) -> object:  # noqa: ANN401 - the path's
        result = operation(request, **values)
        return list(result) if isinstance(result, tuple) else result

    return with_lists
