"""A transfer, and the batch of transfers that are booked together or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from zhirong.core import codec
from zhirong.core.errors import InputError

# The largest whole number that a table can hold; far above any sum of money in fen.
FEN_MAX = 2**63 - 1


class TransferError(InputError):
    """A transfer that no ledger takes: no amount, one account twice, no pending one named."""

    code = "error.ledger_transfer"

    def __init__(self, leg: "Leg") -> None:
        super().__init__(
            f"{leg.amount_fen} fen from {leg.credit!r} to {leg.debit!r} ({leg.kind}, pending "
            f"{leg.pending!r}) is no transfer.",
            amount_fen=leg.amount_fen,
            debit=leg.debit,
            credit=leg.credit,
            kind=str(leg.kind),
        )


class BatchError(InputError):
    """A batch without a key, or without a transfer."""

    code = "error.ledger_batch"

    def __init__(self, key: str) -> None:
        super().__init__(f"Batch {key!r} needs a key and a transfer.", key=key)


class InstantError(InputError):
    """A time that does not say where it is."""

    code = "error.ledger_instant"

    def __init__(self, at: datetime) -> None:
        super().__init__(f"{at.isoformat()} has no time zone.", at=at.isoformat())


class TransferKind(StrEnum):
    """What a row does."""

    POSTED = "posted"  # moves the amount at once
    PENDING = "pending"  # holds it until a later row resolves it
    POST = "post"  # of a pending row: moves its amount or less, and frees the rest
    VOID = "void"  # of a pending row: frees it


RESOLVING = frozenset((TransferKind.POST, TransferKind.VOID))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A transfer as it is asked for: one debit, one credit, one amount.

    Attributes:
        kind: Posted, pending, or the resolution of a pending one.
        debit: The account debited.
        credit: The account credited.
        amount_fen: Whole fen, above zero; of a void the amount of what it frees.
        event: Why, as a code: one of `plans.Event`, or the caller's own.
        subject: The loan or facility it belongs to; empty for none.
        reference: The client reference of a payment; what a rail's statement shows again.
        counterparty: Who was paid or paid, where that is not the borrower.
        pending: For a post or a void, the number of the row it resolves.

    Raises:
        TransferError: The amount is not above zero or beyond `FEN_MAX`, the two accounts are one,
            or `pending` is given where it does not belong, or is missing where it does.
    """

    kind: TransferKind
    debit: str
    credit: str
    amount_fen: int
    event: str
    subject: str = ""
    reference: str = ""
    counterparty: str = ""
    pending: str | None = None

    def __post_init__(self) -> None:
        is_resolving = self.kind in RESOLVING
        is_whole = type(self.amount_fen) is int and 0 < self.amount_fen <= FEN_MAX
        if not is_whole or self.debit == self.credit or is_resolving != bool(self.pending):
            raise TransferError(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Leg):
    """A row of the ledger: a leg that was booked.

    Attributes:
        number: Unique: the key and the place in the batch, `key/1`.
        key: The idempotency key of its batch.
        on: The value date.
        at: When it was booked, in UTC.
    """

    number: str
    key: str
    on: date
    at: datetime


def number_of(key: str, place: int) -> str:
    """The number of the row at a place (from 1) of a batch, known before it is booked.

    >>> number_of("draw-7", 1)
    'draw-7/1'
    """
    return f"{key}/{place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Transfers that are booked all or none, under one key.

    Raises:
        BatchError: No key, or no leg.
    """

    key: str
    on: date
    legs: tuple[Leg, ...]

    def __post_init__(self) -> None:
        if not self.key.strip() or not self.legs:
            raise BatchError(self.key)

    def rows(self, *, at: datetime) -> tuple[Transfer, ...]:
        """The rows of the batch as booked at an instant.

        Raises:
            InstantError: The instant has no time zone.
        """
        if at.tzinfo is None:
            raise InstantError(at)
        instant = at.astimezone(UTC)
        return tuple(
            _row(leg, number=number_of(self.key, place), batch=self, at=instant)
            for place, leg in enumerate(self.legs, 1)
        )


def _row(leg: Leg, *, number: str, batch: Batch, at: datetime) -> Transfer:
    return Transfer(
        kind=leg.kind,
        debit=leg.debit,
        credit=leg.credit,
        amount_fen=leg.amount_fen,
        event=leg.event,
        subject=leg.subject,
        reference=leg.reference,
        counterparty=leg.counterparty,
        pending=leg.pending,
        number=number,
        key=batch.key,
        on=batch.on,
        at=at,
    )


def leg_of(row: Transfer) -> Leg:
    """What a row was asked for as."""
    return Leg(
        kind=row.kind,
        debit=row.debit,
        credit=row.credit,
        amount_fen=row.amount_fen,
        event=row.event,
        subject=row.subject,
        reference=row.reference,
        counterparty=row.counterparty,
        pending=row.pending,
    )


def row_bytes(row: Transfer) -> bytes:
    """The canonical bytes of a row: what a seal hashes."""
    body = codec.encode(leg_of(row)) | {
        "number": row.number,
        "key": row.key,
        "on": row.on.isoformat(),
        "at": row.at.isoformat(),
    }
    return codec.canonical(body)


def rows_bytes(rows: Iterable[Transfer]) -> bytes:
    """The canonical bytes of rows in their order, one a line."""
    return b"\n".join(row_bytes(row) for row in rows)
