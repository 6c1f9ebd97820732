"""What every page of a plan shows around it: head, tabs, and what the structure in force found."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhirong.core.messages import Fact
from zhirong.platform.desks.matter.tabs import TabLine
from zhirong.platform.desks.request import viewer
from zhirong.platform.plans.selectors import Found, PlanHead, head_of, structure_in_force
from zhirong.platform.words import language, say

TABS = ("overview", "pool", "securities", "losses", "costs", "money", "payments", "log")


def page(
    request: HttpRequest,
    plan: str,
    tab: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of a plan in its frame; `context` may bring head and structure along.

    Raises:
        NotFoundError: No such plan to see.
    """
    known = context.get("plan")
    head = known if isinstance(known, PlanHead) else head_of(plan, viewer(request))
    frame = {
        "plan": head,
        "tabs": [
            TabLine(f"plan_{key}", reverse(f"plan-{key}", args=(plan,)), key == tab) for key in TABS
        ],
    }
    return render(request, f"plans/{tab}.html", {**frame, **context}, status=status)


def found_of(request: HttpRequest, plan: str) -> Found | None:
    """The structure in force in the language of the page."""
    return structure_in_force(plan, viewer(request), lang=language())


def done(request: HttpRequest, plan: str, tab: str, code: str, **facts: Fact) -> HttpResponse:
    """Back to a page after an act, with a word that it is done."""
    messages.success(request, say(code, facts))
    return redirect(f"plan-{tab}", plan)
