"""How the value was found: methods and reconciliation, sales, the cash check, others' values."""

from collections import Counter
from collections.abc import Sequence

from zhirong.adapters.documents.blocks import (
    Block,
    Bullets,
    Chart,
    Column,
    FindingItem,
    Findings,
    Heading,
    Prose,
    Row,
    Table,
)
from zhirong.adapters.documents.charts import ranges, sales
from zhirong.adapters.documents.reports.valuation_view import View
from zhirong.application.result import GroupValue, MethodValue, ProductCheck, ThirdPartyGap
from zhirong.core.messages import Message

FAMILIES = ("income", "market", "cost", "option", "signal")
# Reasons that repeat the rows of the table of methods.
ROWS = ("reconciliation.row", "reconciliation.shown")
HISTORY_YEARS = 5
PREFERENCE = "valuation.reconciliation.preference"


def method_blocks(view: View) -> tuple[Block, ...]:
    """The fifth section."""
    return (
        Heading(view.say("value.section.methods")),
        Heading(view.say("value.section.reconciled"), level=2),
        _method_table(view),
        *_method_chart(view),
        *_reasons(view),
        Bullets(tuple(_why_not(view))),
        *_breaches(view),
        Heading(view.say("value.section.sales"), level=2),
        *_sales_blocks(view),
        *_check_blocks(view),
        *_third_party_blocks(view),
    )


def _method_table(view: View) -> Table:
    say = view.say
    rows: list[Row] = []
    for group in view.valuation.groups:
        rows.append(Row(cells=(group.name,), style="group"))
        rows += [_method_row(view, group, item) for item in group.methods]
    return Table(
        title=say("value.method_table"),
        columns=(
            Column(head=say("value.method"), width="0.9fr"),
            Column(head=say("value.family")),
            Column(head=say("value.ageing"), width="0.7fr"),
            Column(head=say("value.value"), unit=view.wording.amount_unit, align="decimal"),
            Column(head=say("value.against_conclusion"), align="decimal"),
            Column(head=say("value.weight"), unit="%", align="decimal"),
            Column(head=say("value.set_by"), width="1.5fr"),
        ),
        rows=tuple(rows),
        note=say("value.method_note", order=_order_note(view)),
    )


def _order_note(view: View) -> str:
    """What the house's order is, where it decided a weight."""
    authors = {item.author for group in view.valuation.groups for item in group.methods}
    if PREFERENCE not in authors:
        return ""
    return view.say("value.order_note", rule=view.wording.parameter(PREFERENCE))


def _method_row(view: View, group: GroupValue, item: MethodValue) -> Row:
    wording = view.wording
    is_house = item.author == PREFERENCE
    why = view.say("value.house_order") if is_house else wording.author(item.author)
    if item.reason:
        why = view.say("value.with_reason", who=why, reason=item.reason)
    return Row(
        cells=(
            view.say(f"method.{item.method}"),
            wording.capital(f"family.{item.family}"),
            wording.capital(f"ageing.{item.ageing}"),
            wording.amount(item.value),
            wording.change(item.value, group.value) if item.weight == 0 else wording.amount(None),
            wording.number(item.weight * 100, 0),
            why if item.weight > 0 else view.say("value.shown_beside"),
        )
    )


def _method_chart(view: View) -> tuple[Chart, ...]:
    """Methods side by side, where one group stands for the whole; else the table says it."""
    groups = view.valuation.groups
    if len(groups) != 1 or len(groups[0].methods) < 2:
        return ()
    rows = tuple(
        ranges.RangeRow(
            label=view.say(f"method.{item.method}"),
            value=item.value,
            interval=groups[0].distribution.interval() if item.weight == 1 else None,
            is_concluded=item.weight > 0,
        )
        for item in groups[0].methods
    )
    values = [item.value for item in groups[0].methods]
    unit = view.wording.chart_unit(max(values))
    title = view.say("value.chart.methods", ratio=round(max(values) / max(min(values), 1.0), 2))
    return (
        Chart(
            svg=ranges.svg(ranges.RangesChart(rows=rows, unit=unit)),
            title=title,
            subtitle=view.say("value.chart.methods_sub", unit=unit.name),
            source=view.say("value.chart.source_sheet", sheet="method.conclusion"),
            alt=title,
        ),
    )


