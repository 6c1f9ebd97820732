"""Money goes out: asked by the firm, released by the bank, ordered once, booked when it is paid."""

from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, Q, Sum

from zhirong.core.errors import StateError
from zhirong.core.messages import Message
from zhirong.core.money import Money
from zhirong.ledger import chart, plans
from zhirong.ledger.rails import OrderState, OrderStatus, Party, PaymentOrder
from zhirong.ledger.transfers import Batch, Leg
from zhirong.lending.entrusted import (
    Invoice,
    Payee,
    PaymentRequest,
    PurchaseContract,
    invoice_numbers,
)
from zhirong.lending.products import is_entrusted_payment
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.ledger.services import book, open_accounts
from zhirong.platform.lending import suppliers, trade_papers
from zhirong.platform.lending.locks import locked_loan
from zhirong.platform.lending.models import Application, DrawDown, Facility, Installment
from zhirong.platform.lending.terms import maturity, schedule_of
from zhirong.platform.lending.trade_papers import plain_number
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import advance, need_stage
from zhirong.platform.matters.visibility import matter_for, matter_of_loan
from zhirong.platform.operations import clock, journal, outbox
from zhirong.platform.operations.prepared import Prepared
from zhirong.platform.operations.writing import write_together

SEND = "send_payment"
ECNY = "ecny"
LONGEST = 40  # characters of the number of a contract or an invoice
Stage = Matter.Stage
State = DrawDown.State


_LINE = Prepared(
    lambda matter: (
        Facility.objects.filter(matter_id=matter)
        .select_related("matter__application")
        .annotate(tenor=F("proposal__tenor_months"))
    ),
    int,
)
_DRAW = Prepared(
    lambda number: DrawDown.objects.filter(number=number).select_related("facility"), str
)
_DRAWN = Prepared(
    lambda facility, key: (
        DrawDown.objects.filter(facility_id=facility)
        .order_by()
        .values("facility_id")
        .annotate(
            count=Count("pk"),
            held=Sum("amount_fen", filter=Q(state__in=(State.ASKED, State.ORDERED)), default=0),
            known=Max("pk", filter=Q(key=key)),
        )
        .values_list("count", "held", "known")
    ),
    int,
    str,
)


class DrawDownError(StateError):
    """A draw-down that cannot be; `reason` is the code of its words, `detail` what it is about."""

    code = "error.draw_down"

    def __init__(self, reason: str, detail: tuple[str, ...] = ()) -> None:
        super().__init__(
            f"The draw-down: {reason} {detail}.", reason=f"error.draw_down.{reason}", points=detail
        )


class BlockedError(StateError):
    """Something still stands between the pledge and the money."""

    code = "error.draw_down_blocked"

    def __init__(self, blocks: tuple[Message, ...]) -> None:
        super().__init__(
            f"{len(blocks)} points block the money: {[item.code for item in blocks]}.",
            count=len(blocks),
        )
        self.blocks = blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRequest:
    """What the firm asks to be paid, and to whom.

    `key` is the caller's own: the same key never draws twice. In digital yuan a payment up to the
    limit of entrusted ones goes to the firm's own wallet whatever the payee, bound to `use`.
    Above that limit `contract` and `invoices` prove what is paid; up to it a number is enough.
    """

    key: str
    amount: Money
    payee_name: str
    payee_account: str
    invoice_number: str = ""
    contract_number: str = ""
    use: suppliers.Use | None = None
    contract: PurchaseContract | None = None
    invoices: tuple[Invoice, ...] = ()


