"""Operations from contracts to the last repayment."""

from typing import Annotated

from ninja import Query, Router, Status

from zhirong.lending.entrusted import Invoice, PurchaseContract
from zhirong.platform.accounts.rights import Right
from zhirong.platform.api import records_money as records
from zhirong.platform.api.entering import Asked
from zhirong.platform.api.fields import (
    Day,
    Id,
    MatterNumber,
    Reference,
    Said,
    answers,
    money,
    said,
    yuan,
)
from zhirong.platform.api.records_paying import Use
from zhirong.platform.api.replaying import key_of
from zhirong.platform.api.routes_credit import of_matter
from zhirong.platform.api.routes_matters import follower
from zhirong.platform.lending import (
    blocks,
    contracting,
    drawing,
    incoming,
    loan_views,
    receipt_views,
    receiving,
    selectors,
    suppliers,
)
from zhirong.platform.lending.loan_views import DrawLine
from zhirong.platform.lending.receiving import Way
from zhirong.platform.operations import clock

router = Router(tags=["money"])


@router.get(
    "/matters/{number}/facility",
    response=answers(records.Facility | None),
    operation_id="facility",
)
def facility(request: Asked, number: MatterNumber) -> selectors.FacilityLine | None:
    """The line that was granted, with its conditions; null before."""
    return selectors.facility_of(number, of_matter(request, number))


@router.post(
    "/matters/{number}/conditions/{condition}",
    response=answers(records.Facility),
    operation_id="tick_condition",
)
def tick(
    request: Asked, number: MatterNumber, condition: Id, body: records.Proof
) -> selectors.FacilityLine | None:
    """Tick a condition with the document that shows it."""
    contracting.tick(number, condition, document_id=body.document, actor=request.auth)
    return selectors.facility_of(number, request.auth)


@router.get("/matters/{number}/blocks", response=answers(list[Said]), operation_id="blocks")
def blocked(request: Asked, number: MatterNumber) -> list[Said]:
    """What still stands between the pledge and the money; nothing if it may go out."""
    found = selectors.blocks_for(number, of_matter(request, number))
    return [said(item.code, item.facts) for item in found]


@router.get("/matters/{number}/draws", response=answers(list[records.Draw]), operation_id="draws")
def draws(request: Asked, number: MatterNumber) -> tuple[DrawLine, ...]:
    """The draw-downs of a matter with schedule and what is owed, oldest first."""
    return loan_views.draws_of(number, of_matter(request, number))


@router.post(
    "/matters/{number}/draws", response=answers(records.Draw, status=201), operation_id="ask_draw"
)
def ask(request: Asked, number: MatterNumber, body: records.NewDraw) -> Status[DrawLine]:
    """Ask for money under the facility. The Idempotency-Key is needed: it never draws twice."""
    request.auth.need(Right.FOLLOW)
    wanted = drawing.DrawRequest(
        key=key_of(request),
        amount=money(body.amount),
        payee_name=body.payee_name,
        payee_account=body.payee_account,
        invoice_number=body.invoice_number,
        contract_number=body.contract_number,
        use=None if body.use is None else _use(body.use),
        contract=None if body.contract is None else _purchase(body.contract),
        invoices=tuple(
            Invoice(number=item.number, seller=item.seller, amount=money(item.amount))
            for item in body.invoices
        ),
    )
    made = drawing.ask(number, wanted, actor=request.auth)
    return Status(201, receipt_views.draw_of(number, made.number, request.auth))


def _use(given: Use) -> suppliers.Use:
    named = (suppliers.Supplier(name=item.name, wallet=item.wallet) for item in given.suppliers)
    return suppliers.Use(suppliers=tuple(named), goods=given.goods, until=given.until)


def _purchase(given: records.NewPurchase) -> PurchaseContract:
    return PurchaseContract(
        number=given.number,
        seller=given.seller,
        amount=money(given.amount),
        paid=money(given.paid),
    )


@router.get("/matters/{number}/draws/{draw}", response=answers(records.Draw), operation_id="draw")
def one(request: Asked, number: MatterNumber, draw: Reference) -> DrawLine:
    """One draw-down with its schedule and what is owed."""
    return receipt_views.draw_of(number, draw, follower(request))


@router.post(
    "/matters/{number}/draws/{draw}/release",
    response=answers(records.Draw),
    operation_id="release_draw",
)
def release(request: Asked, number: MatterNumber, draw: Reference) -> DrawLine:
    """Order the money, if nothing blocks it; ordered once, however often it is asked."""
    receipt_views.draw_of(number, draw, request.auth)
    blocks.release_unblocked(draw, actor=request.auth)
    return receipt_views.draw_of(number, draw, request.auth)


@router.get(
    "/matters/{number}/draws/{draw}/payoff",
    response=answers(records.Payoff),
    operation_id="payoff",
)
def payoff(
    request: Asked, number: MatterNumber, draw: Reference, on: Annotated[Day | None, Query()] = None
) -> records.Payoff:
    """What ends a loan on a day; on this one where none is named, and never on an earlier one."""
    asking = follower(request)
    receipt_views.draw_of(number, draw, asking)
    day = max(on or clock.today(), clock.today())
    return records.Payoff(on=day, amount=yuan(loan_views.payoff_of(draw, day, asking)))


@router.get(
    "/matters/{number}/draws/{draw}/statement",
    response=answers(list[records.Booked]),
    operation_id="statement",
)
def statement(request: Asked, number: MatterNumber, draw: Reference) -> tuple[object, ...]:
    """Every move of what is owed on a loan."""
    return receipt_views.draw_of(number, draw, follower(request)).statement


@router.get(
    "/matters/{number}/draws/{draw}/receipts",
    response=answers(list[records.Receipt]),
    operation_id="receipts",
)
def receipts(
    request: Asked, number: MatterNumber, draw: Reference
) -> tuple[receipt_views.ReceiptLine, ...]:
    """The money that came in on a loan and how it was laid over what is owed."""
    asking = follower(request)
    receipt_views.draw_of(number, draw, asking)
    return receipt_views.receipts_of(draw, asking)


@router.post(
    "/matters/{number}/draws/{draw}/receipts",
    response=answers(records.Receipt, status=201),
    operation_id="book_receipt",
)
def receive(
    request: Asked, number: MatterNumber, draw: Reference, body: records.NewReceipt
) -> Status[receipt_views.ReceiptLine]:
    """Book a payment of the borrower; the rail's reference is booked once."""
    receipt_views.draw_of(number, draw, request.auth)
    receiving.receive_by(
        draw,
        amount=money(body.amount),
        reference=body.reference,
        received_on=min(body.received_on, clock.today()),
        actor=request.auth,
    )
    made = receipt_views.receipts_of(draw, request.auth)
    return Status(201, next(line for line in made if line.reference == body.reference))


@router.post(
    "/matters/{number}/draws/{draw}/repayments",
    response=answers(records.Repayment, status=202),
    operation_id="repay",
)
def repay(
    request: Asked, number: MatterNumber, draw: Reference, body: records.NewRepayment
) -> Status[records.Repayment]:
    """Pay from the firm's own account or wallet; early, what is above all that is due too."""
    receipt_views.draw_of(number, draw, request.auth)
    key, way = key_of(request), Way(rail=body.rail, is_early=body.is_early)
    reference = incoming.repay(
        draw, amount=money(body.amount), key=key, actor=request.auth, way=way
    )
    return Status(202, records.Repayment(reference=reference))
