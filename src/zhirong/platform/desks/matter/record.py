"""The record of a matter: every act in words."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zhirong.platform.desks.matter.frame import page
from zhirong.platform.desks.request import viewer
from zhirong.platform.matters.selectors import head_of, log_of


@require_GET
def log(request: HttpRequest, number: str) -> HttpResponse:
    """Who did what, when, for which organization."""
    asking = viewer(request)
    return page(request, number, "log", {"lines": log_of(head_of(number, asking), asking)})
