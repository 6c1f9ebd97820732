"""Money that a rail's statement tells of: booked on the loan that its reference names."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from zhirong.core.errors import StateError, ZhirongError
from zhirong.core.money import Money
from zhirong.ledger.rails import OrderState, OrderStatus, Party, PaymentOrder
from zhirong.ledger.reconciliation import Entry
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.lending import payment_desk, suppliers
from zhirong.platform.lending.models import (
    Application,
    DrawDown,
    Receipt,
    RepaymentOrder,
    UnknownEntry,
)
from zhirong.platform.lending.receiving import BANK, ECNY, ReceiptError, Way, receive
from zhirong.platform.matters.visibility import found, matter_for
from zhirong.platform.operations import clock, journal, outbox

PAY_IN = "send_repayment"
_OURS = re.compile(r"^(?P<loan>ZR\d+-\d+)-IN(?P<place>\d+)$")
_RETURNED = re.compile(r"^RETURN-(?P<loan>ZR\d+-\d+)$")
_OWING = (DrawDown.State.PAID, DrawDown.State.REPAID)


class NothingWaitsError(StateError):
    """The entry was settled in the meantime, or is not there."""

    code = "error.nothing_waits"


def take_entry(entry: Entry, *, rail: str = BANK) -> None:
    """Book an entry of the statement, once a number.

    What names no loan, or cannot be booked, waits for a person: those behind it do not wait.
    """
    if entry.amount_fen <= 0:
        return  # our own payments; their answers book them
    try:
        _take(entry, rail)
    except ZhirongError as error:
        park(entry, rail, {"code": error.code, "facts": plain_facts(error)})


def plain_facts(error: ZhirongError) -> dict[str, Any]:
    """An error's facts as JSON keeps them."""
    facts = {
        name: value if isinstance(value, int | str) else str(value)
        for name, value in error.facts.items()
    }
    return {**facts, "detail": str(error)}


@transaction.atomic
def _take(entry: Entry, rail: str) -> None:
    returned = _RETURNED.match(entry.reference)
    match = returned or _OURS.match(entry.reference)
    draw = DrawDown.objects.filter(number=match["loan"]).first() if match else None
    if draw is None or draw.state not in _OWING:
        park(entry, rail, {})
        return
    known = draw.receipts.filter(reference=entry.reference).first()
    if known is not None and known.amount_fen != entry.amount_fen:
        raise ReceiptError("reference_used")
    order = draw.repayments.filter(reference=entry.reference).first()
    receive(
        draw.number,
        amount=Money.of_fen(entry.amount_fen),
        reference=entry.reference,
        received_on=entry.on,
        way=Way(rail=rail, is_early=bool(returned) or (order is not None and order.is_early)),
    )
    if returned:
        suppliers.note_return(draw, entry.amount_fen)


def park(entry: Entry, rail: str, problem: Mapping[str, Any]) -> None:
    """Keep an entry until a person finds out whose it is, or what is wrong with it."""
    UnknownEntry.objects.get_or_create(
        rail=rail,
        number=entry.number,
        defaults={
            "reference": entry.reference,
            "amount_fen": entry.amount_fen,
            "on": entry.on,
            "problem": dict(problem),
        },
    )


@transaction.atomic
def settle_entry(number: int, draw_number: str, *, actor: Viewer) -> Receipt:
    """A person says whose money it is: booked on that loan, over the rail it came in by.

    Where a later payment was booked before, its day counts: nothing is laid over backwards.

    Raises:
        NotFoundError: Another bank's account, or no such loan to see.
        NothingWaitsError: It was settled before.
        ReceiptError: The loan is not paid out.
    """
    payment_desk.need_keeper(actor)
    draw = found(DrawDown, actor, number=draw_number)
    matter_for(draw.facility.matter.number, actor, Right.RECEIVE)
    row = (
        UnknownEntry.objects.select_for_update(of=("self",))
        .filter(pk=number, settled_on=None)
        .first()
    )
    if row is None:
        raise NothingWaitsError(f"Entry {number} does not wait.")
    last = draw.receipts.order_by("-received_on").first()
    days = [
        row.on,
        *([last.received_on] if last else []),
        *([draw.paid_on] if draw.paid_on else []),
    ]
    is_used = not row.reference or Receipt.objects.filter(reference=row.reference).exists()
    receipt = receive(
        draw.number,
        amount=Money.of_fen(row.amount_fen),
        reference=f"{row.rail}-{row.number}" if is_used else row.reference,
        received_on=max(days),
        way=Way(rail=row.rail),
    )
    row.settled_on, row.settled_by_id, row.draw = clock.today(), actor.user_id, draw
    row.save()
    amount = str(Money.of_fen(row.amount_fen).amount)
    facts = {"draw": draw.number, "amount": amount, "reference": row.reference}
    journal.record("entry_settled", by=actor, matter_id=draw.facility.matter_id, facts=facts)
    return receipt


