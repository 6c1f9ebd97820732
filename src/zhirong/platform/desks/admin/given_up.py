"""The administrator's list of background work that was given up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhirong.platform.desks.forms import Form
from zhirong.platform.desks.guards import with_second_factor
from zhirong.platform.desks.request import viewer
from zhirong.platform.words import say
from zhirong.platform.work import repairing


@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """What waits for a person, and why."""
    return show(request)


def show(request: HttpRequest, wrong: Form | None = None) -> HttpResponse:
    """The page, with what was wrong where an act was refused."""
    context = {
        "problem": wrong.problem if wrong else "",
        "lines": repairing.given_up(viewer(request)),
        "here": "work",
    }
    return render(request, "admin/work.html", context, status=422 if wrong else 200)


@require_POST
@with_second_factor
def begin_anew(request: HttpRequest, work: int) -> HttpResponse:
    """Begin a piece of work anew."""
    asking, form = viewer(request), Form("work", request.POST)
    if form.attempt(lambda: repairing.begin_anew(work, actor=asking), fields={}):
        messages.success(request, say("admin.work_begun", {"work": work}))
        return redirect("admin-work")
    return show(request, form)