@transaction.atomic
def ask(number: str, request: DrawRequest, *, actor: Viewer) -> DrawDown:
    """The firm asks for money under its facility.

    Raises:
        DrawDownError: Nothing, more than is left, behind the days of the facility, or an invoice
            that was used.
        TradePaperError: Contract and invoices do not prove an entrusted payment.
        StageError: The pledge is not registered.
    """
    matter = matter_for(number, actor, Right.DRAW)
    # The matter is locked: nobody draws under its facility meanwhile.
    facility = _LINE.row(matter.pk)
    drawn = _drawn(facility, request.key)
    if drawn.known is not None:
        return DrawDown.objects.get(pk=drawn.known)
    need_stage(matter, Stage.REGISTERED, Stage.DRAWN, wanted=Stage.DRAWN)
    assert facility is not None, "a registered matter has a facility"
    application: Application = facility.matter.application
    tenor: int = getattr(facility, "tenor")  # noqa: B009 - annotated in `_LINE`
    facility.matter, day = matter, clock.today()
    if application.pay_by == ECNY and not request.payee_name.strip():
        request = replace(request, payee_name=matter.firm.name, payee_account=application.wallet)
    request, is_entrusted = _checked(facility, request, held=drawn.held)
    matures_on = min(facility.last_maturity, maturity(day, tenor))
    is_bound = application.pay_by == ECNY and not is_entrusted
    if is_bound:
        use = suppliers.check_use(request.use, application, matures_on=matures_on)
        request = replace(request, payee_name=matter.firm.name, payee_account=application.wallet)
    draw = DrawDown(
        facility=facility,
        key=request.key,
        number=f"{facility.number}-{drawn.count + 1:02d}",
        amount_fen=request.amount.fen,
        is_entrusted=is_entrusted,
        payee_name=request.payee_name.strip(),
        payee_account=request.payee_account.strip(),
        invoice_number=request.invoice_number.strip(),
        contract_number=request.contract_number.strip(),
        asked_by_id=actor.user_id,
        asked_on=day,
        matures_on=matures_on,
        rail=application.pay_by,
    )
    is_contested = is_bound or bool(request.invoices)  # what only the table can refuse
    try:
        with transaction.atomic(savepoint=is_contested):
            facts = {"draw": draw.number, "amount_fen": draw.amount_fen, "payee": draw.payee_name}
            write_together(
                draw, journal.entry("draw_asked", by=actor, matter_id=matter.pk, facts=facts)
            )
            if is_bound:
                suppliers.bind(draw, use)
            if request.invoices or request.contract:
                trade_papers.keep(draw, contract=request.contract, invoices=request.invoices)
    except IntegrityError as twice:
        raise DrawDownError("invoice_used", (request.invoice_number,)) from twice
    return draw


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a facility holds: how many draw-downs, what of them is held, the one of a key."""

    count: int
    held: int
    known: int | None


def _drawn(facility: Facility | None, key: str) -> _Drawn:
    # What is ordered leaves the room once it is paid; until then it is held with what is asked.
    found = None if facility is None else _DRAWN.values(facility.pk, key)
    count, held, known = found or (0, 0, None)
    return _Drawn(count=count, held=int(held), known=known)


def _checked(facility: Facility, request: DrawRequest, *, held: int) -> tuple[DrawRequest, bool]:
    """The request with its invoice as it is compared, and whether the payment is entrusted."""
    day = clock.today()
    room = ledger.net_fen(chart.FacilityAccounts(facility.number).undrawn)
    if not 0 < request.amount.fen <= room - held:
        raise DrawDownError("room")
    if not facility.available_from <= day <= facility.available_until:
        raise DrawDownError("day")
    if not request.payee_name.strip() or not request.payee_account.strip():
        raise DrawDownError("payee")
    is_entrusted = is_entrusted_payment(request.amount, on=day, parameters=Parameters())
    if is_entrusted or request.contract is not None or request.invoices:
        return _proven(facility, request), is_entrusted
    number = plain_number(request.invoice_number)
    proof = Invoice(number=number, seller=request.payee_name, amount=request.amount)
    return replace(request, invoice_number=number, invoices=(proof,) if number else ()), False


def _proven(facility: Facility, request: DrawRequest) -> DrawRequest:
    """An entrusted payment with its papers, as they are kept."""
    contract = request.contract
    papers: list[Invoice | PurchaseContract] = [*request.invoices]
    papers += [] if contract is None else [contract]
    if any(item.amount.fen <= 0 or len(plain_number(item.number)) > LONGEST for item in papers):
        raise DrawDownError("paper")
    if contract is not None:
        before = trade_papers.paid_on_contract(facility.matter, contract.number)
        contract = replace(contract, paid=contract.paid + before)
    asked = PaymentRequest(
        loan=facility.number,
        amount=request.amount,
        on=clock.today(),
        payee=Payee(name=request.payee_name, account=request.payee_account),
        contract=contract,
        invoices=request.invoices,
    )
    trade_papers.check(facility, asked)
    assert contract is not None, "without one it is refused"
    return replace(
        request,
        contract=contract,
        contract_number=contract.number,
        invoice_number=invoice_numbers(request.invoices)[0],
    )


@transaction.atomic
def release(draw_number: str, *, blocks: tuple[Message, ...], actor: Viewer) -> DrawDown:
    """The bank orders the money: held in the ledger and handed to the rail, once.

    Args:
        draw_number: Of the draw-down.
        blocks: What the pledge's registration and the conditions still ask for.
        actor: Who releases.

    Raises:
        BlockedError: Something still blocks it; nothing is booked.
        LedgerRefusedError: The facility has no room left.
    """
    draw = _locked(draw_number, actor, Right.PAY)
    if draw.state != State.ASKED:
        return draw
    if blocks:
        raise BlockedError(blocks)
    facility = draw.facility
    open_accounts(chart.of_loan(draw.number))
    order = plans.Draw(
        facility=facility.number,
        loan=draw.number,
        amount_fen=draw.amount_fen,
        payment=_payment(draw),
        is_entrusted=draw.is_entrusted,
    )
    day = clock.today()
    batch = Batch(key=f"draw/{draw.number}", on=day, legs=plans.draw_ordered(order))
    book(batch, matter_id=facility.matter_id)
    draw.state, draw.ordered_on, draw.released_by_id = State.ORDERED, day, actor.user_id
    facts = {"draw": draw.number, "amount_fen": draw.amount_fen}
    write_together(
        outbox.item(SEND, {"draw": draw.number}, by=actor),
        journal.entry("draw_released", by=actor, matter_id=facility.matter_id, facts=facts),
        changed={draw: ("state", "ordered_on", "released_by")},
    )
    return draw


def _locked(draw_number: str, actor: Viewer, right: Right) -> DrawDown:
    matter = matter_of_loan(draw_number, actor, right)
    draw = _DRAW.row(draw_number)
    assert draw is not None, "its matter was found by it"
    draw.facility.matter = matter
    return draw


def _payment(draw: DrawDown) -> plans.Payment:
    return plans.Payment(rail=draw.rail, reference=draw.number, counterparty=draw.payee_name)


def order_of(draw: DrawDown, *, payer: Party) -> PaymentOrder:
    """The order that the rail gets; its reference is the loan's number, so it is paid once.

    In digital yuan it carries what the money is bound to.
    """
    assert draw.ordered_on is not None, "only a released draw-down is ordered"
    return PaymentOrder(
        client_reference=draw.number,
        payer=payer,
        payee=Party(account=draw.payee_account, name=draw.payee_name),
        amount_fen=draw.amount_fen,
        on=draw.ordered_on,
        remark=draw.contract_number,
        purpose=suppliers.purpose_of(draw, payer=payer.account) if draw.rail == ECNY else None,
    )


@transaction.atomic
def take_answer(status: OrderStatus) -> DrawDown | None:
    """Book what the rail says of an order; said twice, it is booked once.

    None where the order is not one of ours.
    """
    draw = locked_loan(status.client_reference)
    if draw is None or draw.state != State.ORDERED or not status.is_final:
        return draw
    rows = ledger.pending_of(f"draw/{draw.number}")
    if status.state is OrderState.PAID:
        _paid(draw, status, plans.confirmed(rows))
    else:
        _refused(draw, status, plans.refused(rows))
    return draw


def _paid(draw: DrawDown, status: OrderStatus, legs: tuple[Leg, ...]) -> None:
    matter = draw.facility.matter  # locked with the loan
    book(Batch(key=f"draw/{draw.number}/paid", on=status.on, legs=legs), matter_id=matter.pk)
    draw.state, draw.paid_on, draw.rail_reference = State.PAID, status.on, status.rail_reference
    draw.save()
    Installment.objects.bulk_create(
        Installment(
            draw=draw,
            number=line.number,
            start=line.due.period.start,
            end=line.due.end,
            due_on=line.due.due_on,
            principal_fen=line.principal.fen,
            interest_fen=line.interest.fen,
        )
        for line in schedule_of(draw, start=status.on).installments
    )
    facts = {"draw": draw.number, "amount_fen": draw.amount_fen, "reference": draw.rail_reference}
    journal.record("draw_paid", by=None, matter_id=matter.pk, facts=facts)
    if matter.stage == Stage.REGISTERED:
        advance(matter, Stage.DRAWN, actor=None)


def _refused(draw: DrawDown, status: OrderStatus, legs: tuple[Leg, ...]) -> None:
    batch = Batch(key=f"draw/{draw.number}/refused", on=status.on, legs=legs)
    book(batch, matter_id=draw.facility.matter_id)
    draw.state, draw.refusal = State.REFUSED, status.words or ", ".join(status.reasons)
    draw.save()
    trade_papers.free(draw)
    facts = {"draw": draw.number, "words": draw.refusal}
    journal.record("draw_refused", by=None, matter_id=draw.facility.matter_id, facts=facts)
