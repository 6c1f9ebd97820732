"""The client pays: suppliers out of bound money, early, and what goes back."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys.test_api_client import client_of
from tests.money_house import GOODS, MoneyHouse
from tests.whole_house import FIRM, FIRM_ACCOUNT, SUPPLIER
from zhirong.client import AnswerError
from zhirong.platform.lending.models import RepaymentOrder
from zhirong.platform.operations import clock


@pytest.fixture
def house(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MoneyHouse:
    monkeypatch.setattr("zhirong.platform.lending.blocks.blocks_of", lambda matter: ())
    return MoneyHouse(tmp_path, monkeypatch)


class TestPaying:
    def test_pays_suppliers_out_of_bound_money(self, house: MoneyHouse) -> None:
        number = house.ready(pay_by="ecny")
        named = {"name": SUPPLIER[0], "wallet": SUPPLIER[1]}
        until = (clock.today() + timedelta(days=100)).isoformat()
        with client_of(house.firm) as firm, client_of(house.manager) as manager:
            draw = firm.ask_draw(
                number,
                {
                    "amount": "1000000.00",
                    "use": {"suppliers": [named], "goods": GOODS, "until": until},
                },
            )["number"]
            manager.release_draw(number, draw)
            house.work()
            payment = firm.pay_supplier(
                number,
                draw,
                {"payee": named, "goods": GOODS, "amount": "1.00", "invoice_number": "24420001"},
                key="bill-1",
            )
            bound = firm.payments(number, draw)["bound"]

        assert payment["state"] == "ordered"
        assert bound is not None
        assert bound["left"] == "999999.00"

    def test_pays_early_and_back(self, house: MoneyHouse) -> None:
        number = house.ready()
        with client_of(house.firm) as firm, client_of(house.manager) as manager:
            itself = {"payee_name": FIRM[0], "payee_account": FIRM_ACCOUNT}
            draw = firm.ask_draw(number, {"amount": "1000000.00", **itself})["number"]  # type: ignore[typeddict-item]
            manager.release_draw(number, draw)
            house.work()
            whole = firm.early_quote(number, draw, "1000000.00")
            first = firm.repay_early(number, draw, "1000.00", key="early")
            again = firm.repay_early(number, draw, "1000.00", key="early")
            day = clock.today().isoformat()
            receipt = {"amount": "1500000.00", "reference": "X", "received_on": day}
            manager.book_receipt(number, draw, receipt)  # type: ignore[arg-type]
            (refund,) = firm.payments(number, draw)["refunds"]
            with pytest.raises(AnswerError) as turned_away:
                manager.release_refund(number, refund["reference"])

        assert whole["is_whole"] is True
        assert first == again == RepaymentOrder.objects.get().reference
        assert RepaymentOrder.objects.get().is_early
        assert refund["amount"] == "500000.00"
        assert turned_away.value.facts["reason"] == "error.refund.own"
