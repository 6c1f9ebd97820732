"""The landscape annex: the methods' years, and every right where the text shows only the first."""

from zhirong.adapters.documents.blocks import (
    Block,
    Column,
    Heading,
    Landscape,
    Prose,
    Row,
    Table,
)
from zhirong.adapters.documents.reports.valuation_method_lines import wide_year_tables
from zhirong.adapters.documents.reports.valuation_result import (
    RIGHTS_IN_TEXT,
    policy_note,
    score_cell,
    without_table,
)
from zhirong.adapters.documents.reports.valuation_view import View, carries
from zhirong.application.result import RightValue


def annex_blocks(view: View) -> tuple[Block, ...]:
    """What needs landscape pages, last and together: no page before it stays half empty."""
    years = wide_year_tables(view)
    blocks: tuple[Block, ...] = _rights(view)
    if years:
        blocks = (Heading(view.say("value.section.years")), *years, *blocks)
    return (Landscape(blocks),) if blocks else ()


def _rights(view: View) -> tuple[Block, ...]:
    """All rights by group; empty where the text has them all."""
    if len(view.ranked) <= RIGHTS_IN_TEXT:
        return ()
    rows: list[Row] = []
    for group in view.valuation.groups:
        own = [right for right in view.ranked if right.groups[0] == group.group]
        if own:
            heading = view.say("value.annex_group", name=group.name, count=len(own))
            rows.append(Row(cells=(heading,), style="group"))
            rows += [_row(view, right) for right in own]
    without = [right for right in view.valuation.rights if not carries(right)]
    return (
        Heading(view.say("value.section.annex")),
        Prose(view.say("value.annex_intro", count=len(view.ranked))),
        *((without_table(view, without),) if without else ()),
        Table(
            title=view.say("value.by_right", count=len(view.ranked)),
            columns=_columns(view),
            rows=(*rows, _total(view)),
            note=view.say("value.annex_note", policy=policy_note(view)),
        ),
    )


def _columns(view: View) -> tuple[Column, ...]:
    say, unit = view.say, view.wording.amount_unit
    return (
        Column(head=say("value.number")),
        Column(head=say("value.name"), width="1fr"),
        Column(head=say("value.kind_head")),
        Column(head=say("value.state")),
        Column(head=say("value.expiry_day")),
        Column(head=say("value.score"), align="decimal"),
        Column(head=say("value.coverage"), unit="%", align="decimal"),
        Column(head=say("value.life"), unit=say("value.years"), align="decimal"),
        Column(head=say("value.validity"), unit="%", align="decimal"),
        Column(head=say("value.by_score"), unit=unit, align="decimal"),
        Column(head=say("value.by_shapley"), unit=unit, align="decimal"),
        Column(head=say("value.interval_head"), unit=unit, align="right"),
        Column(head=say("value.share"), unit="%", align="decimal"),
        Column(head=say("value.fees"), unit=say("unit.CNY"), align="decimal"),
    )


def _row(view: View, right: RightValue) -> Row:
    wording = view.wording
    spread = right.distribution.interval() if right.distribution else None
    coverage = None if right.coverage is None else right.coverage * 100
    return Row(
        cells=(
            wording.name(right.right),
            right.title + (view.say("value.core_mark") if right.is_core else ""),
            wording.kind(right.kind),
            _state(view, right),
            wording.day(view.expiry(right)),
            score_cell(view, right),
            wording.number(coverage),
            wording.number(right.economic_life_years),
            wording.number(right.validity * 100, 0),
            wording.amount(right.score_share_value),
            wording.amount(right.shapley_value),
            wording.amounts(*spread) if spread else wording.amount(None),
            wording.number(view.share(right.value) * 100),
            wording.number(right.fees_to_end, 0),
        )
    )


def _state(view: View, right: RightValue) -> str:
    """The legal status in as few words as the column has room for."""
    code = f"value.state_short.{right.state}"
    return view.say(code) if view.wording.words.has(code) else view.wording.state(right.state)


def _total(view: View) -> Row:
    wording, rights = view.wording, view.ranked
    total = view.valuation.total
    return Row(
        cells=(
            view.say("value.total"),
            *("" for _ in range(8)),
            wording.amount(sum(right.score_share_value for right in rights)),
            wording.amount(sum(right.shapley_value for right in rights)),
            wording.amounts(total.low, total.high),
            wording.number(view.share(sum(right.value for right in rights)) * 100),
            wording.number(sum(right.fees_to_end for right in rights), 0),
        ),
        style="total",
    )
