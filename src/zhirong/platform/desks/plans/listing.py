"""The desk of plans: what needs its people now, all their plans, and a new one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.forms import Form
from zhirong.platform.desks.request import viewer
from zhirong.platform.plans import services
from zhirong.platform.plans.access import need_some_part
from zhirong.platform.plans.selectors import plan_lines
from zhirong.platform.plans.tasks import tasks_for


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What needs arranger, servicer or investor now; every plan with its state and next step."""
    asking = viewer(request)
    need_some_part(asking)
    context = {
        "tasks": tasks_for(asking),
        "plans": plan_lines(asking),
        "can_open": asking.may(Right.STRUCTURE),
    }
    return render(request, "plans/desk.html", context)


@require_http_methods(["GET", "POST"])
def open_plan(request: HttpRequest) -> HttpResponse:
    """A new plan of the person's organization."""
    asking = viewer(request)
    asking.need(Right.STRUCTURE)
    form = Form("open", request.POST if request.method == "POST" else None)
    if request.method == "POST":
        title = form.text("title")
        key = form.text("key", is_required=False)[:80]
        opened: list[str] = []

        def act() -> None:
            made = services.open_plan(actor=asking, title=title[:120], key=key)
            opened.append(made.number)

        if form.attempt(act, fields={}):
            return redirect("plan-overview", opened[0])
    status = 422 if form.problem else 200
    return render(request, "plans/open.html", {"form": form}, status=status)
