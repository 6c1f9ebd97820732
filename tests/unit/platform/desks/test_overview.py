"""The whole way on one page: every step with who, when, working days, what is missing; charts."""

import re

import pytest
from django.http import HttpResponse

from tests.people import MONDAY, House
from tests.unit.platform.desks.clients import browser
from tests.unit.platform.lending.test_loan import BACK, applied, appraised, paid, terms
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.desks.figures import case_figure
from zhirong.platform.lending import applying, deciding
from zhirong.platform.matters.selectors import head_of, way_of
from zhirong.platform.operations import clock

LANGUAGES = ("zh-hans", "en")


def text(response: HttpResponse) -> str:
    return response.content.decode()


def rows(page: str) -> list[str]:
    """The rows of the table of steps, as words."""
    table = page.split('<table class="stack steps">')[1].split("</table>", maxsplit=1)[0]
    plain = [re.sub(r"<[^>]*>", " ", row) for row in table.split("<tr")[2:]]
    return [" ".join(row.split(">", 1)[1].split()) for row in plain]


class TestSteps:
    def test_say_who_when_which_day_and_what_is_missing(self, house: House) -> None:
        number = applied(house).number
        applying.check_qualification(number, actor=house.manager)
        clock.next_working_day()
        clock.next_working_day()

        shown = rows(text(browser(house.manager).get(f"/matters/{number}/")))

        assert shown[2] == "资格 已完成 张三 甲银行 2026-06-29 0"
        assert shown[3] == "评估 办理中 系统 – 2 还没有评估结果"
        assert shown[4].startswith("建议 未开始 风险经理 –")

    def test_take_no_return_for_an_appraisal(self, house: House) -> None:
        number = appraised(house).number
        clock.next_working_day()
        deciding.propose(number, terms(), actor=house.risk)
        deciding.decide(number, BACK, reason="补流水", version=1, actor=house.chief)

        shown = rows(text(browser(house.manager).get(f"/matters/{number}/")))

        assert shown[3] == "评估 已完成 系统 2026-06-29 0"
        assert "退回了建议：补流水" in shown[4]

    def test_mark_what_is_late(self, house: House) -> None:
        number = applied(house).number
        for _ in range(4):
            clock.next_working_day()

        shown = rows(text(browser(house.manager).get(f"/matters/{number}/")))

        assert "4 已超目标" in shown[2]

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_stand_on_the_page_of_a_loan(self, house: House, lang: str) -> None:
        draw = paid(house)
        AppraisalRun.objects.update(pledge_value_fen=1_600_000_000)
        page = text(browser(house.firm, lang=lang).get(f"/matters/{draw.facility.matter.number}/"))

        assert page.count("<picture>") == 2
        assert "31.3 %" in page


class TestCaseFigure:
    def test_is_not_drawn_before_the_application(self, house: House) -> None:
        head = head_of(house.matter().number, house.manager)

        assert case_figure(head, way_of(head)) is None

    def test_tells_those_who_do_not_see_it(self, house: House) -> None:
        number = applied(house).number
        clock.next_working_day()
        head = head_of(number, house.manager)

        figure = case_figure(head, way_of(head))

        assert figure is not None
        assert head.applied_on == MONDAY
        assert figure.alt == "时间线：张三第 0 个工作日立项、申请；客户经理第 1 个工作日资格；"
        assert figure.title == "申请后第 1 个工作日，正在：资格"
