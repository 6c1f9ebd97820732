"""One's own account: password, second factor, and where one is signed in."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhirong.core.errors import ZhirongError
from zhirong.platform.accounts import limits, second_factor, services, sessions
from zhirong.platform.desks.guards import with_second_factor
from zhirong.platform.desks.pictures import qr_picture
from zhirong.platform.desks.request import viewer
from zhirong.platform.words import say_error


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _page(request)


def _page(request: HttpRequest, problem: str = "") -> HttpResponse:
    asking = viewer(request)
    user = services.person_of(asking.user_id)
    assert user is not None, "who is signed in is active"
    context = {
        "problem": problem,
        "has_app": second_factor.has_app(user),
        "codes_left": second_factor.recovery_codes_left(user),
        "sessions": sessions.sessions_of(asking.user_id, this=request.session.session_key),
    }
    return render(request, "account.html", context, status=422 if problem else 200)


@require_POST
def change_password(request: HttpRequest) -> HttpResponse:
    """Another password; all other sessions end."""
    asking = viewer(request)
    limits.count("sign_in_name", asking.name)
    user = services.person_of(asking.user_id)
    assert user is not None, "who is signed in is active"
    if request.POST.get("new") != request.POST.get("again"):
        return _page(request, say_error(services.PasswordsDifferError()))
    try:
        changed = services.change_password(
            user, old=request.POST.get("old", ""), new=request.POST.get("new", "")
        )
    except (services.SignInError, services.PasswordError) as error:
        return _page(request, say_error(error))
    before = request.session.session_key
    update_session_auth_hash(request, changed)
    request.session.save()
    sessions.renamed(before, request.session.session_key)
    sessions.end_others(asking, this=request.session.session_key)
    return redirect("account")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    sessions.end_others(viewer(request), this=request.session.session_key)
    return redirect("account")


@require_http_methods(["GET", "POST"])
@with_second_factor
def set_up(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app, or another one; a POST asks for the factor in force."""
    asking = viewer(request)
    user = services.person_of(asking.user_id)
    assert user is not None, "who is signed in is active"
    problem = ""
    if request.method == "POST":
        try:
            codes = second_factor.enroll(user, request.POST.get("code", ""))
        except ZhirongError as error:
            problem = say_error(error)
        else:
            sessions.end_others(asking, this=request.session.session_key)
            shown = {"codes": codes, "next": reverse("account")}
            return render(request, "second_factor_codes.html", shown)
    offer = second_factor.offer(user)
    context = {"problem": problem, "offer": offer, "picture": qr_picture(offer.address)}
    return render(request, "second_factor_set_up.html", context, status=422 if problem else 200)
