"""pain.001: payment orders of one payer to a bank, written and read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from zhirong.adapters.rails.iso20022 import documents
from zhirong.adapters.rails.iso20022.documents import (
    Amount,
    Child,
    DocumentKind,
    Element,
    PaymentFieldError,
)
from zhirong.ledger.rails import Party, PaymentOrder

_KIND = DocumentKind.ORDERS
# What all banks take in a reference; beyond it files are turned away or references changed.
_REFERENCE = re.compile(r"[A-Za-z0-9/?:().,'+ -]{1,35}")
_LINES_MAX = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFile:
    """The orders of one file, all of one payer, day and currency."""

    message_id: str
    created_at: datetime
    orders: tuple[PaymentOrder, ...]


def write(file: OrderFile) -> bytes:
    """The file as pain.001.

    Raises:
        PaymentFieldError: No orders; orders of several payers, days or currencies; references that
            are not plain or used twice; a party without a name; money bound to a purpose; a
            field that is too long.
    """
    first = _checked(file.orders)
    count, total = str(len(file.orders)), sum(order.amount_fen for order in file.orders)
    sums: tuple[Child, ...] = (("NbOfTxs", count), ("CtrlSum", documents.fen_text(total)))
    header: tuple[Child, ...] = (
        ("MsgId", file.message_id),
        ("CreDtTm", documents.instant_text(file.created_at)),
        *sums,
        ("InitgPty", (("Nm", first.payer.name),)),
    )
    payment: tuple[Child, ...] = (
        ("PmtInfId", file.message_id),
        ("PmtMtd", "TRF"),
        *sums,
        ("ReqdExctnDt", first.on.isoformat()),
        ("Dbtr", _named(first.payer)),
        ("DbtrAcct", _account(first.payer, first.currency)),
        ("DbtrAgt", _agent(first.payer)),
        ("ChrgBr", "SLEV"),
        *(("CdtTrfTxInf", _transaction(order)) for order in file.orders),
    )
    return documents.write(
        _KIND, (("CstmrCdtTrfInitn", (("GrpHdr", header), ("PmtInf", payment))),)
    )


def _checked(orders: Sequence[PaymentOrder]) -> PaymentOrder:
    if not orders:
        raise PaymentFieldError(_KIND, reason="there are no orders")
    if len({(order.payer, order.on, order.currency) for order in orders}) > 1:
        raise PaymentFieldError(_KIND, reason="one file has one payer, one day and one currency")
    references = [order.client_reference for order in orders]
    wrong = [text for text in references if not _REFERENCE.fullmatch(text)]
    if wrong or len(set(references)) < len(references):
        raise PaymentFieldError(_KIND, reason=f"references are not plain or not unique: {wrong}")
    if any(order.purpose or order.releases for order in orders):
        raise PaymentFieldError(_KIND, reason="a bank's file binds no money to a purpose")
    parties = [party for order in orders for party in (order.payer, order.payee)]
    if not all(party.name.strip() for party in parties):
        raise PaymentFieldError(_KIND, reason="a payer or payee has no name")
    if any(order.amount_fen <= 0 for order in orders):
        raise PaymentFieldError(_KIND, reason="an amount is not above zero")
    return orders[0]


def _transaction(order: PaymentOrder) -> tuple[Child, ...]:
    return (
        ("PmtId", (("EndToEndId", order.client_reference),)),
        ("Amt", (("InstdAmt", Amount(order.amount_fen, order.currency)),)),
        ("CdtrAgt", _agent(order.payee) if order.payee.bank else None),
        ("Cdtr", _named(order.payee)),
        ("CdtrAcct", _account(order.payee, order.currency)),
        ("RmtInf", (("Ustrd", order.remark),) if order.remark else None),
    )


def _named(party: Party) -> tuple[Child, ...]:
    if len(party.address) > _LINES_MAX:
        raise PaymentFieldError(_KIND, reason=f"an address has at most {_LINES_MAX} lines")
    lines: tuple[Child, ...] = tuple(("AdrLine", line) for line in party.address)
    return (("Nm", party.name), ("PstlAdr", (("Ctry", "CN"), *lines) if lines else None))


def _account(party: Party, currency: str) -> tuple[Child, ...]:
    return (("Id", (("Othr", (("Id", party.account),)),)), ("Ccy", currency))


def _agent(party: Party) -> tuple[Child, ...]:
    member: tuple[Child, ...] = (("ClrSysId", (("Cd", "CNAPS"),)), ("MmbId", party.bank))
    return (("FinInstnId", (("ClrSysMmbId", member),)),)


def read(data: bytes) -> OrderFile:
    """The orders of a pain.001, as a bank reads them.

    Raises:
        PaymentDocumentError: Not valid, or its counts and sums are not those of its orders.
    """
    root = documents.read(data, _KIND)
    message = root.all("CstmrCdtTrfInitn")[0]
    orders = tuple(
        _order(payment, transaction)
        for payment in message.all("PmtInf")
        for transaction in payment.all("CdtTrfTxInf")
    )
    total = Decimal(sum(order.amount_fen for order in orders)).scaleb(-2)
    control = message.text("GrpHdr/CtrlSum")
    if int(message.needed("GrpHdr/NbOfTxs")) != len(orders) or Decimal(control or total) != total:
        raise message.error("the control sum or the count is not that of the orders")
    return OrderFile(
        message_id=message.needed("GrpHdr/MsgId"),
        created_at=message.instant("GrpHdr/CreDtTm"),
        orders=orders,
    )


def _order(payment: Element, transaction: Element) -> PaymentOrder:
    amount = transaction.first("Amt/InstdAmt")
    if amount is None:
        raise transaction.error("an equivalent amount is not taken")
    fen = transaction.fen("Amt/InstdAmt")
    if fen <= 0:
        raise transaction.error("an amount is not above zero")
    return PaymentOrder(
        client_reference=transaction.needed("PmtId/EndToEndId"),
        payer=_party(payment, "Dbtr"),
        payee=_party(transaction, "Cdtr"),
        amount_fen=fen,
        on=payment.day("ReqdExctnDt"),
        currency=amount.attribute("Ccy"),
        remark=transaction.text("RmtInf/Ustrd"),
    )


def _party(element: Element, role: str) -> Party:
    return Party(
        account=element.text(f"{role}Acct/Id/Othr/Id") or element.text(f"{role}Acct/Id/IBAN"),
        name=element.text(f"{role}/Nm"),
        bank=element.text(f"{role}Agt/FinInstnId/ClrSysMmbId/MmbId"),
        address=tuple(line.own for line in element.all(f"{role}/PstlAdr/AdrLine")),
    )
