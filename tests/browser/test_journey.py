"""A firm from application to money, on to repayment and release: all by pages, in Chinese."""

import pytest
from playwright.sync_api import Browser

from tests.served_platform import Person, Served

pytestmark = pytest.mark.slow
FIRM_ACCOUNT = "6200000000000002"


class Way:
    """The people of one matter and what each does on the pages."""

    def __init__(self, browser: Browser, platform: Served, firm: str) -> None:
        names = (firm, "manager", "risk", "risk2", "chief", "clerk")
        self.people = {name: Person(browser, platform, name) for name in names}
        self.firm = self.people[firm]
        self.number = ""

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def at(self, person: Person, tab: str = "") -> Person:
        """A person on a tab of the matter."""
        person.go(f"/matters/{self.number}/{tab}")
        return person

    def open(self, purpose: str) -> None:
        firm = self.firm
        firm.go("/firm/")
        firm.press("新建融资")
        firm.page.get_by_label("款项用途").fill(purpose)
        firm.press("新建融资")
        self.number = firm.page.url.split("/matters/")[1].split("/")[0]
        self.at(firm, "files/").press("使用示例资料")

    def apply(self, wan: str, account: str) -> None:
        page = self.at(self.firm, "credit/").page
        page.get_by_label("金额").fill(wan)
        page.get_by_label("期限").fill("12")
        page.get_by_label("款项用途").fill("购买注塑原料")
        page.get_by_label("收款账号").fill(account)
        page.get_by_label("同意银行查询本企业征信").check()
        self.firm.press("提交申请")

    def appraise(self) -> None:
        self.at(self["manager"], "credit/").press("核查资格")
        self.at(self["manager"], "valuation/").press("发起评估")
        self["manager"].until(f"/matters/{self.number}/valuation/", "权利清单")

    def propose(self, reason: str) -> None:
        risk = self.at(self["risk"], "credit/")
        risk.page.get_by_label("建议理由").fill(reason)
        risk.press("提交审批")

    def approve(self) -> None:
        for name in ("risk2", "chief"):
            self.at(self[name], "credit/").press("同意")

    def stage(self) -> str:
        return self.at(self.firm).page.locator("dl.facts .mark").first.inner_text()


class TestWayToApproval:
    def test_leads_from_application_to_approval(self, browser: Browser, platform: Served) -> None:
        way = Way(browser, platform, "firm2")

        way.open("购买注塑原料，扩大产能")
        way.apply("500", FIRM_ACCOUNT)
        way.appraise()
        way.propose("订单充足，质押物覆盖大部")
        way.approve()

        assert way.stage() == "已批准"
