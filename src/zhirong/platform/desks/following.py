"""The matters that one's organization takes part in: found, sorted, page by page, as a workbook."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.tables import (
    PAGE,
    Column,
    address_with,
    as_xlsx,
    heads,
    page_of,
    pager_of,
    sorting_of,
)
from zhirong.platform.matters.listing import SORTS, Wanted, count_of, listed
from zhirong.platform.matters.selectors import MatterHead, stages
from zhirong.platform.words import say

COLUMNS: tuple[Column[MatterHead], ...] = (
    Column(key="number", code="matter.number", read=lambda row: row.number),
    Column(key="firm", code="matter.firm", read=lambda row: row.firm),
    Column(key="title", code="matter.title", read=lambda row: row.title),
    Column(key="stage", code="matter.stage", read=lambda row: say(f"stage.{row.stage}")),
    Column(key="applied_on", code="matter.applied_on", kind="day", read=lambda row: row.applied_on),
    Column(key="paid_on", code="matter.paid_on", kind="day", read=lambda row: row.paid_on),
)
# The workbook has what cannot be sorted by as well.
EXPORTED: tuple[Column[MatterHead], ...] = (
    *COLUMNS,
    Column(key="days", code="matter.clock", kind="count", read=lambda row: row.days),
)
LONGEST = 60


@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    """The matters that fit, a page of them."""
    asking = viewer(request)
    asking.need(Right.FOLLOW)
    wanted, sorting = _wanted(request), sorting_of(request, tuple(SORTS), "-number")
    pager = pager_of(request, count=count_of(asking, wanted), page=page_of(request))
    context = {
        "matters": listed(asking, wanted, start=(pager.page - 1) * PAGE, most=PAGE),
        "heads": heads(request, COLUMNS, sorting),
        "pager": pager,
        "xlsx": reverse("matters-xlsx") + address_with(request, page=""),
        "wanted": wanted,
        "stages": stages(),
    }
    return render(request, "matters.html", context)


@require_GET
def matters_workbook(request: HttpRequest) -> HttpResponse:
    """All matters that fit, as a workbook."""
    asking = viewer(request)
    asking.need(Right.FOLLOW)
    rows = listed(asking, _wanted(request))
    return as_xlsx(request, "matters", say("place.matters"), (EXPORTED, rows))


def _wanted(request: HttpRequest) -> Wanted:
    """What the address asks for; a stage that there is not is every stage."""
    sorting = sorting_of(request, tuple(SORTS), "-number")
    stage = request.GET.get("stage", "")
    return Wanted(
        stage=stage if stage in stages() else "",
        text=request.GET.get("text", "").strip()[:LONGEST],
        sort=sorting.key,
        is_down=sorting.is_down,
    )
