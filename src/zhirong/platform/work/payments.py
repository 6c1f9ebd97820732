"""Orders to the rail: the settlement account, and the two kinds of work that send them."""

from django.conf import settings

from zhirong.core.errors import StateError
from zhirong.ledger.rails import OrderState, Party, send_once
from zhirong.platform.lending import drawing, incoming
from zhirong.platform.lending.models import DrawDown, RepaymentOrder
from zhirong.platform.operations.models import Outbox
from zhirong.platform.work.polling import rail


class NoRailError(StateError):
    """No payment rail is set: payment files go out by hand."""

    code = "error.no_rail"


def settlement() -> Party:
    """The bank's own account for loans."""
    return Party(
        account=settings.SETTLEMENT_ACCOUNT,
        name=settings.SETTLEMENT_NAME,
        bank=settings.SETTLEMENT_BANK,
    )


def send_payment(item: Outbox) -> None:
    """Send the order of a draw-down, once however often tried, and take its answer.

    Raises:
        RailDownError: No answer; the job engine tries again, and asks before it sends.
    """
    line = rail()
    if line is None:
        raise NoRailError("No payment rail is set.")
    draw = DrawDown.objects.get(number=item.payload["draw"])
    drawing.take_answer(send_once(line, drawing.order_of(draw, payer=settlement())))


def send_repayment(item: Outbox) -> None:
    """Send the firm's own payment; the statement tells when it has come in.

    Raises:
        RailDownError: No answer; tried again.
    """
    line = rail()
    if line is None:
        raise NoRailError("No payment rail is set.")
    reference = item.payload["reference"]
    status = send_once(line, incoming.repayment_order(reference, settlement=settlement()))
    if status.state is OrderState.REFUSED:
        words = status.words or ", ".join(status.reasons)
        RepaymentOrder.objects.filter(reference=reference).update(refusal=words)
