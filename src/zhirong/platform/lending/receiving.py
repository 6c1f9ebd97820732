"""Money comes in: laid over what is owed in the contract's order, and booked once a reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from zhirong.core.errors import InputError
from zhirong.core.money import Money
from zhirong.ledger import chart, plans
from zhirong.ledger.transfers import Batch
from zhirong.lending.payments import ClaimKind, Payment, PaymentOrder, pay_in_order
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.ledger.services import book, open_accounts
from zhirong.platform.lending.accruing import accrue_to, charge_to
from zhirong.platform.lending.locks import locked_loan
from zhirong.platform.lending.models import DrawDown, Installment, Receipt
from zhirong.platform.lending.owing import claims, open_installments, owed
from zhirong.platform.lending.prepaying import shorten
from zhirong.platform.lending.refunding import propose
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.services import advance
from zhirong.platform.matters.visibility import NotFoundError, found, matter_for
from zhirong.platform.operations import journal

Stage = Matter.Stage
_PAID = {ClaimKind.INTEREST: "interest_fen", ClaimKind.PRINCIPAL: "principal_fen"}
_CHARGES = {ClaimKind.PENALTY: "penalty_fen", ClaimKind.COMPOUND: "compound_fen"}


BANK, ECNY = "bank", "ecny"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a payment comes in: over which rail, and whether it pays principal before its day."""

    rail: str = BANK
    is_early: bool = False


class ReceiptError(InputError):
    """Money that cannot be booked; `reason` is the code of its words."""

    code = "error.receipt"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The receipt: {reason}.", reason=f"error.receipt.{reason}")


@transaction.atomic
def receive_by(
    draw_number: str, *, amount: Money, reference: str, received_on: date, actor: Viewer
) -> Receipt:
    """An officer books a payment of the borrower.

    Raises:
        NotFoundError: No such loan to see.
        ReceiptError: See `receive`.
    """
    draw = found(DrawDown, actor, number=draw_number)
    matter_for(draw.facility.matter.number, actor, Right.RECEIVE)
    return receive(
        draw_number, amount=amount, reference=reference, received_on=received_on, by=actor
    )


@transaction.atomic
def receive(
    draw_number: str,
    *,
    amount: Money,
    reference: str,
    received_on: date,
    by: Viewer | None = None,
    way: Way | None = None,
) -> Receipt:
    """Book a payment: charges, interest, principal due; a payment that ends the loan ends it.

    What pays no claim waits on the loan for the next one; behind the end of a loan it goes back.

    Args:
        draw_number: Of the loan.
        amount: What came in.
        reference: The rail's own; the same reference is booked once, however often it is told.
        received_on: Value date.
        by: The officer; None where the rail's statement tells it.
        way: Over which rail, and whether it is meant to pay principal early.

    Raises:
        ReceiptError: Nothing came in, the loan is not paid out, the reference is used for another
            amount, or the value date is before the last one.
    """
    way = way or Way()
    draw = locked_loan(draw_number)
    if draw is None:
        raise NotFoundError(f"No loan {draw_number}.", what="model.drawdown")
    known = Receipt.objects.filter(reference=reference).first()
    if known is not None:
        if (known.draw_id, known.amount_fen) != (draw.pk, amount.fen):
            raise ReceiptError("reference_used")
        return known
    _check(draw, amount, received_on, may_be_repaid=by is None)
    if draw.state == DrawDown.State.PAID:
        accrue_to(draw, on=received_on)
        charge_to(draw, on=received_on)
        parts, rest = _laid_over(draw, amount, received_on, is_early=way.is_early)
    else:
        parts, rest = plans.Parts(), amount.fen
    receipt = plans.Receipt(
        loan=draw.number,
        parts=parts,
        rest_fen=rest,
        payment=plans.Payment(rail=way.rail, reference=reference),
        is_early=way.is_early,
    )
    open_accounts(chart.of_house((way.rail,)))
    batch = Batch(key=f"receipt/{reference}", on=received_on, legs=plans.received(receipt))
    book(batch, matter_id=draw.facility.matter_id)
    kept = Receipt.objects.create(
        draw=draw,
        reference=reference,
        amount_fen=amount.fen,
        rail=way.rail,
        received_on=received_on,
        parts={kind.value: getattr(parts, kind.value) for kind in ClaimKind},
        rest_fen=rest,
    )
    facts = {"draw": draw.number, "amount_fen": amount.fen, "rest_fen": rest}
    journal.record("payment_received", by=by, matter_id=draw.facility.matter_id, facts=facts)
    if draw.state == DrawDown.State.PAID:
        conclude(draw)
    propose(draw, kept, by=by)
    return kept


