"""Signing in with the password and the second factor, and signing out."""

from datetime import datetime, timedelta

from django.contrib.auth import login, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts import limits, second_factor, selectors, services, sessions
from zhirong.platform.desks.pictures import qr_picture
from zhirong.platform.desks.request import client_of, onward
from zhirong.platform.operations import clock
from zhirong.platform.words import say_error

BACKEND = "zhirong.platform.accounts.backend.People"
PENDING = "sign_in_pending"  # who gave the right password and owes the second factor


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page before all others; a demonstration names its people on it."""
    problem = ""
    if request.method == "POST":
        name = request.POST.get("name", "")
        limits.count("sign_in_address", client_of(request).address)
        limits.count("sign_in_name", name)
        try:
            user = services.authenticate(name, request.POST.get("password", ""))
        except services.SignInError as error:
            problem = say_error(error)
        else:
            if second_factor.is_asked_at_sign_in(user):
                return _owing_second_factor(request, user.pk)
            return _entered(request, user, onward(request, "/"))
    people = selectors.demonstration_people() if clock.is_demonstration() else ()
    context = {"problem": problem, "people": people, "next": onward(request, "/")}
    return render(request, "sign_in.html", context, status=422 if problem else 200)


def _owing_second_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    request.session.flush()  # nothing of before, and a key that nobody knows
    request.session[PENDING] = {
        "user": user_id,
        "at": clock.real_now().isoformat(),
        "next": onward(request, "/"),
    }
    return redirect("second-factor")


def _pending_user(request: HttpRequest) -> int | None:
    """Who gave the right password lately and nothing more."""
    pending = request.session.get(PENDING)
    if pending is None:
        return None
    now = clock.real_now()
    rules = Parameters().get("platform.second_factor", on=now.date()).value
    age = now - datetime.fromisoformat(pending["at"])
    if age > timedelta(minutes=int(rules["pending_minutes"])):
        return None
    return int(pending["user"])


def _entered(
    request: HttpRequest, user: AbstractBaseUser, address: str, *, is_proved: bool = False
) -> HttpResponse:
    """A new session under a new key, and on to the page that was wanted."""
    begin_session(request, user, is_proved=is_proved)
    return redirect(address)


def begin_session(request: HttpRequest, user: AbstractBaseUser, *, is_proved: bool) -> None:
    """Sign a person in under a new session key."""
    known = services.person_of(user.pk)
    assert known is not None, "only an active person signs in"
    login(request, known, backend=BACKEND)
    request.session.pop(PENDING, None)
    request.session.save()
    services.entered(known)
    key = request.session.session_key
    assert key is not None, "a saved session has a key"
    proved_at = clock.real_now() if is_proved else None
    sessions.begin(known.pk, key, client=client_of(request), factor_at=proved_at)


@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """The code of the second factor, after the password was right."""
    pending = _pending_user(request)
    user = services.person_of(pending) if pending is not None else None
    if user is None:
        return redirect("sign-in")
    if not second_factor.has_app(user):
        return redirect("second-factor-first")
    problem = ""
    if request.method == "POST":
        limits.count("second_factor", str(user.pk))
        try:
            second_factor.prove(user, request.POST.get("code", ""))
        except second_factor.FactorError as error:
            problem = say_error(error)
        else:
            address = str(request.session[PENDING]["next"])
            return _entered(request, user, address, is_proved=True)
    return render(request, "second_factor.html", {"problem": problem}, status=_status(problem))


@require_http_methods(["GET", "POST"])
def first_set_up(request: HttpRequest) -> HttpResponse:
    """Set up the app at the first sign-in; whoever has one already cannot replace it here."""
    pending = _pending_user(request)
    user = services.person_of(pending) if pending is not None else None
    if user is None or second_factor.has_app(user):
        return redirect("sign-in")
    problem = ""
    if request.method == "POST":
        limits.count("second_factor", str(user.pk))
        try:
            codes = second_factor.enroll(user, request.POST.get("code", ""))
        except second_factor.FactorError as error:
            problem = say_error(error)
        else:
            address = str(request.session[PENDING]["next"])
            begin_session(request, user, is_proved=True)
            return render(request, "second_factor_codes.html", {"codes": codes, "next": address})
    offer = second_factor.offer(user)
    context = {"problem": problem, "offer": offer, "picture": qr_picture(offer.address)}
    return render(request, "second_factor_set_up.html", context, status=_status(problem))


def _status(problem: str) -> int:
    return 422 if problem else 200


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if request.session.session_key:
        sessions.end(request.session.session_key)
    logout(request)
    return redirect("sign-in")