def _reasons(view: View) -> list[Block]:
    """The drafted reasons, said once where they are the same for several groups."""
    said: dict[str, list[str]] = {}
    for group in view.valuation.groups:
        for reason in group.reasons:
            if reason.code not in ROWS:
                said.setdefault(view.wording.message(reason), []).append(group.name)
    everywhere = len(view.valuation.groups)
    texts = tuple(
        text
        if len(groups) == everywhere
        else view.say("value.reason_of_groups", groups=tuple(groups), text=text)
        for text, groups in said.items()
    )
    return [Bullets(texts)] if texts else []


def _why_not(view: View) -> list[str]:
    """One sentence for each approach that gave no result."""
    used = {item.family for group in view.valuation.groups for item in group.methods}
    case = view.appraisal.case
    evidence = {
        "market": bool(case.comparables),
        "cost": bool(case.costs),
        "signal": bool(case.market_signals),
        "option": False,
    }
    texts: list[str] = []
    for family in FAMILIES:
        if family in used or family == "income":
            continue
        code = "has" if evidence[family] else "none"
        texts.append(view.say(f"value.why_not.{family}.{code}"))
    return texts


def _breaches(view: View) -> list[Block]:
    texts = Counter(view.wording.message(breach) for breach in view.valuation.breaches)
    if not texts:
        return []
    word = view.wording.severity("high")
    return [
        Findings(
            tuple(
                FindingItem(severity="high", word=word, title=view.say("value.breach"), text=text)
                for text in texts
            )
        )
    ]


# Sales and the check of claims against the product's cash.


def _sales_blocks(view: View) -> list[Block]:
    say, wording = view.say, view.wording
    unit = wording.amount_unit
    table = Table(
        title=say("value.sales_table"),
        columns=(
            Column(head=say("value.product"), width="1fr"),
            Column(head=say("value.year"), align="center"),
            Column(head=say("value.stated"), unit=unit, align="decimal"),
            Column(head=say("value.filed"), unit=unit, align="decimal"),
            Column(head=say("value.gap"), align="decimal"),
            Column(head=say("value.used"), unit=unit, align="decimal"),
            Column(head=say("value.basis")),
        ),
        rows=tuple(
            Row(
                cells=(
                    row.name,
                    str(row.year),
                    wording.amount(row.stated),
                    wording.amount(row.filed),
                    wording.change(row.stated, row.filed) if row.filed else wording.amount(None),
                    wording.amount(row.used),
                    _basis(view, row.filed, lowered=row.used < row.stated),
                )
            )
            for row in view.valuation.sales
        ),
        note=say("value.sales_note", limit=view.parameter("diligence.sales_gap_share_max") or 0),
    )
    return [table, *_sales_chart(view)]


def _basis(view: View, filed: float | None, *, lowered: bool) -> str:
    if filed is None:
        return view.say("value.basis_unfiled") + view.wording.mark("unverified")
    return view.say("value.basis_lowered" if lowered else "value.basis_stated")


