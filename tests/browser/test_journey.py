"""A firm from application to money, on to repayment and release: all by pages, in Chinese."""

import re
import time

import pytest
from playwright.sync_api import Browser

from tests.served_platform import Person, Served

pytestmark = pytest.mark.slow
FIRM_NAME, FIRM_ACCOUNT = "甬例二号塑业（虚构）有限公司", "6200000000000002"
RECEIPT = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


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

    def sign(self) -> None:
        """Make the contracts, then the firm signs, then the bank, each having read them."""
        self.at(self["manager"], "contract/").press("制作合同")
        self._sign_by(self.firm, self["chief"])

    def _sign_by(self, *people: Person) -> None:
        for person in people:
            page = self.at(person, "contract/").page
            page.get_by_label("我已阅读以上全部文件，同意签署").check()
            person.press("签署全部")

    def register(self) -> None:
        self.at(self["clerk"], "registration/").press("提交登记机关")
        self.pass_days("已登记")

    def pass_days(self, stage: str) -> None:
        """Move on by working days until the matter stands where it should; five at most."""
        for _ in range(5):
            for _ in range(20):
                if self.stage() == stage:
                    return
                time.sleep(0.5)
            self.firm.press("下一工作日")
        raise AssertionError(f"the matter is {self.stage()}, not {stage}")

    def prove_fees(self) -> None:
        clerk = self.at(self["clerk"], "registration/")
        clerk.page.set_input_files(
            "#fees-receipt",
            [{"name": "年费收据.pdf", "mimeType": "application/pdf", "buffer": RECEIPT}],
        )
        clerk.press("确认已缴")

    def draw(self, wan: str, account: str) -> None:
        page = self.at(self.firm, "money/").page
        page.get_by_label("用款金额").fill(wan)
        page.get_by_label("收款人").fill(FIRM_NAME)
        page.get_by_label("收款账号").fill(account)
        self.firm.press("申请用款")
        self.at(self["manager"], "money/").press("发放")
        self.pass_days("已放款")

    def repay_all(self) -> None:
        """Three working days later the firm pays what ends the loan; the bank books it."""
        for _ in range(3):
            self.firm.press("下一工作日")
        page = self.at(self["manager"], "money/").page
        owed = re.search(r"结清金额\s*([\d,.]+)", page.locator("main").inner_text())
        assert owed, "the page says what ends the loan"
        page.get_by_label("还款金额").fill(owed[1].replace(",", ""))
        page.get_by_label("银行流水号").fill("B-20260706-1")
        self["manager"].press("入账")

    def release(self) -> None:
        clerk = self["clerk"]
        self.at(clerk, "registration/").press("制作解押材料")
        self._sign_by(self.firm, self["chief"])
        self.at(clerk, "registration/").press("提交注销")
        self.pass_days("已解押")


class TestOneLoanInABrowser:
    def test_goes_from_application_to_release(self, browser: Browser, platform: Served) -> None:
        way = Way(browser, platform, "firm2")

        way.open("购买注塑原料，扩大产能")
        way.apply("500", FIRM_ACCOUNT)
        way.appraise()
        way.propose("订单充足，质押物覆盖大部")
        way.approve()
        assert way.stage() == "已批准"

        way.sign()
        way.register()
        way.prove_fees()
        way.draw("500", FIRM_ACCOUNT)
        pace = way.firm.page.locator("dl.facts").inner_text()
        used = re.search(r"已用 (\d+) 个工作日", pace)
        assert used, pace
        assert int(used[1]) <= 3

        way.repay_all()
        assert way.stage() == "已结清"
        way.release()
        assert way.stage() == "已解押"
