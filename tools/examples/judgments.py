"""Sheets of the analyst: groups, assumptions, costs, comparables, scores, values of others."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from tools.examples.model import Firm
from tools.examples.workbook import SheetText, Value
from zhirong.parameters.reader import table

_AUTHOR = "评估师甲（虚构）"
_REVIEWER = "评估师乙（虚构）"
# Growth of sales by forecast year: central, low, high.
_GROWTH = (
    (0.12, 0.07, 0.15),
    (0.10, 0.05, 0.13),
    (0.08, 0.04, 0.11),
    (0.05, 0.02, 0.08),
    (0.03, 0.00, 0.05),
    (0.03, 0.00, 0.05),
    (0.00, -0.02, 0.02),
    (0.00, -0.02, 0.02),
)
_JUDGED: dict[str, tuple[float, float, float]] = {
    "royalty_rate": (0.028, 0.022, 0.034),
    "royalty_decay": (0.10, 0.08, 0.13),
    "economic_life": (7, 6, 8),
    "discount_rate": (0.155, 0.14, 0.17),
}
_WORDS = {
    "royalty_rate": "许可费率",
    "royalty_decay": "许可费率年衰减",
    "economic_life": "经济寿命",
    "discount_rate": "折现率",
}
_REASONS = {
    "royalty_rate": "同行业许可合同备案区间与可比案例；未超过产品营业利润的三分之一",
    "royalty_decay": "技术更新使议价能力逐年下降；技术老化只由本项反映",
    "economic_life": "组内主要权利剩余保护期与产品换代周期孰短",
    "discount_rate": "无风险利率加技术、市场、资金、管理风险累加；高于企业加权平均资本成本",
    "profit_split_rate": "利润三分法与四分法之间，按权利评分取值",
}
_TREES = ("cn.gbt42748.reconstructed", "zhirong.design")


def sheets(firm: Firm) -> list[SheetText]:
    """What the analyst brings."""
    made = [_groups(firm), _assumptions(firm), _scores(firm), _third_party(firm)]
    if firm.spec["methods"]["costs"]:
        made.append(_costs(firm))
    if firm.spec["methods"]["comparables"]:
        made.append(_comparables(firm))
    return made


def _groups(firm: Firm) -> SheetText:
    rows: list[Sequence[Value]] = [["资产组编号", "资产组名称", "产品编号", "专利类型"]]
    rows += [[g["id"], g["name"], g["product"], g.get("kinds", "")] for g in firm.spec["groups"]]
    return SheetText("资产组", rows)


def judged(firm: Firm, group: str) -> dict[str, Sequence[float]]:
    """The judged numbers of a group: central, low, high."""
    own: dict[str, Sequence[float]] = firm.spec.get("judged", {}).get(group, {})
    split = firm.spec["profit_split"]
    extra = {"profit_split_rate": split} if split and firm.spec["methods"]["profit_split"] else {}
    return {**_JUDGED, **extra, **own}


def growth(firm: Firm) -> Sequence[Sequence[float]]:
    """Growth by forecast year: central, low, high."""
    given: Sequence[Sequence[float]] = firm.spec.get("growth", _GROWTH)
    return given


def _assumptions(firm: Firm) -> SheetText:
    rows: list[Sequence[Value]] = [
        ["假设项目", "适用范围", "预测年", "基准值", "低值", "高值", "作出人", "理由"]
    ]
    for item in firm.spec["products"]:
        for year, (central, low, high) in enumerate(growth(firm), start=1):
            reason = (
                "近五年销售复合增长率、在手订单与产能" if year == 1 else "行业增速回落，逐年递减"
            )
            rows.append(
                ["收入增长率", item["id"], year, *_percents(central, low, high), _AUTHOR, reason]
            )
    for group in firm.spec["groups"]:
        for key, (central, low, high) in judged(firm, group["id"]).items():
            shown = (
                (central, low, high) if key == "economic_life" else _percents(central, low, high)
            )
            reason = _REASONS[key]
            rows.append([_WORDS.get(key, key), group["id"], None, *shown, _AUTHOR, reason])
        rows += _cost_assumptions(firm, group["id"])
    reason = "研发费用占比、高新收入占比及科技人员占比连续三年达标，假设 2028 年到期后续展"
    if "high_tech" in firm.spec:
        rows.append(["high_tech_renewal", None, None, 1, None, None, _REVIEWER, reason])
    return SheetText("评估假设", rows)


def _percents(*shares: float) -> tuple[str, ...]:
    return tuple(f"{share * 100:.6g}%" for share in shares)


def _cost_assumptions(firm: Firm, group: str) -> Iterator[Sequence[Value]]:
    if not firm.spec["methods"]["costs"]:
        return
    rows: tuple[tuple[str, Value, str], ...] = (
        ("development_years", 4, "研发台账：立项至定型约四年"),
        ("capital_rate", "5.5%", "研发期间贷款市场报价利率加点"),
        ("margin", "15%", "同类委托开发合同的开发者利润率"),
        ("labor_index", 1.22, "虚构省制造业城镇单位平均工资指数"),
        ("goods_index", 1.06, "工业生产者购进价格指数"),
        ("functional", "18%", "与现有最优设计相比的功能差距"),
        ("economic", "6%", "下游需求与产能利用率"),
        ("functional_by_age", 0, "功能性贬值按判断值，不按已用年限推算"),
    )
    for key, central, reason in rows:
        yield [key, group, None, central, None, None, _AUTHOR, reason]


def _sum_of_values(firm: Firm, group: str) -> float:
    """About what the income method will say of a group, for costs and deals of a like size."""
    product = next(g["product"] for g in firm.spec["groups"] if g["id"] == group)
    weights = [
        w for p, f, _, w in firm.spec["features"] if p == product and _is_covered(firm, p, f)
    ]
    numbers = judged(firm, group)
    rate, decay, life, discount = (numbers[key][0] for key in tuple(_JUDGED))
    sales, value = float(firm.spec["sales"][product]), 0.0
    for year in range(int(life)):
        sales *= 1 + growth(firm)[year][0]
        aged = rate * (1 - decay) ** year * 0.85
        value += sales * sum(weights) / 100 * aged / (1 + discount) ** (year + 0.5)
    return value


def _is_covered(firm: Firm, product: str, feature: str) -> bool:
    return any((product, feature) in right.covers for right in firm.rights)


def _costs(firm: Firm) -> SheetText:
    """Research costs of some years; together a good half of the income value."""
    parts = (
        ("人工", 0.30),
        ("材料", 0.13),
        ("设备", 0.07),
        ("试验费", 0.06),
        ("管理费用", 0.05),
        ("官费", 0.01),
    )
    weights = ((2018, 0.15), (2019, 0.22), (2020, 0.25), (2021, 0.22), (2022, 0.16))
    rows: list[Sequence[Value]] = [["资产组编号", "成本项目", "发生年度", "金额（元）", "凭证号"]]
    for group in firm.spec["groups"]:
        value = _sum_of_values(firm, group["id"])
        for item, share in parts:
            for year, weight in weights:
                amount = round(value * share * weight / 100) * 100
                rows.append([group["id"], item, year, amount, f"研发辅助账-{year}（虚构）"])
    return SheetText("研发成本", rows)


def _comparables(firm: Firm) -> SheetText:
    heads = [
        "案例编号", "交易方式", "标的说明", "交易日期", "资产组编号", "交易金额（元）", "许可费率",
        "权利件数", "许可年限", "预计年销售额（元）", "是否独占", "质量评分", "备案号", "资料来源",
        "修正系数", "权重",
    ]  # fmt: skip
    rows: list[Sequence[Value]] = [heads]
    for group in firm.spec["groups"]:
        rows += _deals(firm, group, len(rows))
    return SheetText("可比案例", rows)


def _deals(firm: Firm, group: dict[str, Any], first: int) -> Iterator[Sequence[Value]]:
    rate = judged(firm, group["id"])["royalty_rate"][0]
    what = f"{firm.spec['short']}领域专利实施许可（虚构）"
    origin = "许可合同备案摘要（虚构）"
    record = f"2024990{firm.number:02d}{first:04d}"
    value = _sum_of_values(firm, group["id"])
    yearly = round(value * 6, -5)
    lump = round(yearly * rate * 1.05 * 3, -4)
    sold = round(value * 0.55, -4)
    yield [
        f"C{first}", "提成许可", what, "2024-05-20", group["id"], None, f"{rate * 108:.4g}%", 6, 5,
        None, "否", 72, record, origin, "日期=1.02; 排他性=1.05; 质量=0.97", "40%",
    ]  # fmt: skip
    yield [
        f"C{first + 1}", "一次总付许可", what, "2023/11/8", group["id"], lump, None, 4, 3, yearly,
        "是", 75, f"{record}A", origin, "日期=1.03; 排他性=0.92; 期限=1.04", "35%",
    ]  # fmt: skip
    yield [
        f"C{first + 2}", "转让", f"{firm.spec['short']}专利转让（虚构）", date(2025, 3, 18),
        group["id"], sold, None, 5, None, None, None, 68, "", "技术交易所公告（虚构）",
        "日期=1.01; 规模=1.30; 质量=1.05", "25%",
    ]  # fmt: skip


@cache
def _leaves(tree: str) -> tuple[tuple[str, str, tuple[tuple[float, str], ...]], ...]:
    """The leaves of a tree that an analyst answers: id, name, anchors (score, words)."""
    found: list[tuple[str, str, tuple[tuple[float, str], ...]]] = []

    def walk(nodes: Sequence[dict[str, Any]]) -> None:
        for node in nodes:
            walk(node.get("children", ()))
            if node.get("rule") == "analyst":
                anchors = tuple((float(a["score"]), a["zh"]) for a in node.get("anchors", ()))
                found.append((node["id"], node["zh"], anchors))

    walk(table(f"trees/{tree}")["nodes"])
    return tuple(found)


def _scores(firm: Firm) -> SheetText:
    """An answer to every leaf that the register cannot give, with its reason.

    One for all rights of the tree; a group of one kind has its own.
    """
    rows: list[Sequence[Value]] = [["评分对象", "指标代码", "指标名称", "得分", "评分人", "理由"]]
    for tree, scope, shift in _scored(firm):
        for place, (leaf, name, anchors) in enumerate(_leaves(tree)):
            score = 60 + (place * 7 + firm.number * 5 + shift * 3) % 5 * 8
            rows.append([scope, leaf, name, score, _AUTHOR, _reason(name, score, anchors)])
    return SheetText("分析师评分", rows)


def _scored(firm: Firm) -> Iterator[tuple[str, str, int]]:
    """Tree, scope of its answers and a shift of the scores."""
    groups = firm.spec["groups"]
    if not all(group.get("kinds") for group in groups):
        yield from ((tree, "", 0) for tree in _TREES)
        return
    for shift, group in enumerate(groups):
        yield _TREES[group["kinds"] == "外观设计"], group["id"], shift


def _reason(name: str, score: int, anchors: tuple[tuple[float, str], ...]) -> str:
    if not anchors:
        return f"{name}：按产品资料、检索报告与走访记录判断"
    nearest = min(anchors, key=lambda anchor: abs(anchor[0] - score))
    return f"接近“{nearest[1]}”，见走访记录与检索报告"


def _third_party(firm: Firm) -> SheetText:
    """A vendor's value and score, and an older appraisal: evidence, never averaged in."""
    heads = ["提供方", "估值类型", "适用范围", "估值日期", "估值金额（元）", "评分", "报告编号"]
    rows: list[Sequence[Value]] = [heads]
    for group in firm.spec["groups"]:
        value = _sum_of_values(firm, group["id"])
        vendor = round(value * (0.62 if firm.number % 2 else 1.45), -4)
        rows.append(
            [
                "某专利数据商（虚构）",
                "系统估值",
                group["id"],
                "2026.03.31",
                vendor,
                None,
                "V-虚构-01",
            ]
        )
    first = firm.rights[0]
    rows.append(
        ["某专利数据商（虚构）", "价值度", first.number, "2026年3月31日", None, 82, "V-虚构-02"]
    )
    if firm.number in (2, 6):
        total = sum(_sum_of_values(firm, g["id"]) for g in firm.spec["groups"])
        amount = round(total * 0.9, -4)
        number = f"甬例评报字〔2024〕第00{firm.number}号（虚构）"
        rows.append(
            ["甬例资产评估（虚构）有限公司", "资产评估报告", "", "2024-12-31", amount, None, number]
        )
    return SheetText("第三方估值", rows)
