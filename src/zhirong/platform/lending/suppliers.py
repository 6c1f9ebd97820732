"""Digital yuan of a draw-down, bound to named suppliers: the lock, and each payment out of it.

The firm's payments are not the lender's money and stand in no ledger of ours; the operator keeps
the lock and refuses by its own rules. What we can see beforehand is said before anything is sent.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from zhirong.core.errors import InputError
from zhirong.core.messages import Message
from zhirong.core.money import Money
from zhirong.ledger.purposes import Condition, Fallback, Purpose, Release, refusals
from zhirong.ledger.rails import OrderState, OrderStatus, Party, PaymentOrder
from zhirong.lending.entrusted import Invoice, invoice_numbers
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.lending import trade_papers
from zhirong.platform.lending.models import Application, DrawDown
from zhirong.platform.lending.rail_models import NamedPayee, PurposeLock, SupplierPayment
from zhirong.platform.matters.visibility import found, matter_for
from zhirong.platform.operations import clock, journal, outbox

SEND = "send_supplier_payment"
State = SupplierPayment.State
# What a release must show, by the house's standard agreement.
CONDITIONS = (Condition.INVOICE,)


class SupplierError(InputError):
    """A lock or a payment that cannot be; `reason` is the code of its words."""

    code = "error.supplier"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The supplier: {reason}.", reason=f"error.supplier.{reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """Who may be paid out of bound money: name and wallet."""

    name: str
    wallet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What the money of a draw-down is bound to: suppliers, goods, the last day."""

    suppliers: tuple[Supplier, ...]
    goods: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierRequest:
    """A payment that the firm asks for out of bound money; `key` pays once."""

    key: str
    payee: Supplier
    goods: str
    amount: Money
    invoice_number: str = ""


def check_use(use: Use | None, application: Application, *, matures_on: date) -> Use:
    """The use of a draw-down in digital yuan.

    Raises:
        SupplierError: It is missing or incomplete, names the firm itself, or ends too late.
    """
    if use is None or not use.suppliers:
        raise SupplierError("none")
    firm = application.matter.firm
    own = {_plain(firm.name), _plain(application.wallet)}
    for supplier in use.suppliers:
        if not supplier.name.strip() or not supplier.wallet.strip():
            raise SupplierError("incomplete")
        if {_plain(supplier.name), _plain(supplier.wallet)} & own:
            raise SupplierError("own")
    if not use.goods.strip():
        raise SupplierError("goods")
    if not clock.today() <= use.until <= matures_on:
        raise SupplierError("until")
    return use


def _plain(text: str) -> str:
    return "".join(text.split()).upper()


def bind(draw: DrawDown, use: Use) -> PurposeLock:
    """Write the lock of a draw-down, inside the transaction that asks for it."""
    lock = PurposeLock.objects.create(
        draw=draw,
        goods=use.goods.strip(),
        expires_on=use.until,
        conditions=[condition.value for condition in CONDITIONS],
    )
    for supplier in use.suppliers:
        NamedPayee.objects.create(
            lock=lock, name=supplier.name.strip(), wallet=supplier.wallet.strip()
        )
    return lock


def purpose_of(draw: DrawDown, *, payer: str) -> Purpose | None:
    """The lock as the operator gets it; None where the money is free or goes to the payee."""
    lock = PurposeLock.objects.filter(draw=draw).first()
    if lock is None:
        return None
    return Purpose(
        number=draw.number,
        payer=payer,
        payees=tuple(payee.wallet for payee in lock.payees.all()),
        goods=(lock.goods,),
        cap_fen=draw.amount_fen,
        expires_on=lock.expires_on,
        conditions=tuple(Condition(value) for value in lock.conditions),
        fallback=Fallback.RETURN,
    )


def released_fen(lock: PurposeLock) -> int:
    """What was paid out of the lock, or is on its way."""
    gone = lock.payments.filter(state__in=(State.ORDERED, State.PAID))
    return sum(gone.values_list("amount_fen", flat=True))


