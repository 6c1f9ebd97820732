"""A firm from application to money, on to repayment and release: all by pages, in Chinese."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.served_platform import Served, served
from tests.ways import Way
from zhirong.parameters.calendars import china

pytestmark = pytest.mark.slow
FIRM_NAME, FIRM_ACCOUNT = "甬例二号塑业（虚构）有限公司", "6200000000000002"


@pytest.fixture
def newly_served(tmp_path: Path) -> Iterator[Served]:
    """A house on its first day: the example firms' files are of the day before."""
    with served(tmp_path) as running:
        yield running


class TestOneLoanInABrowser:
    def test_goes_from_application_to_release(self, browser: Browser, newly_served: Served) -> None:
        way = Way(browser, newly_served, "firm2")

        way.open("购买注塑原料，扩大产能")
        way.apply("500", FIRM_ACCOUNT)
        way.appraise()
        way.propose("订单充足，质押物覆盖大部")
        way.approve()
        assert way.stage() == "已批准"

        way.make_contracts()
        way.sign()
        way.file()
        way.pass_days("已登记")
        way.prove_fees()
        way.ask_money("500", FIRM_NAME, FIRM_ACCOUNT)
        way.pay_out()
        used = way.working_days_used()
        assert used <= 3
        applied = newly_served.day_in_log(way.number, "applied")
        paid = newly_served.day_in_log(way.number, "drawn")
        assert china().plus_workdays(applied, used) == paid

        way.repay_all()
        assert way.stage() == "已结清"
        way.release()
        assert way.stage() == "已解押"
        way.leave()
