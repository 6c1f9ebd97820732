"""The first page: what it is worth, three lines of why, what is wrong; nothing else."""

from collections.abc import Sequence

import numpy as np

from zhirong.adapters.documents.blocks import Inline, Pair
from zhirong.adapters.documents.document import FirstPage, Flag, IntervalBar, Result
from zhirong.adapters.documents.reports.valuation_flags import flags
from zhirong.adapters.documents.reports.valuation_view import (
    COLLATERAL,
    PORTFOLIO,
    View,
    main_method,
    spread,
    summed,
)
from zhirong.adapters.documents.reports.wording import Wording
from zhirong.application.result import Appraisal, DealPrices, PledgeResult

EARLY_YEARS = 3
FIRST_RIGHTS = 5
# The approaches whose results bear on each other; a market signal or an option answers another
# question.
APPROACHES = ("income", "market", "cost")


def first_page(view: View) -> FirstPage:
    """The first page of a report with a value."""
    return framed(
        view.appraisal,
        view.wording,
        result=_result(view),
        reasons=(_sales_reason(view), _life_reason(view), _method_reason(view)),
        shown=flags(view.appraisal, view.valuation.breaches, view.wording),
    )


def framed(
    appraisal: Appraisal,
    wording: Wording,
    *,
    result: Result,
    reasons: Sequence[Inline],
    shown: Sequence[Flag],
    reasons_title: str = "value.reasons_title",
) -> FirstPage:
    """Title, number, dates and disclaimer around a result."""
    say, head = wording.say, appraisal.head
    return FirstPage(
        kind=say("value.kind"),
        number=head.number,
        title=say("value.title"),
        subtitle=appraisal.case.firm.name,
        dates=(
            Pair(say("value.purpose"), say(f"purpose.{appraisal.options.purpose}")),
            Pair(say("value.valuation_date"), wording.prose_day(head.valuation_date)),
            Pair(say("value.report_date"), wording.prose_day(head.report_date)),
            Pair(say("value.valid_until"), wording.prose_day(head.valid_until)),
            Pair(
                say("value.subject"), say("value.subject_count", count=len(appraisal.case.patents))
            ),
            Pair(
                say("value.version"),
                say("value.version_status", version=head.version, status=_status(head.status)),
            ),
        ),
        result=result,
        reasons_title=say(reasons_title),
        reasons=tuple(reasons),
        flags_title=say("value.flags_title"),
        flags=tuple(shown),
        flags_none=say("value.flags_none"),
        note=say("value.first_page_note"),
    )


def _status(status: str) -> str:
    return f"value.status.{status}"


# The result box.


def _result(view: View) -> Result:
    total, wording = view.valuation.total, view.wording
    unit = wording.headline_unit(total.high)
    return Result(
        label=view.say("value.result_label"),
        headline=view.linked(wording.headline(total.value), PORTFOLIO),
        interval=view.say(
            "value.interval", interval=wording.headline_interval(total.low, total.high)
        ),
        note=_result_note(view),
        bar=IntervalBar(
            low=total.low,
            high=total.high,
            low_text=unit.show(total.low),
            high_text=unit.show(total.high),
            points=((total.value, unit.show(total.value)),),
        ),
        beside=_beside(view),
    )


def _result_note(view: View) -> str:
    pledge = view.pledge
    if pledge is None:
        return view.say("value.premise_note")
    policy = f"pledge_policy.{pledge.policy}"
    outside = set(pledge.excluded)
    registrable = sum(right.right not in outside for right in view.ranked)
    return view.say("value.prudence_once", policy=policy, registrable=registrable)


def _beside(view: View) -> tuple[Pair, ...]:
    valuation = view.valuation
    if view.pledge is not None:
        return _pledge_pairs(view, view.pledge)
    if valuation.transfer is not None:
        return _deal_pairs(view, valuation.transfer)
    if valuation.license:
        low = min(terms.rate_low for terms in valuation.license)
        high = max(terms.rate_high for terms in valuation.license)
        lump = sum(terms.lump_sum for terms in valuation.license)
        return (
            Pair(view.say("value.license_rates"), _rates(view, low, high)),
            Pair(view.say("value.license_lump"), view.wording.headline(lump)),
        )
    if valuation.keep:
        saved = sum(advice.saved for advice in valuation.keep)
        dropped = sum(advice.advice == "drop" for advice in valuation.keep)
        return (
            Pair(view.say("value.keep_dropped"), view.say("value.rights", count=dropped)),
            Pair(view.say("value.keep_saved"), view.wording.headline(saved)),
        )
    return ()


