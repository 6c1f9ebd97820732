"""A plan in a real browser: from the example's files to what investors read."""

import re

import pytest
from playwright.sync_api import Browser

from tests import plan_way
from tests.served_platform import Person, Served

pytestmark = pytest.mark.slow


class TestAPlan:
    def test_goes_from_files_to_what_investors_read(
        self, browser: Browser, platform: Served
    ) -> None:
        arranger, servicer, investor = (
            Person(browser, platform, name) for name in ("arranger", "servicer", "investor")
        )
        number = plan_way.structured(arranger)
        plan_way.let_in(arranger, number)
        investor.go(f"/plans/{number}/losses/")
        assert "安排人还没有披露" in investor.page.locator("main").inner_text()

        plan_way.published(arranger, number)
        investor.go(f"/plans/{number}/losses/")
        assert "含全部增信" in investor.page.locator("main").inner_text()

        plan_way.reported(servicer, number)
        investor.go(f"/plans/{number}/payments/")
        papers = investor.page.get_by_role("link", name=re.compile("分配报告"))
        assert papers.count() == 2  # in both languages
        for person in (arranger, servicer, investor):
            person.context.close()
