"""From a stored row to the record of the pure ledger."""

from datetime import UTC

from zhirong.ledger.transfers import Transfer as Row
from zhirong.ledger.transfers import TransferKind
from zhirong.platform.ledger.models import Transfer


def row_of(stored: Transfer) -> Row:
    """The row as the pure room knows it."""
    return Row(
        number=stored.number,
        key=stored.key,
        kind=TransferKind(stored.kind),
        debit=stored.debit_id,
        credit=stored.credit_id,
        amount_fen=stored.amount_fen,
        event=stored.event,
        subject=stored.subject,
        reference=stored.reference,
        counterparty=stored.counterparty,
        pending=stored.pending_id,
        on=stored.on,
        at=stored.at.astimezone(UTC),
    )
