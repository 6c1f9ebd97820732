"""The way of a plan by pages: the example's files, structure, publishing, its first report."""

import re

from tests.served_platform import Person

TITLE = "甬例知识产权第1期资产支持专项计划"
PARTIES = (
    ("资产服务机构", "甬例银行（虚构）"),
    ("投资人", "甬例银行理财（虚构）有限责任公司"),
)


def structured(arranger: Person) -> str:
    """A new plan of the example's files, structured; its number."""
    arranger.go("/plans/")
    arranger.press("新建计划")
    arranger.page.get_by_label("计划名称").fill(TITLE)
    arranger.press("新建计划")
    number = re.search(r"P\d{4}-\d{5}", arranger.page.url)
    assert number, arranger.page.url
    arranger.press("使用示例计划")
    arranger.press("测算结构")
    arranger.until(f"/plans/{number[0]}/", "尚未披露")
    return number[0]


def let_in(arranger: Person, number: str) -> None:
    """Servicer and investor take part."""
    for part, who in PARTIES:
        arranger.go(f"/plans/{number}/")
        arranger.page.get_by_label("单位").select_option(label=who)
        arranger.page.get_by_label("身份").select_option(label=part)
        arranger.press("邀请")


def published(arranger: Person, number: str) -> None:
    """Investors read the structure from now on."""
    arranger.go(f"/plans/{number}/")
    arranger.press("披露")


def reported(servicer: Person, number: str) -> None:
    """The reports of the first payment date are made and published."""
    servicer.go(f"/plans/{number}/payments/")
    servicer.press("编制报告")
    servicer.until(f"/plans/{number}/payments/", "投资人看不到")
    servicer.press("披露")