def _sales_chart(view: View) -> list[Block]:
    """History and forecast of all products together, where every product has both."""
    years: dict[int, float] = {}
    start = view.appraisal.head.valuation_date.year
    for row in view.appraisal.case.sales:
        if start - HISTORY_YEARS <= row.year < start:
            years[row.year] = years.get(row.year, 0.0) + float(row.sales)
    forecast: dict[str, Sequence[float]] = {}
    for part in view.counted:
        line = part.line("sales")
        if line is not None:
            forecast.setdefault(part.group.product, line.tolist())
    if len(years) < 2 or not forecast:
        return []
    coming = [sum(values) for values in zip(*forecast.values(), strict=True)]
    shown = [
        *(sales.SalesYear(label=str(year), amount=years[year]) for year in sorted(years)),
        *(
            sales.SalesYear(label=view.say("value.year_number", year=n), amount=v, is_forecast=True)
            for n, v in enumerate(coming, start=1)
        ),
    ]
    unit = view.wording.chart_unit(max(year.amount for year in shown))
    drawn = sales.svg(
        sales.SalesChart(
            years=tuple(shown),
            unit=unit,
            sold_word=view.say("value.chart.sold"),
            expected_word=view.say("value.chart.expected"),
        )
    )
    past = sorted(years)
    grown = (years[past[-1]] / years[past[0]]) ** (1 / (past[-1] - past[0])) - 1
    title = view.say(
        "value.chart.sales",
        past=round(grown, 9),
        first=round(coming[0] / years[past[-1]] - 1, 9) if years[past[-1]] else 0.0,
    )
    return [
        Chart(
            svg=drawn,
            title=title,
            subtitle=view.say("value.chart.sales_sub", unit=unit.name),
            source=view.say("value.chart.source_sales"),
            alt=title,
        )
    ]


def _check_blocks(view: View) -> list[Block]:
    say, wording = view.say, view.wording
    checks = [item for item in view.valuation.product_checks if item.claimed > 0]
    if not checks:
        return [Heading(say("value.section.check"), level=2), Prose(say("value.check_unknown"))]
    unit = wording.amount_unit
    within = all(item.share <= item.limit for item in checks)
    table = Table(
        title=say("value.check_within" if within else "value.check_above"),
        columns=(
            Column(head=say("value.product"), width="1fr"),
            Column(head=say("value.forecast_year"), align="center"),
            Column(head=say("value.claimed"), unit=unit, align="decimal"),
            Column(head=say("value.profit"), unit=unit, align="decimal"),
            Column(head=say("value.share"), unit="%", align="decimal"),
            Column(head=say("value.limit"), unit="%", align="decimal"),
            Column(head=say("value.verdict")),
        ),
        rows=tuple(_check_row(view, item) for item in checks),
        note=say("value.check_note"),
    )
    return [Heading(say("value.section.check"), level=2), table]


def _check_row(view: View, item: ProductCheck) -> Row:
    wording = view.wording
    return Row(
        cells=(
            item.name,
            str(item.year),
            wording.amount(item.claimed),
            wording.amount(item.profit),
            wording.number(item.share * 100),
            wording.number(item.limit * 100),
            view.say("value.within" if item.share <= item.limit else "value.above"),
        )
    )


# Values of others.


def _third_party_blocks(view: View) -> list[Block]:
    gaps = view.valuation.third_party
    say, unit = view.say, view.wording.amount_unit
    if not gaps:
        return []
    return [
        Heading(say("value.section.third_party"), level=2),
        Table(
            title=say("value.third_party_table"),
            columns=(
                Column(head=say("value.provider"), width="1.1fr"),
                Column(head=say("value.scope"), width="1fr"),
                Column(head=say("value.valued_on")),
                Column(head=say("value.theirs"), unit=unit, align="decimal"),
                Column(head=say("value.ours"), unit=unit, align="decimal"),
                Column(head=say("value.gap_reason"), width="1.5fr"),
            ),
            rows=tuple(_gap_row(view, gap) for gap in gaps),
            note=say("value.third_party_note"),
        ),
    ]


def _gap_row(view: View, gap: ThirdPartyGap) -> Row:
    wording = view.wording
    return Row(
        cells=(
            gap.provider + "\n" + wording.capital(f"value.third_kind.{gap.kind}", gap.kind),
            wording.name(gap.scope) if gap.scope else view.say("value.scope_all"),
            wording.day(gap.valued_on),
            wording.amount(gap.amount),
            wording.amount(gap.ours),
            wording.message(_rounded(gap.note)),
        )
    )


def _rounded(message: Message) -> Message:
    """The message with shares free of the noise of binary fractions."""
    facts = {
        key: round(fact, 9) if isinstance(fact, float) else fact
        for key, fact in message.facts.items()
    }
    return Message(message.code, facts)
