"""One chart of each kind with invented numbers, in Chinese and English."""

from datetime import date

import numpy as np

from zhirong.adapters.documents.charts import (
    case_line,
    discount_rate,
    distribution,
    expiry_wall,
    loan_to_value,
    radar,
    ranges,
    sales,
    timeline,
    tornado,
    value_by_right,
    waterfall,
)
from zhirong.adapters.documents.charts.scales import Unit
from zhirong.core.messages import Language

WAN = 10_000.0


def unit(lang: Language) -> Unit:
    if lang == "zh":
        return Unit(name="万元", divisor=WAN)
    return Unit(name="CNY million", divisor=1e6, decimals=2)


def cells(zeros: int = 0) -> tuple[float, ...]:
    rng = np.random.default_rng(7)
    drawn = np.sort(np.exp(rng.normal(np.log(1459), 0.31, 200))) * WAN
    drawn[:zeros] = 0.0
    return tuple(float(value) for value in drawn)


def distribution_svg(lang: Language, zeros: int = 0) -> bytes:
    zh = lang == "zh"
    show = unit(lang).show
    marks = (
        ("市场价值" if zh else "Market value", 1459 * WAN, "solid"),
        ("质押谨慎值 P20" if zh else "Prudent value P20", 1102 * WAN, "dashed"),
        ("清算价值" if zh else "Liquidation value", 486 * WAN, "dashed"),
        ("建议贷款" if zh else "Proposed loan", 330 * WAN, "dotted"),
    )
    return distribution.svg(
        distribution.DistributionChart(
            cells=cells(zeros),
            unit=unit(lang),
            interval=(980 * WAN, 2140 * WAN),
            interval_text="80 % 区间 980 – 2,140" if zh else "80 % interval 9.80 – 21.40",
            zero_text="无法变现 5.0 %" if zh else "no sale 5.0 %",
            marks=tuple(
                distribution.Mark(value=value, name=name, text=show(value), style=style)  # type: ignore[arg-type]
                for name, value, style in marks
            ),
        )
    )


def tornado_svg(lang: Language) -> bytes:
    rows = (
        ("许可费率", "Royalty rate", 1010, 1980, "2.0 % – 3.8 %"),
        ("剩余经济寿命", "Economic life", 1080, 1790, "5 – 9"),
        ("折现率", "Discount rate", 1690, 1260, "13.0 % – 18.0 %"),
        ("收入增长", "Revenue growth", 1330, 1610, "0.0 % – 12.0 %"),
        ("技术衰减", "Decay", 1540, 1390, "6.0 % – 14.0 %"),
    )
    return tornado.svg(
        tornado.TornadoChart(
            base=1459 * WAN,
            base_text="基准 1,459" if lang == "zh" else "Base 14.59",
            unit=unit(lang),
            low_word="假设取 P10" if lang == "zh" else "Assumption at P10",
            high_word="假设取 P90" if lang == "zh" else "Assumption at P90",
            bars=tuple(
                tornado.TornadoBar(
                    label=zh if lang == "zh" else en,
                    at_low=low * WAN,
                    at_high=high * WAN,
                    inputs=inputs,
                )
                for zh, en, low, high, inputs in rows
            ),
        )
    )


def waterfall_svg(lang: Language) -> bytes:
    rows = (
        ("七年收入合计", "Revenue of seven years", "", 128_400, True),
        ("专利产品占比", "Share under patents", "× 70.0 %", 89_880, False),
        ("许可费节省", "Royalties saved", "× 2.80 %", 2_516.64, True),
        ("技术衰减", "Decay", "× 0.812", 2_043.5, False),
        ("所得税", "Income tax", "× 85.0 %", 1_737.0, False),
        ("折现", "Discounting", "× 0.840", 1_459.0, True),
    )
    return waterfall.svg(
        waterfall.WaterfallChart(
            unit=unit(lang),
            heads=("步骤", "系数", "余额 万元")
            if lang == "zh"
            else ("Step", "Factor", "CNY million"),
            enlarged_word="放大" if lang == "zh" else "enlarged",
            steps=tuple(
                waterfall.Step(
                    label=zh if lang == "zh" else en,
                    factor=factor,
                    amount=amount * WAN,
                    stands=stands,
                )
                for zh, en, factor, amount, stands in rows
            ),
        )
    )


