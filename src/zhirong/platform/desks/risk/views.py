"""The risk officer's desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.tables import PAGE, page_of, pager_of
from zhirong.platform.lending.selectors import proposals_count, proposals_for
from zhirong.platform.lending.tasks import tasks_for


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What needs the risk officer now, and every proposal page by page."""
    asking = viewer(request)
    asking.need(Right.APPROVE)
    pager = pager_of(request, count=proposals_count(asking), page=page_of(request), place="#all")
    context = {
        "rows": tasks_for(asking),
        "proposals": proposals_for(asking, start=(pager.page - 1) * PAGE, most=PAGE),
        "pager": pager,
    }
    return render(request, "risk/desk.html", context)