def _check(draw: DrawDown, amount: Money, received_on: date, *, may_be_repaid: bool) -> None:
    last = draw.receipts.order_by("-received_on").first()
    repaid = (DrawDown.State.REPAID,) if may_be_repaid else ()
    wrong = (
        ("nothing", amount.fen <= 0),
        ("not_paid_out", draw.state not in (DrawDown.State.PAID, *repaid)),
        ("before_pay_out", draw.paid_on is not None and received_on < draw.paid_on),
        ("before_last", last is not None and received_on < last.received_on),
    )
    for reason, is_wrong in wrong:
        if is_wrong:
            raise ReceiptError(reason)


def _laid_over(
    draw: DrawDown, amount: Money, on: date, *, is_early: bool
) -> tuple[plans.Parts, int]:
    """The parts of a payment, and what pays nothing."""
    if amount.fen >= owed(draw, on=on).payoff:
        _end_early(draw, on)
    elif is_early:
        shorten(draw, amount.fen, on)
    paid = pay_in_order(amount, claims(draw, on=on), order=PaymentOrder())
    mark(open_installments(draw), paid.payments)
    mark_charges(draw, paid.payments)
    parts = plans.Parts(**{kind.value: paid.paid(kind).fen for kind in ClaimKind})
    return parts, paid.rest.fen


def _end_early(draw: DrawDown, on: date) -> None:
    """The payment ends the loan: the running period ends on its day, later ones bear nothing.

    A period that has ended and is due on the next working day is due now.
    """
    lines = open_installments(draw)
    for line in lines:
        if line.end <= on < line.due_on:
            line.due_on = on
            line.save()
    rest = [line for line in lines if line.end > on]
    if not rest:
        return
    current, later = rest[0], rest[1:]
    from_later = sum(line.principal_fen for line in later)
    Installment.objects.filter(pk__in=[line.pk for line in later]).delete()
    current.interest_fen = _running_interest(draw, current, on)
    current.principal_fen += from_later
    current.end = current.due_on = on
    current.save()


def _running_interest(draw: DrawDown, line: Installment, on: date) -> int:
    """Interest of the running period up to the day on which the loan ends."""
    return owed(draw, on=on).running_interest + line.paid_interest_fen


def mark(lines: Sequence[Installment], payments: Sequence[Payment]) -> None:
    """Write what was paid of each line; lines that are due on one day take it in their order."""
    for payment in payments:
        name = _PAID.get(payment.claim.kind)
        left = payment.paid.fen
        for line in lines:
            if name is None or line.due_on != payment.claim.due_on or not left:
                continue
            paid = getattr(line, f"paid_{name}")
            part = min(left, getattr(line, name) - paid)
            setattr(line, f"paid_{name}", paid + part)
            left -= part
            line.save()


def mark_charges(draw: DrawDown, payments: Sequence[Payment]) -> None:
    """Write what was paid of the charges of each line, the oldest first."""
    for payment in payments:
        name = _CHARGES.get(payment.claim.kind)
        left = payment.paid.fen
        if name is None or not left:
            continue
        for line in draw.installments.filter(**{f"{name}__gt": F(f"paid_{name}")}):
            paid = getattr(line, f"paid_{name}")
            part = min(left, getattr(line, name) - paid)
            setattr(line, f"paid_{name}", paid + part)
            line.save(update_fields=[f"paid_{name}"])
            left -= part


def conclude(draw: DrawDown) -> None:
    """A loan without open lines is repaid; a matter without open loans as well."""
    if open_installments(draw):
        return
    draw.state = DrawDown.State.REPAID
    draw.save()
    matter = Matter.objects.select_for_update().get(pk=draw.facility.matter_id)
    open_states = (DrawDown.State.ASKED, DrawDown.State.ORDERED, DrawDown.State.PAID)
    if matter.stage == Stage.DRAWN and not draw.facility.draws.filter(state__in=open_states):
        advance(matter, Stage.REPAID, actor=None)
