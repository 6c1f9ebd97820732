"""The whole way over the API: every act of the desks, by the keys of those who may."""

from datetime import timedelta
from typing import Any

import pytest

from tests.callers import Caller, caller
from tests.conftest import CHECKOUT
from tests.people import MONDAY, House
from tests.unit.platform.lending.test_loan import appraised, approved, paid, registered
from zhirong.platform.appraisals.services import perform
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.lending.models import DrawDown
from zhirong.platform.operations.models import Job

FOLDER = CHECKOUT / "examples" / "five-firms" / "2-plastics"
WISH = {
    "product": "house",
    "amount": "5000000.00",
    "tenor_months": 12,
    "form": "interest_first",
    "every_months": 3,
    "purpose": "购买注塑原料",
    "account": "3901000000000001",
    "has_credit_query_consent": True,
}
DRAW = {"amount": "5000000", "payee_name": "甲公司", "payee_account": "3901000000000001"}


def ok(answer: Any) -> Any:
    """The content of an answer that is no problem."""
    assert answer.status_code < 300, answer.content.decode()
    return answer.json()


def example_files() -> dict[str, bytes]:
    files = (path for path in sorted(FOLDER.rglob("*")) if path.is_file())
    return {path.name: path.read_bytes() for path in files if not path.name.startswith(".")}


def opened(house: House, firm: Caller) -> str:
    body = {"title": "扩大产能", "lender": house.bank_organization.pk}
    return f"/matters/{ok(firm.post('/matters', body))['number']}"


class TestWay:
    def test_leads_from_opening_to_the_papers_of_the_registration(self, house: House) -> None:
        firm, manager = caller(house.firm), caller(house.manager)
        risk, chief = caller(house.risk), caller(house.chief)
        matter = opened(house, firm)
        assert ok(firm.get("/banks"))[0]["number"] == house.bank_organization.pk
        assert ok(firm.get("/products"))[0]["key"]

        assert len(ok(firm.give(f"{matter}/files", example_files()))) == len(example_files())
        assert ok(firm.post(f"{matter}/application", WISH))["amount"] == "5000000.00"
        assert ok(manager.post(f"{matter}/qualification"))["is_passed"] is True
        wish = {"valuation_date": "2026-06-29", "debt_term_end": "2027-06-29"}
        run = ok(manager.post(f"{matter}/appraisals", wish))
        assert run["job"]["state"] == "waiting"
        perform(Job.objects.get(pk=run["job"]["number"]).outbox)
        assert ok(firm.get(f"{matter}/jobs/{run['job']['number']}"))["state"] == "done"
        done = ok(risk.get(f"{matter}/appraisals/{run['number']}"))
        assert float(done["low"]) < float(done["market_value"]) < float(done["high"])
        assert len(ok(risk.get(f"{matter}/appraisals/{run['number']}/rights"))) == done["rights"]

        sheet = ok(risk.get(f"{matter}/limit"))["sheet"]
        terms = {"limit": sheet["limit"], "spread_bp": "60", "reason": "订单充足"}
        assert ok(firm.get(f"{matter}/offer"))["limit"] == sheet["limit"]
        proposal = ok(risk.post(f"{matter}/proposals", terms))
        verdict = {"verdict": "approve", "version": proposal["version"]}
        assert risk.act(f"{matter}/decisions", verdict).json()["code"] == "error.decision"
        ok(chief.act(f"{matter}/decisions", verdict))
        if sheet["needs_second"]:
            ok(caller(house.second_chief()).act(f"{matter}/decisions", verdict))
        assert ok(firm.get(matter))["stage"] == "approved"

        deeds = ok(manager.post(f"{matter}/contracts"))
        assert {deed["waits_for"] for deed in deeds} <= {
            house.firm_organization.pk,
            house.bank_organization.pk,
        }
        ok(firm.act(f"{matter}/signatures"))
        ok(chief.act(f"{matter}/signatures"))
        clerk = caller(house.clerk)
        filing = ok(clerk.get(f"{matter}/filings"))[0]
        assert filing["state"] == "draft"
        path = f"{matter}/filings/{filing['number']}"
        assert isinstance(ok(clerk.get(f"{path}/grounds")), list)
        assert ok(firm.get(f"{matter}/facility"))["limit"] == sheet["limit"]
        assert ok(firm.get(f"{matter}/way"))[0]["stage"] == "opened"
        assert ok(firm.get(f"{matter}/log"))[0]["text"]

    def test_shows_the_files_and_notes_who_opened_them(self, house: House) -> None:
        firm, manager = caller(house.firm), caller(house.manager)
        matter = opened(house, firm)
        given = ok(firm.give(f"{matter}/files", {"a.csv": b"x,y\n"}))[0]

        answer = manager.get(f"{matter}/files/{given['number']}")

        assert answer.content == b"x,y\n"
        assert ok(firm.get(f"{matter}/shown"))[0]["who"] == house.manager.name
        assert firm.ask("DELETE", f"{matter}/files/{given['number']}").status_code == 204
        assert ok(firm.get(f"{matter}/files")) == []
        assert StoredFile.objects.get().is_withdrawn

    def test_lets_the_firm_end_it(self, house: House) -> None:
        firm = caller(house.firm)
        matter = opened(house, firm)
        lender = house.bank_organization.pk
        assert firm.get(f"{matter}/export").getvalue().startswith(b"PK")

        assert ok(firm.post(f"{matter}/withdrawal"))["stage"] == "withdrawn"
        assert ok(firm.post(f"{matter}/parts/{lender}/withdrawal"))[1]["until"] is not None
        assert caller(house.manager).get(matter).status_code == 404
        assert firm.post(f"{matter}/withdrawal").status_code == 409

    def test_cancels_an_appraisal(self, house: House) -> None:
        matter = appraised(house)
        path = f"/matters/{matter.number}/appraisals"
        run = ok(caller(house.manager).get(path))[0]

        cancelled = ok(caller(house.manager).post(f"{path}/{run['number']}/cancellation"))

        assert cancelled["job"]["is_cancel_asked"] is True

    def test_takes_no_amount_that_is_no_amount(self, house: House) -> None:
        firm = caller(house.firm)
        matter = opened(house, firm)
        for wrong in ("5e6", "-1", "1.234", "１", "NaN", "01", ""):
            answer = firm.post(f"{matter}/application", WISH | {"amount": wrong})
            assert answer.status_code == 422, wrong
            assert answer.json()["facts"]["problems"]


