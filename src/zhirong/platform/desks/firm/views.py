"""The firm's desk: what needs it now, its matters with what each can borrow, and a new one."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.selectors import banks
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.selectors import RightLine, next_fees, runs_of
from zhirong.platform.desks.forms import Form
from zhirong.platform.desks.request import viewer
from zhirong.platform.lending.loan_views import Offer, offer_of
from zhirong.platform.lending.tasks import tasks_for
from zhirong.platform.matters import services
from zhirong.platform.matters.selectors import MatterHead, heads, matter_lines
from zhirong.platform.operations import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An open matter on the firm's desk: what it can borrow, and which fee is due next."""

    matter: MatterHead
    offer: Offer | None
    fee: RightLine | None


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What needs the firm now, what it can borrow, what lapses next."""
    asking = viewer(request)
    asking.need(Right.APPLY)
    context = {
        "rows": tasks_for(asking),
        "cards": [_card(matter, asking) for matter in heads(asking)],
        "matters": matter_lines(asking),
    }
    return render(request, "firm/desk.html", context)


def _card(matter: MatterHead, asking: Viewer) -> Card:
    runs = [run for run in runs_of(matter.number, asking) if run.rights]
    fees = next_fees(matter.number, runs[0].number, asking, after=clock.today()) if runs else ()
    return Card(matter=matter, offer=offer_of(matter.number, asking), fee=fees[0] if fees else None)


@require_http_methods(["GET", "POST"])
def open_matter(request: HttpRequest) -> HttpResponse:
    """A new matter with a bank."""
    asking = viewer(request)
    asking.need(Right.APPLY)
    known = tuple((str(number), name) for number, name in banks())
    form = Form("open", request.POST if request.method == "POST" else None)
    if request.method == "POST":
        title = form.text("title")
        bank = int(form.one_of("bank", tuple(number for number, _ in known)))
        opened: list[str] = []

        def act() -> None:
            made = services.open_matter(actor=asking, title=title[:120], lender_id=bank)
            opened.append(made.number)

        if form.attempt(act, fields={}):
            return redirect("matter-files", opened[0])
    status = 422 if form.problem else 200
    return render(request, "firm/open.html", {"banks": known, "form": form}, status=status)