def expiry_wall_svg(lang: Language) -> bytes:
    zh = lang == "zh"
    return expiry_wall.svg(
        expiry_wall.ExpiryWallChart(
            years=tuple(range(2026, 2046)),
            kinds=(
                expiry_wall.Kind(
                    label="发明" if zh else "Invention",
                    counts=(0, 0, 1, 0, 0, 0, 0, 2, 1, 3, 2, 4, 5, 3, 2, 1, 4, 2, 1, 0),
                ),
                expiry_wall.Kind(
                    label="实用新型" if zh else "Utility model",
                    counts=(2, 3, 5, 8, 6, 4, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                ),
                expiry_wall.Kind(
                    label="外观设计" if zh else "Design",
                    counts=(0, 1, 0, 1, 1, 0, 2, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                ),
            ),
            count_word="件" if zh else "rights",
            maturity=expiry_wall.Maturity(
                year=2029.5, text="贷款到期 2029-06" if zh else "Loan matures 2029-06"
            ),
        )
    )


def radar_svg(lang: Language) -> bytes:
    rows = (
        ("法律价值", "Legal", 82.0, 70.0),
        ("技术价值", "Technology", 71.5, 68.0),
        ("经济价值", "Economy", 64.0, 61.0),
        ("市场价值", "Market", 77.0, 66.0),
        ("战略价值", "Strategy", 58.5, 60.0),
    )
    return radar.svg(
        radar.RadarChart(
            axes=tuple(
                radar.RadarAxis(
                    label=zh if lang == "zh" else en,
                    score=score,
                    text=f"{score:.1f}",
                    reference=reference,
                )
                for zh, en, score, reference in rows
            ),
            word="本组合" if lang == "zh" else "Portfolio",
            reference_word="同类中位" if lang == "zh" else "Peer median",
        )
    )


def value_by_right_svg(lang: Language) -> bytes:
    zh = lang == "zh"
    rights = tuple(
        value_by_right.RightValue(
            number=f"ZL20171060186{at}.{at}",
            title="一种精密主轴的冷却结构及其控制方法与系统"
            if zh
            else "Cooling structure of a precision spindle and its control",
            value=value * WAN,
            interval=(value * 0.64 * WAN, value * 1.5 * WAN),
            share=f"{value / 14.59:.1f} %",
        )
        for at, value in enumerate((302.1, 241.8, 188.4, 151.0, 120.3, 88.8))
    )
    return value_by_right.svg(
        value_by_right.ValueByRightChart(
            rights=rights,
            unit=unit(lang),
            rest=value_by_right.RightValue(
                number="其余 12 件" if zh else "12 others",
                title="",
                value=366.6 * WAN,
                share="25.1 %",
            ),
        )
    )


def sales_svg(lang: Language) -> bytes:
    amounts = (11_500, 12_300, 13_900, 15_200, 16_900, 18_900, 20_800, 22_500, 23_600, 24_300)
    return sales.svg(
        sales.SalesChart(
            unit=unit(lang),
            sold_word="已实现" if lang == "zh" else "Sold",
            expected_word="预测，含 80 % 区间" if lang == "zh" else "Expected, with 80 % interval",
            years=tuple(
                sales.SalesYear(
                    label=str(2021 + at),
                    amount=amount * WAN,
                    is_forecast=at > 4,
                    interval=(amount * 0.8 * WAN, amount * 1.2 * WAN) if at > 4 else None,
                )
                for at, amount in enumerate(amounts)
            ),
        )
    )


def discount_rate_svg(lang: Language) -> bytes:
    rows = (
        ("无风险报酬率", "Risk-free rate", 0.0185, "10 年期国债", "10-year government bond"),
        ("市场风险溢价 × β", "Market premium × β", 0.0665, "β 1.05", "β 1.05"),
        ("规模溢价", "Size premium", 0.03, "〔假设〕", "〔assumption〕"),
        (
            "无形资产特有风险",
            "Asset-specific risk",
            0.04,
            "法律、技术、市场",
            "legal, technical, market",
        ),
    )
    zh = lang == "zh"
    return discount_rate.svg(
        discount_rate.DiscountRateChart(
            parts=tuple(
                discount_rate.RatePart(
                    label=a if zh else e,
                    rate=rate,
                    text=f"{rate:.2%}".replace("%", " %"),
                    remark=ra if zh else re,
                )
                for a, e, rate, ra, re in rows
            ),
            total=discount_rate.RatePart(
                label="折现率" if zh else "Discount rate", rate=0.155, text="15.50 %"
            ),
        )
    )


def timeline_svg(lang: Language) -> bytes:
    zh = lang == "zh"
    events: tuple[tuple[date, str, str, str], ...] = (
        (date(2017, 6, 14), "申请", "Filed", "plain"),
        (date(2017, 12, 1), "公布", "Published", "plain"),
        (date(2019, 8, 20), "授权", "Granted", "plain"),
        (date(2022, 3, 5), "转让登记", "Assigned", "plain"),
        (date(2024, 5, 10), "质押登记", "Pledged", "attention"),
        (date(2025, 5, 12), "质押注销", "Released", "plain"),
        (date(2026, 2, 14), "年费未缴", "Fee unpaid", "block"),
        (date(2037, 6, 13), "届满", "Expires", "plain"),
    )
    return timeline.svg(
        timeline.TimelineChart(
            start=date(2017, 6, 14),
            end=date(2037, 6, 13),
            today=date(2026, 6, 30),
            today_word="基准日" if zh else "Valuation date",
            events=tuple(
                timeline.TimelineEvent(on=on, label=a if zh else e, kind=kind)  # type: ignore[arg-type]
                for on, a, e, kind in events
            ),
        )
    )


def ranges_svg(lang: Language) -> bytes:
    zh = lang == "zh"
    rows = (
        ("许可费节省法", "Relief from royalty", 1459, (980, 2140), True),
        ("市场法（可比许可）", "Comparable licenses", 1337, (870, 1890), False),
        ("成本法", "Cost", 612, (510, 720), False),
        ("第三方评分估值", "Third-party estimate", 2350, None, False),
    )
    return ranges.svg(
        ranges.RangesChart(
            unit=unit(lang),
            rows=tuple(
                ranges.RangeRow(
                    label=a if zh else e,
                    value=value * WAN,
                    interval=(span[0] * WAN, span[1] * WAN) if span else None,
                    is_concluded=chosen,
                )
                for a, e, value, span, chosen in rows
            ),
        )
    )


def case_line_svg(lang: Language) -> bytes:
    zh = lang == "zh"
    steps = (
        ("王一", "Wang Yi", "立项、申请", "Open, Apply", 0, 0),
        ("林经理", "Manager Lin", "资格", "Check", 0, 1),
        ("系统", "the house", "评估", "Appraise", 1, 1),
        ("许审查", "Officer Xu", "建议", "Propose", 1, 2),
        ("马总监", "Chief Ma", "审批", "Decide", 2, 5),
        ("林经理", "Manager Lin", "合同", "Contract", 5, 5),
    )
    return case_line.svg(
        case_line.CaseLineChart(
            steps=tuple(
                case_line.CaseStep(
                    actor=a if zh else b,
                    label=c if zh else d,
                    start=start,
                    end=end,
                    is_open=end == 5,
                )
                for a, b, c, d, start, end in steps
            ),
            target=3,
            target_text="目标 3 个工作日" if zh else "target: 3 working days",
            axis_text="申请后的工作日" if zh else "working days since the application",
        )
    )


def loan_to_value_svg(lang: Language) -> bytes:
    zh = lang == "zh"
    points = (
        (date(2026, 7, 1), 0.304),
        (date(2026, 10, 8), 0.27),
        (date(2026, 10, 9), 0.24),
        (date(2027, 1, 8), 0.235),
    )
    return loan_to_value.svg(
        loan_to_value.LoanToValueChart(
            points=tuple(
                loan_to_value.RatioPoint(on=on, ratio=ratio, text=f"{ratio * 100:.1f} %")
                for on, ratio in points
            ),
            lines=(
                loan_to_value.RatioLine(
                    ratio=0.231, text="质押率上限 23.1 %" if zh else "caps 23.1 %", is_cap=True
                ),
                loan_to_value.RatioLine(
                    ratio=0.304, text="批准时 30.4 %" if zh else "approved 30.4 %", is_cap=False
                ),
            ),
        )
    )
