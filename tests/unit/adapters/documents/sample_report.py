"""A report that uses every block, in Chinese and English; fictional firm, invented numbers."""

from datetime import date

from tests.unit.adapters.documents.sample_sections import (
    closing_blocks,
    finding_blocks,
    severity_word,
    value_table,
    wide_table,
)
from zhirong.adapters.documents import blocks as b
from zhirong.adapters.documents import document as d
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog


def words(lang: Language) -> d.Words:
    label = catalog().label
    return d.Words(
        figure=label("documents.figure", lang),
        table=label("documents.table", lang),
        source=label("documents.source", lang),
        note=label("documents.note", lang),
    )


def first_page(lang: Language) -> d.FirstPage:
    def t(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    return d.FirstPage(
        kind=t("知识产权估值 · 内部评估", "Intellectual-property valuation · internal"),
        number="ZR-V-2026-0630-0007",
        title=t("专利组合价值评估报告", "Valuation of a Patent Portfolio"),
        subtitle=t("甬江样例精密科技有限公司", "Yongjiang Sample Precision Technology Co., Ltd."),
        dates=(
            b.Pair(t("评估基准日", "Valuation date"), t("2026年6月30日", "30 June 2026")),
            b.Pair(t("有效期至", "Valid until"), t("2027年6月29日", "29 June 2027")),
            b.Pair(t("评估目的", "Purpose"), t("质押融资", "Pledge loan")),
            b.Pair(t("评估对象", "Subject"), t("18 件专利", "18 patents")),
            b.Pair(t("版本", "Version"), "1.0"),
        ),
        result=d.Result(
            label=t("专利组合市场价值", "Market value of the portfolio"),
            headline=(b.Span(t("1,459 万元", "CNY 14.59 million"), index="1"),),
            interval=t("80 % 区间 980 – 2,140 万元", "80 % interval CNY 9.80 – 21.40 million"),
            bar=d.IntervalBar(
                low=980,
                high=2140,
                low_text="980" if lang == "zh" else "9.80",
                high_text="2,140" if lang == "zh" else "21.40",
                points=((1459, "1,459" if lang == "zh" else "14.59"),),
            ),
            beside=(
                b.Pair(
                    t("质押谨慎值（P20）", "Prudent value (P20)"), t("1,102 万元", "CNY 11.02 m")
                ),
                b.Pair(t("清算价值", "Liquidation value"), t("486 万元", "CNY 4.86 m")),
                b.Pair(t("平均剩余年限", "Mean remaining life"), t("9.4 年", "9.4 years")),
            ),
        ),
        reasons_title=t("为什么是这个数", "Why this figure"),
        reasons=(
            t(
                "三个产品近五年销售收入合计 7.40 亿元，专利对超额收益的贡献按许可费率 2.80 % 计。",
                "Three products sold CNY 740 million in five years; the patents earn a royalty "
                "rate of 2.80 %.",
            ),
            (
                t("剩余经济寿命 7 年，前三年贡献价值的 ", "Seven years of economic life remain; "),
                b.Span(
                    t("61.3 %", "61.3 % of value comes from the first three"), bold=True, index="2"
                ),
                t("；折现率 15.50 %。", "; the discount rate is 15.50 %."),
            ),
            t(
                "收益法与市场法结果相差 8.4 %，取收益法，市场法作为印证 〔假设〕。",
                "Income and market approaches differ by 8.4 %; the income approach is taken "
                "〔assumption〕.",
            ),
        ),
        flags_title=t("红旗", "Red flags"),
        flags=(
            d.Flag(
                severity="block",
                word=severity_word("block", lang),
                text=t(
                    "ZL201710601862.3 年费未缴，已进入滞纳期，2026年8月14日前须补缴。",
                    "ZL201710601862.3: annual fee unpaid; in grace until 14 August 2026.",
                ),
            ),
            d.Flag(
                severity="high",
                word=severity_word("high", lang),
                text=t(
                    "ZL201910311476.X 共有人未出具质押同意书 〔待核实〕。",
                    "ZL201910311476.X: the co-owner's consent to a pledge is missing "
                    "〔unverified〕.",
                ),
            ),
            d.Flag(
                severity="medium",
                word=severity_word("medium", lang),
                text=t(
                    "产品“精密主轴”的销售额与增值税申报相差 6.2 %。",
                    "Sales of “Precision spindle” differ from VAT filings by 6.2 %.",
                ),
            ),
        ),
        note=t(
            "本报告由系统生成，属预评估与内部评估，不是《资产评估法》意义上的资产评估报告。",
            "Machine-made internal pre-assessment; not an appraisal report under the Asset "
            "Appraisal Law.",
        ),
    )


def sample(lang: Language, extra: tuple[b.Block, ...] = ()) -> d.Document:
    def t(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    body: tuple[b.Block, ...] = (
        b.Contents(t("目录", "Contents")),
        b.PageBreak(),
        b.Heading(t("结论", "Result")),
        b.Prose(
            t(
                "在评估基准日，上述 18 件专利作为一个组合的市场价值为 1,459 万元"
                "（80 % 区间 980 – 2,140 万元）。该价值以持续使用为前提，按许可费节省法计算；"
                "同一产品的现金流只计一次，谨慎只扣减一次。"
                "未经核实的事实以 〔待核实〕 标示，分析员的判断以 〔假设〕 标示。",
                "On the valuation date the 18 patents are worth CNY 14.59 million as a portfolio "
                "(80 % interval CNY 9.80 – 21.40 million). The premise is continued use; the "
                "method is relief from royalty; each product's cash is counted once and prudence "
                "is applied once. What is not verified is marked 〔unverified〕, what is judged is "
                "marked 〔assumption〕.",
            )
        ),
        b.Measures(
            (
                b.Measure(
                    label=t("市场价值", "Market value"),
                    value=b.Span(t("1,459 万元", "CNY 14.59 m"), index="1"),
                    note=t("80 % 区间 980 – 2,140", "80 %: 9.80 – 21.40"),
                ),
                b.Measure(
                    label=t("质押谨慎值", "Prudent value"),
                    value=t("1,102 万元", "CNY 11.02 m"),
                    note=t("二十分位", "20th percentile"),
                ),
                b.Measure(
                    label=t("清算价值", "Liquidation value"),
                    value=t("486 万元", "CNY 4.86 m"),
                    note=t("六个月内出售", "sold within six months"),
                ),
                b.Measure(
                    label=t("技术得分", "Score"),
                    value="74.5",
                    note=t("覆盖率 86.0 %", "coverage 86.0 %"),
                ),
            )
        ),
        *extra,
        value_table(lang),
        wide_table(lang),
        b.Heading(t("发现", "Findings")),
        b.Heading(t("权属与状态", "Title and status"), level=2),
        *finding_blocks(lang),
        b.Panel(
            title=t("怎么办", "What to do"),
            paragraphs=(
                t(
                    "补缴年费并取得共有人同意后再办理质押登记。",
                    "Pay the fee and obtain consent before registering the pledge.",
                ),
            ),
            severity=None,
        ),
        b.Bullets(
            (
                t("五个工作日内补缴年费", "Pay the fee within five working days"),
                t("取得共有人书面同意", "Obtain written consent"),
            ),
            ordered=True,
        ),
        b.Pairs(
            title=t("质押条件建议", "Recommended terms"),
            items=(
                b.Pair(t("质押率上限", "Cap"), "30.0 %"),
                b.Pair(t("建议金额", "Amount"), t("330 万元", "CNY 3.30 million")),
                b.Pair(t("期限", "Tenor"), t("12 个月", "12 months")),
                b.Pair(t("登记机关", "Registry"), t("国家知识产权局", "CNIPA")),
            ),
        ),
        *closing_blocks(lang),
    )
    return d.Document(
        title=t("专利组合价值评估报告", "Valuation of a Patent Portfolio"),
        author=t("知融", "Zhirong"),
        language=lang,
        issued_on=date(2026, 7, 1),
        running=d.RunningLines(
            number="ZR-V-2026-0630-0007",
            firm=t("甬江样例精密科技有限公司", "Yongjiang Sample Precision Technology"),
            valuation_date=t("评估基准日 2026年6月30日", "Valuation date 2026-06-30"),
            verification_code=t("核验码 7F3A-91C4-2B60", "Verification code 7F3A-91C4-2B60"),
            version=t("版本 1.0", "Version 1.0"),
        ),
        words=words(lang),
        watermark=catalog().label("documents.watermark", lang),
        first_page=first_page(lang),
        body=body,
    )
