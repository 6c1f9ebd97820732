"""The money of a plan over its rails: loans bound to invoices, uses refused, claims bought.

Orders go out through the ports of the rails; what a rail says it has paid becomes a hop, what it
refuses a refused use, and the statements of all wallets are held against the hops to the fen.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zhirong.core.errors import StateError
from zhirong.core.messages import Message
from zhirong.ledger.purposes import Condition, Fallback, Purpose
from zhirong.ledger.rails import (
    OrderState,
    OrderStatus,
    Party,
    PaymentOrder,
    Rail,
    send_once,
)
from zhirong.ledger.reconciliation import Entry, Posting, Reconciliation, reconcile
from zhirong.securitization.dates.bridge import Price
from zhirong.securitization.money.hops import Hop, HopKind, MoneyRail, Place, RefusedUse
from zhirong.securitization.money.penetration import Invoice

RailOf = Callable[[str], Rail]
"""From an account or wallet to the rail as it is seen from there."""


class NotDeliveredError(StateError):
    """A rail refused a loan or a price: the plan's money does not go on before it is mended."""

    code = "error.plans.not_delivered"

    def __init__(self, reference: str, *, reasons: tuple[str, ...]) -> None:
        super().__init__(
            f"{reference} was refused: {', '.join(reasons)}.",
            reference=reference,
            reasons=", ".join(reasons),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A loan that is delivered to a firm's wallet, bound to the invoices of its suppliers.

    Attributes:
        claim_id: The loan contract.
        lender: Who lends, with its wallet.
        firm: Who borrows, with its wallet.
        amount_fen: What is lent.
        on: The day.
        invoices: What may be paid of it.
        goods: What it may be spent on, as codes of goods.
        expires_on: Last day of use; the rest goes back to the lender.
    """

    claim_id: str
    lender: Party
    firm: Party
    amount_fen: int
    on: date
    invoices: tuple[Invoice, ...]
    goods: tuple[str, ...]
    expires_on: date

    @property
    def purpose(self) -> Purpose:
        """The lock under which the money stands in the firm's wallet."""
        return Purpose(
            number=f"P-{self.claim_id}",
            payer=self.lender.account,
            payees=tuple(dict.fromkeys(each.wallet for each in self.invoices)),
            goods=self.goods,
            cap_fen=self.amount_fen,
            expires_on=self.expires_on,
            conditions=(Condition.INVOICE,),
            fallback=Fallback.RETURN,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A payment that a firm asks for out of its loan.

    `shows_invoice` is whether it presents the invoice to the operator.
    """

    reference: str
    payee: Party
    amount_fen: int
    on: date
    invoice: str
    goods: str
    shows_invoice: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What investors pay in for a tranche, in bank money.

    `payer` is the account from which it reaches the plan: the registrar's for money that travels
    through the settlement of the securities (`rail`), else the one of the selling agent.
    """

    tranche: str
    payer: Party
    plan: Party
    amount_fen: int
    on: date
    rail: MoneyRail


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that the rail has and has not carried out; ask again."""

    reference: str


@dataclass(frozen=True, slots=True)
class _Job:
    """An order with what the rail does not need to know of it."""

    order: PaymentOrder
    kind: HopKind
    rail: MoneyRail
    claim_id: str
    invoice: str = ""


def deliver(rail_of: RailOf, delivery: Delivery) -> Hop | Waiting:
    """Lend: e-CNY from the lender's wallet to the firm's, bound to the purpose. Sent once.

    Raises:
        NotDeliveredError: The operator refused it.
        RailDownError: No answer; call again.
    """
    order = PaymentOrder(
        client_reference=f"LOAN-{delivery.claim_id}",
        payer=delivery.lender,
        payee=delivery.firm,
        amount_fen=delivery.amount_fen,
        on=delivery.on,
        purpose=delivery.purpose,
    )
    job = _Job(order, HopKind.LOAN, MoneyRail.ECNY, delivery.claim_id)
    return _unrefused(job, send_once(rail_of(delivery.lender.account), order))


def use(rail_of: RailOf, delivery: Delivery, asked: Use) -> Hop | RefusedUse | Waiting:
    """Pay a supplier out of the bound money; a use outside the purpose comes back as refused.

    Raises:
        RailDownError: No answer; call again.
    """
    order = PaymentOrder(
        client_reference=asked.reference,
        payer=delivery.firm,
        payee=asked.payee,
        amount_fen=asked.amount_fen,
        on=asked.on,
        remark=asked.invoice,
        releases=delivery.purpose.number,
        goods=asked.goods,
        evidence=(Condition.INVOICE,) if asked.shows_invoice else (),
    )
    job = _Job(order, HopKind.INVOICE, MoneyRail.ECNY, delivery.claim_id, asked.invoice)
    status = send_once(rail_of(delivery.firm.account), order)
    return _refused(job, status) if status.state is OrderState.REFUSED else _hop(job, status)


def subscribe(rail_of: RailOf, subscription: Subscription) -> Hop | Waiting:
    """Take in what investors pay for a tranche: into the plan's custody account. Sent once.

    Raises:
        NotDeliveredError: The bank refused it.
        RailDownError: No answer; call again.
    """
    order = PaymentOrder(
        client_reference=f"SUB-{subscription.tranche}",
        payer=subscription.payer,
        payee=subscription.plan,
        amount_fen=subscription.amount_fen,
        on=subscription.on,
        remark=subscription.tranche,
    )
    job = _Job(order, HopKind.SUBSCRIPTION, subscription.rail, "")
    return _unrefused(job, send_once(rail_of(subscription.payer.account), order))


def buy(rail_of: RailOf, price: Price, *, plan: Party, seller: Party, on: date) -> Hop | Waiting:
    """Pay the price of a claim from the plan's custody account, in bank money. Sent once.

    Raises:
        NotDeliveredError: The bank refused it.
        RailDownError: No answer; call again.
    """
    order = PaymentOrder(
        client_reference=f"PRICE-{price.claim_id}",
        payer=plan,
        payee=seller,
        amount_fen=price.paid_fen,
        on=on,
        remark=price.claim_id,
    )
    job = _Job(order, HopKind.PRICE, MoneyRail.BANK, price.claim_id)
    return _unrefused(job, send_once(rail_of(plan.account), order))


def _unrefused(job: _Job, status: OrderStatus) -> Hop | Waiting:
    if status.state is OrderState.REFUSED:
        raise NotDeliveredError(job.order.client_reference, reasons=status.reasons)
    return _hop(job, status)


def _hop(job: _Job, status: OrderStatus) -> Hop | Waiting:
    order = job.order
    if status.state is not OrderState.PAID:
        return Waiting(order.client_reference)
    lock = order.purpose.number if order.purpose else order.releases or ""
    return Hop(
        reference=order.client_reference,
        kind=job.kind,
        rail=job.rail,
        payer=_place(order.payer),
        payee=_place(order.payee),
        amount_fen=order.amount_fen,
        on=status.on,
        claim_id=job.claim_id,
        purpose=lock,
        invoice=job.invoice,
        rail_reference=status.rail_reference,
    )


def _refused(job: _Job, status: OrderStatus) -> RefusedUse:
    order = job.order
    return RefusedUse(
        reference=order.client_reference,
        claim_id=job.claim_id,
        payee=_place(order.payee),
        amount_fen=order.amount_fen,
        on=status.on,
        invoice=job.invoice,
        reasons=tuple(
            Message("plan.money.refused_by_rail", {"reason": each, "words": status.words})
            for each in status.reasons
        ),
    )


def _place(party: Party) -> Place:
    return Place(account=party.account, holder=party.name)


def statement(rail: Rail) -> tuple[Entry, ...]:
    """All entries of the account from which the rail is seen, to the last cursor."""
    found: list[Entry] = []
    last = 0
    while page := [(cursor, each) for cursor, each in rail.entries(after=last) if cursor > last]:
        found += [each for _, each in page]
        last = max(cursor for cursor, _ in page)
    return tuple(found)


def postings(account: str, hops: Iterable[Hop]) -> tuple[Posting, ...]:
    """What the hops moved on an account, above zero where it came in."""
    return tuple(
        Posting(
            key=hop.reference,
            reference=hop.reference,
            amount_fen=hop.amount_fen if hop.payee.account == account else -hop.amount_fen,
            on=hop.on,
        )
        for hop in hops
        if account in (hop.payer.account, hop.payee.account)
    )


def reconciled(
    rail_of: RailOf, hops: Sequence[Hop], accounts: Iterable[str]
) -> dict[str, Reconciliation]:
    """Hops against the rail's own statement of each account, to the fen."""
    return {
        account: reconcile(postings(account, hops), statement(rail_of(account)))
        for account in accounts
    }
