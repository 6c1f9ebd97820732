from pathlib import Path

import pytest
import xmlschema

from tests.payments import AT, DAY
from zhirong.adapters.rails.iso20022 import documents, statuses
from zhirong.adapters.rails.iso20022.documents import PaymentDocumentError
from zhirong.adapters.rails.iso20022.statuses import StatusReport
from zhirong.ledger.rails import OrderState, OrderStatus

SCHEMA = Path(documents.__file__).parent / "schemas" / "pain.002.001.03.xsd"
PAID = OrderStatus(client_reference="A", rail_reference="8001", state=OrderState.PAID, on=DAY)
REFUSED = OrderStatus(
    client_reference="B",
    rail_reference="8002",
    state=OrderState.REFUSED,
    on=DAY,
    reasons=("AC04", "AM04"),
    words="账户已销户",
)
RECEIVED = OrderStatus(
    client_reference="C", rail_reference="8003", state=OrderState.RECEIVED, on=DAY
)


def report(*found: OrderStatus, group: str = "") -> StatusReport:
    return StatusReport(
        message_id="S-1",
        about="M-1",
        created_at=AT,
        group=group or statuses.group_of(found),
        statuses=found,
    )


class TestWrite:
    def test_is_valid_to_a_second_reader_of_the_schema(self) -> None:
        data = statuses.write(report(PAID, REFUSED, RECEIVED))

        assert xmlschema.XMLSchema(SCHEMA, allow="local").is_valid(data.decode())

    def test_cuts_words_that_are_too_long(self) -> None:
        long = OrderStatus(
            client_reference="A",
            rail_reference="1",
            state=OrderState.REFUSED,
            on=DAY,
            reasons=("NARR",),
            words="长" * 200,
        )

        (found,) = statuses.read(statuses.write(report(long))).statuses

        assert found.words == "长" * 105


class TestRead:
    def test_gives_back_what_was_written(self) -> None:
        given = report(PAID, REFUSED, RECEIVED)

        assert statuses.read(statuses.write(given)) == given
        assert given.group == "PART"

    @pytest.mark.parametrize("code", ["ACTC", "ACCP", "ACSP", "ACWC", "PDNG"])
    def test_takes_all_steps_on_the_way_as_received(self, code: str) -> None:
        data = statuses.write(report(PAID)).replace(b"<TxSts>ACSC<", f"<TxSts>{code}<".encode())

        (found,) = statuses.read(data).statuses

        assert found.state is OrderState.RECEIVED

    def test_refuses_a_line_without_its_reference(self) -> None:
        data = statuses.write(report(PAID)).replace(b"<OrgnlEndToEndId>A</OrgnlEndToEndId>", b"")

        with pytest.raises(PaymentDocumentError, match="OrgnlEndToEndId"):
            statuses.read(data)


class TestOf:
    def test_finds_an_order_in_a_part_report(self) -> None:
        found = report(PAID, REFUSED)

        assert (found.of("A"), found.of("B"), found.of("C")) == (PAID, REFUSED, None)

    def test_takes_the_final_word_where_an_order_stands_twice(self) -> None:
        early = OrderStatus(
            client_reference="A", rail_reference="8001", state=OrderState.RECEIVED, on=DAY
        )

        assert report(PAID, early).of("A") == report(early, PAID).of("A") == PAID

    def test_of_a_file_rejected_as_a_whole_is_refused(self) -> None:
        whole = StatusReport(
            message_id="S-1",
            about="M-1",
            created_at=AT,
            group="RJCT",
            statuses=(),
            group_reasons=("AM05",),
        )

        found = statuses.read(statuses.write(whole)).of("anything")

        assert found is not None
        assert (found.state, found.reasons) == (OrderState.REFUSED, ("AM05",))
