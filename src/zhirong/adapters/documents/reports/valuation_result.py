"""The result: the value of the whole, by group and by right, with intervals, shared two ways."""

from collections.abc import Sequence

from zhirong.adapters.documents.blocks import (
    Block,
    Column,
    Heading,
    Inline,
    Measure,
    Measures,
    Prose,
    Row,
    Table,
)
from zhirong.adapters.documents.reports.valuation_view import (
    COLLATERAL,
    PORTFOLIO,
    View,
    carries,
    main_method,
)
from zhirong.application.result import GroupValue, RightValue

# All rights stand in the text up to this many; of more the first ones do, and an annex holds all.
RIGHTS_IN_TEXT = 12
FIRST_RIGHTS_MIN = 6
FIRST_RIGHTS_BESIDE = 9  # rights and groups that share the page of the result
POLICY = "valuation.allocation_policy"


def result_blocks(view: View) -> tuple[Block, ...]:
    """The first section."""
    return (
        Heading(view.say("value.section.result")),
        Prose(_conclusion(view)),
        _measures(view),
        _group_table(view),
        *_right_blocks(view),
    )


def _conclusion(view: View) -> Inline:
    total, wording = view.valuation.total, view.wording
    return view.say(
        "value.conclusion",
        on=view.appraisal.head.valuation_date,
        firm=view.appraisal.case.firm.name,
        count=len(view.valuation.rights),
        alive=len(view.alive),
        valued=len(view.ranked),
        value=wording.money(total.value),
        interval=wording.money_interval(total.low, total.high),
        until=view.appraisal.head.valid_until,
    )


def _measures(view: View) -> Measures:
    total, wording, say = view.valuation.total, view.wording, view.say
    interval = wording.headline_interval(total.low, total.high)
    first = Measure(
        label=wording.capital("premise.market_value"),
        value=view.linked(wording.short_headline(total.value), PORTFOLIO),
        note=say("value.interval", interval=interval),
    )
    pledge = view.pledge
    if pledge is not None:
        return Measures(
            (
                first,
                Measure(
                    label=say("value.collateral"),
                    value=view.linked(wording.short_headline(pledge.collateral_amount), COLLATERAL),
                    note=wording.capital(f"pledge_policy.{pledge.policy}"),
                ),
                Measure(
                    label=say(
                        "value.quantile", probability=round(pledge.quantile_probability * 100)
                    ),
                    value=wording.short_headline(pledge.prudent_quantile),
                    note=say("value.beside"),
                ),
                Measure(
                    label=wording.capital("premise.liquidation"),
                    value=wording.short_headline(pledge.liquidation_value),
                    note=say("value.beside"),
                ),
            )
        )
    best = view.ranked[0] if view.ranked else None
    mean = view.valuation.distributions[0].distribution.mean
    return Measures(
        (
            first,
            Measure(
                label=say("value.mean"),
                value=wording.short_headline(mean),
                note=say("value.mean_note"),
            ),
            Measure(
                label=say("value.best_right"),
                value=wording.short_headline(best.value if best else 0.0),
                note=wording.name(best.right) if best else "",
            ),
        )
    )


# By group.


def _group_table(view: View) -> Table:
    say, unit = view.say, view.wording.amount_unit
    return Table(
        title=say("value.by_group"),
        columns=(
            Column(head=say("value.group"), width="1fr"),
            Column(head=say("value.product"), width="0.8fr"),
            Column(head=say("value.right_count"), align="right"),
            Column(head=say("value.mapped"), unit="%", align="decimal"),
            Column(head=say("value.score"), align="decimal"),
            Column(head=say("value.main_method"), width="0.8fr"),
            Column(head=say("value.value"), unit=unit, align="decimal"),
            Column(head=say("value.interval_head"), unit=unit, align="right"),
            Column(head=say("value.share"), unit="%", align="decimal"),
        ),
        rows=(*(_group_row(view, group) for group in view.valuation.groups), _group_total(view)),
        note=say("value.by_group_note"),
    )


def _group_row(view: View, group: GroupValue) -> Row:
    wording = view.wording
    low, high = group.distribution.interval()
    return Row(
        cells=(
            group.name,
            group.product_name,
            str(len(group.rights)),
            wording.number(group.mapped_share * 100),
            wording.number(group.score),
            view.say(f"method.{main_method(group)}"),
            view.linked(wording.amount(group.value), group.group),
            wording.amounts(low, high),
            wording.number(view.share(group.value) * 100),
        )
    )


def _group_total(view: View) -> Row:
    total, wording = view.valuation.total, view.wording
    rights = {number for group in view.valuation.groups for number in group.rights}
    return Row(
        cells=(
            view.say("value.total"),
            "",
            str(len(rights)),
            "",
            "",
            "",
            wording.amount(total.value),
            wording.amounts(total.low, total.high),
            wording.number(100.0),
        ),
        style="total",
    )


# By right.


