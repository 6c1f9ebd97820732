"""The account manager's desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.request import viewer
from zhirong.platform.lending.tasks import tasks_for
from zhirong.platform.matters.selectors import heads


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What needs the account manager now, and every open matter with its clock."""
    asking = viewer(request)
    asking.need(Right.CHECK)
    context = {"rows": tasks_for(asking), "heads": heads(asking)}
    return render(request, "manager/desk.html", context)
