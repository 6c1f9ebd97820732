"""Money that a rail's statement tells of: booked on the loan that its reference names."""

import re

from django.db import transaction

from zhirong.core.money import Money
from zhirong.ledger.rails import Party, PaymentOrder
from zhirong.ledger.reconciliation import Entry
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.lending.models import Application, DrawDown, UnknownEntry
from zhirong.platform.lending.receiving import ReceiptError, receive
from zhirong.platform.matters.visibility import found, matter_for
from zhirong.platform.operations import clock, journal, outbox

PAY_IN = "send_repayment"
_OURS = re.compile(r"^(?P<loan>ZR\d+-\d+)-IN(?P<place>\d+)$")


@transaction.atomic
def take_entry(entry: Entry) -> None:
    """Book an entry of the statement, once a number; what names no loan waits for a person."""
    if entry.amount_fen <= 0:
        return  # our own payments; their answers book them
    match = _OURS.match(entry.reference)
    draw = DrawDown.objects.filter(number=match["loan"]).first() if match else None
    if draw is not None and draw.state == DrawDown.State.PAID:
        receive(
            draw.number,
            amount=Money.of_fen(entry.amount_fen),
            reference=entry.reference,
            received_on=entry.on,
            by=None,
        )
        return
    if draw is None or not draw.receipts.filter(reference=entry.reference).exists():
        UnknownEntry.objects.get_or_create(
            number=entry.number,
            defaults={
                "reference": entry.reference,
                "amount_fen": entry.amount_fen,
                "on": entry.on,
            },
        )


@transaction.atomic
def repay(draw_number: str, *, amount: Money, key: str, actor: Viewer) -> str:
    """The firm pays from its own account over the rail; gives the payment's reference.

    Args:
        draw_number: Of the loan.
        amount: What is paid.
        key: The caller's own: the same key pays once.
        actor: Of the firm.

    Raises:
        ReceiptError: The amount is nothing, or the loan is not paid out.
    """
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
    reference = f"{draw.number}-IN{draw.repayments.count() + 1}"
    draw.repayments.create(
        key=key, reference=reference, amount_fen=amount.fen, asked_on=clock.today()
    )
    outbox.ask(PAY_IN, {"reference": reference}, by=actor)
    facts = {"draw": draw.number, "amount_fen": amount.fen, "reference": reference}
    journal.record("repayment_ordered", by=actor, matter_id=draw.facility.matter_id, facts=facts)
    return reference


def repayment_order(reference: str, *, settlement: Party) -> PaymentOrder:
    """The order by which the firm's bank pays us; its reference is echoed on our statement."""
    loan, _, _ = reference.rpartition("-IN")
    draw = DrawDown.objects.select_related("facility__matter__firm").get(number=loan)
    matter = draw.facility.matter
    application = Application.objects.get(matter=matter)
    row = draw.repayments.get(reference=reference)
    return PaymentOrder(
        client_reference=reference,
        # The firm keeps the account of its loan with the lender.
        payer=Party(account=application.account, name=matter.firm.name, bank=settlement.bank),
        payee=settlement,
        amount_fen=row.amount_fen,
        on=row.asked_on,
        remark=loan,
    )