def _right_blocks(view: View) -> tuple[Block, ...]:
    is_all = len(view.ranked) <= RIGHTS_IN_TEXT
    first = max(FIRST_RIGHTS_MIN, FIRST_RIGHTS_BESIDE - len(view.valuation.groups))
    shown = view.ranked if is_all else view.ranked[:first]
    rest = view.ranked[len(shown) :]
    without = [right for right in view.valuation.rights if not carries(right)]
    blocks: list[Block] = [_right_table(view, shown, rest)]
    if without and not rest:
        blocks.append(without_table(view, without))
    return tuple(blocks)


def _right_table(view: View, shown: Sequence[RightValue], rest: Sequence[RightValue]) -> Table:
    code = "value.by_right_first" if rest else "value.by_right"
    rows = [right_row(view, right) for right in shown]
    if rest:
        rows.append(_rest_row(view, rest))
    return Table(
        title=view.say(code, count=len(shown)),
        columns=right_columns(view),
        rows=(*rows, total_row(view)),
        note=policy_note(view) + (view.say("value.see_annex") if rest else ""),
    )


def policy_note(view: View) -> str:
    """Which of the two rules shares the value, and what its figures mean."""
    policy = "shapley" if view.parameter(POLICY) == "shapley" else "score"
    return view.say(
        "value.by_right_note",
        policy=f"value.policy.{policy}",
        coverage=view.parameter("scoring.coverage_min"),
    )


def right_columns(view: View) -> tuple[Column, ...]:
    """The columns of the tables by right."""
    say, unit = view.say, view.wording.amount_unit
    return (
        Column(head=say("value.number_kind")),
        Column(head=say("value.name"), width="1fr"),
        Column(head=say("value.score"), align="decimal"),
        Column(head=say("value.life"), unit=say("value.years"), align="decimal"),
        Column(head=say("value.by_score"), unit=unit, align="decimal"),
        Column(head=say("value.by_shapley"), unit=unit, align="decimal"),
        Column(head=say("value.interval_head"), unit=unit, align="right"),
        Column(head=say("value.share"), unit="%", align="decimal"),
    )


def right_row(view: View, right: RightValue) -> Row:
    """A right: score, life, both allocations, interval and share."""
    wording = view.wording
    spread = right.distribution.interval() if right.distribution else None
    core = view.say("value.core_mark") if right.is_core else ""
    state = "" if right in view.alive else view.say("value.state_mark", state=right_state(right))
    return Row(
        cells=(
            wording.name(right.right) + "\n" + wording.kind(right.kind),
            right.title + core + state,
            score_cell(view, right),
            wording.number(right.economic_life_years),
            wording.amount(right.score_share_value),
            wording.amount(right.shapley_value),
            wording.amounts(*spread) if spread else wording.amount(None),
            wording.number(view.share(right.value) * 100),
        )
    )


def score_cell(view: View, right: RightValue) -> str:
    """A right's score, marked where too little data stands behind it."""
    return view.wording.number(right.score) + ("*" if right.score_state == "indicative" else "")


def right_state(right: RightValue) -> str:
    """The code of a right's legal state."""
    return f"right.state.{right.state}"


def _rest_row(view: View, rest: Sequence[RightValue]) -> Row:
    wording = view.wording
    return Row(
        cells=(
            view.say("value.rest", count=len(rest)),
            "",
            "",
            "",
            wording.amount(sum(right.score_share_value for right in rest)),
            wording.amount(sum(right.shapley_value for right in rest)),
            "",
            wording.number(view.share(sum(right.value for right in rest)) * 100),
        ),
        style="muted",
    )


def total_row(view: View) -> Row:
    """The sum over all rights."""
    wording, rights = view.wording, view.ranked
    return Row(
        cells=(
            view.say("value.total"),
            "",
            "",
            "",
            wording.amount(sum(right.score_share_value for right in rights)),
            wording.amount(sum(right.shapley_value for right in rights)),
            wording.amounts(view.valuation.total.low, view.valuation.total.high),
            wording.number(view.share(sum(right.value for right in rights)) * 100),
        ),
        style="total",
    )


def without_table(view: View, without: Sequence[RightValue]) -> Table:
    """The rights that carry no value, and why."""
    say, wording = view.say, view.wording
    return Table(
        title=say("value.without", count=len(without)),
        columns=(
            Column(head=say("value.number")),
            Column(head=say("value.name"), width="1fr"),
            Column(head=say("value.kind_head")),
            Column(head=say("value.state")),
            Column(head=say("value.score"), align="decimal"),
            Column(head=say("value.why_none")),
        ),
        rows=tuple(
            Row(
                cells=(
                    wording.name(right.right),
                    right.title,
                    wording.kind(right.kind),
                    wording.state(right.state),
                    score_cell(view, right) if right in view.alive else wording.number(None),
                    say(why_none(right, view)),
                )
            )
            for right in without
        ),
        note=_indicative_note(view, without),
    )


def _indicative_note(view: View, rights: Sequence[RightValue]) -> str:
    if not any(right in view.alive and right.score_state == "indicative" for right in rights):
        return ""
    return view.say("value.indicative_note", coverage=view.parameter("scoring.coverage_min"))


def why_none(right: RightValue, view: View) -> str:
    """The code of the reason why a right carries no value."""
    if right not in view.alive:
        return "value.none.not_in_force"
    return "value.none.no_product" if not right.groups else "value.none.no_share"
