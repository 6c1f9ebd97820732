"""The first page, the language, the day of a demonstration, health."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from zhirong.platform.desks.navigation import home_of
from zhirong.platform.desks.request import onward, viewer
from zhirong.platform.operations import clock

YEAR = 365 * 86_400


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The desk of whoever asks."""
    return redirect(home_of(viewer(request)))


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie and go back."""
    wanted = request.POST.get("language", "")
    response = redirect(onward(request, "/"))
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
    return redirect(onward(request, "/"))
