"""Operations about payments around a loan: early, to suppliers out of bound money, and back."""

from typing import Annotated

from ninja import Query, Router, Status

from zhirong.platform.api import records_paying as records
from zhirong.platform.api.entering import Asked
from zhirong.platform.api.fields import (
    YUAN_GIVEN,
    MatterNumber,
    Reference,
    answers,
    money,
    said,
    yuan,
)
from zhirong.platform.api.replaying import key_of
from zhirong.platform.api.routes_matters import follower
from zhirong.platform.lending import payment_views, prepaying, receipt_views, refunding, suppliers
from zhirong.platform.lending.payment_views import LockLine, SupplierLine
from zhirong.platform.matters.selectors import head_of
from zhirong.platform.matters.visibility import NotFoundError

router = Router(tags=["money"])
DRAW = "/matters/{number}/draws/{draw}"
Amount = Annotated[str, Query(pattern=YUAN_GIVEN, examples=["1000000.00"])]


@router.get(f"{DRAW}/early-quote", response=answers(records.EarlyQuote), operation_id="early_quote")
def early_quote(
    request: Asked, number: MatterNumber, draw: Reference, principal: Amount
) -> prepaying.PrepaymentQuote:
    """What it costs to pay an amount of principal today, before its day."""
    asking = follower(request)
    receipt_views.draw_of(number, draw, asking)
    return prepaying.quote(draw, principal=money(principal), viewer=asking)


@router.get(f"{DRAW}/payments", response=answers(records.Payments), operation_id="payments")
def payments(request: Asked, number: MatterNumber, draw: Reference) -> records.Payments:
    """The firm's orders, refunds, and the money that is bound to suppliers."""
    asking = follower(request)
    receipt_views.draw_of(number, draw, asking)
    found = payment_views.payments_of(number, asking)[draw]
    return records.Payments(
        orders=[records.OrderedPayment.from_orm(line) for line in found.orders],
        refunds=[records.Refund.from_orm(line) for line in found.refunds],
        bound=_bound(found.lock) if found.lock else None,
        waiting=yuan(found.waiting),
    )


def _bound(line: LockLine) -> records.BoundMoney:
    return records.BoundMoney(
        goods=line.goods,
        until=line.expires_on,
        suppliers=[records.Supplier(name=name, wallet=wallet) for name, wallet in line.payees],
        bound=yuan(line.bound),
        released=yuan(line.released),
        returned=yuan(line.returned),
        left=yuan(line.left),
        payments=[_supplier(item) for item in line.payments],
    )


def _supplier(line: SupplierLine) -> records.SupplierPayment:
    names = set(records.SupplierPayment.model_fields) - {"reasons"}
    reasons = [said(reason.code, reason.facts) for reason in line.reasons]
    return records.SupplierPayment(**{name: getattr(line, name) for name in names}, reasons=reasons)


@router.post(
    f"{DRAW}/supplier-payments",
    response=answers(records.SupplierPayment, status=202),
    operation_id="pay_supplier",
)
def pay_supplier(
    request: Asked, number: MatterNumber, draw: Reference, body: records.NewSupplierPayment
) -> Status[records.SupplierPayment]:
    """Pay a named supplier out of bound money; a refused payment says what speaks against it."""
    receipt_views.draw_of(number, draw, request.auth)
    wanted = suppliers.SupplierRequest(
        key=key_of(request),
        payee=suppliers.Supplier(name=body.payee.name, wallet=body.payee.wallet),
        goods=body.goods,
        amount=money(body.amount),
        invoice_number=body.invoice_number,
    )
    made = suppliers.pay(draw, wanted, actor=request.auth)
    lock = payment_views.payments_of(number, request.auth)[draw].lock
    assert lock is not None, "only bound money pays suppliers"
    line = next(item for item in lock.payments if item.reference == made.reference)
    return Status(202, _supplier(line))


@router.post(
    "/matters/{number}/refunds/{refund}/release",
    response=answers(records.Refund),
    operation_id="release_refund",
)
def release_refund(
    request: Asked, number: MatterNumber, refund: Reference
) -> payment_views.RefundLine:
    """Let a refund go that another person's payment left; a refused one goes anew."""
    if refund not in _refunds(number, request):
        raise NotFoundError("No such refund of the matter.", what="model.refund")
    made = refunding.release(refund, actor=request.auth)
    return _refunds(number, request)[made.reference]


def _refunds(number: str, request: Asked) -> dict[str, payment_views.RefundLine]:
    head_of(number, request.auth)
    loans = payment_views.payments_of(number, request.auth).values()
    return {line.reference: line for loan in loans for line in loan.refunds}
