"""Draw-downs, repayments, conditions, schedule and statement."""

import secrets
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.demonstration_list import suppliers
from zhirong.platform.desks.forms import Form, kept_or_new, options
from zhirong.platform.desks.guards import with_second_factor
from zhirong.platform.desks.matter.draw_request import FIELDS, SUPPLIER_ROWS, request_of
from zhirong.platform.desks.matter.frame import done, page
from zhirong.platform.desks.matter.loan_forms import early_quotes, forms_of
from zhirong.platform.desks.request import viewer
from zhirong.platform.documents.selectors import files_of
from zhirong.platform.lending import blocks, contracting, drawing, receiving, selectors
from zhirong.platform.lending.loan_state import states_of
from zhirong.platform.lending.loan_views import DrawLine, draws_of, entrusted_above, payoff_of
from zhirong.platform.lending.payment_views import payments_of
from zhirong.platform.lending.receiving import ECNY
from zhirong.platform.lending.selectors import ApplicationLine
from zhirong.platform.lending.wallet_views import wallet_of
from zhirong.platform.matters.selectors import MatterHead, head_of
from zhirong.platform.operations import clock
from zhirong.platform.words import say

MAY_BE_DRAWN = ("registered", "drawn")
FIELD_OF_RECEIPT = {
    "nothing": "amount",
    "before_pay_out": "received_on",
    "before_last": "received_on",
    "reference_used": "reference",
}


@require_GET
def money(request: HttpRequest, number: str) -> HttpResponse:
    """What can be drawn, was drawn, is owed and was paid."""
    return show(request, number)


def show(
    request: HttpRequest, number: str, wrong: Form | None = None, *, about: str = ""
) -> HttpResponse:
    """The tab; `about` is the draw-down that a refused act concerns."""
    asking, today = viewer(request), clock.today()
    matter, draws = head_of(number, asking), draws_of(number, asking)
    on = _day_asked(request) or today
    owing = [draw for draw in draws if draw.owed is not None and on >= (draw.paid_on or on)]
    payments, wish = payments_of(number, asking), selectors.application_of(number, asking)
    forms = forms_of(draws, payments)
    if wrong is not None and wrong.name in forms.get(about, {}):
        forms[about][wrong.name] = wrong
    context = {
        "matter": matter,
        "wish": wish,
        "payments": payments,
        "wallet": wallet_of(number, asking) if wish and wish.wallet else None,
        "forms": forms,
        "states": states_of(number, draws, asking),
        "early_quotes": early_quotes(request, asking),
        "rail_choices": options(("bank", "ecny"), "pay_by") if wish and wish.wallet else (),
        "supplier_rows": SUPPLIER_ROWS,
        "problem": wrong.problem if wrong else "",
        "about": about,
        "facility": selectors.facility_of(number, asking),
        "draws": draws,
        "blocks": selectors.blocks_for(number, asking),
        "document_choices": [
            ("", say("conditions.choose")),
            *(
                (str(file.pk), file.name)
                for file in files_of(number, asking)
                if file.use != "chart"
            ),
        ],
        "can_draw": matter.stage in MAY_BE_DRAWN,
        "draw_points": wrong.points if wrong and wrong.name == "draw" else (),
        "draw_form": kept_or_new(wrong, "draw", _first_draw(matter, wish)),
        "repay_form": kept_or_new(wrong, "repay", {"received_on": today.isoformat()}),
        "tick_form": kept_or_new(wrong, "tick"),
        "clean_form": Form("tick"),
        "clean_repay": Form("repay", initial={"received_on": today.isoformat()}),
        "entrusted_above": entrusted_above(),
        "payoff_on": on,
        "payoffs": {draw.number: _payoff(draw, on, asking) for draw in owing},
    }
    return page(request, number, "money", context, status=422 if wrong else 200)


def _payoff(draw: DrawLine, on: date, asking: Viewer) -> int:
    """What ends a loan on a day; that of today is known."""
    if draw.owed is not None and on == clock.today():
        return draw.owed.payoff
    return payoff_of(draw.number, on, asking)


def _first_draw(matter: MatterHead, wish: ApplicationLine | None) -> dict[str, str]:
    """What stands in the form first: the firm itself at the account of its application."""
    known = {"key": secrets.token_hex(12)}
    if wish is None:
        return known
    if wish.pay_by == ECNY:
        sellers = suppliers() if clock.is_demonstration() else ()
        for place, (name, wallet) in enumerate(sellers[:1], 1):
            known |= {f"supplier_{place}": name, f"wallet_{place}": wallet}
        return known
    return {**known, "payee_name": matter.firm, "payee_account": wish.account}


def _day_asked(request: HttpRequest) -> date | None:
    """The day of a payoff quote; one that cannot be read is today."""
    try:
        return max(date.fromisoformat(request.GET.get("payoff_on", "")), clock.today())
    except ValueError:
        return None


@require_POST
@with_second_factor
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """The firm asks for money."""
    asking, form = viewer(request), Form("draw", request.POST)
    wish = selectors.application_of(number, asking)
    is_bound = wish is not None and wish.pay_by == ECNY
    wanted = request_of(form, asking, is_bound=is_bound)
    if form.attempt(lambda: drawing.ask(number, wanted, actor=asking), fields=FIELDS):
        return done(request, number, "money", "draw.done")
    return show(request, number, form)


@require_POST
@with_second_factor
def release(request: HttpRequest, number: str, draw: str) -> HttpResponse:
    """The bank orders the money."""
    asking, form = viewer(request), Form("release", request.POST)
    if form.attempt(lambda: blocks.release_unblocked(draw, actor=asking), fields={}):
        return done(request, number, "money", "release.done", draw=draw)
    return show(request, number, form, about=draw)


@require_POST
def tick(request: HttpRequest, number: str, condition: int) -> HttpResponse:
    """The account manager ticks a condition with the document that shows it."""
    asking, form = viewer(request), Form("tick", request.POST)
    document = form.whole("document") if form.value("document") else 0
    if not document:
        form.wrong("document", "conditions.no_document")

    def act() -> None:
        contracting.tick(number, condition, document_id=document, actor=asking)

    if form.attempt(act, fields={}):
        return done(request, number, "money", "tick.done")
    return show(request, number, form, about=str(condition))


@require_POST
@with_second_factor
def repay(request: HttpRequest, number: str, draw: str) -> HttpResponse:
    """An officer books a payment of the borrower."""
    asking, form = viewer(request), Form("repay", request.POST)
    amount, reference = form.money("amount"), form.text("reference")
    day = form.day("received_on") or clock.today()
    if day > clock.today():
        form.wrong("received_on", "repay.future")

    def act() -> None:
        receiving.receive_by(
            draw, amount=amount, reference=reference, received_on=day, actor=asking
        )

    if form.attempt(act, fields=FIELD_OF_RECEIPT):
        return done(request, number, "money", "repay.done", draw=draw)
    return show(request, number, form, about=draw)
