"""Plans: the transfers that each event in the life of a loan books, as pure functions.

A plan gives the legs; whoever books them adds key and day (`Batch`). Parts of nothing give no leg.
Money that leaves goes in two steps: ordered (pending, and the facility's room is held with it),
then confirmed by the rail (posted) or refused (void).
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

from zhirong.core.errors import InputError
from zhirong.ledger import chart
from zhirong.ledger.chart import FacilityAccounts, LoanAccounts
from zhirong.ledger.transfers import Leg, Transfer, TransferKind


class PlanError(InputError):
    """An event that moves nothing, or a part below zero."""

    code = "error.ledger_plan"

    def __init__(self, event: str, *, subject: str) -> None:
        super().__init__(
            f"{event} of {subject} needs an amount above zero, and no part below it.",
            event=event,
            subject=subject,
        )


class ConfirmationError(InputError):
    """A confirmation of other rows than one order's, or of no more than nothing."""

    code = "error.ledger_confirmation"

    def __init__(self, amount_fen: int) -> None:
        super().__init__(
            f"{amount_fen} fen cannot be confirmed of these rows.", amount_fen=amount_fen
        )


class Event(StrEnum):
    """Why a row was booked."""

    FACILITY_OPENED = "facility_opened"
    FACILITY_CLOSED = "facility_closed"
    DRAW_DOWN = "draw_down"
    ENTRUSTED_PAYMENT = "entrusted_payment"  # drawn, and paid to the payee
    INTEREST_ACCRUED = "interest_accrued"
    COMPOUND_ACCRUED = "compound_accrued"
    PENALTY_CHARGED = "penalty_charged"
    FEE_CHARGED = "fee_charged"
    ANNUAL_FEE_ADVANCED = "annual_fee_advanced"
    COST_ADVANCED = "cost_advanced"
    REPAYMENT = "repayment"
    PREPAYMENT = "prepayment"
    PREPAYMENT_FEE = "prepayment_fee"
    ALLOCATION = "allocation"
    REFUND = "refund"
    WRITE_OFF = "write_off"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """An amount by what it belongs to, in whole fen, none below zero."""

    cost: int = 0
    compound: int = 0
    penalty: int = 0
    interest: int = 0
    principal: int = 0

    @property
    def total_fen(self) -> int:
        """The sum of the parts."""
        return sum(getattr(self, part.name) for part in fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One payment over a rail, in or out.

    `reference` is the client reference, which the rail's statement shows again; `counterparty` the
    payee or payer where it is not the borrower.
    """

    rail: str
    reference: str
    counterparty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """Principal to be paid out under a facility; `is_entrusted` to the payee, not the borrower."""

    facility: str
    loan: str
    amount_fen: int
    payment: Payment
    is_entrusted: bool


def facility_opened(number: str, *, limit_fen: int) -> tuple[Leg, ...]:
    """The commitment, off the balance sheet; draw-downs release it."""
    return (_commitment(number, limit_fen, event=Event.FACILITY_OPENED),)


def room_restored(number: str, *, amount_fen: int) -> tuple[Leg, ...]:
    """Room of a revolving facility, drawn once and repaid; booked linked with the repayment."""
    return (_commitment(number, amount_fen, event=Event.REPAYMENT),)


def facility_closed(number: str, *, undrawn_fen: int) -> tuple[Leg, ...]:
    """The end of the commitment: what was not drawn is released."""
    names = FacilityAccounts(number)
    return (
        Leg(
            kind=TransferKind.POSTED,
            debit=names.contra,
            credit=names.undrawn,
            amount_fen=undrawn_fen,
            event=Event.FACILITY_CLOSED,
            subject=number,
        ),
    )


def _commitment(number: str, amount_fen: int, *, event: Event) -> Leg:
    names = FacilityAccounts(number)
    return Leg(
        kind=TransferKind.POSTED,
        debit=names.undrawn,
        credit=names.contra,
        amount_fen=amount_fen,
        event=event,
        subject=number,
    )


def draw_ordered(draw: Draw) -> tuple[Leg, ...]:
    """The draw-down on order: room and money are held. Beyond the room nothing is booked."""
    event = Event.ENTRUSTED_PAYMENT if draw.is_entrusted else Event.DRAW_DOWN
    names = FacilityAccounts(draw.facility)
    room = Leg(
        kind=TransferKind.PENDING,
        debit=names.contra,
        credit=names.undrawn,
        amount_fen=draw.amount_fen,
        event=event,
        subject=draw.facility,
    )
    principal = LoanAccounts(draw.loan).principal
    return (room, _out(principal, draw.amount_fen, draw.payment, (event, draw.loan)))


def _out(debit: str, amount_fen: int, payment: Payment, why: tuple[Event, str]) -> Leg:
    event, subject = why
    return Leg(
        kind=TransferKind.PENDING,
        debit=debit,
        credit=chart.cash(payment.rail),
        amount_fen=amount_fen,
        event=event,
        subject=subject,
        reference=payment.reference,
        counterparty=payment.counterparty,
    )


def annual_fee_ordered(loan: str, *, amount_fen: int, payment: Payment) -> tuple[Leg, ...]:
    """An annual fee of a pledged right, paid for the borrower and added to the debt."""
    why = (Event.ANNUAL_FEE_ADVANCED, loan)
    return (_out(LoanAccounts(loan).cost, amount_fen, payment, why),)


def cost_ordered(loan: str, *, amount_fen: int, payment: Payment) -> tuple[Leg, ...]:
    """A cost of realizing the claim, paid by the lender and added to the debt."""
    return (_out(LoanAccounts(loan).cost, amount_fen, payment, (Event.COST_ADVANCED, loan)),)


def refund_ordered(loan: str, *, amount_fen: int, payment: Payment) -> tuple[Leg, ...]:
    """What was received beyond all claims, on its way back to the payer."""
    return (_out(LoanAccounts(loan).unallocated, amount_fen, payment, (Event.REFUND, loan)),)


def confirmed(ordered: Iterable[Transfer], *, amount_fen: int | None = None) -> tuple[Leg, ...]:
    """The rail has paid: every row of the order is posted.

    Args:
        ordered: The pending rows of one order.
        amount_fen: What was paid, where the rail paid less; the rest is freed.

    Raises:
        ConfirmationError: No rows, one that is not pending, or an amount out of their range.
    """
    rows = _pending(ordered)
    paid = rows[0].amount_fen if amount_fen is None else amount_fen
    if not 0 < paid <= rows[0].amount_fen:
        raise ConfirmationError(paid)
    return tuple(_resolution(row, TransferKind.POST, paid) for row in rows)


def refused(ordered: Iterable[Transfer]) -> tuple[Leg, ...]:
    """The rail has not paid and will not: every row of the order is freed.

    Raises:
        ConfirmationError: No rows, or one that is not pending.
    """
    rows = _pending(ordered)
    return tuple(_resolution(row, TransferKind.VOID, row.amount_fen) for row in rows)


def _pending(ordered: Iterable[Transfer]) -> tuple[Transfer, ...]:
    rows = tuple(ordered)
    amounts = {row.amount_fen for row in rows if row.kind is TransferKind.PENDING}
    is_one_order = len({row.key for row in rows}) == 1 and len(amounts) == 1
    if not is_one_order or any(row.kind is not TransferKind.PENDING for row in rows):
        raise ConfirmationError(sum(row.amount_fen for row in rows))
    return rows


def _resolution(row: Transfer, kind: TransferKind, amount_fen: int) -> Leg:
    return Leg(
        kind=kind,
        debit=row.debit,
        credit=row.credit,
        amount_fen=amount_fen,
        event=row.event,
        subject=row.subject,
        reference=row.reference,
        counterparty=row.counterparty,
        pending=row.number,
    )


_CHARGES = {
    Event.INTEREST_ACCRUED: ("interest", chart.INTEREST_INCOME),
    Event.COMPOUND_ACCRUED: ("compound", chart.COMPOUND_INCOME),
    Event.PENALTY_CHARGED: ("penalty", chart.PENALTY_INCOME),
    Event.FEE_CHARGED: ("cost", chart.FEE_INCOME),
}


def charged(loan: str, event: Event, *, amount_fen: int) -> tuple[Leg, ...]:
    """A claim that arises: interest of a period, penalty or compound interest, a fee.

    Raises:
        PlanError: The event charges nothing.
    """
    if event not in _CHARGES:
        raise PlanError(event, subject=loan)
    part, income = _CHARGES[event]
    account = getattr(LoanAccounts(loan), part)
    return (_moved(account, income, amount_fen, (event, loan)),)


def _moved(debit: str, credit: str, amount_fen: int, why: tuple[Event, str]) -> Leg:
    event, subject = why
    return Leg(
        kind=TransferKind.POSTED,
        debit=debit,
        credit=credit,
        amount_fen=amount_fen,
        event=event,
        subject=subject,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Money that came in, by what it pays.

    Attributes:
        loan: The loan it is paid on.
        parts: The claims it pays, in the order that the contract or the law gives.
        rest_fen: What pays no claim, and is owed back or waits for the next one.
        fee_fen: A fee for paying early.
        payment: The rail, and its reference.
        is_early: Whether it is a prepayment.
    """

    loan: str
    parts: Parts
    payment: Payment
    rest_fen: int = 0
    fee_fen: int = 0
    is_early: bool = False


def received(receipt: Receipt) -> tuple[Leg, ...]:
    """A repayment or prepayment, part by part; all rows bear the payment's reference.

    Raises:
        PlanError: A part below zero, or nothing at all.
    """
    event = Event.PREPAYMENT if receipt.is_early else Event.REPAYMENT
    names = LoanAccounts(receipt.loan)
    rows = [(account, fen, event) for account, fen in _by_account(names, receipt.parts)]
    rows += [
        (names.unallocated, receipt.rest_fen, event),
        (chart.FEE_INCOME, receipt.fee_fen, Event.PREPAYMENT_FEE),
    ]
    if min(fen for _, fen, _ in rows) < 0 or not any(fen for _, fen, _ in rows):
        raise PlanError(event, subject=receipt.loan)
    return tuple(
        Leg(
            kind=TransferKind.POSTED,
            debit=chart.cash(receipt.payment.rail),
            credit=account,
            amount_fen=fen,
            event=why,
            subject=receipt.loan,
            reference=receipt.payment.reference,
            counterparty=receipt.payment.counterparty,
        )
        for account, fen, why in rows
        if fen
    )


def _by_account(names: LoanAccounts, parts: Parts) -> list[tuple[str, int]]:
    return [(getattr(names, part.name), getattr(parts, part.name)) for part in fields(parts)]


def allocated(loan: str, parts: Parts) -> tuple[Leg, ...]:
    """Money that waited, laid over claims.

    Raises:
        PlanError: A part below zero, or nothing at all.
    """
    names = LoanAccounts(loan)
    claims = _checked(names, parts, Event.ALLOCATION)
    why = (Event.ALLOCATION, loan)
    return tuple(_moved(names.unallocated, account, fen, why) for account, fen in claims)


def written_off(loan: str, parts: Parts) -> tuple[Leg, ...]:
    """The loss of what is owed; the claim lives on off the balance sheet.

    Raises:
        PlanError: A part below zero, or nothing at all.
    """
    names = LoanAccounts(loan)
    why = (Event.WRITE_OFF, loan)
    claims = _checked(names, parts, Event.WRITE_OFF)
    losses = tuple(_moved(chart.CREDIT_LOSS, account, fen, why) for account, fen in claims)
    kept = _moved(names.written_off, chart.WRITTEN_OFF_CONTRA, parts.total_fen, why)
    return (*losses, kept)


def _checked(names: LoanAccounts, parts: Parts, event: Event) -> list[tuple[str, int]]:
    rows = _by_account(names, parts)
    if any(fen < 0 for _, fen in rows) or not parts.total_fen:
        raise PlanError(event, subject=names.number)
    return [(account, fen) for account, fen in rows if fen]


def recovered(loan: str, *, amount_fen: int, payment: Payment) -> tuple[Leg, ...]:
    """Money for a claim that was written off; never more than is still pursued."""
    event = Event.RECOVERY
    income = Leg(
        kind=TransferKind.POSTED,
        debit=chart.cash(payment.rail),
        credit=chart.RECOVERY_INCOME,
        amount_fen=amount_fen,
        event=event,
        subject=loan,
        reference=payment.reference,
        counterparty=payment.counterparty,
    )
    names = LoanAccounts(loan)
    claim = _moved(chart.WRITTEN_OFF_CONTRA, names.written_off, amount_fen, (event, loan))
    return (income, claim)
