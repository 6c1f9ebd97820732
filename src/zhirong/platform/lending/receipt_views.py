"""What programs ask about one loan: the draw-down itself and the money that came in on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.lending.loan_views import DrawLine, draws_of
from zhirong.platform.lending.models import DrawDown, Receipt
from zhirong.platform.matters.visibility import found, visible


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """A payment and how it was laid over what is owed, in fen."""

    reference: str
    amount: int
    received_on: date
    parts: Mapping[str, int]
    rest: int


def draw_of(number: str, draw_number: str, viewer: Viewer) -> DrawLine:
    """A draw-down of a matter with its schedule, what is owed and its statement.

    Raises:
        NotFoundError: None that the viewer may see.
    """
    found(DrawDown, viewer, number=draw_number, facility__matter__number=number)
    return next(line for line in draws_of(number, viewer) if line.number == draw_number)


def receipts_of(draw_number: str, viewer: Viewer) -> tuple[ReceiptLine, ...]:
    """The money that came in on a loan, in the order it was booked."""
    return tuple(
        ReceiptLine(
            reference=row.reference,
            amount=row.amount_fen,
            received_on=row.received_on,
            parts=row.parts,
            rest=row.rest_fen,
        )
        for row in visible(Receipt, viewer).filter(draw__number=draw_number)
    )
