"""What people read when the framework itself refuses or something broke: words, never a trace."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhirong.platform.words import say


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that no browser of ours sends."""
    del exception  # given by name; what it says is for the log
    return _page(request, "failure.bad_request", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same as what does not exist."""
    del exception  # given by name; what it says is for the log
    return _page(request, "failure.not_found", 404)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address."""
    del exception  # given by name; what it says is for the log
    return _page(request, "failure.not_found", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return _page(request, "failure.server_error", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or from one that is too old."""
    del reason  # says how the check works, which helps nobody who reads it
    return _page(request, "failure.csrf", 403)


def _page(request: HttpRequest, code: str, status: int) -> HttpResponse:
    context = {"problem": say(code), "status": status}
    return render(request, "problem.html", context, status=status)
