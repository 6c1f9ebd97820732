"""Lists: sorted and found in the database or on the page, page by page, as a workbook."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tests.people import House
from tests.unit.platform.desks.clients import browser
from tests.unit.platform.lending.test_loan import applied, appraised, paid
from zhirong.platform.appraisals.models import AppraisalRun, AppraisedRight
from zhirong.platform.desks.matter.lists import RIGHTS
from zhirong.platform.desks.tables import PAGE, heads, page_of, pager_of, sorting_of
from zhirong.platform.matters.models import Matter

KEYS = tuple(column.key for column in RIGHTS)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def sheet(response: HttpResponse) -> list[list[Any]]:
    """The rows of a workbook below its title."""
    assert response.status_code == 200
    book = openpyxl.load_workbook(BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.active][3:]


def request(query: str = "") -> Any:
    return RequestFactory().get(f"/matters/{query}")


class TestSortingOf:
    def test_takes_only_columns_that_there_are(self) -> None:
        assert sorting_of(request("?sort=-kind"), KEYS, "-value").value == "-kind"
        assert sorting_of(request("?sort=password"), KEYS, "-value").value == "-value"


class TestPageOf:
    @pytest.mark.parametrize("asked", ["", "0", "-3", "x", "²", "99999999"])
    def test_is_the_first_for_what_is_no_page(self, asked: str) -> None:
        assert page_of(request(f"?page={asked}")) == 1


class TestHeads:
    def test_turn_the_order_round_and_keep_the_filter(self) -> None:
        asked = request("?text=x&sort=kind&page=3")
        found = {h.code: h for h in heads(asked, RIGHTS, sorting_of(asked, KEYS, "-value"))}

        assert found["rights.kind"].address == "?text=x&sort=-kind"
        assert found["rights.kind"].aria == "ascending"
        assert found["rights.number"].address == "?text=x&sort=number"
        assert found["rights.number"].aria == ""


class TestPagerOf:
    def test_ends_at_the_last_page(self) -> None:
        pager = pager_of(request("?sort=kind"), count=PAGE + 1, page=9)

        assert (pager.page, pager.pages, pager.after) == (2, 2, "")
        assert pager.before == "?sort=kind&page=1"


@pytest.fixture
def many(house: House) -> House:
    """More matters than a page holds, the first of them applied for."""
    applied(house)
    for _ in range(PAGE + 1):
        house.matter()
    Matter.objects.filter(pk=Matter.objects.last().pk).update(title="买料")
    return house


class TestMatters:
    def test_stand_page_by_page(self, many: House) -> None:
        client = browser(many.manager)

        first, second = text(client.get("/matters/")), text(client.get("/matters/?page=2"))

        assert first.count('data-label="编号"') == PAGE
        assert second.count('data-label="编号"') == 2
        assert "第 2 / 2 页" in second

    def test_are_sorted_by_how_far_they_are(self, many: House) -> None:
        page = text(browser(many.manager).get("/matters/?sort=-stage"))

        assert page.split('data-label="进度"')[1].startswith(' class="nowrap">已申请')
        assert 'aria-sort="descending"' in page

    def test_are_found_by_stage_and_text(self, many: House) -> None:
        client = browser(many.manager)

        assert text(client.get("/matters/?stage=applied")).count('data-label="编号"') == 1
        assert text(client.get("/matters/?text=买料")).count('data-label="编号"') == 1
        assert "没有符合条件的业务" in text(client.get("/matters/?text=没有这样的"))

    def test_leave_as_a_workbook(self, many: House) -> None:
        rows = sheet(browser(many.manager).get("/matters/list.xlsx?sort=-stage"))

        assert rows[0][:4] == ["编号", "企业", "用途", "进度"]
        assert len(rows) == 1 + PAGE + 2
        assert rows[1][3:7] == ["已申请", datetime(2026, 6, 29), None, 0]  # noqa: DTZ001 - as read

    def test_show_strangers_nothing(self, many: House) -> None:
        for stranger in many.strangers():
            assert len(sheet(browser(stranger).get("/matters/list.xlsx"))) == 1


@pytest.fixture
def valued(house: House) -> str:
    """A matter with two rights; its number."""
    number = appraised(house).number
    run = AppraisalRun.objects.get()
    AppraisalRun.objects.update(market_value_fen=1_700_000_000)
    AppraisedRight.objects.create(
        run=run,
        number="2019300000012",
        kind="design",
        title="盖",
        value_fen=100,
        term_end=date(2029, 1, 8),
        state="in_force",
        is_registrable=False,
    )
    return number


class TestRights:
    def test_sort_on_the_page(self, house: House, valued: str) -> None:
        page = text(browser(house.manager).get(f"/matters/{valued}/valuation/?sort=value"))

        assert page.index("2019300000012") < page.index("2018100000015")

    def test_leave_as_a_workbook(self, house: House, valued: str) -> None:
        rows = sheet(browser(house.firm).get(f"/matters/{valued}/valuation/rights.xlsx"))

        assert [row[0] for row in rows[1:]] == ["2018100000015", "2019300000012"]
        assert rows[1][7] == 16_000_000
        assert rows[2][6] == "不可"

    def test_are_none_before_there_is_a_value(self, house: House) -> None:
        number = house.matter().number

        assert len(sheet(browser(house.firm).get(f"/matters/{number}/valuation/rights.xlsx"))) == 1


class TestLoan:
    def test_leaves_its_schedule(self, house: House) -> None:
        draw = paid(house)
        place = f"/matters/{draw.facility.matter.number}/money/{draw.number}"
        client = browser(house.firm)

        schedule = sheet(client.get(f"{place}/schedule.xlsx"))

        assert sum(row[2] or 0 for row in schedule[1:]) == 5_000_000


class TestLog:
    def test_leaves_what_the_borrower_may_read(self, house: House) -> None:
        number = appraised(house).number

        rows = sheet(browser(house.firm).get(f"/matters/{number}/log/list.xlsx"))

        assert any("立项" in str(row[1]) or "扩大产能" in str(row[1]) for row in rows[1:])

    @pytest.mark.parametrize("sort", ["who", "-what", "organization"])
    def test_sorts_on_the_page(self, house: House, sort: str) -> None:
        number = applied(house).number

        page = browser(house.manager).get(f"/matters/{number}/log/?sort={sort}")

        assert page.status_code == 200

    def test_leaves_to_the_administrator(self, house: House) -> None:
        applied(house)

        assert len(sheet(browser(house.admin).get("/admin/log/list.xlsx"))) > 1
