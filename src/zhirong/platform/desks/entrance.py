"""Signing in and out, the language, the day of a demonstration, health."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhirong.platform.accounts import selectors, services
from zhirong.platform.desks.navigation import home_of
from zhirong.platform.desks.request import viewer
from zhirong.platform.operations import clock
from zhirong.platform.words import say_error

YEAR = 365 * 86_400


def _onward(request: HttpRequest, otherwise: str) -> str:
    """Where the request wants to go on, if that is an address of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours else otherwise


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The desk of whoever asks."""
    return redirect(home_of(viewer(request)))


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page before all others; a demonstration names its people on it."""
    problem = ""
    if request.method == "POST":
        try:
            user = services.authenticate(
                request.POST.get("name", ""), request.POST.get("password", "")
            )
        except services.SignInError as error:
            problem = say_error(error)
        else:
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            return redirect(_onward(request, "/"))
    people = selectors.demonstration_people() if clock.is_demonstration() else ()
    context = {"problem": problem, "people": people, "next": _onward(request, "/")}
    return render(request, "sign_in.html", context, status=422 if problem else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign-in")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie and go back."""
    wanted = request.POST.get("language", "")
    response = redirect(_onward(request, "/"))
    if check_for_language(wanted):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, max_age=YEAR, samesite="Lax", httponly=True
        )
    return response


@require_GET
def health(_: HttpRequest) -> HttpResponse:
    """Whether the database answers; for the supervisor and load balancers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_GET
def clock_day(_: HttpRequest) -> HttpResponse:
    """The platform's day; offices and rails of a demonstration read it."""
    return JsonResponse({"today": clock.today().isoformat()})


@require_POST
def next_working_day(request: HttpRequest) -> HttpResponse:
    """Move a demonstration on by one working day."""
    viewer(request)
    clock.next_working_day()
    return redirect(_onward(request, "/"))
