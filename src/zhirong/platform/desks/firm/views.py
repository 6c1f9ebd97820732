"""The firm's desk: what needs it now, each open matter in ten lines, and a new one.

An association and a hospital have the same desk: what differs is what the bank asks of them.
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from zhirong.core.messages import Message
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.selectors import banks
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.selectors import RightLine, RunLine, rights_in_force, runs_of
from zhirong.platform.desks.forms import Form
from zhirong.platform.desks.request import viewer
from zhirong.platform.lending.loan_views import Offer, offer_of
from zhirong.platform.lending.missing import missing_of
from zhirong.platform.lending.tasks import Task, task_of, tasks_for
from zhirong.platform.matters import services
from zhirong.platform.matters.selectors import MatterHead, heads
from zhirong.platform.operations import clock

CARDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An open matter in ten lines.

    Attributes:
        run: The last appraisal with a value.
        fee: The right whose fee is due next.
        lapse: The right whose term ends next.
        questions: How many of due diligence wait for an answer.
    """

    matter: MatterHead
    task: Task | None
    missing: tuple[Message, ...]
    offer: Offer | None
    run: RunLine | None
    rights: int
    registrable: int
    fee: RightLine | None
    lapse: RightLine | None
    questions: int


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What needs the firm now, what it can borrow and costs, what lapses next."""
    asking = viewer(request)
    asking.need(Right.APPLY)
    context = {
        "rows": tasks_for(asking),
        "cards": [_card(matter, asking) for matter in heads(asking, most=CARDS)],
    }
    return render(request, "firm/desk.html", context)


def _card(matter: MatterHead, asking: Viewer) -> Card:
    runs = runs_of(matter.number, asking)
    rights = rights_in_force(matter.number, asking)
    return Card(
        matter=matter,
        task=task_of(matter),
        missing=missing_of(matter, asking),
        offer=offer_of(matter.number, asking),
        run=next((run for run in runs if run.market_value is not None), None),
        rights=len(rights),
        registrable=sum(right.is_registrable for right in rights),
        fee=_next(rights, "fee_due_on"),
        lapse=_next(rights, "term_end"),
        questions=runs[0].questions if runs else 0,
    )


def _next(rights: tuple[RightLine, ...], name: str) -> RightLine | None:
    """The right with the next day of a kind from today on."""
    today = clock.today()
    coming: list[tuple[date, str, RightLine]] = []
    for right in rights:
        day: date | None = getattr(right, name)
        if day is not None and day >= today:
            coming.append((day, right.number, right))
    return min(coming)[2] if coming else None


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
            key = form.text("key", is_required=False)[:80]
            made = services.open_matter(actor=asking, title=title[:120], lender_id=bank, key=key)
            opened.append(made.number)

        if form.attempt(act, fields={}):
            return redirect("matter-files", opened[0])
    status = 422 if form.problem else 200
    return render(request, "firm/open.html", {"banks": known, "form": form}, status=status)
