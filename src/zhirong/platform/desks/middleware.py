"""What stands between every request and its view: sign-in, security headers, expected errors."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.decorators import sync_only_middleware
from django.utils.http import urlencode
from django.utils.translation import check_for_language, get_language, override

from zhirong.core.errors import InputError, StateError, ZhirongError
from zhirong.platform.accounts.administering import NoSuchPersonError
from zhirong.platform.accounts.limits import TooManyError
from zhirong.platform.accounts.sessions import is_live
from zhirong.platform.accounts.viewer import NotAllowedError
from zhirong.platform.desks.request import client_of
from zhirong.platform.matters.visibility import NotFoundError
from zhirong.platform.operations import clock
from zhirong.platform.words import say_error

Respond = Callable[[HttpRequest], HttpResponse]
# Addresses that nobody must sign in for; the API asks for its key itself.
OPEN = {
    "sign-in",
    "second-factor",
    "second-factor-first",
    "language",
    "health",
    "ready",
    "metrics",  # asks for its token itself
    "static",
    "clock",
    "verify",
}
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@sync_only_middleware
def content_security_policy(respond: Respond) -> Respond:
    """Scripts, styles and forms from this address only; nothing inline."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


@sync_only_middleware
def one_day(respond: Respond) -> Respond:
    """A request stands on one day, read once, however often it is asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with clock.held():
            return respond(request)

    return middleware


@sync_only_middleware
def chosen_language(respond: Respond) -> Respond:
    """Chinese, unless the person chose English here; what the browser speaks does not decide."""

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with override(wanted if check_for_language(wanted) else settings.LANGUAGE_CODE):
            response = respond(request)
            response.headers.setdefault("Content-Language", get_language() or "")
        return response

    return middleware


@sync_only_middleware
def session_limits(respond: Respond) -> Respond:
    """Sessions end after some idle time and at the end of their life; no copy stays behind."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user_id, key = request.user.pk, request.session.session_key
        if user_id and key and not is_live(user_id, key, client=client_of(request)):
            logout(request)
        response = respond(request)
        if user_id:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


@sync_only_middleware
def sign_in_required(respond: Respond) -> Respond:
    """Everything but the few open addresses is behind the sign-in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated and not _is_open(request):
            return redirect(f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}")
        return respond(request)

    return middleware


def _is_open(request: HttpRequest) -> bool:
    if request.path.startswith(("/static/", "/api/")):
        return True
    try:
        return resolve(request.path).url_name in OPEN
    except Resolver404:
        return False  # who is not signed in does not learn which addresses there are


class ExpectedErrors:
    """Errors that people cause or meet become pages in words, never a trace."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The view's answer."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page that says what, where and how to mend; missing and forbidden look alike."""
        if not isinstance(error, ZhirongError):
            return None
        status = _status(error)
        context = {"problem": say_error(error), "status": status}
        response = render(request, "problem.html", context, status=status)
        if isinstance(error, TooManyError):
            response.headers["Retry-After"] = str(error.seconds)
        return response


def _status(error: ZhirongError) -> int:
    match error:
        case NotFoundError() | NotAllowedError() | NoSuchPersonError():
            return 404
        case TooManyError():
            return 429
        case StateError():
            return 409
        case InputError():
            return 422
        case _:
            return 503


expected_errors = ExpectedErrors
