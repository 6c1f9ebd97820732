"""The account manager's desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.request import viewer
from zhirong.platform.lending.tasks import DESK_ROWS, task_of, tasks_for
from zhirong.platform.matters.selectors import heads


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What needs the account manager now; the open matters, whose turn each is, its clock."""
    asking = viewer(request)
    asking.need(Right.CHECK)
    open_matters = [(matter, task_of(matter)) for matter in heads(asking, most=DESK_ROWS)]
    context = {"rows": tasks_for(asking), "open_matters": open_matters}
    return render(request, "manager/desk.html", context)
