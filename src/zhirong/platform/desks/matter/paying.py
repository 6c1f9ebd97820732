"""The firm pays: what is due, early, a supplier out of bound money; and what goes back to it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from zhirong.core.money import Money
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.desks.forms import Form
from zhirong.platform.desks.guards import with_second_factor
from zhirong.platform.desks.matter import money
from zhirong.platform.desks.matter.frame import done
from zhirong.platform.desks.request import viewer
from zhirong.platform.lending import incoming, prepaying, refunding, suppliers
from zhirong.platform.lending.loan_views import DrawLine, draws_of
from zhirong.platform.lending.receiving import BANK, ECNY, Way
from zhirong.platform.matters.selectors import head_of

RAILS = (BANK, ECNY)
FIELD_OF_PAYMENT = {"nothing": "amount", "no_wallet": "rail"}
FIELD_OF_SUPPLIER = {"amount": "amount"}


def _way(form: Form, *, is_early: bool) -> Way:
    rail = form.one_of("rail", RAILS) if form.value("rail") else BANK
    return Way(rail=rail, is_early=is_early)


@require_POST
@with_second_factor
def pay(request: HttpRequest, number: str, draw: str) -> HttpResponse:
    """The firm orders a payment: an amount, or early, or what ends the loan today."""
    asking, kind = viewer(request), request.POST.get("kind", "")
    form = Form(kind if kind in {"whole", "early"} else "pay", request.POST)
    line = _loan(number, draw, asking)
    if form.name == "whole":
        amount = Money.of_fen(line.owed.payoff if line and line.owed else 0)
    elif form.name == "early":
        principal = form.money("amount")
        amount = principal
        if not form.errors and principal.fen > 0 and line and line.owed:
            amount = Money.of_fen(prepaying.quote(draw, principal=principal, viewer=asking).total)
    else:
        amount = form.money("amount")
    way = _way(form, is_early=form.name != "pay")
    key = f"{asking.organization_id}-{form.text('key')}"[:60]

    def act() -> None:
        incoming.repay(draw, amount=amount, key=key, actor=asking, way=way)

    if form.attempt(act, fields=FIELD_OF_PAYMENT):
        return done(request, number, "money", "pay.done", draw=draw, amount=amount.amount)
    return money.show(request, number, form, about=draw)


def _loan(number: str, draw: str, asking: Viewer) -> DrawLine | None:
    """The loan of the address, of this matter; None where there is none to see."""
    head_of(number, asking)
    return next((line for line in draws_of(number, asking) if line.number == draw), None)


@require_POST
@with_second_factor
def pay_supplier(request: HttpRequest, number: str, draw: str) -> HttpResponse:
    """The firm pays a supplier out of bound money; a refusal is shown with the payment."""
    asking, form = viewer(request), Form("supplier", request.POST)
    wanted = suppliers.SupplierRequest(
        key=f"{asking.organization_id}-{form.text('key')}"[:60],
        payee=suppliers.Supplier(
            name=form.text("payee_name")[:120], wallet=form.text("payee_wallet")[:40]
        ),
        goods=form.text("goods")[:80],
        amount=form.money("amount"),
        invoice_number=form.text("invoice_number", is_required=False)[:40],
    )
    outcome: list[str] = []

    def act() -> None:
        outcome.append(suppliers.pay(draw, wanted, actor=asking).state)

    if form.attempt(act, fields=FIELD_OF_SUPPLIER):
        return done(request, number, "money", f"supplier.done.{outcome[0]}")
    return money.show(request, number, form, about=draw)


@require_POST
@with_second_factor
def release_refund(request: HttpRequest, number: str, reference: str) -> HttpResponse:
    """A second pair of eyes lets a refund go."""
    asking, form = viewer(request), Form("refund", request.POST)
    if form.attempt(lambda: refunding.release(reference, actor=asking), fields={}):
        return done(request, number, "money", "refund.done")
    return money.show(request, number, form, about=reference)
