"""The matters that one's organization takes part in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.request import viewer
from zhirong.platform.matters.selectors import matter_lines


@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    """All of them, newest first."""
    asking = viewer(request)
    asking.need(Right.FOLLOW)
    return render(request, "matters.html", {"matters": matter_lines(asking)})
