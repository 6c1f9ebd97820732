"""The sample charts in their frames, and a right's card."""

from tests.unit.adapters.documents import sample_charts as drawn
from zhirong.adapters.documents import blocks as b
from zhirong.core.messages import Language


def chart_blocks(lang: Language) -> tuple[b.Block, ...]:
    def t(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    def chart(svg: bytes, title: str, subtitle: str) -> b.Chart:
        source = t("workings.xlsx；数据截至 2026-06-18", "workings.xlsx; data as of 2026-06-18")
        return b.Chart(svg=svg, title=title, subtitle=subtitle, source=source, alt=title)

    return (
        b.Heading(t("为什么", "Why"), level=2),
        chart(
            drawn.distribution_svg(lang),
            t(
                "八成可能落在 980 至 2,140 万元之间",
                "Eight in ten outcomes lie between 9.80 and 21.40",
            ),
            t(
                "组合市场价值的概率密度，100,000 次模拟，万元",
                "Density of the portfolio's value, 100,000 draws",
            ),
        ),
        chart(
            drawn.tornado_svg(lang),
            t(
                "许可费率一项可使价值变动三分之二",
                "The royalty rate alone moves the value by two thirds",
            ),
            t(
                "单项假设取 P10 与 P90 时的组合价值，万元",
                "Portfolio value with one assumption at P10 and P90",
            ),
        ),
        chart(
            drawn.waterfall_svg(lang),
            t(
                "100 元收入中有 1.14 元成为专利价值",
                "CNY 1.14 of each CNY 100 of revenue becomes value",
            ),
            t(
                "从收入到价值，逐步系数与余额，万元",
                "From revenue to value, factor and balance of each step",
            ),
        ),
        chart(
            drawn.expiry_wall_svg(lang),
            t("贷款期内有 16 件实用新型届满", "16 utility models end within the loan's term"),
            t("按届满年份统计的权利件数", "Rights by year of expiry"),
        ),
        b.SideBySide(
            left=chart(
                drawn.radar_svg(lang),
                t("法律价值最高，战略价值偏低", "Strong in law, weak in strategy"),
                t("一级指标得分，满分 100", "First-level scores out of 100"),
            ),
            right=b.Pairs(
                title=t("得分", "Score"),
                columns=1,
                items=(
                    b.Pair(t("综合得分", "Overall"), "74.5"),
                    b.Pair(t("指标覆盖率", "Coverage"), "86.0 %"),
                    b.Pair(
                        t("权重版本", "Weights"), "2023.1 〔假设〕" if lang == "zh" else "2023.1"
                    ),
                ),
            ),
        ),
        chart(
            drawn.value_by_right_svg(lang),
            t("前六件占组合价值的四分之三", "Six patents hold three quarters of the value"),
            t(
                "各权利分摊价值与 80 % 区间，万元",
                "Value allocated to each right with its 80 % interval",
            ),
        ),
        chart(
            drawn.ranges_svg(lang),
            t("收益法与市场法相差 8.4 %", "Income and market approaches differ by 8.4 %"),
            t("各方法结论与 80 % 区间，万元", "Result of each method with its 80 % interval"),
        ),
        chart(
            drawn.sales_svg(lang),
            t(
                "销售收入四年增长 47 %，预测增速放缓",
                "Sales grew by 47 %; growth is expected to slow",
            ),
            t("产品“精密主轴”销售收入，万元", "Sales of “Precision spindle”"),
        ),
        chart(
            drawn.discount_rate_svg(lang),
            t("折现率 15.50 %，其中四成为市场风险", "15.50 %, of which two fifths is market risk"),
            t("累加法各组成部分", "Parts of the build-up"),
        ),
        b.Card(
            number="ZL201710601862.3",
            title=t(
                "一种精密主轴的冷却结构及其控制方法", "Cooling structure of a precision spindle"
            ),
            badges=(
                b.Badge(t("年费未缴", "Fee unpaid"), "block"),
                b.Badge(t("可登记", "Registrable"), "note"),
            ),
            facts=(
                b.Pair(t("类型", "Kind"), t("发明", "Invention")),
                b.Pair(t("申请日", "Filed"), "2017-06-14"),
                b.Pair(t("届满日", "Expires"), "2037-06-13"),
                b.Pair(t("权利人", "Owner"), t("甬江样例精密科技", "Yongjiang Sample")),
                b.Pair(t("下次年费", "Next fee"), t("2,000.00 元", "CNY 2,000.00")),
                b.Pair(
                    t("价值", "Value"), b.Span(t("302.10 万元", "CNY 3.02 m"), bold=True, index="2")
                ),
            ),
            timeline=b.Picture(
                svg=drawn.timeline_svg(lang), alt=t("权利时间线", "Time line of the right")
            ),
            remarks=(
                b.FindingItem(
                    severity="block",
                    word=t("阻断", "Blocking"),
                    title=t("第 9 年度年费未缴", "Fee of year 9 unpaid"),
                    text=t("2026年8月14日前补缴", "pay before 14 August 2026"),
                ),
            ),
        ),
    )
