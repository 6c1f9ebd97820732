"""The sheet of answers to the questions of due diligence: answered, refused, left open."""

from collections.abc import Sequence
from datetime import date

from zhirong.parameters.reader import catalog

from examples.model import Firm, Right
from examples.workbook import SheetText, Value

_ON = date(2026, 6, 25)
# Question, value, document; the firm's answer for itself and all its rights.
_FIRM: tuple[tuple[str, str, str], ...] = (
    ("R1", "2026-06-26", "专利登记簿副本.pdf"),
    ("A8", "无", ""),
    ("A10", "是", "股东会决议.pdf"),
    ("A11", "否", ""),
    ("P3", "否", "同日申请情况声明.pdf"),
    ("P4", "否", ""),
    ("P6", "否", ""),
    ("P8", "否", ""),
    ("P9", "否", ""),
    ("P10", "否", ""),
    ("P11", "否", ""),
)
# What a firm leaves open, or answers otherwise: by number of the firm.
_OPEN = {1: {"A10"}, 2: {"P4", "A11"}, 3: {"P11"}, 4: {"P9"}, 5: {"R1"}, 6: {"P10"}}
_OTHERWISE: dict[int, dict[str, tuple[str, str]]] = {
    1: {"A8": ("原告", "起诉状.pdf")},
    3: {"P9": ("是", "科技项目合同.pdf")},
}
_GROWTH_PAPERS = {2: "在手订单清单.pdf", 4: "产能扩建批复.pdf", 6: "近五年销售与在手订单.pdf"}


def sheet(firm: Firm) -> SheetText:
    """The form as it came back."""
    rows: list[Sequence[Value]] = [
        ["问题代码", "问题", "对象", "回答", "证明文件", "回答人", "回答日期"]
    ]
    words = catalog()
    for code, subject, value, document in _all(firm):
        label = f"question.{code}"
        text = words.label(label, "zh") if words.has(label) else ""
        by = f"{firm.spec['inventors'][1]}（总经理）" if value else ""
        rows.append([code, text, subject, value, document, by, _ON if value else None])
    return SheetText("尽调回答", rows)


def _all(firm: Firm) -> list[tuple[str, str, str, str]]:
    rows: list[tuple[str, str, str, str]] = []
    left_open = _OPEN[firm.number]
    otherwise = _OTHERWISE.get(firm.number, {})
    for code, value, document in _FIRM:
        given = otherwise.get(code, (value, document))
        rows.append((code, "", *(("", "") if code in left_open else given)))
    if firm.number in _GROWTH_PAPERS:
        rows += [("E2", item["id"], "是", _GROWTH_PAPERS[firm.number]) for item in firm.spec["products"]]
    for right in firm.rights:
        rows += _of_right(firm, right)
    reason = firm.spec.get("single_reason")
    if reason:
        rows += [("single_method_reason", group["id"], reason, "") for group in firm.spec["groups"]]
    return rows


def _of_right(firm: Firm, right: Right) -> list[tuple[str, str, str, str]]:
    rows: list[tuple[str, str, str, str]] = []
    if "co_owned_no" in right.marks:
        rows.append(("A3", right.number, "否", ""))
    if "co_owned_yes" in right.marks:
        rows.append(("A3", right.number, "是", f"共有人同意质押声明-{right.number}.pdf"))
    if "same_day" in right.marks:
        rows.append(("P3", right.number, "是", "同日申请情况声明.pdf"))
    if right.kind != "invention" and firm.spec["export"] != "ledger":
        rows += _report(right)
    return rows


def _report(right: Right) -> list[tuple[str, str, str, str]]:
    """The evaluation report of a right that serves a product; of one design there is none."""
    if "no_report" in right.marks:
        return [("P2", right.number, "无", "")]
    if not right.covers:
        return [("P2", right.number, "", "")]
    is_partly = "reduced" in right.marks and right.filing.year == 2018
    value = "部分有利" if is_partly else "全部有利"
    return [("P2", right.number, value, f"评价报告-{right.number}.pdf")]
