"""A report that uses every block, in Chinese and English; fictional firm, invented numbers."""

from datetime import date

from zhirong.adapters.documents import blocks as b
from zhirong.adapters.documents import document as d
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog


def severity_word(severity: str, lang: Language) -> str:
    return catalog().label(f"documents.severity.{severity}", lang)


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
                    "ZL201910311476.X: the co-owner's consent to a pledge is missing 〔unverified〕.",
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


def value_table(lang: Language) -> b.Table:
    def t(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    def row(at: int) -> b.Row:
        kinds = (t("发明", "Invention"), t("实用新型", "Utility model"), t("外观设计", "Design"))
        return b.Row(
            cells=(
                f"ZL20{17 + at % 8}1{at:07d}.{at % 10}",
                t("一种精密主轴的冷却结构及其控制方法", "Cooling structure of a precision spindle"),
                kinds[at % 3],
                f"20{28 + at % 12}-0{1 + at % 9}-14",
                b.Span(f"{180.5 - 7.25 * at:,.2f}", index=str(at + 3) if at < 2 else ""),
                f"{121.3 - 5 * at:,.1f} – {260 - 9 * at:,.1f}",
                f"{12.4 - 0.5 * at:.1f} %" if at else "12 %",
            )
        )

    return b.Table(
        title=t("各权利价值", "Value by right"),
        columns=(
            b.Column(head=t("专利号", "Patent")),
            b.Column(head=t("名称", "Title"), width="1fr"),
            b.Column(head=t("类型", "Kind")),
            b.Column(head=t("届满日", "Expiry")),
            b.Column(head=t("价值", "Value"), unit=t("万元", "CNY 10,000"), align="decimal"),
            b.Column(
                head=t("80 % 区间", "80 % interval"), unit=t("万元", "CNY 10,000"), align="right"
            ),
            b.Column(head=t("占比", "Share"), align="decimal"),
        ),
        rows=(
            b.Row(cells=(t("产品一 精密主轴", "Product 1: precision spindle"),), style="group"),
            *(row(at) for at in range(9)),
            b.Row(cells=(t("产品二 冷却机组", "Product 2: cooling unit"),), style="group"),
            *(row(at) for at in range(9, 18)),
            b.Row(
                cells=(t("合计", "Total"), "", "", "", "1,459.00", "980.0 – 2,140.0", "100.0 %"),
                style="total",
            ),
        ),
        note=t("同一产品的现金流只计一次，按贡献分摊。", "Each product's cash is counted once."),
        source=t("result.json，收益法。", "result.json, income approach."),
    )


def wide_table(lang: Language) -> b.Table:
    years = tuple(str(2026 + at) for at in range(12))
    return b.Table(
        title="逐年现金流" if lang == "zh" else "Cash flow by year",
        columns=(
            b.Column(head="项目" if lang == "zh" else "Item", width="1fr"),
            *(b.Column(head=year, align="decimal") for year in years),
        ),
        rows=tuple(
            b.Row(
                cells=(item, *(f"{1_000 + 37.5 * at * scale:,.1f}" for at in range(12))),
                style=style,
            )
            for item, scale, style in (
                ("收入" if lang == "zh" else "Revenue", 11, "plain"),
                ("许可费" if lang == "zh" else "Royalties", 3, "plain"),
                ("现值" if lang == "zh" else "Present value", 1, "total"),
            )
        ),
    )


def finding_blocks(lang: Language) -> tuple[b.Block, ...]:
    def t(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    return (
        b.Findings(
            (
                b.FindingItem(
                    severity="block",
                    word=severity_word("block", lang),
                    title=t(
                        "年费未缴，权利处于滞纳期", "Annual fee unpaid; right in its grace period"
                    ),
                    text=t(
                        "第 9 年度年费 2,000 元应于 2026年2月14日 前缴纳，登记簿无缴费记录。",
                        "The fee of year 9 (CNY 2,000) fell due on 14 February 2026; none is recorded.",
                    ),
                    details=(
                        b.Pair(
                            t("依据", "Rule"),
                            t("专利法实施细则第 115 条", "Implementing Rules, rule 115"),
                        ),
                        b.Pair(
                            t("证据", "Evidence"),
                            t("专利清单.xlsx，表 1，第 17 行", "patents.xlsx, sheet 1, row 17"),
                        ),
                        b.Pair(
                            t("补救", "Remedy"),
                            t(
                                "补缴年费与滞纳金 25 %，合计 2,500 元",
                                "Pay with 25 % surcharge: CNY 2,500",
                            ),
                        ),
                    ),
                ),
                b.FindingItem(
                    severity="high",
                    word=severity_word("high", lang),
                    title=t("共有人未同意质押", "A co-owner has not consented"),
                    text=t(
                        "共有专利权出质须经全体共有人同意 〔待核实〕。",
                        "All co-owners must agree 〔unverified〕.",
                    ),
                ),
                b.FindingItem(
                    severity="medium",
                    word=severity_word("medium", lang),
                    title=t("外观设计缺专利权评价报告", "Design without evaluation report"),
                ),
                b.FindingItem(
                    severity="note",
                    word=severity_word("note", lang),
                    title=t(
                        "发明人集中：一人参与 72.0 % 的专利", "One inventor stands behind 72.0 %"
                    ),
                ),
            )
        ),
    )


def closing_blocks(lang: Language) -> tuple[b.Block, ...]:
    def t(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    return (
        b.Heading(t("计算过程", "Workings")),
        b.Workings(
            (
                b.Working(
                    index="1",
                    title=t("专利组合市场价值", "Market value of the portfolio"),
                    result=t("14,590,000.00 元", "CNY 14,590,000.00"),
                    formula=t(
                        "价值 = Σ 收入 × 许可费率 × (1 − 税率) × 折现系数",
                        "value = Σ revenue × royalty rate × (1 − tax rate) × discount factor",
                    ),
                    inputs=(
                        b.Pair(
                            t("许可费率", "Royalty rate"),
                            t(
                                "2.80 % 〔假设〕 分析员，可比许可 6 笔",
                                "2.80 % 〔assumption〕 analyst, 6 licenses",
                            ),
                        ),
                        b.Pair(
                            t("折现率", "Discount rate"), t("15.50 %，累加法", "15.50 %, build-up")
                        ),
                    ),
                ),
                b.Working(
                    index="2", title=t("前三年占比", "Share of three years"), result="61.3 %"
                ),
            )
        ),
        b.Heading(t("来源", "Sources")),
        b.Table(
            columns=(
                b.Column(head=t("文件", "File"), width="1fr"),
                b.Column(head=t("截至", "As of")),
                b.Column(head=t("行数", "Rows"), align="right"),
                b.Column(head="SHA-256", align="hash"),
            ),
            rows=(
                b.Row(
                    cells=(
                        t("专利清单.xlsx", "patents.xlsx"),
                        "2026-06-18",
                        "18",
                        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    )
                ),
                b.Row(
                    cells=(
                        t("财务报表.xlsx", "accounts.xlsx"),
                        "2026-05-31",
                        "64",
                        "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
                    )
                ),
            ),
        ),
        b.Heading(t("声明", "Limits")),
        b.Disclaimer(
            title=t("预评估声明", "Pre-assessment notice"),
            paragraphs=(
                t(
                    "本报告为预评估与内部评估结果，不是《中华人民共和国资产评估法》所称资产评估报告，未经资产评估机构签署不得作为法定评估使用。",
                    "This internal pre-assessment is not an appraisal report under the Asset Appraisal "
                    "Law and may not be used as one unless a licensed firm signs it.",
                ),
            ),
        ),
        b.Signatures(
            (
                b.SignaturePlace(
                    role=t("资产评估师（一）", "Appraiser (1)"),
                    lines=(
                        t("签名", "Signature"),
                        t("资格编号", "License number"),
                        t("日期", "Date"),
                    ),
                ),
                b.SignaturePlace(
                    role=t("资产评估机构", "Appraisal firm"),
                    lines=(t("法定代表人", "Legal representative"), t("日期", "Date")),
                    seal=t("盖章处", "Seal"),
                ),
            )
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
                "在评估基准日，上述 18 件专利作为一个组合的市场价值为 1,459 万元（80 % 区间 980 – 2,140 万元）。"
                "该价值以持续使用为前提，按许可费节省法计算；同一产品的现金流只计一次，未对任何一层谨慎重复扣减。"
                "未经核实的事实以 〔待核实〕 标示，分析员的判断以 〔假设〕 标示。",
                "On the valuation date the 18 patents are worth CNY 14.59 million as a portfolio (80 % "
                "interval CNY 9.80 – 21.40 million). The premise is continued use; the method is relief "
                "from royalty; each product's cash is counted once and prudence is applied once. What is "
                "not verified is marked 〔unverified〕, what is judged is marked 〔assumption〕.",
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
