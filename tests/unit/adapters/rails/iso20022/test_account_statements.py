from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xmlschema

from tests.payments import AT, DAY
from zhirong.adapters.rails.iso20022 import account_statements, documents
from zhirong.adapters.rails.iso20022.account_statements import AccountStatement
from zhirong.adapters.rails.iso20022.documents import PaymentDocumentError
from zhirong.ledger.reconciliation import Entry

SCHEMA = Path(documents.__file__).parent / "schemas" / "camt.053.001.02.xsd"
OUT = Entry(number="8001", reference="DRAW-1", amount_fen=-120_050, on=DAY)
BACK = Entry(number="8002", reference="", amount_fen=5, on=DAY)


def statement(**changes: Any) -> AccountStatement:
    given: dict[str, Any] = {
        "number": "ST-1",
        "account": "33010001",
        "currency": "CNY",
        "created_at": AT,
        "opening_fen": 100_000,
        "closing_fen": -20_045,
        "entries": (OUT, BACK),
    }
    return AccountStatement(**(given | changes))


def changed(*pairs: tuple[str, str]) -> bytes:
    data = account_statements.write(statement()).decode()
    for old, new in pairs:
        assert old in data
        data = data.replace(old, new, 1)
    return data.encode()


class TestWrite:
    def test_is_valid_to_a_second_reader_of_the_schema(self) -> None:
        data = account_statements.write(statement())

        assert xmlschema.XMLSchema(SCHEMA, allow="local").is_valid(data.decode())


class TestRead:
    def test_gives_back_what_was_written_overdrawn_or_not(self) -> None:
        assert account_statements.read(account_statements.write(statement())) == (statement(),)

    def test_counts_what_is_only_announced_and_books_it_not(self) -> None:
        entry = account_statements.write(statement()).decode()
        start = entry.index("<Ntry>")
        first = entry[start : entry.index("</Ntry>") + 7]
        data = entry[:start] + first.replace("BOOK", "PDNG") + entry[start:]

        (found,) = account_statements.read(data.encode())

        assert (found.entries, found.not_booked) == ((OUT, BACK), 1)

    def test_opens_a_batch_into_its_payments(self) -> None:
        two = "".join(
            f"<TxDtls><Refs><EndToEndId>{name}</EndToEndId></Refs>"
            f'<AmtDtls><TxAmt><Amt Ccy="CNY">{amount}</Amt></TxAmt></AmtDtls></TxDtls>'
            for name, amount in (("A", "1200.00"), ("B", "0.50"))
        )
        old = account_statements.write(statement()).decode()
        start, end = old.index("<TxDtls>"), old.index("</TxDtls>") + len("</TxDtls>")

        (found,) = account_statements.read((old[:start] + two + old[end:]).encode())

        assert found.entries[:2] == (
            replace(OUT, number="8001/1", reference="A", amount_fen=-120_000),
            replace(OUT, number="8001/2", reference="B", amount_fen=-50),
        )
        wrong = two.replace("0.50", "0.51")
        with pytest.raises(PaymentDocumentError, match="do not sum"):
            account_statements.read((old[:start] + wrong + old[end:]).encode())

    @pytest.mark.parametrize(
        ("pairs", "word"),
        [
            ([("1200.50", "1200.51")], "closing balance"),
            ([("OPBD", "ITBD")], "opening or closing"),
            ([("CLBD", "ITAV")], "opening or closing"),
            ([('<Amt Ccy="CNY">1200.50', '<Amt Ccy="USD">1200.50')], "not in CNY"),
            ([('<Amt Ccy="CNY">1200.50', '<Amt Ccy="CNY">1200.501')], "parts of a fen"),
            (
                [
                    ("<NtryRef>8001</NtryRef>", ""),
                    ("<AcctSvcrRef>8001</AcctSvcrRef>", ""),
                ],
                "no number",
            ),
            ([("<CdtDbtInd>CRDT", "<CdtDbtInd>DEBIT")], "CdtDbtInd"),
        ],
    )
    def test_refuses_statements_that_do_not_add_up(
        self, pairs: list[tuple[str, str]], word: str
    ) -> None:
        with pytest.raises(PaymentDocumentError, match=word):
            account_statements.read(changed(*pairs))

    def test_takes_the_close_of_yesterday_for_the_opening(self) -> None:
        (found,) = account_statements.read(changed(("OPBD", "PRCD")))

        assert found.opening_fen == 100_000
