"""A plan in a real browser: from the example's files to what investors read."""

import re
from pathlib import Path

import pytest

from tests.served_platform import Person, chromium, served

PICTURES = Path("var/journey-pictures")
TITLE = "甬例知识产权第1期资产支持专项计划"


class TestAPlan:
    @pytest.mark.slow
    def test_goes_from_files_to_investors(self, tmp_path: Path) -> None:
        with served(tmp_path) as house, chromium() as browser:
            arranger = Person(browser, house, "arranger")
            number = _structured(arranger)
            investor = _let_in(arranger, number, Person(browser, house, "investor"))
            investor.go(f"/plans/{number}/losses/")
            assert "安排人还没有披露" in investor.page.locator("main").inner_text()

            arranger.go(f"/plans/{number}/")
            arranger.press("披露")

            investor.go(f"/plans/{number}/losses/")
            assert "含全部增信" in investor.page.locator("main").inner_text()
            servicer = Person(browser, house, "servicer")
            servicer.go(f"/plans/{number}/payments/")
            servicer.press("编制报告")
            servicer.until(f"/plans/{number}/payments/", "distribution-report")
            servicer.press("披露")
            investor.go(f"/plans/{number}/payments/")
            assert investor.page.get_by_role("link", name=re.compile(r"\.pdf$")).count()


def _structured(arranger: Person) -> str:
    arranger.go("/plans/")
    arranger.press("新建计划")
    arranger.page.get_by_label("计划名称").fill(TITLE)
    arranger.press("新建计划")
    number = re.search(r"P\d{4}-\d{5}", arranger.page.url)
    assert number
    arranger.press("使用示例计划")
    arranger.press("测算结构")
    arranger.until(f"/plans/{number[0]}/", "尚未披露")
    return number[0]


def _let_in(arranger: Person, number: str, investor: Person) -> Person:
    for part, who in (
        ("资产服务机构", "甬例银行（虚构）"),
        ("投资人", "甬例银行理财（虚构）有限责任公司"),
    ):
        arranger.go(f"/plans/{number}/")
        arranger.page.get_by_label("单位").select_option(label=who)
        arranger.page.get_by_label("身份").select_option(label=part)
        arranger.press("邀请")
    return investor
