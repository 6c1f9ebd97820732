"""Ways that do not go straight, by pages and in Chinese: refused, sent back, an office away.

What goes before is brought by the services; the decisive part is done and read in the browser. The
days go on from class to class: a copy of the register is good for ten days only.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.served_platform import Matters, Served
from tests.ways import Way
from zhirong.parameters.calendars import china

pytestmark = pytest.mark.slow
FIRM_NAME, FIRM_ACCOUNT = "甬例四号泵阀（虚构）有限公司", "6200000000000004"


@pytest.fixture
def way(
    browser: Browser, platform: Served, matters: Matters, request: pytest.FixtureRequest
) -> Iterator[Way]:
    """The way of the matter of the firm that a class names."""
    firm = request.cls.firm
    found = Way(browser, platform, firm, matters[firm]["number"])
    yield found
    found.leave()


class TestRefusedByTheBank:
    firm = "firm1"

    def test_tells_the_firm_why_and_what_it_can_do(self, way: Way) -> None:
        way.refuse("客户集中度过高，近两年现金流不足以覆盖本息")

        told = way.read(way.firm)
        assert way.stage() == "已拒绝"
        assert "客户集中度过高，近两年现金流不足以覆盖本息" in told
        assert "可以" in told
        assert "另行申请" in told
        way.firm.press("新建融资")
        assert way.firm.page.get_by_label("款项用途").is_visible()

        way.firm.go("/firm/")
        assert "现在没有要您处理的事项" in way.firm.page.locator("main").inner_text()
        assert "订单充足" not in way.read(way.firm, "credit/")


class TestSentBackByTheOffice:
    firm = "firm5"

    def test_is_mended_signed_again_and_registered(
        self, way: Way, platform: Served, matters: Matters
    ) -> None:
        right = matters[self.firm]["right"]
        attack = {"kind": "invalidation_filed", "on": platform.day().isoformat()}
        named = {"registry": "patent", "right": right["number"]}
        platform.office("seed", events=[{**named, **attack}])
        way.file()
        clerk = way["clerk"]
        for _ in range(4):
            told = self.heard(way)
            if "补正通知" in told:
                break
            way.firm.press("下一工作日")

        assert "补正通知" in told, told
        assert right["number"] in told
        way.at(clerk, "registration/")
        clerk.page.locator(f"input[name=insists][value^='{right['number']}']").first.check()
        clerk.press("保存并重做材料")
        assert "需要重新签署" in clerk.page.locator("body").inner_text()
        way.sign()
        way.file("提交补正")
        way.pass_days("已登记", most=8)

        assert "已登记" in way.read(clerk, "registration/")

    def heard(self, way: Way) -> str:
        """What the clerk reads once this day is done."""
        way.waits_for("已登记")
        return way.read(way["clerk"], "registration/")


class TestAnOfficeThatIsDown:
    firm = "firm4"

    def test_waits_loses_nothing_and_goes_on(self, way: Way, platform: Served) -> None:
        today = platform.day()
        platform.office("down", until=china().plus_workdays(today, 1).isoformat())
        way.file()

        assert not way.waits_for("已登记")
        told = way.read(way["clerk"], "registration/")
        assert "在途" in told
        assert "已收件" not in told
        assert "签署" in way.read(way.firm, "contract/")

        way.firm.press("下一工作日")
        way.pass_days("已登记")
        told = way.read(way["clerk"], "registration/")
        assert told.count("已收件") == 1
        assert "在途" not in told
        way.prove_fees()
        way.ask_money("100", FIRM_NAME, FIRM_ACCOUNT)
        way.pay_out()
        assert way.read(way.firm, "money/").count("1,000,000.00") > 0
