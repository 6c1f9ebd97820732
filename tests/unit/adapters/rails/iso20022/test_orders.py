from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from tests.payments import AT, DAY, FIRM, LENDER, order
from zhirong.adapters.rails.iso20022 import documents, orders
from zhirong.adapters.rails.iso20022.documents import PaymentDocumentError, PaymentFieldError
from zhirong.adapters.rails.iso20022.orders import OrderFile
from zhirong.ledger.purposes import Fallback, Purpose
from zhirong.ledger.rails import PaymentOrder

SCHEMA = Path(documents.__file__).parent / "schemas" / "pain.001.001.03.xsd"
NAMES = st.text("阀门有限公司ABC &<>\"'·（）𠮷", min_size=1, max_size=140).filter(
    lambda text: text == text.strip()
)


def file(*given_orders: PaymentOrder) -> OrderFile:
    return OrderFile(message_id="M-1", created_at=AT, orders=given_orders or (order(),))


def bound() -> Purpose:
    return Purpose(
        number="P-1",
        payer="w",
        payees=("x",),
        goods=("steel",),
        cap_fen=1,
        expires_on=DAY,
        conditions=(),
        fallback=Fallback.HOLD,
    )


class TestWrite:
    def test_is_valid_to_a_second_reader_of_the_schema(self) -> None:
        data = orders.write(file(order("A"), order("B", amount_fen=1)))

        body: Any = xmlschema.XMLSchema(SCHEMA, allow="local").to_dict(data.decode())

        header = body["CstmrCdtTrfInitn"]["GrpHdr"]
        assert (header["NbOfTxs"], header["CtrlSum"]) == ("2", Decimal("1200.51"))
        first = body["CstmrCdtTrfInitn"]["PmtInf"][0]["CdtTrfTxInf"][0]
        assert first["PmtId"]["EndToEndId"] == "A"
        assert first["Amt"]["InstdAmt"] == {"@Ccy": "CNY", "$": Decimal("1200.50")}
        assert first["Cdtr"]["Nm"] == "杭州示例阀门有限公司"

    def test_gives_the_same_bytes_again(self) -> None:
        assert orders.write(file()) == orders.write(file())

    @pytest.mark.parametrize(
        "wrong",
        [
            (order("A"), order("A")),
            (order("A"), order("B", on=DAY.replace(day=3))),
            (order("A"), order("B", payer=FIRM)),
            (order("A"), order("B", currency="USD")),
            (order("引用"),),
            (order("x" * 36),),
            (order(""),),
            (order(amount_fen=0),),
            (order(amount_fen=10**18 + 1),),
            (order(currency="RMBX"),),
            (order(payee=replace(FIRM, name="x" * 141)),),
            (order(payee=replace(FIRM, name="a\x01b")),),
            (order(payee=replace(FIRM, account="")),),
            (order(payee=replace(FIRM, name=" ")),),
            (order(payer=replace(LENDER, bank="")),),
            (order(payer=replace(LENDER, address=("x",) * 8)),),
            (order(remark="x" * 141),),
            (order(releases="P-1"),),
            (order(purpose=bound()),),
        ],
    )
    def test_refuses_what_no_bank_would_take(self, wrong: tuple[PaymentOrder, ...]) -> None:
        with pytest.raises(PaymentFieldError):
            orders.write(file(*wrong))

    def test_refuses_a_file_of_nothing(self) -> None:
        with pytest.raises(PaymentFieldError):
            orders.write(OrderFile(message_id="M-1", created_at=AT, orders=()))


class TestRead:
    @given(
        name=NAMES,
        fen=st.integers(1, 10**17),
        address=st.lists(NAMES.map(lambda t: t[:70].strip() or "x"), max_size=7),
    )
    def test_gives_back_what_was_written(self, name: str, fen: int, address: list[str]) -> None:
        given_order = order(payee=replace(FIRM, name=name, address=tuple(address)), amount_fen=fen)

        assert orders.read(orders.write(file(given_order))) == file(given_order)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"<CtrlSum>1200.50<", b"<CtrlSum>1200.51<"),
            (b"<NbOfTxs>1<", b"<NbOfTxs>2<"),
            (b'Ccy="CNY">1200.50', b'Ccy="CNY">1200.505'),
        ],
    )
    def test_refuses_sums_that_are_not_those_of_the_orders(self, old: bytes, new: bytes) -> None:
        data = orders.write(file()).replace(old, new)

        with pytest.raises(PaymentDocumentError):
            orders.read(data)

    @given(st.binary(max_size=60), st.integers(0, 2000))
    def test_never_breaks_on_damage(self, junk: bytes, place: int) -> None:
        data = orders.write(file())

        try:
            found = orders.read(data[:place] + junk + data[place + len(junk) :])
        except PaymentDocumentError:
            return
        assert found.orders
