"""Reading and writing of payment documents: no entities, no network, valid by the schema."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from zhirong.core.errors import InputError, RegisterError

_SCHEMAS = Path(__file__).parent / "schemas"
# A day's statement of a busy account has some thousand entries of about 2 kB.
_BYTES_MAX = 20_000_000


class DocumentKind(StrEnum):
    """The messages in use, by the name of their schema: one generation (2009) of all three."""

    ORDERS = "pain.001.001.03"
    STATUS = "pain.002.001.03"
    STATEMENT = "camt.053.001.02"

    @property
    def namespace(self) -> str:
        """The namespace of the message."""
        return f"urn:iso:std:iso:20022:tech:xsd:{self.value}"


class PaymentDocumentError(RegisterError):
    """A file that is not the message it should be, or contradicts itself."""

    code = "error.payment_document"

    def __init__(self, kind: DocumentKind, *, reason: str) -> None:
        super().__init__(f"No valid {kind}: {reason}", kind=str(kind), reason=reason)


class PaymentFieldError(InputError):
    """An order with a field that the message cannot carry."""

    code = "error.payment_field"

    def __init__(self, kind: DocumentKind, *, reason: str) -> None:
        super().__init__(
            f"This cannot be written as {kind}: {reason}", kind=str(kind), reason=reason
        )


@cache
def _schema(kind: DocumentKind) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_SCHEMAS / f"{kind}.xsd", _parser()))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )


class Element:
    """An element read by the short names of the standard, with the errors of its document."""

    def __init__(self, node: etree._Element, kind: DocumentKind) -> None:
        self._node = node
        self._kind = kind

    def all(self, path: str) -> list["Element"]:
        """The elements at a path of names joined by `/`; none if there are none."""
        steps = "/".join(f"{{{self._kind.namespace}}}{name}" for name in path.split("/"))
        return [Element(node, self._kind) for node in self._node.findall(steps)]

    def first(self, path: str) -> "Element | None":
        """The first element at a path."""
        return next(iter(self.all(path)), None)

    def text(self, path: str) -> str:
        """The text at a path, without white space around it; empty if there is none."""
        found = self.first(path)
        return "" if found is None else found.own

    @property
    def own(self) -> str:
        """The element's own text, without white space around it."""
        return (self._node.text or "").strip()

    def attribute(self, name: str) -> str:
        """An attribute of the element."""
        return str(self._node.get(name, ""))

    def needed(self, path: str) -> str:
        """The text at a path.

        Raises:
            PaymentDocumentError: There is none.
        """
        found = self.text(path)
        if not found:
            raise self.error(f"{path} is missing")
        return found

    def instant(self, path: str) -> datetime:
        """The instant at a path; one without a zone is taken as UTC.

        Raises:
            PaymentDocumentError: There is none, or none that a calendar has.
        """
        text = self.needed(path)
        try:
            found = datetime.fromisoformat(text)
        except ValueError as wrong:
            raise self.error(f"{path} {text} is no instant") from wrong
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    def day(self, path: str) -> date:
        """The day at a path, of a date or an instant, as written.

        Raises:
            PaymentDocumentError: There is none, or none that a calendar has.
        """
        text = self.needed(path)
        try:
            return date.fromisoformat(text[:10])
        except ValueError as wrong:
            raise self.error(f"{path} {text} is no day") from wrong

    def fen(self, path: str) -> int:
        """The amount at a path, in whole fen.

        Raises:
            PaymentDocumentError: There is none, or it has parts of a fen.
        """
        fen = Decimal(self.needed(path)).scaleb(2)
        if fen != fen.to_integral_value():
            raise self.error(f"{path} has parts of a fen")
        return int(fen)

    def error(self, reason: str) -> PaymentDocumentError:
        """The error to raise about this document."""
        line = self._node.sourceline
        return PaymentDocumentError(self._kind, reason=f"line {line}: {reason}")


def read(data: bytes, kind: DocumentKind) -> Element:
    """The root of a document that is valid by its schema.

    Raises:
        PaymentDocumentError: Too large, not XML, with a document type, or not valid.
    """
    if len(data) > _BYTES_MAX:
        raise PaymentDocumentError(kind, reason=f"{len(data)} bytes are too many")
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise PaymentDocumentError(kind, reason=f"not XML: {wrong}") from wrong
    if root.getroottree().docinfo.internalDTD is not None:
        raise PaymentDocumentError(kind, reason="a document type is not allowed")
    reason = _fault(root, kind)
    if reason:
        raise PaymentDocumentError(kind, reason=reason)
    return Element(root, kind)


def _fault(root: etree._Element, kind: DocumentKind) -> str:
    schema = _schema(kind)
    if schema.validate(root):
        return ""
    log: Any = schema.error_log
    return f"line {log[0].line}: {log[0].message}"


# A node to be written: name, then text, attributes or children; None and empty text are left out.
Child = tuple[str, "str | tuple[Child, ...] | Amount | None"]


class Amount:
    """An amount to be written, with its currency as the attribute."""

    def __init__(self, fen: int, currency: str) -> None:
        self.text = fen_text(fen)
        self.currency = currency


def fen_text(fen: int) -> str:
    """Whole fen, not below zero, as an exact decimal.

    >>> fen_text(1205)
    '12.05'
    """
    return f"{fen // 100}.{fen % 100:02d}"


def write(kind: DocumentKind, children: tuple[Child, ...]) -> bytes:
    """The bytes of a document, UTF-8, valid by its schema.

    Raises:
        PaymentFieldError: A text that XML or the schema does not take.
    """
    spaces: dict[Any, str] = {None: kind.namespace}
    root = etree.Element(f"{{{kind.namespace}}}Document", nsmap=spaces)
    try:
        _add(root, children, kind.namespace)
    except ValueError as wrong:
        raise PaymentFieldError(kind, reason=str(wrong)) from wrong
    reason = _fault(root, kind)
    if reason:
        raise PaymentFieldError(kind, reason=reason)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _add(parent: etree._Element, children: tuple[Child, ...], namespace: str) -> None:
    for name, content in children:
        if content is None or content in ("", ()):
            continue
        node = etree.SubElement(parent, f"{{{namespace}}}{name}")
        if isinstance(content, Amount):
            node.text = content.text
            node.set("Ccy", content.currency)
        elif isinstance(content, str):
            node.text = content
        else:
            _add(node, content, namespace)


def instant_text(at: datetime) -> str:
    """An instant as the messages write it: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
