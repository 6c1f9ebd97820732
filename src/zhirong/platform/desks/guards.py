"""Decorators of views: acts that ask for the second factor again, and acts that are counted."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhirong.platform.accounts import limits, second_factor, services, sessions
from zhirong.platform.accounts.second_factor import FactorError
from zhirong.platform.accounts.sessions import FactorNeededError
from zhirong.platform.desks.request import client_of, viewer
from zhirong.platform.words import say_error

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
CODE_FIELD = "second_factor_code"
NOT_CARRIED = {"csrfmiddlewaretoken", CODE_FIELD}
READING = {"GET", "HEAD", "OPTIONS"}


def with_second_factor(view: View[P]) -> View[P]:
    """A view whose POST moves money, signs, approves or changes people.

    If the person proved himself lately with the second factor, the act goes through. Else a page
    asks for the code; it carries the fields of the act along, so that nothing is typed twice and
    nothing happens before the code is right.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method in READING:
            return view(request, *args, **kwargs)
        try:
            if CODE_FIELD in request.POST:
                _prove(request, request.POST[CODE_FIELD])
            sessions.need_recent_proof(request.session.session_key)
        except FactorError as error:
            return _ask(request, problem=say_error(error))
        except FactorNeededError:
            return _ask(request, problem="")
        return view(request, *args, **kwargs)

    guarded.asks_second_factor = True  # type: ignore[attr-defined]  # for the table of addresses
    return guarded


def _prove(request: HttpRequest, code: str) -> None:
    asking = viewer(request)
    limits.count("second_factor", str(asking.user_id))
    user = services.person_of(asking.user_id)
    assert user is not None, "who is signed in is active"
    second_factor.prove_again(user, request.session.session_key, code)


def _ask(request: HttpRequest, *, problem: str) -> HttpResponse:
    user = services.person_of(viewer(request).user_id)
    assert user is not None, "who is signed in is active"
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_CARRIED
        for value in values
    ]
    context = {
        "problem": problem,
        "fields": fields,
        "address": request.get_full_path(),
        "code_field": CODE_FIELD,
        "shown_code": second_factor.shown_code(user),
    }
    return render(request, "second_factor_again.html", context, status=422 if problem else 403)


def limited(scope: str) -> Callable[[View[P]], View[P]]:
    """A view whose POST counts towards the limit `scope`, by person, or by address without one."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def counted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in READING:
                is_known = request.user.is_authenticated
                subject = str(request.user.pk) if is_known else client_of(request).address
                limits.count(scope, subject)
            return view(request, *args, **kwargs)

        return counted

    return decorate
