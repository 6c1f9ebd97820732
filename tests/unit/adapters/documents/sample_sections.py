"""Tables, findings and closing sections of the sample report."""

from zhirong.adapters.documents import blocks as b
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog


def severity_word(severity: str, lang: Language) -> str:
    return catalog().label(f"documents.severity.{severity}", lang)


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
                        "The fee of year 9 (CNY 2,000) fell due on 14 February 2026; "
                        "none is recorded.",
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
                    "本报告为预评估与内部评估结果，不是《中华人民共和国资产评估法》"
                    "所称资产评估报告，未经资产评估机构签署不得作为法定评估使用。",
                    "This internal pre-assessment is not an appraisal report under the Asset "
                    "Appraisal Law and may not be used as one unless a licensed firm signs it.",
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