@transaction.atomic
def pay(draw_number: str, request: SupplierRequest, *, actor: Viewer) -> SupplierPayment:
    """The firm pays a supplier out of bound money; what speaks against it is kept with it.

    Raises:
        SupplierError: The loan is bound to nothing or not paid out, or there is no amount.
    """
    draw = found(DrawDown, actor, number=draw_number)
    matter_for(draw.facility.matter.number, actor, Right.DRAW)
    lock = PurposeLock.objects.select_for_update(of=("self",)).filter(draw=draw).first()
    if lock is None or draw.paid_on is None:
        raise SupplierError("not_bound")
    known = lock.payments.filter(key=request.key).first()
    if known is not None:
        return known
    if request.amount.fen <= 0:
        raise SupplierError("amount")
    reasons = _against(lock, request)
    payment = SupplierPayment.objects.create(
        lock=lock,
        key=request.key,
        reference=f"{draw.number}-SP{lock.payments.count() + 1}",
        state=State.REFUSED if reasons else State.ORDERED,
        payee_name=request.payee.name.strip(),
        payee_wallet=request.payee.wallet.strip(),
        goods=request.goods.strip(),
        amount_fen=request.amount.fen,
        invoice_number=_number(request),
        asked_on=clock.today(),
        ended_on=clock.today() if reasons else None,
        reasons=[{"code": item.code, "facts": _stored(item)} for item in reasons],
    )
    if not reasons:
        outbox.ask(SEND, {"reference": payment.reference}, by=actor)
    _log("supplier_refused" if reasons else "supplier_ordered", payment, actor)
    return payment


def _invoice(request: SupplierRequest) -> Invoice:
    return Invoice(number=request.invoice_number, seller=request.payee.name, amount=request.amount)


def _number(request: SupplierRequest) -> str:
    """The invoice's number as it is compared."""
    return invoice_numbers((_invoice(request),))[0]


def _stored(message: Message) -> dict[str, object]:
    return {
        name: value if isinstance(value, int) else str(value)
        for name, value in message.facts.items()
    }


def _against(lock: PurposeLock, request: SupplierRequest) -> tuple[Message, ...]:
    purpose = purpose_of(lock.draw, payer="-")
    assert purpose is not None, "a lock has a purpose"
    number = _number(request)
    is_used = bool(number) and bool(trade_papers.used((_invoice(request),)))
    release = Release(
        payee=request.payee.wallet.strip(),
        goods=request.goods.strip(),
        amount_fen=request.amount.fen,
        on=clock.today(),
        shown=(Condition.INVOICE,) if number else (),
    )
    gone = released_fen(lock) + lock.returned_fen
    used = (Message("supplier.refused.invoice_used", {"number": number}),) if is_used else ()
    return (*refusals(purpose, release, released_fen=gone), *used)


def _log(action: str, payment: SupplierPayment, by: Viewer | None) -> None:
    draw = payment.lock.draw
    facts = {
        "draw": draw.number,
        "amount": str(Money.of_fen(payment.amount_fen).amount),
        "payee": payment.payee_name,
        "reference": payment.reference,
    }
    journal.record(action, by=by, matter_id=draw.facility.matter_id, facts=facts)


def order_of(reference: str) -> PaymentOrder:
    """The order from the firm's wallet that releases bound money."""
    payment = SupplierPayment.objects.select_related("lock__draw__facility__matter__firm").get(
        reference=reference
    )
    draw = payment.lock.draw
    matter = draw.facility.matter
    application = Application.objects.get(matter=matter)
    return PaymentOrder(
        client_reference=reference,
        payer=Party(account=application.wallet, name=matter.firm.name),
        payee=Party(account=payment.payee_wallet, name=payment.payee_name),
        amount_fen=payment.amount_fen,
        on=payment.asked_on,
        remark=payment.invoice_number,
        releases=draw.number,
        goods=payment.goods,
        evidence=(Condition.INVOICE.value,) if payment.invoice_number else (),
    )


@transaction.atomic
def take_answer(status: OrderStatus) -> None:
    """Note what the operator says of a payment to a supplier; said twice, it is noted once."""
    payment = (
        SupplierPayment.objects.select_for_update(of=("self",))
        .filter(reference=status.client_reference)
        .first()
    )
    if payment is None or payment.state != State.ORDERED or not status.is_final:
        return
    is_paid = status.state is OrderState.PAID
    payment.state, payment.ended_on = (State.PAID if is_paid else State.REFUSED), status.on
    payment.refusal = "" if is_paid else (status.words or ", ".join(status.reasons))[:300]
    payment.save()
    _log("supplier_paid" if is_paid else "supplier_refused", payment, None)


def note_return(draw: DrawDown, fen: int) -> None:
    """The lock's time was over: the rest went back to the lender, and paid on the loan."""
    lock = PurposeLock.objects.select_for_update(of=("self",)).filter(draw=draw).first()
    if lock is not None and not lock.returned_fen:
        lock.returned_fen = fen
        lock.save(update_fields=["returned_fen"])
        facts = {"draw": draw.number, "amount": str(Money.of_fen(fen).amount)}
        matter = draw.facility.matter_id
        journal.record("bound_money_returned", by=None, matter_id=matter, facts=facts)
