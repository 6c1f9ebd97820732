"""The action log under its filter, as a workbook."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.matter.lists import LOG
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.tables import Column, as_xlsx
from zhirong.platform.operations.selectors import LogLine, log_whole
from zhirong.platform.words import say

HOUSE = "house"
COLUMNS: tuple[Column[LogLine], ...] = (
    *LOG,
    Column(key="matter", code="matter.number", read=lambda row: row.matter),
)


@require_GET
def log_workbook(request: HttpRequest) -> HttpResponse:
    """The newest acts of the administrator's organization, of the whole house for its own."""
    asking = viewer(request)
    asking.need(Right.ADMINISTER)
    is_house = asking.organization_kind == HOUSE
    lines = log_whole(
        organization_id=None if is_house else asking.organization_id,
        action=request.GET.get("action", ""),
        who=request.GET.get("who", "").strip(),
    )
    return as_xlsx(request, "log", say("log.title"), (COLUMNS, lines))
