"""What was paid beyond the debt goes back: small amounts by themselves, others by another person.

A loan that is repaid owes back what stands on it unallocated. The refund is ordered like any
payment: held in the ledger, sent once, booked when the rail has paid.
"""

from decimal import Decimal

from django.db import transaction

from zhirong.core.errors import StateError
from zhirong.core.money import Money
from zhirong.ledger import chart, plans
from zhirong.ledger.rails import OrderState, OrderStatus, Party, PaymentOrder
from zhirong.ledger.transfers import Batch
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.ledger.services import book, open_accounts
from zhirong.platform.lending.models import Application, DrawDown, Receipt
from zhirong.platform.lending.rail_models import Refund
from zhirong.platform.matters.visibility import found, matter_for
from zhirong.platform.operations import clock, journal, outbox

SEND = "send_refund"
State = Refund.State
OPEN = (State.PROPOSED, State.ORDERED)


class RefundError(StateError):
    """A refund that cannot be; `reason` is the code of its words."""

    code = "error.refund"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The refund: {reason}.", reason=f"error.refund.{reason}")


def owed_back(draw: DrawDown) -> int:
    """What a repaid loan owes back and is not under way yet, in fen."""
    if draw.state != DrawDown.State.REPAID:
        return 0
    under_way = draw.refunds.filter(state__in=OPEN).values_list("amount_fen", flat=True)
    return ledger.net_fen(chart.LoanAccounts(draw.number).unallocated) - sum(under_way)


@transaction.atomic
def propose(draw: DrawDown, receipt: Receipt, *, by: Viewer | None) -> Refund | None:
    """Propose to give back what is owed back; what is small is ordered at once.

    Args:
        draw: A loan; nothing happens where it owes nothing back.
        receipt: The payment that left it: the money goes back over its rail.
        by: Who booked the payment by hand; he does not release the refund.
    """
    fen = owed_back(draw)
    if fen <= 0 or draw.refunds.filter(state__in=OPEN).exists():
        return None
    refund = Refund.objects.create(
        draw=draw,
        reference=f"{draw.number}-RF{draw.refunds.count() + 1}",
        amount_fen=fen,
        rail=receipt.rail,
        made_on=clock.today(),
        proposed_by_id=by.user_id if by else None,
    )
    _log("refund_proposed", refund, by)
    # Small, and told by the rail itself: nobody's hand was in it.
    if by is None and Money.of_fen(fen).amount <= by_itself_most():
        _order(refund, by=None)
    return refund


def by_itself_most() -> Decimal:
    """The most that goes back without a person, in yuan."""
    return Parameters().number("payments.refund_by_itself_most", on=clock.today())


def _log(action: str, refund: Refund, by: Viewer | None, **more: str) -> None:
    draw = refund.draw
    amount = str(Money.of_fen(refund.amount_fen).amount)
    facts = {"draw": draw.number, "amount": amount, **more}
    journal.record(action, by=by, matter_id=draw.facility.matter_id, facts=facts)


@transaction.atomic
def release(reference: str, *, actor: Viewer) -> Refund:
    """A second pair of eyes lets the refund go; a refused one is proposed anew and goes with it.

    Raises:
        NotFoundError: No such refund to see.
        RefundError: The person booked the payment, or nothing is owed back any more.
    """
    refund = found(Refund, actor, reference=reference)
    matter_for(refund.draw.facility.matter.number, actor, Right.PAY)
    refund = Refund.objects.select_for_update(of=("self",)).get(pk=refund.pk)
    if refund.state in (State.ORDERED, State.PAID):
        return refund
    if refund.proposed_by_id == actor.user_id:
        raise RefundError("own")
    if refund.state == State.REFUSED:
        refund = _anew(refund)
    _order(refund, by=actor)
    return refund


def _anew(refused: Refund) -> Refund:
    draw = DrawDown.objects.select_for_update(of=("self",)).get(pk=refused.draw_id)
    fen = owed_back(draw)
    if fen <= 0 or draw.refunds.filter(state__in=OPEN).exists():
        raise RefundError("nothing")
    return Refund.objects.create(
        draw=draw,
        reference=f"{draw.number}-RF{draw.refunds.count() + 1}",
        amount_fen=fen,
        rail=refused.rail,
        made_on=clock.today(),
        proposed_by_id=refused.proposed_by_id,
    )


def _order(refund: Refund, *, by: Viewer | None) -> None:
    draw = refund.draw
    open_accounts(chart.of_house((refund.rail,)))
    payment = plans.Payment(rail=refund.rail, reference=refund.reference)
    legs = plans.refund_ordered(draw.number, amount_fen=refund.amount_fen, payment=payment)
    day = clock.today()
    batch = Batch(key=f"refund/{refund.reference}", on=day, legs=legs)
    book(batch, matter_id=draw.facility.matter_id)
    refund.state, refund.ordered_on = State.ORDERED, day
    refund.released_by_id = by.user_id if by else None
    refund.save()
    outbox.ask(SEND, {"reference": refund.reference}, by=by)
    _log("refund_ordered", refund, by)


def order_of(reference: str, *, payer: Party) -> PaymentOrder:
    """The order that the rail gets, to the account or the wallet of the firm."""
    refund = Refund.objects.select_related("draw__facility__matter__firm").get(reference=reference)
    matter = refund.draw.facility.matter
    application = Application.objects.get(matter=matter)
    account = application.account if refund.rail == "bank" else application.wallet
    assert refund.ordered_on is not None, "only a released refund is ordered"
    return PaymentOrder(
        client_reference=reference,
        payer=payer,
        payee=Party(account=account, name=matter.firm.name, bank=payer.bank),
        amount_fen=refund.amount_fen,
        on=refund.ordered_on,
        remark=refund.draw.number,
    )


@transaction.atomic
def take_answer(status: OrderStatus) -> None:
    """Book what the rail says of a refund; said twice, it is booked once."""
    refund = (
        Refund.objects.select_for_update(of=("self",))
        .filter(reference=status.client_reference)
        .first()
    )
    if refund is None or refund.state != State.ORDERED or not status.is_final:
        return
    key = f"refund/{refund.reference}"
    rows = ledger.pending_of(key)
    is_paid = status.state is OrderState.PAID
    legs = plans.confirmed(rows) if is_paid else plans.refused(rows)
    end = "paid" if is_paid else "refused"
    book(
        Batch(key=f"{key}/{end}", on=status.on, legs=legs),
        matter_id=refund.draw.facility.matter_id,
    )
    refund.state, refund.ended_on = (State.PAID if is_paid else State.REFUSED), status.on
    refund.refusal = "" if is_paid else status.words or ", ".join(status.reasons)
    refund.save()
    _log(f"refund_{end}", refund, None, words=refund.refusal)