class TestMoney:
    @pytest.fixture(autouse=True)
    def no_registration(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """These matters have no filing: what blocks money is tried where filings are."""
        monkeypatch.setattr("zhirong.platform.lending.blocks.blocks_of", lambda matter: ())

    def test_is_asked_once_a_key(self, house: House) -> None:
        matter = registered(house)
        firm, path = caller(house.firm), f"/matters/{matter.number}/draws"

        assert firm.post(path, DRAW).json()["code"] == "error.idempotency_key_form"
        first = ok(firm.post(path, DRAW, Idempotency_Key="d1"))
        again = ok(firm.post(path, DRAW, Idempotency_Key="d1"))

        assert first == again
        assert DrawDown.objects.count() == 1
        more = firm.post(path, DRAW, Idempotency_Key="d2")
        assert (more.status_code, more.json()["code"]) == (409, "error.draw_down")
        released = ok(caller(house.manager).act(f"{path}/{first['number']}/release"))
        assert released["state"] == "ordered"

    def test_comes_back_and_is_laid_over_what_is_owed(self, house: House) -> None:
        draw = paid(house)
        path = f"/matters/{draw.facility.matter.number}/draws/{draw.number}"
        firm, manager = caller(house.firm), caller(house.manager)
        day = MONDAY.isoformat()
        payoff = ok(firm.get(f"{path}/payoff?on={day}"))
        later = (MONDAY + timedelta(days=30)).isoformat()

        assert payoff == {"on": day, "amount": "5000000.00"}
        assert float(ok(firm.get(f"{path}/payoff?on={later}"))["amount"]) > 5_000_000
        assert len(ok(firm.get(path))["schedule"]) == 4
        receipt = {"amount": payoff["amount"], "reference": "BANK-1", "received_on": day}
        booked = ok(manager.act(f"{path}/receipts", receipt))
        assert booked["parts"]["principal"] == "5000000.00"
        assert booked["rest"] == "0.00"
        assert ok(firm.get(f"{path}/receipts")) == [booked]
        assert ok(firm.get(f"{path}/statement"))[-1]["owed"] == "0.00"
        assert ok(firm.get(path))["state"] == "repaid"

    def test_is_repaid_from_the_firms_own_account(self, house: House) -> None:
        draw = paid(house)
        path = f"/matters/{draw.facility.matter.number}/draws/{draw.number}/repayments"
        firm = caller(house.firm)

        first = ok(firm.post(path, {"amount": "100.00"}, Idempotency_Key="r1"))
        again = ok(firm.post(path, {"amount": "100.00"}, Idempotency_Key="r1"))

        assert first == again
        assert first["reference"].startswith(draw.number)

    def test_waits_for_the_conditions(self, house: House) -> None:
        matter = approved(house)

        assert ok(caller(house.firm).get(f"/matters/{matter.number}/facility")) is None
        assert ok(caller(house.firm).get(f"/matters/{matter.number}/blocks")) == []
