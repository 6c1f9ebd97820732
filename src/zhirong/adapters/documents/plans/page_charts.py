"""The charts of a structured plan for a page, each with the table behind it."""

from collections.abc import Callable

from zhirong.adapters.documents.blocks import Chart
from zhirong.adapters.documents.charts import loss_exceedance, tranche_balances, value_by_right
from zhirong.adapters.documents.charts.loss_exceedance import Attachment, LossExceedanceChart
from zhirong.adapters.documents.charts.palette import TEXT_WIDTH
from zhirong.adapters.documents.charts.scales import Unit
from zhirong.adapters.documents.charts.tranche_balances import (
    TrancheBalance,
    TrancheBalancesChart,
)
from zhirong.adapters.documents.charts.value_by_right import RightValue, ValueByRightChart
from zhirong.adapters.documents.plans.plan_words import PlanWords
from zhirong.adapters.documents.reports.page_charts import NARROW_WIDTH, PageChart
from zhirong.application.plans.structure import Structure
from zhirong.core.messages import Catalog, Language
from zhirong.securitization.pool.concentration import By

FEN = 100
MOST_BARS = 15
HALF_A_PATH = 0.5


def page_charts(found: Structure, *, words: Catalog, lang: Language) -> tuple[PageChart, ...]:
    """The charts that can be drawn; that of losses only where losses were simulated."""
    drawn = [_concentration(found, words, lang), _balances(found, words, lang)]
    if found.losses is not None:
        drawn.append(_losses(found, words, lang))
    return tuple(drawn)


def _unit(words: Catalog, lang: Language) -> Unit:
    divisor = 1e4 if lang == "zh" else 1e6
    return Unit(
        name=words.label("plans.chart.unit", lang),
        divisor=divisor,
        decimals=0 if lang == "zh" else 1,
    )


def _chart(
    key: str,
    draw: Callable[[float], bytes],
    said: tuple[Catalog, Language],
    *,
    rows: tuple[tuple[str, str], ...],
) -> PageChart:
    words, lang = said

    def say(part: str) -> str:
        return words.label(f"plans.chart.{key}.{part}", lang)

    return PageChart(
        key=key,
        chart=Chart(
            svg=draw(TEXT_WIDTH),
            title=say("title"),
            subtitle=say("subtitle"),
            source=say("source"),
            alt=say("alt"),
        ),
        rows=rows,
        narrow=draw(NARROW_WIDTH),
    )


def _concentration(found: Structure, words: Catalog, lang: Language) -> PageChart:
    names = {each.obligor_id: each.name for each in found.inputs.pool.obligors}
    cut = sorted(found.pool.cuts[By.OBLIGOR], key=lambda each: -each.balance_fen)
    unit = _unit(words, lang)
    bars = tuple(
        RightValue(
            number=names.get(each.key, each.key),
            title="",
            value=each.balance_fen / FEN,
            share=f"{each.share * 100:.1f} %",
        )
        for each in cut[:MOST_BARS]
    )
    rest = cut[MOST_BARS:]
    summed = (
        RightValue(
            number=words.label("plans.chart.rest", lang),
            title="",
            value=sum(each.balance_fen for each in rest) / FEN,
            share=f"{sum(each.share for each in rest) * 100:.1f} %",
        )
        if rest
        else None
    )
    chart = ValueByRightChart(rights=bars, unit=unit, rest=summed)
    rows = tuple((bar.number, f"{unit.show(bar.value)}  {bar.share}") for bar in bars)
    return _chart(
        "concentration",
        lambda width: value_by_right.svg(chart, width=width),
        (words, lang),
        rows=rows,
    )


def _balances(found: Structure, words: Catalog, lang: Language) -> PageChart:
    plan, run = found.inputs.plan, found.scenarios[0].found.run
    unit = _unit(words, lang)
    tranches = tuple(
        TrancheBalance(
            name=PlanWords(plan, words, lang).label(each.key),
            balances=(
                each.balance_fen / FEN,
                *(int(fen) / FEN for fen in run.tranches[each.key].balance),
            ),
        )
        for each in reversed(plan.tranches)
    )
    days = (plan.dates.closing, *run.on)
    chart = TrancheBalancesChart(days=days, tranches=tranches, unit=unit)
    rows = tuple(
        (
            day.isoformat(),
            " · ".join(
                f"{tranche.name} {unit.show(tranche.balances[place])}"
                for tranche in reversed(tranches)
            ),
        )
        for place, day in enumerate(days)
    )
    return _chart(
        "tranche_balances",
        lambda width: tranche_balances.svg(chart, width=width),
        (words, lang),
        rows=rows,
    )


def _losses(found: Structure, words: Catalog, lang: Language) -> PageChart:
    assert found.losses is not None, "asked for only where losses were simulated"
    names = PlanWords(found.inputs.plan, words, lang)
    points, left = [], 1.0
    for edge, chance in found.losses.pool.histogram:
        left = round(left - chance, 12)  # no rest of rounding becomes a probability
        # What rounding leaves behind the last path is no probability.
        points.append((edge, left if left * found.losses.paths > HALF_A_PATH else 0.0))
    marks = tuple(
        Attachment(share=each.attach, text=f"{names.label(each.key)} {each.attach * 100:.2f} %")
        for each in found.scenarios[0].tranches
        if each.attach > 0
    )
    chart = LossExceedanceChart(
        points=tuple(points),
        attachments=marks,
        across_name=words.label("plans.chart.loss_distribution.across", lang),
        up_name=words.label("plans.chart.loss_distribution.up", lang),
    )
    rows = tuple(
        (f"P{chance * 100:g}", f"{loss * 100:.2f} %")
        for chance, loss in found.losses.pool.quantiles
    )
    return _chart(
        "loss_distribution",
        lambda width: loss_exceedance.svg(chart, width=width),
        (words, lang),
        rows=rows,
    )
