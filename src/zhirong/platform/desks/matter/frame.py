"""What every tab of a matter shows around it: head, way, tabs, what is to be done now."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhirong.core.messages import Fact
from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.matter.tabs import address_of, tabs_of
from zhirong.platform.desks.request import viewer
from zhirong.platform.lending.tasks import task_of
from zhirong.platform.matters.selectors import MatterHead, head_of, way_of
from zhirong.platform.words import say


def page(
    request: HttpRequest,
    number: str,
    tab: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    """A tab of a matter in its frame; `context` may bring the matter's head and way along.

    Raises:
        NotFoundError: No such matter to see.
        NotAllowedError: The person follows no matters.
    """
    asking = viewer(request)
    asking.need(Right.FOLLOW)
    known = context.get("matter")
    matter = known if isinstance(known, MatterHead) else head_of(number, asking)
    task = task_of(matter)
    frame = {
        "tab": tab,
        "matter": matter,
        "way": context.get("way") or way_of(matter),
        "tabs": tabs_of(number, tab),
        "task": task,
        "task_is_mine": task is not None and task.is_for(asking),
        "task_address": address_of(number, task.tab) if task else "",
        "is_borrower": asking.organization_id == matter.firm_id,
        "may": {right.value: asking.may(right) for right in Right},
    }
    return render(request, f"matter/{tab}.html", {**frame, **context}, status=status)


def done(request: HttpRequest, number: str, tab: str, code: str, **facts: Fact) -> HttpResponse:
    """Back to a tab after an act, with a word that it is done."""
    messages.success(request, say(code, facts))
    return redirect(address_of(number, tab))
