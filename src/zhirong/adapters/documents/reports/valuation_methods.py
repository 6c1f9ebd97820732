"""How the value was found: methods and reconciliation, sales, the cash check, others' values."""

from collections import Counter

from zhirong.adapters.documents.blocks import (
    Block,
    Bullets,
    Chart,
    Column,
    FindingItem,
    Findings,
    Heading,
    Row,
    Table,
)
from zhirong.adapters.documents.charts import ranges
from zhirong.adapters.documents.reports.valuation_evidence import (
    check_blocks,
    comparable_blocks,
    note_blocks,
    rounded,
    sales_blocks,
    third_party_blocks,
)
from zhirong.adapters.documents.reports.valuation_rates import rate_blocks
from zhirong.adapters.documents.reports.valuation_vendors import vendor_blocks
from zhirong.adapters.documents.reports.valuation_view import View
from zhirong.application.result import GroupValue, MethodValue

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
        *rate_blocks(view),
        *note_blocks(view),
        *comparable_blocks(view),
        *sales_blocks(view),
        *check_blocks(view),
        *third_party_blocks(view),
        *vendor_blocks(view),
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
            Column(head=say("value.method"), width="1fr"),
            Column(head=say("value.family")),
            Column(head=say("value.ageing")),
            Column(head=say("value.value"), unit=view.wording.amount_unit, align="decimal"),
            Column(head=say("value.against_conclusion"), align="decimal"),
            Column(head=say("value.weight"), unit="%", align="decimal"),
            Column(head=say("value.set_by"), width="0.9fr"),
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
            _approach(view, item.family),
            wording.capital(f"ageing.{item.ageing}"),
            wording.amount(item.value),
            wording.change(item.value, group.value) if item.weight == 0 else wording.amount(None),
            wording.number(item.weight * 100, 0),
            why if item.weight > 0 else view.say("value.shown_beside"),
        )
    )


def _approach(view: View, family: str) -> str:
    """The approach in as few words as the column has room for."""
    code = f"value.approach.{family}"
    return (
        view.say(code) if view.wording.words.has(code) else view.wording.capital(f"family.{family}")
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
                said.setdefault(view.wording.message(rounded(reason)), []).append(group.name)
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
