"""The record of a matter: every act in words."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhirong.platform.desks.matter.frame import page
from zhirong.platform.desks.matter.lists import LOG
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.tables import (
    heads,
    one_page,
    page_of,
    pager_of,
    sorted_rows,
    sorting_of,
)
from zhirong.platform.matters.selectors import head_of, log_of

USUAL = "-on"


@require_GET
def log(request: HttpRequest, number: str) -> HttpResponse:
    """Who did what, when, for which organization."""
    asking = viewer(request)
    matter = head_of(number, asking)
    lines = log_of(matter, asking)
    sorting = sorting_of(request, tuple(column.key for column in LOG), USUAL)
    pager = pager_of(request, count=len(lines), page=page_of(request))
    if sorting.value != USUAL:  # the record's own order is finer than its days
        lines = sorted_rows(lines, LOG, sorting)
    context = {
        "matter": matter,
        "lines": one_page(lines, pager),
        "heads": heads(request, LOG, sorting),
        "pager": pager,
        "xlsx": reverse("matter-log-xlsx", args=(number,)),
    }
    return page(request, number, "log", context)
