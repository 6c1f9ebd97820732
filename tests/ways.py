"""The way of one matter through the pages, in Chinese: who does what, in the order of a loan."""

import re
import time

from playwright.sync_api import Browser

from tests.served_platform import Person, Served

RECEIPT = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ROUNDS_OF_A_DAY = 2.5  # seconds in which the processes hear everybody once all work is done
LONGEST_DAY = 20.0


class Way:
    """The people of one matter and what each does on the pages; each signs in when first needed."""

    def __init__(self, browser: Browser, platform: Served, firm: str, number: str = "") -> None:
        self.browser, self.platform = browser, platform
        self.firm_name, self.number = firm, number
        self.people: dict[str, Person] = {}

    def __getitem__(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = Person(self.browser, self.platform, name)
        return self.people[name]

    @property
    def firm(self) -> Person:
        return self[self.firm_name]

    def leave(self) -> None:
        """Everybody closes the browser."""
        for person in self.people.values():
            person.context.close()

    def at(self, person: Person, tab: str = "") -> Person:
        """A person on a tab of the matter."""
        person.go(f"/matters/{self.number}/{tab}")
        return person

    def read(self, person: Person, tab: str = "") -> str:
        """What a tab says to a person."""
        return self.at(person, tab).page.locator("main").inner_text()

    def stage(self) -> str:
        return self.at(self.firm).page.locator("dl.facts .mark").first.inner_text()

    def pass_days(self, stage: str, most: int = 5) -> None:
        """Move on by working days until the matter stands where it should."""
        for _ in range(most):
            if self.waits_for(stage):
                return
            self.firm.press("下一工作日")
        assert self.waits_for(stage), f"the matter is {self.stage()}, not {stage}"

    def waits_for(self, stage: str) -> bool:
        """Whether the matter comes to a stage before the processes have done all of this day."""
        begun = rested = time.monotonic()
        while time.monotonic() < min(rested + ROUNDS_OF_A_DAY, begun + LONGEST_DAY):
            if self.stage() == stage:
                return True
            if self.platform.has_work():
                rested = time.monotonic()
            time.sleep(0.3)
        return False

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

    def refuse(self, reason: str) -> None:
        officer = self.at(self["risk2"], "credit/")
        officer.page.get_by_label("审批意见").fill(reason)
        officer.press("拒绝")

    def make_contracts(self) -> None:
        self.at(self["manager"], "contract/").press("制作合同")

    def sign(self) -> None:
        """The firm signs, then the bank, each having read all."""
        for person in (self.firm, self["chief"]):
            page = self.at(person, "contract/").page
            page.get_by_label("我已阅读以上全部文件，同意签署").check()
            person.press("签署全部")

    def file(self, button: str = "提交登记机关") -> None:
        self.at(self["clerk"], "registration/").press(button)
        main = self["clerk"].page.locator("main")
        assert not main.get_by_role("alert").count(), main.inner_text()

    def prove_fees(self) -> None:
        clerk = self.at(self["clerk"], "registration/")
        clerk.page.set_input_files(
            "#fees-receipt",
            [{"name": "年费收据.pdf", "mimeType": "application/pdf", "buffer": RECEIPT}],
        )
        clerk.press("确认已缴")

    def ask_money(self, wan: str, payee: str, account: str) -> None:
        page = self.at(self.firm, "money/").page
        page.get_by_label("用款金额").fill(wan)
        page.get_by_label("收款人").fill(payee)
        page.get_by_label("收款账号").fill(account)
        self.firm.press("申请用款")

    def pay_out(self) -> None:
        self.at(self["manager"], "money/").press("发放")
        self.pass_days("已放款")

    def working_days_used(self) -> int:
        """From the complete application to money, as the page counts them from the log."""
        self.at(self.firm)
        pace = self.firm.page.locator("dl.facts").inner_text()
        used = re.search(r"已用 (\d+) 个工作日", pace)
        assert used, pace
        return int(used[1])

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
        self.sign()
        self.at(clerk, "registration/").press("提交注销")
        self.pass_days("已解押")