@transaction.atomic
def repay(
    draw_number: str, *, amount: Money, key: str, actor: Viewer, way: Way | None = None
) -> str:
    """The firm pays from its own account or wallet over the rail; gives the payment's reference.

    Args:
        draw_number: Of the loan.
        amount: What is paid.
        key: The caller's own: the same key pays once.
        actor: Of the firm.
        way: Over which rail, and whether principal is paid before its day; by default from the
            account at the bank, and not.

    Raises:
        ReceiptError: The amount is nothing, the loan is not paid out, or there is no wallet.
    """
    way = way or Way()
    draw = found(DrawDown, actor, number=draw_number)
    matter_for(draw.facility.matter.number, actor, Right.DRAW)
    draw = DrawDown.objects.select_for_update(of=("self",)).get(pk=draw.pk)
    known = draw.repayments.filter(key=key).first()
    if known is not None:
        return known.reference
    if amount.fen <= 0:
        raise ReceiptError("nothing")
    if draw.state != DrawDown.State.PAID:
        raise ReceiptError("not_paid_out")
    if way.rail == ECNY and not Application.objects.get(matter=draw.facility.matter).wallet:
        raise ReceiptError("no_wallet")
    reference = f"{draw.number}-IN{draw.repayments.count() + 1}"
    draw.repayments.create(
        key=key,
        reference=reference,
        amount_fen=amount.fen,
        asked_on=clock.today(),
        rail=way.rail,
        is_early=way.is_early,
    )
    outbox.ask(PAY_IN, {"reference": reference}, by=actor)
    facts = {"draw": draw.number, "amount_fen": amount.fen, "reference": reference}
    journal.record("repayment_ordered", by=actor, matter_id=draw.facility.matter_id, facts=facts)
    return reference


def repayment_order(reference: str, *, settlement: Party) -> PaymentOrder:
    """The order by which the firm's bank pays us; its reference is echoed on our statement.

    Args:
        reference: Of the repayment.
        settlement: Our account, or our wallet, on the order's rail.
    """
    loan, _, _ = reference.rpartition("-IN")
    draw = DrawDown.objects.select_related("facility__matter__firm").get(number=loan)
    matter = draw.facility.matter
    application = Application.objects.get(matter=matter)
    row = draw.repayments.get(reference=reference)
    account = application.wallet if row.rail == ECNY else application.account
    return PaymentOrder(
        client_reference=reference,
        # The firm keeps the account of its loan with the lender.
        payer=Party(account=account, name=matter.firm.name, bank=settlement.bank),
        payee=settlement,
        amount_fen=row.amount_fen,
        on=row.asked_on,
        remark=loan,
    )


@transaction.atomic
def take_answer(status: OrderStatus) -> None:
    """Note that a rail refused the firm's payment; that it came in, the statement says."""
    row = (
        RepaymentOrder.objects.select_for_update(of=("self",))
        .filter(reference=status.client_reference)
        .first()
    )
    if row is None or status.state is not OrderState.REFUSED or row.refused_on is not None:
        return
    row.refused_on = status.on
    row.refusal = (status.words or ", ".join(status.reasons))[:300]
    row.save(update_fields=["refused_on", "refusal"])
    amount = str(Money.of_fen(row.amount_fen).amount)
    facts = {"draw": row.draw.number, "amount": amount, "words": row.refusal}
    matter = row.draw.facility.matter_id
    journal.record("repayment_refused", by=None, matter_id=matter, facts=facts)


def settlement_of(rail: str) -> Party:
    """The bank's own account for loans on a rail: at the bank, or its wallet."""
    if rail == ECNY:
        return Party(account=settings.ECNY_WALLET, name=settings.SETTLEMENT_NAME)
    return Party(
        account=settings.SETTLEMENT_ACCOUNT,
        name=settings.SETTLEMENT_NAME,
        bank=settings.SETTLEMENT_BANK,
    )
