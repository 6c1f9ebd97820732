from pathlib import Path

import pytest
import xmlschema
from lxml import etree

from zhirong.adapters.rails.iso20022 import documents, orders
from zhirong.adapters.rails.iso20022.documents import (
    DocumentKind,
    Element,
    PaymentDocumentError,
    PaymentFieldError,
)

KIND = DocumentKind.ORDERS
SCHEMAS = Path(documents.__file__).parent / "schemas"


class TestRead:
    @pytest.mark.parametrize(
        ("data", "word"),
        [
            (b"", "not XML"),
            (b"\x00\xff", "not XML"),
            ("知融".encode(), "not XML"),
            (b"<Document/>", "No matching global declaration"),
            (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"/>', "No matching"),
            (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type"),
            (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>', "document type"),
            (
                b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
                "document type",
            ),
        ],
    )
    def test_refuses_what_is_no_message(self, data: bytes, word: str) -> None:
        with pytest.raises(PaymentDocumentError, match=word):
            documents.read(data, KIND)

    def test_expands_no_entities_within_entities(self) -> None:
        lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
        bomb = f'<!DOCTYPE a [<!ENTITY e0 "ha">{lines}]><a>&e11;</a>'

        with pytest.raises(PaymentDocumentError, match=r"document type|not XML"):
            documents.read(bomb.encode(), KIND)

    def test_refuses_what_is_too_large_before_it_is_parsed(self) -> None:
        with pytest.raises(PaymentDocumentError, match="too many"):
            documents.read(b"<" * 20_000_001, KIND)


def element(text: str) -> Element:
    namespace = KIND.namespace
    return Element(etree.fromstring(f'<a xmlns="{namespace}"><b>{text}</b></a>'), KIND)


class TestElement:
    def test_says_where_something_is_missing(self) -> None:
        with pytest.raises(PaymentDocumentError, match="line 1: c is missing"):
            element("x").needed("c")

    @pytest.mark.parametrize("text", ["2026-02-30T00:00:00", "2026-03-02T24:30:00", "soon"])
    def test_knows_no_instants_that_are_none(self, text: str) -> None:
        with pytest.raises(PaymentDocumentError):
            element(text).instant("b")

    @pytest.mark.parametrize("text", ["2026-02-30", "-0001-01-01"])
    def test_knows_no_days_that_are_none(self, text: str) -> None:
        with pytest.raises(PaymentDocumentError):
            element(text).day("b")

    def test_reads_a_day_as_written_in_its_own_zone(self) -> None:
        assert element("2026-03-02T23:30:00+08:00").day("b").isoformat() == "2026-03-02"

    def test_takes_whole_fen_only(self) -> None:
        assert element("12.05000").fen("b") == 1_205
        with pytest.raises(PaymentDocumentError, match="parts of a fen"):
            element("12.051").fen("b")


class TestWrite:
    def test_refuses_signs_that_xml_has_no_place_for(self) -> None:
        with pytest.raises(PaymentFieldError):
            documents.write(KIND, (("CstmrCdtTrfInitn", (("MsgId", "a\x00b"),)),))

    def test_refuses_what_the_schema_does_not_take(self) -> None:
        with pytest.raises(PaymentFieldError, match="MsgId"):
            documents.write(KIND, (("CstmrCdtTrfInitn", (("GrpHdr", (("MsgId", "x" * 36),)),)),))


class TestSchemas:
    @pytest.mark.parametrize("kind", list(DocumentKind))
    def test_are_the_messages_they_are_named_after(self, kind: DocumentKind) -> None:
        found = xmlschema.XMLSchema(SCHEMAS / f"{kind}.xsd", allow="local")

        assert found.target_namespace == kind.namespace
        assert list(found.elements) == ["Document"]
        assert orders.DocumentKind is DocumentKind
