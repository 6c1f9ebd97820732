"""The risk officer's desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.request import viewer
from zhirong.platform.lending.selectors import proposals_for
from zhirong.platform.lending.tasks import tasks_for


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What needs the risk officer now, and every proposal with what became of it."""
    asking = viewer(request)
    asking.need(Right.APPROVE)
    context = {"rows": tasks_for(asking), "proposals": proposals_for(asking)}
    return render(request, "risk/desk.html", context)