def _rates(view: View, low: float, high: float) -> str:
    rate = view.wording.rate
    return rate(low) if rate(low) == rate(high) else f"{rate(low)} – {rate(high)}"


def _pledge_pairs(view: View, pledge: PledgeResult) -> tuple[Pair, ...]:
    headline = view.wording.headline
    chosen = Pair(
        view.say("value.collateral"),
        view.linked(headline(pledge.collateral_amount), COLLATERAL),
    )
    readings = {
        "caps_on_market_value": Pair(view.say("value.caps"), headline(pledge.caps_amount)),
        "prudent_quantile": Pair(
            view.say("value.quantile", probability=_whole_percent(pledge)),
            headline(pledge.prudent_quantile),
        ),
        "liquidation_value": Pair(
            view.wording.capital("premise.liquidation"), headline(pledge.liquidation_value)
        ),
    }
    return (chosen, *(pair for key, pair in readings.items() if key != pledge.policy))


def _whole_percent(pledge: PledgeResult) -> int:
    return round(pledge.quantile_probability * 100)


def _deal_pairs(view: View, prices: DealPrices) -> tuple[Pair, ...]:
    headline = view.wording.headline
    return (
        Pair(view.say("value.opening"), headline(prices.opening)),
        Pair(view.say("value.target"), headline(prices.target)),
        Pair(view.say("value.walk_away"), headline(prices.walk_away)),
    )


# Why this figure: sales and what is taken of them, time, method.


def _sales_reason(view: View) -> str:
    wording, sales = view.wording, view.valuation.sales
    used = sum(row.used for row in sales)
    mapped = [group.mapped_share for group in view.valuation.groups]
    text = view.say(
        "value.reason_sales",
        count=len(sales),
        year=max((row.year for row in sales), default=0),
        sales=wording.headline(used),
        mapped=_range(wording.percent(min(mapped)), wording.percent(max(mapped))),
    )
    checks = [item for item in view.valuation.product_checks if item.year == 1]
    profit = sum(item.profit for item in checks)
    if not checks or profit <= 0:
        return text
    return text + view.say(
        "value.reason_claim",
        share=round(sum(item.claimed for item in checks) / profit, 9),
        limit=max(item.limit for item in checks),
    )


def _range(low: str, high: str) -> str:
    return low if low == high else f"{low} – {high}"


def _life_reason(view: View) -> str:
    wording = view.wording
    life, rate = spread(view.counted, "life"), spread(view.counted, "discount_rate")
    texts: list[str] = []
    if life and rate:
        lives = _range(wording.number(life[0], 0), wording.number(life[1], 0))
        texts.append(
            view.say(
                "value.reason_life",
                life=lives,
                rate=_range(wording.rate(rate[0]), wording.rate(rate[1])),
            )
        )
    present = summed(view.counted, "present_value")
    if present is not None and present.sum() > 0:
        early = float(np.sum(present[:EARLY_YEARS]) / np.sum(present))
        texts.append(view.say("value.reason_early", years=EARLY_YEARS, share=round(early, 9)))
    first = view.ranked[:FIRST_RIGHTS]
    texts.append(
        view.say(
            "value.reason_rights",
            count=len(first),
            share=round(view.share(sum(right.value for right in first)), 9),
        )
    )
    return "".join(texts)


def _method_reason(view: View) -> str:
    main = dict.fromkeys(main_method(group) for group in view.valuation.groups)
    names = tuple(view.wording.inside(f"method.{method}") for method in main)
    others = {
        item.method
        for group in view.valuation.groups
        for item in group.methods
        if item.family in APPROACHES
    } - main.keys()
    if others:
        text = view.say("value.reason_methods", methods=names, gap=round(_largest_gap(view), 9))
    else:
        text = view.say("value.reason_one_method", methods=names)
    bars = sorted(view.valuation.tornado, key=lambda bar: -abs(bar.at_high - bar.at_low))
    if not bars:
        return text
    low, high = sorted((bars[0].at_low, bars[0].at_high))
    return text + view.say(
        "value.reason_driver",
        driver=view.wording.inside(f"input.{bars[0].key}"),
        low=view.wording.change(low, view.point),
        high=view.wording.change(high, view.point),
    )


def _largest_gap(view: View) -> float:
    """The largest distance of a method's result from the group's conclusion, as a share."""
    gaps = [
        abs(item.value / group.value - 1)
        for group in view.valuation.groups
        if group.value
        for item in group.methods
        if item.family in APPROACHES
    ]
    return max(gaps, default=0.0)
