"""Orders to the rails, each sent once however often it is tried, and the answers taken at once."""

from zhirong.core.errors import StateError
from zhirong.ledger.rails import PaymentOrder, Rail, send_once
from zhirong.platform.lending import answers, drawing, incoming, refunding, suppliers
from zhirong.platform.lending.models import DrawDown, Refund, RepaymentOrder
from zhirong.platform.operations.models import Outbox
from zhirong.platform.work.polling import operator, rail

ECNY = "ecny"


class NoRailError(StateError):
    """No payment rail is set: payment files go out by hand."""

    code = "error.no_rail"


class NoOperatorError(StateError):
    """No operator of e-CNY is set."""

    code = "error.no_operator"


def line_of(name: str) -> Rail:
    """The rail of a payment.

    Raises:
        NoRailError: No bank is set.
        NoOperatorError: No operator is set.
    """
    if name == ECNY:
        line = operator()
        if line is None:
            raise NoOperatorError("No operator of e-CNY is set.")
        return line
    line = rail()
    if line is None:
        raise NoRailError("No payment rail is set.")
    return line


def _send(line: Rail, order: PaymentOrder) -> None:
    answers.take(send_once(line, order))


def send_payment(item: Outbox) -> None:
    """Send the order of a draw-down, and take its answer.

    Raises:
        RailDownError: No answer; the job engine tries again, and asks before it sends.
    """
    draw = DrawDown.objects.get(number=item.payload["draw"])
    payer = incoming.settlement_of(draw.rail)
    _send(line_of(draw.rail), drawing.order_of(draw, payer=payer))


def send_repayment(item: Outbox) -> None:
    """Send the firm's own payment; the statement tells when it has come in.

    Raises:
        RailDownError: No answer; tried again.
    """
    reference = item.payload["reference"]
    name = RepaymentOrder.objects.get(reference=reference).rail
    payee = incoming.settlement_of(name)
    _send(line_of(name), incoming.repayment_order(reference, settlement=payee))


def send_refund(item: Outbox) -> None:
    """Send what goes back to the firm.

    Raises:
        RailDownError: No answer; tried again.
    """
    reference = item.payload["reference"]
    name = Refund.objects.get(reference=reference).rail
    payer = incoming.settlement_of(name)
    _send(line_of(name), refunding.order_of(reference, payer=payer))


def send_supplier_payment(item: Outbox) -> None:
    """Send the firm's payment out of bound money to its supplier.

    Raises:
        RailDownError: No answer; tried again.
    """
    _send(line_of(ECNY), suppliers.order_of(item.payload["reference"]))
