"""The matter's page: who may see which tab, the flow over the pages, what was typed stays."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.conftest import CHECKOUT
from tests.people import MONDAY, House
from tests.unit.platform.desks.clients import browser
from tests.unit.platform.lending.test_loan import (
    applied,
    appraised,
    approved,
    paid,
    registered,
    terms,
)
from tests.unit.platform.lending.test_loan import (
    request as draw_request,
)
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.appraisals.services import perform
from zhirong.platform.desks.matter.tabs import TABS, address_of
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.lending import deciding, drawing
from zhirong.platform.lending.models import Condition, DrawDown, Proposal, Receipt
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations.models import LogEntry

FOLDER = CHECKOUT / "examples" / "five-firms" / "2-plastics"
OWN_TABS = ("overview", "files", "valuation", "credit", "money", "log")
LANGUAGES = ("zh-hans", "en")
APPLICATION = {
    "product": "house",
    "amount": "500",
    "tenor_months": "12",
    "form": "interest_first",
    "every_months": "3",
    "purpose": "购买注塑原料",
    "account": "3901000000000001",
    "consent": "yes",
}


def text(response: HttpResponse) -> str:
    return response.content.decode()


def given_files(folder: Path) -> list[SimpleUploadedFile]:
    return [
        SimpleUploadedFile(path.name, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    ]


class TestTabs:
    @pytest.mark.parametrize("tab", OWN_TABS)
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_open_for_everybody_who_takes_part(self, house: House, tab: str, lang: str) -> None:
        draw = paid(house)
        number = draw.facility.matter.number
        for viewer in (house.firm, house.manager, house.risk, house.chief, house.clerk):
            response = browser(viewer, lang=lang).get(address_of(number, tab))

            assert response.status_code == 200, viewer.roles
            assert number in text(response)

    @pytest.mark.parametrize("tab", OWN_TABS)
    def test_are_missing_for_everybody_else(self, house: House, tab: str) -> None:
        number = applied(house).number
        for viewer in (*house.strangers(), house.admin):
            assert browser(viewer).get(address_of(number, tab)).status_code == 404

    def test_show_the_way_on_at_every_stage(self, house: House) -> None:
        """From an overview one always gets to the next act, or to a desk."""
        matter = approved(house)
        for stage in Matter.Stage:
            if stage == Matter.Stage.PROPOSED:
                continue
            closed = stage in {"refused", "withdrawn", "closed"}
            Matter.objects.update(stage=stage, closed_on=MONDAY if closed else None)
            for viewer in (house.firm, house.manager, house.clerk):
                page = text(browser(viewer).get(address_of(matter.number, "overview")))
                assert 'class="panel now"' in page
                assert 'class="button' in page.split('class="panel now"')[1].split("</section>")[0]

    def test_name_only_what_is_there(self, house: House) -> None:
        page = text(browser(house.firm).get(address_of(applied(house).number, "overview")))

        assert all(f"tab.{key}" not in page for key in TABS)


class TestFlow:
    def test_goes_from_opening_to_approval(self, house: House) -> None:
        firm, manager = browser(house.firm), browser(house.manager)
        opened = firm.post("/firm/open/", {"title": "扩大产能", "bank": house.bank_organization.pk})
        number = Matter.objects.get().number
        assert opened.headers["Location"] == f"/matters/{number}/files/"

        firm.post(f"/matters/{number}/files/upload/", {"files": given_files(FOLDER)})
        sent = firm.post(f"/matters/{number}/credit/apply/", APPLICATION)
        assert sent.status_code == 302, text(sent)
        manager.post(f"/matters/{number}/credit/check/")
        manager.post(
            f"/matters/{number}/valuation/start/",
            {"valuation_date": MONDAY.isoformat(), "debt_term_end": "2027-07-06"},
        )
        run = AppraisalRun.objects.get()
        perform(run.job.outbox)
        result = text(manager.get(f"/matters/{number}/valuation/"))
        assert "valuation/charts/" in result
        run.refresh_from_db()
        chart = run.summary["charts"]["zh"][0]["file"]
        narrow = run.summary["charts"]["zh"][0]["narrow"]
        assert (
            f'media="(max-width: 760px)" srcset="/matters/{number}/valuation/charts/{narrow}.svg"'
            in result
        )
        drawn = manager.get(f"/matters/{number}/valuation/charts/{narrow}.svg")
        assert b'width="280' in drawn.content
        picture = manager.get(f"/matters/{number}/valuation/charts/{chart}.svg")
        assert picture.headers["Content-Type"] == "image/svg+xml"

        risk = browser(house.risk)
        page = text(risk.get(f"/matters/{number}/credit/"))
        assert "额度表" in page
        assert "每件权利支持多少" in page
        rights = run.rights.filter(is_registrable=True).values_list("number", flat=True)
        proposed = risk.post(
            f"/matters/{number}/credit/propose/",
            {"limit": "100", "spread_bp": "60", "rights": list(rights[:2]), "reason": "订单充足"},
        )
        assert proposed.status_code == 302, text(proposed)
        proposal = Proposal.objects.get()
        assert proposal.limit_fen == 100_000_000
        for chief in (house.chief, house.second_chief()):
            browser(chief).post(
                f"/matters/{number}/credit/decide/", {"version": "1", "verdict": "approve"}
            )
        assert Matter.objects.get().stage == Matter.Stage.APPROVED


class TestErrors:
    def test_lose_nothing_that_was_typed(self, house: House) -> None:
        matter = house.matter()
        wrong = {**APPLICATION, "amount": "fünf", "purpose": "购买注塑原料 & 设备"}

        response = browser(house.firm).post(f"/matters/{matter.number}/credit/apply/", wrong)

        page = text(response)
        assert response.status_code == 422
        assert 'value="fünf"' in page
        assert "购买注塑原料 &amp; 设备" in page
        assert 'aria-invalid="true"' in page
        assert 'role="alert"' in page
        assert '<option value="3" selected>' in page

    def test_of_services_stand_at_their_field(self, house: House) -> None:
        matter = house.matter()
        wrong = {**APPLICATION, "tenor_months": "37"}

        page = text(browser(house.firm).post(f"/matters/{matter.number}/credit/apply/", wrong))

        assert 'id="apply-tenor_months-error"' in page

    def test_need_a_choice_of_files(self, house: House) -> None:
        matter = house.matter()

        response = browser(house.firm).post(f"/matters/{matter.number}/files/upload/")

        assert response.status_code == 422

    def test_keep_a_decision_without_reason(self, house: House) -> None:
        matter = appraised(house)
        deciding.propose(matter.number, terms(), actor=house.risk)

        response = browser(house.chief).post(
            f"/matters/{matter.number}/credit/decide/", {"version": "1", "verdict": "return"}
        )

        assert response.status_code == 422
        assert Matter.objects.get().stage == Matter.Stage.PROPOSED

    def test_meet_those_without_the_right_as_missing(self, house: House) -> None:
        number = applied(house).number

        assert browser(house.firm).post(f"/matters/{number}/credit/check/").status_code == 404


class TestDownload:
    def test_is_noted_and_shown_to_the_firm(self, house: House) -> None:
        number = applied(house).number
        file = StoredFile.objects.get()

        response = browser(house.manager).get(f"/matters/{number}/files/{file.pk}/")

        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert LogEntry.objects.filter(action="file_opened").count() == 1
        assert "打开文件 a.csv" in text(browser(house.firm).get(f"/matters/{number}/"))

    def test_is_of_its_own_matter_alone(self, house: House) -> None:
        applied(house)
        other = house.matter().number
        file = StoredFile.objects.get()

        response = browser(house.manager).get(f"/matters/{other}/files/{file.pk}/")

        assert response.status_code == 404

    def test_takes_everything_away_for_the_firm_alone(self, house: House) -> None:
        number = applied(house).number

        taken = browser(house.firm).post(f"/matters/{number}/export/")

        assert b"".join(taken.streaming_content)[:2] == b"PK"
        assert browser(house.manager).post(f"/matters/{number}/export/").status_code == 404


class TestMoney:
    def test_is_asked_and_released(self, house: House) -> None:
        number = registered(house).number
        asked = browser(house.firm).post(
            f"/matters/{number}/money/ask/",
            {
                "key": "k",
                "amount": "100.00005",
                "payee_name": "甲公司",
                "payee_account": "3901000000000001",
            },
        )
        assert asked.status_code == 302, text(asked)
        draw = DrawDown.objects.get()
        assert draw.amount_fen == 100_000_050

        browser(house.manager).post(f"/matters/{number}/money/{draw.number}/release/")

        draw.refresh_from_db()
        assert draw.state == DrawDown.State.ORDERED

    def test_waits_for_conditions_with_documents(self, house: House) -> None:
        matter = registered(house)
        facility = matter.facility
        condition = Condition.objects.create(facility=facility, text="保险批单")
        draw = drawing.ask(matter.number, draw_request(), actor=house.firm)
        manager = browser(house.manager)

        blocked = manager.post(f"/matters/{matter.number}/money/{draw.number}/release/")
        assert blocked.status_code == 422
        assert "保险批单" in text(blocked)

        file = StoredFile.objects.first()
        assert file is not None
        manager.post(
            f"/matters/{matter.number}/money/conditions/{condition.pk}/", {"document": file.pk}
        )
        released = manager.post(f"/matters/{matter.number}/money/{draw.number}/release/")
        assert released.status_code == 302, text(released)

    def test_is_booked_once_and_keeps_what_was_typed(self, house: House) -> None:
        draw = paid(house)
        address = f"/matters/{draw.facility.matter.number}/money/{draw.number}/repay/"
        manager = browser(house.manager)
        payment = {"amount": "100", "reference": "R1", "received_on": MONDAY.isoformat()}

        assert manager.post(address, payment).status_code == 302
        again = manager.post(address, {**payment, "amount": "200"})

        assert again.status_code == 422
        assert 'value="200"' in text(again)
        assert Receipt.objects.count() == 1


class TestProgress:
    def test_asks_again_while_it_runs_and_renews_the_page_after(self, house: House) -> None:
        matter = appraised(house)
        run = AppraisalRun.objects.get()
        address = f"/matters/{matter.number}/valuation/{run.pk}/progress/"

        waiting = browser(house.manager).get(address)
        assert 'hx-trigger="every 2s"' in text(waiting)
        assert "HX-Refresh" not in waiting.headers

        run.job.state = "done"
        run.job.message = {"code": "job.appraise.done", "facts": {}}
        run.job.save()
        assert browser(house.manager).get(address).headers["HX-Refresh"] == "true"


class TestWithdrawConsent:
    def test_takes_the_sight_away(self, house: House) -> None:
        number = applied(house).number
        bank = house.bank_organization.pk

        browser(house.firm).post(f"/matters/{number}/consent/{bank}/")

        assert browser(house.manager).get(f"/matters/{number}/").status_code == 404
