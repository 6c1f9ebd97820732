"""Changes and extensions of a registration; other rights for a filing that was refused."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from zhirong.filing.changing import ChangedPart, ChangeItem
from zhirong.filing.forms import ClaimKind
from zhirong.platform.desks.forms import TEN_THOUSAND, Form
from zhirong.platform.desks.guards import with_second_factor
from zhirong.platform.desks.matter.frame import done
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.signing.registration import back, show
from zhirong.platform.filing.later import NewExtension
from zhirong.platform.filing.selectors import filing_number
from zhirong.platform.lending import amending, resettling
from zhirong.platform.operations import clock

CLAIMS = tuple(kind.value for kind in ClaimKind)
CHANGED = {"future": "changed_on", "amount": "new_amount", "cover": "rights", "party": "party"}


@require_POST
def change(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk makes the papers of a change; only what is filled in changes."""
    asking, form = viewer(request), Form("change", request.POST)
    name = filing_number(number, filing, asking)
    day = form.day("changed_on") or clock.today()
    items = _items(form)

    def act() -> None:
        amending.prepare_change(number, name, items, changed_on=day, actor=asking)

    if form.attempt(act, fields=CHANGED):
        return back(request, number, filing, "amend.prepared")
    return show(request, number, form)


def _items(form: Form) -> tuple[ChangeItem, ...]:
    """What was filled in."""
    items, party = [], form.text("party", is_required=False)
    for field, part in (("new_name", ChangedPart.NAME), ("new_address", ChangedPart.ADDRESS)):
        text = form.text(field, is_required=False)
        if text:
            items.append(ChangeItem(part=part, after=text, of=party))
    if form.text("new_amount", is_required=False):
        fen = form.money("new_amount", unit=Decimal(TEN_THOUSAND)).fen
        items.append(ChangeItem(part=ChangedPart.AMOUNT, after=str(fen)))
    term = form.day("new_term", is_required=False)
    if term is not None:
        items.append(ChangeItem(part=ChangedPart.TERM, after=term.isoformat()))
    if form.value("new_claim"):
        claim = form.one_of("new_claim", CLAIMS)
        items.append(ChangeItem(part=ChangedPart.CLAIM_KIND, after=claim))
    stood, scope = form.values("known_scope"), form.values("scope")
    if stood and set(stood) != set(scope):
        items.append(ChangeItem(part=ChangedPart.SCOPE, after=" ".join(scope)))
    known, kept = form.values("known_rights"), form.values("rights")
    if known and set(known) != set(kept):
        items.append(ChangeItem(part=ChangedPart.RIGHTS, after=" ".join(kept)))
    return tuple(items)


@require_POST
def extend(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk makes the papers of an extension."""
    asking, form = viewer(request), Form("extend", request.POST)
    name = filing_number(number, filing, asking)
    until = form.day("period_to") or clock.today()
    new = NewExtension(period_to=until, is_creditor_alone=form.is_ticked("is_creditor_alone"))

    def act() -> None:
        amending.prepare_extension(number, name, new, actor=asking)

    if form.attempt(act, fields={"short": "period_to"}):
        return back(request, number, filing, "amend.prepared")
    return show(request, number, form)


@require_POST
@with_second_factor
def submit(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk files the change or extension."""
    asking, form = viewer(request), Form("amend", request.POST)
    name = filing_number(number, filing, asking)
    if form.attempt(lambda: amending.file_amendment(number, name, actor=asking), fields={}):
        return back(request, number, filing, "amend.submitted")
    return show(request, number, form)


@require_POST
def drop(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk gives a change or extension up before it is filed."""
    asking, form = viewer(request), Form("amend", request.POST)
    name = filing_number(number, filing, asking)
    if form.attempt(lambda: amending.drop(number, name, actor=asking), fields={}):
        return back(request, number, filing, "amend.dropped")
    return show(request, number, form)


@require_POST
def choose(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk lets a filing that is not sent pledge other rights."""
    asking, form = viewer(request), Form("choose", request.POST)
    name, stands = filing_number(number, filing, asking), list[bool]()
    rights = form.values("rights")

    def act() -> None:
        stands.append(resettling.choose_rights(number, name, rights, actor=asking))

    if form.attempt(act, fields={}):
        if stands[0]:
            return back(request, number, filing, "choose.done")
        return done(request, number, "overview", "choose.back")
    return show(request, number, form)


@require_POST
def give_up(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk gives a further pledge up that is not sent."""
    asking, form = viewer(request), Form("choose", request.POST)
    name = filing_number(number, filing, asking)
    if form.attempt(lambda: resettling.give_up(number, name, actor=asking), fields={}):
        return done(request, number, "registration", "give_up.done")
    return show(request, number, form)
