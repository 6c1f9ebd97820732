"""The sheet of answers to the questions of due diligence: answered, refused, left open."""

from collections.abc import Iterator, Sequence
from datetime import date

from tools.examples.model import Firm, Right
from tools.examples.workbook import SheetText, Value

Reply = tuple[str, str, str, str]  # question, subject, value, document

_ON = date(2026, 6, 25)
_REPORTS = "专利权评价报告汇编.pdf"
_SAME_DAY = "同日申请情况声明.pdf"
# Question, value, document; the firm's answer for itself and all its rights.
_FIRM: tuple[tuple[str, str, str], ...] = (
    ("R1", "2026-06-24", "专利登记簿副本.pdf"),
    ("A4", "2027-06-30", ""),
    ("A8", "无", ""),
    ("A10", "是", "股东会决议.pdf"),
    ("A11", "否", ""),
    ("P3", "否", _SAME_DAY),
    ("P4", "否", ""),
    ("P6", "否", ""),
    ("P8", "否", ""),
    ("P9", "否", ""),
    ("P10", "否", ""),
    ("P11", "否", ""),
)
# What a firm leaves open, or answers otherwise: by number of the firm.
_OPEN = {
    1: {"A10"},
    2: {"P4", "A11"},
    3: {"P11"},
    4: {"P9"},
    5: {"P8"},
    6: {"P10"},
    7: {"P9"},
    8: {"P4"},
}
_OTHERWISE: dict[int, dict[str, tuple[str, str]]] = {
    1: {"A8": ("原告", "民事起诉状.pdf")},
    5: {"R1": ("2026年6月23日", "专利登记簿副本.pdf")},
}
_GROWTH_PAPERS = {2: "在手订单清单.pdf", 4: "产能扩建批复.pdf", 6: "近五年销售与在手订单.pdf"}


def sheet(firm: Firm) -> SheetText:
    """The form as it came back."""
    rows: list[Sequence[Value]] = [["问题代码", "对象", "回答", "证明文件", "回答人", "回答日期"]]
    for code, subject, value, document in replies(firm):
        officer = f"{firm.spec['inventors'][1]}（{firm.spec.get('officer', '总经理')}）"
        by = officer if value else ""
        rows.append([code, subject, value, document, by, _ON if value else None])
    return SheetText("尽调回答", rows)


def papers(firm: Firm) -> list[str]:
    """The names of the papers that the answers point to."""
    return sorted({document for *_, document in replies(firm) if document})


def replies(firm: Firm) -> Iterator[Reply]:
    """All answers, those left open with an empty value."""
    left_open = _OPEN[firm.number]
    otherwise = _OTHERWISE.get(firm.number, {})
    for code, value, document in _FIRM:
        if code == "A10":
            document = str(firm.spec.get("resolution", document))  # noqa: PLW2901 - by its body
        given = otherwise.get(code, (value, document))
        yield (code, "", *(("", "") if code in left_open else given))
    if "resolution" in firm.spec:
        yield "E6", "", "是", str(firm.spec["resolution"])
    if firm.number in _GROWTH_PAPERS:
        for item in firm.spec["products"]:
            yield "E2", item["id"], "是", _GROWTH_PAPERS[firm.number]
    for right in firm.rights:
        yield from _of_right(firm, right)
    reason = firm.spec.get("single_reason")
    for group in firm.spec["groups"] if reason else ():
        yield "single_method_reason", group["id"], reason, ""


def _of_right(firm: Firm, right: Right) -> Iterator[Reply]:
    if "co_owned_no" in right.marks:
        yield "A3", right.number, "否", ""
    if "co_owned_yes" in right.marks:
        yield "A3", right.number, "是", "共有人同意质押声明.pdf"
    if "public_funds" in right.marks:
        yield "P9", right.number, "是", "科技项目合同.pdf"
    if "same_day" in right.marks:
        yield "P3", right.number, "是", _SAME_DAY
    if right.kind != "invention" and firm.spec["export"] != "ledger":
        yield _report(right)


def _report(right: Right) -> Reply:
    """The evaluation report of a right that serves a product; of one design there is none."""
    if "no_report" in right.marks:
        return "P2", right.number, "无", ""
    if not right.covers:
        return "P2", right.number, "", ""
    is_partly = "reduced" in right.marks and right.filing.year == 2018
    return "P2", right.number, "部分有利" if is_partly else "全部有利", _REPORTS
