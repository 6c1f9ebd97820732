"""The pledge clerk's desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.request import viewer
from zhirong.platform.filing.clerk_rows import alerts_for, list_for, rows_for


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What needs the clerk now, what presses, and every filing."""
    asking = viewer(request)
    asking.need(Right.FILE)
    context = {
        "rows": rows_for(asking),
        "alerts": alerts_for(asking),
        "filings": list_for(asking),
    }
    return render(request, "clerk/desk.html", context)
