"""Sheets of the firm itself: parties, accounts, products, sales, features, matrix, payments."""

import random
from collections.abc import Sequence
from datetime import date

from tools.examples.model import BASE_YEAR, Firm
from tools.examples.spelling import DATE_STYLES
from tools.examples.workbook import SheetText, Value

_SIGNED_ON = date(2026, 6, 24)
_PLEDGED_ON = date(2023, 7, 12)


def sheets(firm: Firm) -> list[SheetText]:
    """What the firm fills in about itself."""
    return [
        _firm(firm),
        _certificates(firm),
        _shareholders(firm),
        _accounts(firm),
        _products(firm),
        _sales(firm),
        _features(firm),
        _matrix(firm),
        _events(firm),
        *_supplement(firm),
    ]


def _firm(firm: Firm) -> SheetText:
    spec = firm.spec
    heads = [
        "企业名称",
        "统一社会信用代码",
        "单位类型",
        "所属行业",
        "所在地区",
        "是否上市",
        "是否国有",
    ]
    values = [
        firm.name,
        firm.credit_code,
        spec.get("kind", "有限责任公司"),
        spec["industry"],
        spec["region"],
        "否",
        "否",
    ]
    return SheetText("企业信息", [heads, values])


def _certificates(firm: Firm) -> SheetText:
    certificate = firm.spec.get("high_tech")
    rows: list[Sequence[Value]] = [["证书类型", "证书编号", "发证日期", "有效期至", "发证机关"]]
    if certificate:
        dates = [certificate["from"], certificate["to"]]
        rows.append(["高新技术企业", certificate["number"], *dates, "虚构省认定机构"])
    rows += [[*label, "虚构发证机关"] for label in firm.spec["labels"]]
    return SheetText("资质证书", rows)


def _shareholders(firm: Firm) -> SheetText:
    lead = firm.spec["inventors"][0]
    rows: list[Sequence[Value]] = [["股东名称", "持股比例", "职务"]]
    if "holders" in firm.spec:  # a body without shareholders
        return SheetText("股东信息", [*rows, *firm.spec["holders"]])
    rows += [
        [lead, "62%", "实际控制人、董事长"],
        [f"虚构市{firm.spec['short']}员工持股合伙企业（虚构）", "20%", ""],
        [firm.spec["inventors"][1], "18%", "总经理"],
    ]
    return SheetText("股东信息", rows)


def stated_sales(firm: Firm, product: str, year: int) -> int:
    """Sales of a product in a year as the firm states them, CNY."""
    step = year - BASE_YEAR - 1
    used = firm.spec["sales"][product] * firm.spec["history"][step]
    lifted = firm.spec.get("vat_is_lower", {}).get(product, 1) if year == BASE_YEAR else 1
    return round(used * lifted / 1000) * 1000


def filed_sales(firm: Firm, product: str, year: int) -> int:
    """Sales of a product as declared for VAT, CNY."""
    if product in firm.spec.get("vat_is_lower", {}) and year == BASE_YEAR:
        return int(firm.spec["sales"][product])
    ratio = firm.spec["vat_ratio"].get(product, 0.994)
    drift = 1 + (ratio - 1) * (1 if year == BASE_YEAR else 0.6)
    return round(stated_sales(firm, product, year) * drift / 1000) * 1000


def years(firm: Firm) -> range:
    """The years whose sales are given."""
    return range(BASE_YEAR - len(firm.spec["history"]) + 1, BASE_YEAR + 1)


def _account(firm: Firm, year: int) -> dict[str, float]:
    products = firm.spec["products"]
    other = 1 + firm.spec["other_revenue"]
    stated = {item["id"]: stated_sales(firm, item["id"], year) for item in products}
    revenue = sum(stated.values()) * other
    profit = sum(stated[item["id"]] * float(item["margin"][:-1]) / 100 for item in products)
    dice = random.Random(f"accounts-{firm.number}-{year}")
    sway = {name: dice.uniform(0.96, 1.04) for name in "abcdef"}
    debt = revenue * 0.13 * sway["a"]
    return {
        "营业收入": revenue,
        "营业利润": profit * sway["b"],
        "净利润": (profit * sway["b"] - debt * 0.035) * 0.86,
        "研发费用": revenue * 0.046 * sway["c"],
        "营运资金": revenue * 0.17 * sway["d"],
        "固定资产": revenue * 0.24 * sway["e"],
        "无形资产": revenue * 0.018 * sway["f"],
        "资产总额": revenue * 0.88,
        "有息负债": debt,
        "所有者权益": revenue * 0.47,
        "增值税申报销售额": sum(filed_sales(firm, p, year) for p in stated) * other,
    }


