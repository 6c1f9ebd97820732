"""What pages ask about payments: the firm's orders, refunds, bound money, what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhirong.core.messages import Fact
from zhirong.ledger.chart import LoanAccounts
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.ledger import selectors as ledger
from zhirong.platform.lending.models import DrawDown, RepaymentOrder, UnknownEntry
from zhirong.platform.lending.payment_desk import need_keeper
from zhirong.platform.lending.rail_models import PurposeLock, Refund, StuckAnswer, SupplierPayment
from zhirong.platform.lending.suppliers import released_fen
from zhirong.platform.matters.visibility import MatterRows, visible
from zhirong.platform.operations.selectors import facts_of

_DRAWS = MatterRows(
    DrawDown,
    lambda rows: rows.select_related("lock").prefetch_related("repayments", "refunds", "receipts"),
)
MOST = 100  # rows of the payment desk; what is settled leaves it


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """A payment that the firm ordered: `ordered`, `received` or `refused`; the amount in fen."""

    reference: str
    amount: int
    rail: str
    is_early: bool
    asked_on: date
    state: str
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundLine:
    """What goes back to the firm, in fen."""

    reference: str
    amount: int
    rail: str
    state: str
    made_on: date
    ended_on: date | None
    refusal: str
    is_barred: bool

    @property
    def amount_yuan(self) -> Decimal:
        """The same in yuan."""
        return Decimal(self.amount) / 100

    @property
    def waits(self) -> bool:
        """Whether a person may let it go."""
        return self.state in {Refund.State.PROPOSED, Refund.State.REFUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonLine:
    """Why a payment was not sent."""

    code: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierLine:
    """A payment out of bound money, in fen, with what was said against it."""

    reference: str
    payee_name: str
    payee_wallet: str
    goods: str
    amount: int
    invoice_number: str
    asked_on: date
    state: str
    reasons: tuple[ReasonLine, ...]
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LockLine:
    """What the money of a draw-down is bound to, and what became of it, in fen."""

    goods: str
    expires_on: date
    conditions: tuple[str, ...]
    payees: tuple[tuple[str, str], ...]
    payments: tuple[SupplierLine, ...]
    bound: int
    released: int
    returned: int

    @property
    def left(self) -> int:
        """What may still be paid out of it."""
        return self.bound - self.released - self.returned


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanPayments:
    """The payments around one loan."""

    orders: tuple[OrderLine, ...]
    refunds: tuple[RefundLine, ...]
    lock: LockLine | None
    waiting: int  # fen that came in and pay no claim yet


def payments_of(number: str, viewer: Viewer) -> Mapping[str, LoanPayments]:
    """The payments around each loan of a matter, by the loan's number."""
    return {row.number: _payments(row, viewer) for row in _DRAWS.rows(number, viewer)}


def _payments(row: DrawDown, viewer: Viewer) -> LoanPayments:
    received = {receipt.reference for receipt in row.receipts.all()}
    lock: PurposeLock | None = getattr(row, "lock", None)
    is_running = row.state == DrawDown.State.PAID
    return LoanPayments(
        orders=tuple(_order(item, received) for item in row.repayments.all()),
        refunds=tuple(_refund(item, viewer) for item in row.refunds.all()),
        lock=_lock(row, lock) if lock else None,
        waiting=ledger.net_fen(LoanAccounts(row.number).unallocated) if is_running else 0,
    )


def _order(row: RepaymentOrder, received: set[str]) -> OrderLine:
    state = "received" if row.reference in received else "ordered"
    return OrderLine(
        reference=row.reference,
        amount=row.amount_fen,
        rail=row.rail,
        is_early=row.is_early,
        asked_on=row.asked_on,
        state="refused" if row.refused_on else state,
        refusal=row.refusal,
    )


def _refund(row: Refund, viewer: Viewer) -> RefundLine:
    return RefundLine(
        reference=row.reference,
        amount=row.amount_fen,
        rail=row.rail,
        state=row.state,
        made_on=row.made_on,
        ended_on=row.ended_on,
        refusal=row.refusal,
        is_barred=row.proposed_by_id == viewer.user_id,
    )


def _lock(draw: DrawDown, row: PurposeLock) -> LockLine:
    return LockLine(
        goods=row.goods,
        expires_on=row.expires_on,
        conditions=tuple(f"purpose.condition.{value}" for value in row.conditions),
        payees=tuple((payee.name, payee.wallet) for payee in row.payees.all()),
        payments=tuple(_supplier(item) for item in row.payments.all()),
        bound=draw.amount_fen,
        released=released_fen(row),
        returned=row.returned_fen,
    )


def _supplier(row: SupplierPayment) -> SupplierLine:
    return SupplierLine(
        reference=row.reference,
        payee_name=row.payee_name,
        payee_wallet=row.payee_wallet,
        goods=row.goods,
        amount=row.amount_fen,
        invoice_number=row.invoice_number,
        asked_on=row.asked_on,
        state=row.state,
        reasons=tuple(
            ReasonLine(code=item["code"], facts=facts_of(item["facts"])) for item in row.reasons
        ),
        refusal=row.refusal,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """Money on the statement that waits for a person, in fen; without a code it names no loan."""

    id: int
    rail: str
    number: str
    reference: str
    amount: int
    on: date
    code: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """A rail's word on an order that could not be booked, with why."""

    id: int
    rail: str
    reference: str
    told_on: date
    code: str
    facts: Mapping[str, Fact]


def entries_waiting(viewer: Viewer) -> tuple[EntryLine, ...]:
    """The entries that nobody has settled, oldest first.

    Raises:
        NotFoundError: Another organization's account.
    """
    need_keeper(viewer)
    return tuple(
        EntryLine(
            id=row.pk,
            rail=row.rail,
            number=row.number,
            reference=row.reference,
            amount=row.amount_fen,
            on=row.on,
            code=row.problem.get("code", "payment.problem.unknown"),
            facts=facts_of(row.problem.get("facts", {})),
        )
        for row in UnknownEntry.objects.filter(settled_on=None)[:MOST]
    )


def answers_waiting(viewer: Viewer) -> tuple[AnswerLine, ...]:
    """The answers that were set aside, oldest first.

    Raises:
        NotFoundError: Another organization's account.
    """
    need_keeper(viewer)
    return tuple(
        AnswerLine(
            id=row.pk,
            rail=row.rail,
            reference=str(row.status["client_reference"]),
            told_on=row.told_on,
            code=row.problem.get("code", "payment.problem.unknown"),
            facts=facts_of(row.problem.get("facts", {})),
        )
        for row in StuckAnswer.objects.filter(settled_on=None)[:MOST]
    )


def refunds_waiting(viewer: Viewer) -> tuple[tuple[str, str, RefundLine], ...]:
    """Matter, loan and refund of what waits for a second pair of eyes."""
    rows = visible(Refund, viewer).filter(state=Refund.State.PROPOSED)
    rows = rows.select_related("draw__facility__matter")[:MOST]
    return tuple(
        (row.draw.facility.matter.number, row.draw.number, _refund(row, viewer)) for row in rows
    )


def open_loans(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Number and borrower of the loans that money may be claimed for."""
    states = (DrawDown.State.PAID, DrawDown.State.REPAID)
    rows = visible(DrawDown, viewer).filter(state__in=states).order_by("-id")
    rows = rows.select_related("facility__matter__firm")[:MOST]
    return tuple((row.number, row.facility.matter.firm.name) for row in rows)
