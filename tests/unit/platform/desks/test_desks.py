"""The desks: who has which, what they say, the firm's card, empty states."""

from datetime import timedelta

import pytest
from django.http import HttpResponse

from tests.people import MONDAY, House
from tests.unit.platform.desks.clients import browser
from tests.unit.platform.lending.test_loan import applied, appraised, paid, terms
from zhirong.platform.accounts.models import Organization
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.models import AppraisalRun, AppraisedRight
from zhirong.platform.lending import deciding
from zhirong.platform.lending.tasks import DESK_ROWS

DESKS = {
    "/firm/": ("firm",),
    "/firm/open/": ("firm",),
    "/manager/": ("manager",),
    "/risk/": ("risk", "chief"),
    "/admin/": ("admin",),
    "/admin/parameters/": ("admin",),
    "/admin/log/": ("admin",),
    "/matters/": ("firm", "manager", "risk", "chief", "clerk"),
}
PEOPLE = ("firm", "manager", "risk", "chief", "clerk", "admin")


def text(response: HttpResponse) -> str:
    return response.content.decode()


def of(house: House, name: str) -> Viewer:
    found: Viewer = getattr(house, name)
    return found


class TestDesks:
    @pytest.mark.parametrize("address", DESKS)
    def test_open_for_those_who_have_them_alone(self, house: House, address: str) -> None:
        applied(house)
        for name in PEOPLE:
            response = browser(of(house, name)).get(address)

            assert response.status_code == (200 if name in DESKS[address] else 404), name

    @pytest.mark.parametrize("lang", ["zh-hans", "en"])
    @pytest.mark.parametrize("address", DESKS)
    def test_say_everything_in_both_languages(self, house: House, address: str, lang: str) -> None:
        """Whatever stands on a loan that was paid out; a lacking word would be an error."""
        paid(house)
        for name in DESKS[address]:
            assert browser(of(house, name), lang=lang).get(address).status_code == 200

    def test_begin_where_a_person_works(self, house: House) -> None:
        for name in PEOPLE:
            response = browser(of(house, name)).get("/", follow=True)

            assert response.status_code == 200, name


class TestNeedsMeNow:
    def test_holds_what_the_role_can_do(self, house: House) -> None:
        number = applied(house).number

        assert f"/matters/{number}/credit/" in text(browser(house.manager).get("/manager/"))
        assert "现在没有要您处理的事项" in text(browser(house.risk).get("/risk/"))

    def test_spares_the_author_of_a_proposal(self, house: House) -> None:
        matter = appraised(house)
        deciding.propose(matter.number, terms(), actor=house.risk)

        assert "审批授信建议" not in text(browser(house.risk).get("/risk/")).split("<h2>")[1]
        assert "审批授信建议" in text(browser(house.chief).get("/risk/")).split("<h2>")[1]

    def test_is_ten_rows_at_most(self, house: House) -> None:
        for _ in range(DESK_ROWS + 2):
            house.matter()

        page = text(browser(house.firm).get("/firm/"))

        assert page.split("<h2>")[1].count('data-label="事项"') == DESK_ROWS

    def test_says_what_to_do_when_it_is_empty(self, house: House) -> None:
        page = text(browser(house.manager).get("/manager/"))

        assert "还没有在办业务" in page


class TestFirmDesk:
    def test_says_what_can_be_borrowed_and_costs(self, house: House) -> None:
        appraised(house)

        page = text(browser(house.firm).get("/firm/"))

        # 5,000,000 at 3.60 % over 365 of 360 days, interest first
        assert "500.00 万元" in page
        assert "182,500.00 元" in page

    @pytest.mark.parametrize("kind", ["firm", "association", "hospital"])
    def test_says_in_ten_lines_what_lapses_next(self, house: House, kind: str) -> None:
        appraised(house)
        Organization.objects.filter(pk=house.firm_organization.pk).update(kind=kind)
        AppraisalRun.objects.update(market_value_fen=1_600_000_000, low_fen=1, high_fen=2)
        AppraisedRight.objects.update(
            term_end=MONDAY + timedelta(days=99), fee_due_on=MONDAY + timedelta(days=9)
        )

        lines = text(browser(house.firm).get("/firm/")).split('class="lines"')[1]

        assert lines.count("<dt>") <= 12
        assert "2026-10-06，阀（2018100000015）" in lines
        assert "2026-07-08，阀（2018100000015）" in lines
        assert "提出授信建议" in lines

    def test_keeps_the_words_of_a_new_matter(self, house: House) -> None:
        response = browser(house.firm).post("/firm/open/", {"title": "扩产", "bank": "0"})

        assert response.status_code == 422
        assert 'value="扩产"' in text(response)
