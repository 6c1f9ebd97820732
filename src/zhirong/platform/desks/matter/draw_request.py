"""What the firm typed to ask for money: payee, purpose, and the papers of an entrusted payment."""

from zhirong.core.money import Money
from zhirong.lending.entrusted import Invoice, PurchaseContract
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.desks.forms import TEN_THOUSAND, Form
from zhirong.platform.lending.drawing import DrawRequest
from zhirong.platform.lending.loan_views import entrusted_above
from zhirong.platform.lending.suppliers import Supplier, Use
from zhirong.platform.operations import clock

SUPPLIER_ROWS = (1, 2, 3)
INVOICE_ROWS = (1, 2, 3, 4, 5)
# The last part of a refusal's code -> the field that it concerns.
FIELDS = {
    "room": "amount",
    "payee": "payee_name",
    "paper": "contract_number",
    "invoice_used": "invoice_1",
    "none": "supplier_1",
    "incomplete": "supplier_1",
    "own": "supplier_1",
    "goods": "goods",
    "until": "use_until",
}


def request_of(form: Form, asking: Viewer, *, is_bound: bool) -> DrawRequest:
    """The request as it was typed; below the threshold of entrusted payments a number is enough."""
    amount = form.money("amount", unit=TEN_THOUSAND)
    is_entrusted = amount.amount > entrusted_above()
    return DrawRequest(
        key=f"{asking.organization_id}-{form.text('key')}"[:60],
        amount=amount,
        payee_name=form.text("payee_name", is_required=not is_bound)[:120],
        payee_account=form.text("payee_account", is_required=not is_bound)[:40],
        use=None if is_entrusted else _use_of(form),
        invoice_number="" if is_entrusted else form.text("invoice_1", is_required=False)[:40],
        contract_number=""
        if is_entrusted
        else form.text("contract_number", is_required=False)[:60],
        contract=_contract(form) if is_entrusted else None,
        invoices=_invoices(form) if is_entrusted else (),
    )


def _contract(form: Form) -> PurchaseContract | None:
    number = form.text("contract_number", is_required=False)[:60]
    if not number:
        return None
    paid = form.money("contract_paid") if form.value("contract_paid") else Money.of_fen(0)
    return PurchaseContract(
        number=number,
        seller=form.text("contract_seller")[:120],
        amount=form.money("contract_amount"),
        paid=paid,
    )


def _invoices(form: Form) -> tuple[Invoice, ...]:
    return tuple(
        Invoice(
            number=form.text(f"invoice_{place}", is_required=False)[:60],
            seller=form.text(f"invoice_seller_{place}")[:120],
            amount=form.money(f"invoice_amount_{place}"),
        )
        for place in INVOICE_ROWS
        if form.value(f"invoice_{place}").strip()
    )


def _use_of(form: Form) -> Use | None:
    """What the money is bound to, as it was typed; None where nothing of it was."""
    rows = (
        Supplier(
            name=form.text(f"supplier_{place}", is_required=False)[:120],
            wallet=form.text(f"wallet_{place}", is_required=False)[:40],
        )
        for place in SUPPLIER_ROWS
    )
    named = tuple(row for row in rows if row.name or row.wallet)
    until = form.day("use_until", is_required=False)
    if not named and until is None:
        return None
    goods = form.text("goods", is_required=False)[:80]
    return Use(suppliers=named, goods=goods, until=until or clock.today())
