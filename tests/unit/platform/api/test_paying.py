"""Over the API: the wallet, suppliers of bound money, early payment, refunds, and own keys."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.callers import caller
from tests.money_house import GOODS, MoneyHouse
from tests.people import House
from tests.unit.platform.api.test_way import WISH, ok
from tests.unit.platform.lending.test_loan import registered
from tests.whole_house import FIRM, FIRM_ACCOUNT, FIRM_WALLET, OTHER_SUPPLIER, SUPPLIER
from zhirong.platform.api.models import KeptAnswer
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.lending.models import DrawDown
from zhirong.platform.lending.rail_models import Refund
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock
from zhirong.platform.operations.models import ActKey

PAYEE = {"name": SUPPLIER[0], "wallet": SUPPLIER[1]}
ITSELF = {"payee_name": FIRM[0], "payee_account": FIRM_ACCOUNT}
BILL = {"payee": PAYEE, "goods": GOODS, "amount": "600000.00", "invoice_number": "24420001"}


@pytest.fixture
def money(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MoneyHouse:
    monkeypatch.setattr("zhirong.platform.lending.blocks.blocks_of", lambda matter: ())
    return MoneyHouse(tmp_path, monkeypatch)


def drawn(house: MoneyHouse, *, pay_by: str, **wanted: Any) -> str:
    """The address of a loan that was asked for and released over the API."""
    number = house.ready(pay_by=pay_by)
    path = f"/matters/{number}/draws"
    draw = ok(caller(house.firm).act(path, {"amount": "1000000.00"} | wanted))
    assert draw["rail"] == pay_by
    ok(caller(house.manager).act(f"{path}/{draw['number']}/release"))
    house.work()
    return f"{path}/{draw['number']}"


class TestWallet:
    def test_is_chosen_with_the_application(self, house: House) -> None:
        firm = caller(house.firm)
        body = {"title": "扩大产能", "lender": house.bank_organization.pk}
        matter = f"/matters/{ok(firm.post('/matters', body))['number']}"
        ok(firm.give(f"{matter}/files", {"a.csv": b"x,y\n"}))
        ecny = WISH | {"pay_by": "ecny"}

        lacking = firm.post(f"{matter}/application", ecny)
        made = ok(firm.post(f"{matter}/application", ecny | {"wallet": FIRM_WALLET}))

        assert lacking.json()["facts"]["reason"] == "error.application.wallet"
        assert (made["pay_by"], made["wallet"]) == ("ecny", FIRM_WALLET)


class TestBoundMoney:
    def test_goes_to_the_suppliers_that_were_named(self, money: MoneyHouse) -> None:
        until = (clock.today() + timedelta(days=200)).isoformat()
        use = {"suppliers": [PAYEE], "goods": GOODS, "until": until}
        path = drawn(money, pay_by="ecny", use=use)
        firm = caller(money.firm)

        first = ok(firm.post(f"{path}/supplier-payments", BILL, Idempotency_Key="s1"))
        again = ok(firm.post(f"{path}/supplier-payments", BILL, Idempotency_Key="s1"))
        other = {"name": OTHER_SUPPLIER[0], "wallet": OTHER_SUPPLIER[1]}
        refused = ok(firm.act(f"{path}/supplier-payments", BILL | {"payee": other}))
        money.work()
        bound = ok(firm.get(f"{path}/payments"))["bound"]

        assert first == again
        assert first["state"] == "ordered"
        assert refused["state"] == "refused"
        assert "purpose.refused.payee" in {item["code"] for item in refused["reasons"]}
        assert all(item["text"] for item in refused["reasons"])
        assert bound["suppliers"] == [PAYEE]
        assert (bound["bound"], bound["released"]) == ("1000000.00", "600000.00")
        assert bound["left"] == "400000.00"
        assert [item["state"] for item in bound["payments"]] == ["paid", "refused"]

    def test_is_asked_for_with_its_use(self, money: MoneyHouse) -> None:
        path = f"/matters/{money.ready(pay_by='ecny')}/draws"

        answer = caller(money.firm).act(path, {"amount": "1000000.00"})

        assert answer.status_code == 422
        assert answer.json()["facts"]["reason"] == "error.supplier.none"

    def test_is_the_only_money_that_pays_suppliers(self, money: MoneyHouse) -> None:
        path = drawn(money, pay_by="bank", **ITSELF)

        answer = caller(money.firm).act(f"{path}/supplier-payments", BILL)

        assert answer.json()["facts"]["reason"] == "error.supplier.not_bound"
        assert ok(caller(money.firm).get(f"{path}/payments"))["bound"] is None


class TestEarlyPayment:
    def test_pays_principal_before_its_day(self, money: MoneyHouse) -> None:
        path = drawn(money, pay_by="bank", **ITSELF)
        firm = caller(money.firm)
        money.on(clock.today() + timedelta(days=10))

        quote = ok(firm.get(f"{path}/early-quote?principal=200000.00"))
        early = {"amount": quote["total"], "is_early": True}
        ordered = ok(firm.act(f"{path}/repayments", early))
        money.work()
        money.work()
        after = ok(firm.get(path))

        assert float(quote["total"]) == 200_000 + float(quote["running_interest"])
        assert not quote["is_whole"]
        assert float(quote["saved"]) > 0
        assert after["owed"]["principal"] == "800000.00"
        order = ok(firm.get(f"{path}/payments"))["orders"][0]
        assert (order["reference"], order["state"]) == (ordered["reference"], "received")
        assert order["is_early"] is True

    def test_comes_from_the_wallet_where_there_is_one(self, money: MoneyHouse) -> None:
        path = drawn(money, pay_by="bank", **ITSELF)

        answer = caller(money.firm).act(
            f"{path}/repayments", {"amount": "1.00", "rail": "ecny", "is_early": False}
        )

        assert answer.json()["facts"]["reason"] == "error.receipt.no_wallet"


class TestRefunds:
    def test_are_released_by_another_person(self, money: MoneyHouse) -> None:
        path = drawn(money, pay_by="bank", **ITSELF)
        draw = DrawDown.objects.get()
        number = draw.facility.matter.number
        manager = caller(money.manager)
        day = clock.today().isoformat()
        receipt = {"amount": "1005000.00", "reference": "TOO-MUCH", "received_on": day}
        ok(manager.act(f"{path}/receipts", receipt))
        refund = ok(manager.get(f"{path}/payments"))["refunds"][0]
        release = f"/matters/{number}/refunds/{refund['reference']}/release"

        own = manager.act(release)
        elsewhere = manager.act(f"/matters/{number}/refunds/ZR-RF9/release")

        assert (refund["amount"], refund["state"]) == ("5000.00", "proposed")
        assert own.json()["facts"]["reason"] == "error.refund.own"
        assert elsewhere.status_code == 404
        Refund.objects.update(proposed_by=None)  # as if a colleague had booked it
        assert ok(manager.act(release))["state"] == "ordered"


class TestOwnKeys:
    """They last longer than the answers that are kept."""

    def test_open_one_matter(self, house: House) -> None:
        firm = caller(house.firm)
        body = {"title": "扩大产能", "lender": house.bank_organization.pk}
        first = ok(firm.post("/matters", body, Idempotency_Key="k"))
        KeptAnswer.objects.all().delete()

        assert ok(firm.post("/matters", body, Idempotency_Key="k")) == first
        assert Matter.objects.count() == 1
        stranger, _ = house.strangers()
        assert ok(caller(stranger).post("/matters", body, Idempotency_Key="k")) != first

    def test_give_files_and_start_an_appraisal_once(self, house: House) -> None:
        number = registered(house).number
        firm, manager = caller(house.firm), caller(house.manager)
        path, wish = f"/matters/{number}/appraisals", {"valuation_date": "2026-06-29"}
        before = AppraisalRun.objects.count()

        for _ in range(2):
            KeptAnswer.objects.all().delete()
            ok(firm.give(f"/matters/{number}/files", {"k.csv": b"x"}, Idempotency_Key="f"))
            run = ok(manager.post(path, wish, Idempotency_Key="a"))

        assert AppraisalRun.objects.count() == before + 1
        assert run["number"] == AppraisalRun.objects.latest("pk").pk
        assert StoredFile.objects.filter(name="k.csv").count() == 1

    def test_prove_fees_once(self, house: House) -> None:
        number = registered(house).number
        (file,) = ok(caller(house.firm).give(f"/matters/{number}/files", {"p.csv": b"x"}))
        clerk, body = caller(house.clerk), {"document": file["number"]}

        for _ in range(2):
            KeptAnswer.objects.all().delete()
            ok(clerk.post(f"/matters/{number}/fee-proofs", body, Idempotency_Key="p"))

        assert ActKey.objects.filter(scope=f"prove_fees/{number}").count() == 1
