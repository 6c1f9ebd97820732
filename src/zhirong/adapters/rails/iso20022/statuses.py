"""pain.002: what a bank says of orders, written and read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from zhirong.adapters.rails.iso20022 import documents
from zhirong.adapters.rails.iso20022.documents import Child, DocumentKind, Element
from zhirong.ledger.rails import OrderState, OrderStatus

_KIND = DocumentKind.STATUS
# Codes of the standard: settled on the debtor's account; rejected; everything else is under way.
_STATES: Mapping[str, OrderState] = {"ACSC": OrderState.PAID, "RJCT": OrderState.REFUSED}
_CODES = {
    OrderState.RECEIVED: "PDNG",
    OrderState.PAID: "ACSC",
    OrderState.REFUSED: "RJCT",
}
_WORDS_MAX = 105


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """What a bank says of the orders of one file.

    Attributes:
        message_id: Of the report.
        about: The message that it answers.
        created_at: When it was made.
        group: The status of the whole file as the standard's code (RJCT: all of it; PART: see
            each); empty where the report names none.
        statuses: Of single orders; a file rejected as a whole may name none.
        group_reasons: Why the whole file was rejected.
    """

    message_id: str
    about: str
    created_at: datetime
    group: str
    statuses: tuple[OrderStatus, ...]
    group_reasons: tuple[str, ...] = ()

    def of(self, client_reference: str) -> OrderStatus | None:
        """The status of an order, from its own line or from that of the whole file."""
        own = [item for item in self.statuses if item.client_reference == client_reference]
        if own:
            # A report may bear an order twice; a final word outweighs an earlier one.
            return max(own, key=lambda item: item.is_final)
        if not self.group or self.group == "PART":
            return None
        return OrderStatus(
            client_reference=client_reference,
            rail_reference="",
            state=_STATES.get(self.group, OrderState.RECEIVED),
            on=self.created_at.date(),
            reasons=self.group_reasons,
        )


def group_of(statuses: tuple[OrderStatus, ...]) -> str:
    """The code for a file of orders in these states."""
    states = {item.state for item in statuses}
    return _CODES[states.pop()] if len(states) == 1 else "PART"


def write(report: StatusReport) -> bytes:
    """The report as pain.002.

    Raises:
        PaymentFieldError: A field that the message cannot carry.
    """
    lines: tuple[Child, ...] = tuple(("TxInfAndSts", _line(item)) for item in report.statuses)
    about: tuple[Child, ...] = (
        ("OrgnlMsgId", report.about),
        ("OrgnlMsgNmId", DocumentKind.ORDERS.value),
        ("GrpSts", report.group),
        *(_reason(code, "") for code in report.group_reasons),
    )
    header: tuple[Child, ...] = (
        ("MsgId", report.message_id),
        ("CreDtTm", documents.instant_text(report.created_at)),
    )
    body: tuple[Child, ...] = (
        ("GrpHdr", header),
        ("OrgnlGrpInfAndSts", about),
        ("OrgnlPmtInfAndSts", (("OrgnlPmtInfId", report.about), *lines) if lines else None),
    )
    return documents.write(_KIND, (("CstmrPmtStsRpt", body),))


def _line(status: OrderStatus) -> tuple[Child, ...]:
    words = status.words[:_WORDS_MAX]
    return (
        ("OrgnlEndToEndId", status.client_reference),
        ("TxSts", _CODES[status.state]),
        *(_reason(code, words) for code in status.reasons),
        ("AccptncDtTm", f"{status.on.isoformat()}T00:00:00Z"),
        ("AcctSvcrRef", status.rail_reference),
    )


def _reason(code: str, words: str) -> Child:
    return ("StsRsnInf", (("Rsn", (("Cd", code),)), ("AddtlInf", words)))


def read(data: bytes) -> StatusReport:
    """The report that a pain.002 makes.

    Raises:
        PaymentDocumentError: Not valid, or an order without its reference.
    """
    root = documents.read(data, _KIND)
    message = root.all("CstmrPmtStsRpt")[0]
    created = message.instant("GrpHdr/CreDtTm")
    group = message.all("OrgnlGrpInfAndSts")[0]
    return StatusReport(
        message_id=message.needed("GrpHdr/MsgId"),
        about=group.needed("OrgnlMsgId"),
        created_at=created,
        group=group.text("GrpSts"),
        statuses=tuple(
            _status(line, payment, created)
            for payment in message.all("OrgnlPmtInfAndSts")
            for line in payment.all("TxInfAndSts")
        ),
        group_reasons=_reasons(group),
    )


def _status(line: Element, payment: Element, created: datetime) -> OrderStatus:
    code = line.text("TxSts") or payment.text("PmtInfSts")
    is_dated = bool(line.text("AccptncDtTm"))
    return OrderStatus(
        client_reference=line.needed("OrgnlEndToEndId"),
        rail_reference=line.text("AcctSvcrRef"),
        state=_STATES.get(code, OrderState.RECEIVED),
        on=line.day("AccptncDtTm") if is_dated else created.date(),
        reasons=_reasons(line),
        words=line.text("StsRsnInf/AddtlInf"),
    )


def _reasons(element: Element) -> tuple[str, ...]:
    return tuple(
        reason.text("Rsn/Cd") or reason.text("Rsn/Prtry") for reason in element.all("StsRsnInf")
    )