def _accounts(firm: Firm) -> SheetText:
    """In yuan with years downwards, or in ten thousand yuan with years across."""
    table = {year: _account(firm, year) for year in years(firm)}
    items = list(table[BASE_YEAR])
    title = "近五年主要财务数据（审计报告口径，虚构）"
    if firm.spec["accounts_unit"] == "万元":
        rows: list[Sequence[Value]] = [[f"{title}    单位：人民币万元"]]
        rows.append(["项目", *(f"{year}年度" for year in table)])
        rows += [[item, *(round(table[y][item] / 1e4, 2) for y in table)] for item in items]
    else:
        rows = [[f"{title}    单位：元"], ["年度", *items]]
        rows += [[year, *(round(table[year][item]) for item in items)] for year in table]
    return SheetText("财务数据", rows, [(0, 0, 0, len(rows[1]) - 1)], (0, 1))


def _products(firm: Firm) -> SheetText:
    rows: list[Sequence[Value]] = [["产品编号", "产品名称", "营业利润率", "备注"]]
    rows += [
        [item["id"], item["name"], item["margin"], "扣除许可费之前"]
        for item in firm.spec["products"]
    ]
    return SheetText("产品", rows)


def _sales(firm: Firm) -> SheetText:
    rows: list[Sequence[Value]] = [["产品编号", "年度", "销售收入（元）", "增值税申报销售额（元）"]]
    for item in firm.spec["products"]:
        for year in years(firm):
            figures = (stated_sales, filed_sales)
            rows.append([item["id"], year, *(f"{f(firm, item['id'], year):,}" for f in figures)])
    return SheetText("产品销售", rows)


def _features(firm: Firm) -> SheetText:
    rows: list[Sequence[Value]] = [["产品编号", "特征编号", "特征名称", "特征权重（%）"]]
    rows += [
        [product, feature, name, weight] for product, feature, name, weight in firm.spec["features"]
    ]
    return SheetText("产品特征", rows)


def _matrix(firm: Firm) -> SheetText:
    dice = random.Random(f"matrix-{firm.number}")
    rows: list[Sequence[Value]] = [
        ["产品编号", "特征编号", "专利号", "专利名称", "覆盖程度", "签署人", "签署日期"]
    ]
    signer = f"{firm.spec['inventors'][0]}（法定代表人）"
    for right in firm.rights:
        low, high = (75, 95) if right.kind == "invention" else (55, 85)
        for product, feature in right.covers:
            signature = [signer, _SIGNED_ON] if len(rows) == 1 else [None, None]
            strength = f"{dice.randrange(low, high + 1, 5)}%"
            rows.append([product, feature, right.number, right.title, strength, *signature])
    return SheetText("产品专利对应表", rows)


def _events(firm: Firm) -> SheetText:
    """Payments of annual fees, and what else the register holds; dates in many styles."""
    rows: list[Sequence[Value]] = [
        [
            "申请号",
            "专利名称",
            "登记事项",
            "生效日",
            "公告日",
            "登记号",
            "相对人",
            "许可类型",
            "到期日",
            "缴费年度",
        ]
    ]
    for place, right in enumerate(firm.rights):
        if right.paid_on is None or firm.spec["export"] == "ledger":
            continue
        day = DATE_STYLES[place % len(DATE_STYLES)](right.paid_on)
        rows.append(
            [right.number, right.title, "缴纳年费", day, "", "", "", "", "", right.paid_through]
        )
    rows += _encumbrances(firm)
    return SheetText("登记事件", rows)


def _encumbrances(firm: Firm) -> list[Sequence[Value]]:
    """An old pledge that was canceled, and at firm 5 a license."""
    old = [right for right in firm.rights if right.grant and right.grant[1] < _PLEDGED_ON]
    first = old[0]
    reference = f"Y2023990{firm.number:03d}001"
    bank = "示例农村商业银行（虚构）"
    rows: list[Sequence[Value]] = [
        [first.number, first.title, "质押登记", _PLEDGED_ON, "2023-07-28", reference, bank],
        [first.number, first.title, "质押注销", "2024-07-19", "2024-08-06", reference, bank],
    ]
    if firm.number == 5:
        licensed = old[1]
        kind, until = "普通许可", "2027-12-31"
        rows.append(
            [licensed.number, licensed.title, "许可备案", "2025-01-15", "2025-02-11",
             "X2025990005001", "甬例配套针织（虚构）有限公司", kind, until]
        )  # fmt: skip
    return rows


def _supplement(firm: Firm) -> list[SheetText]:
    """What exports of search tools leave out: fee reductions and double filings."""
    if firm.spec["export"] in ("ledger", "cnipa"):
        return []
    told = [right for right in firm.rights if right.marks & {"reduced", "same_day"}]
    pending = next((right.number for right in firm.rights if "pending" in right.marks), "")
    rows: list[Sequence[Value]] = [
        ["专利号", "专利名称", "申请日", "费减情况", "是否同日申请", "同日申请的申请号"]
    ]
    for right in told:
        reduction = "85%" if "reduced" in right.marks else ""
        double = ["是", pending] if "same_day" in right.marks else ["", ""]
        rows.append([right.zl_number, right.title, right.filing, reduction, *double])
    return [SheetText("专利信息补充", rows)] if told else []
