"""What could change the result: assumptions, scenarios of the distribution, other premises."""

from collections.abc import Mapping
from typing import Any

from zhirong.adapters.documents.blocks import Block, Chart, Column, Heading, Prose, Row, Table
from zhirong.adapters.documents.charts import ranges, tornado
from zhirong.adapters.documents.reports.valuation_view import View
from zhirong.application.case.assumed_inputs import ASSUMED
from zhirong.application.result import DistributionRecord

SCENARIOS = (
    ("worst", 0.05),
    ("cautious", 0.10),
    ("low", 0.25),
    ("middle", 0.50),
    ("high", 0.75),
    ("bold", 0.90),
    ("best", 0.95),
)
TAIL = 0.10
BARS_MAX = 8
MONTHS_A_YEAR = 12


def change_blocks(view: View) -> tuple[Block, ...]:
    """The third section."""
    chart = _tornado_chart(view)
    return (
        Heading(view.say("value.section.change")),
        Heading(view.say("value.section.assumed"), level=2),
        *((chart,) if chart else (Prose(view.say("value.no_ranges")),)),
        _scenario_table(view),
        Heading(view.say("value.section.premises"), level=2),
        Prose(view.say("value.premises_intro")),
        _premise_chart(view),
        _premise_table(view),
        *_terms(view),
    )


def _tornado_chart(view: View) -> Chart | None:
    bars = sorted(view.valuation.tornado, key=lambda bar: -abs(bar.at_high - bar.at_low))
    bars = [bar for bar in bars if bar.at_high != bar.at_low][:BARS_MAX]
    if not bars:
        return None
    unit = view.wording.chart_unit(view.point)
    drawn = tornado.svg(
        tornado.TornadoChart(
            base=view.point,
            base_text=unit.show(view.point),
            unit=unit,
            bars=tuple(
                tornado.TornadoBar(
                    label=view.say(f"input.{bar.key}"),
                    at_low=bar.at_low,
                    at_high=bar.at_high,
                    inputs=_range_of(view, bar.key),
                )
                for bar in bars
            ),
            low_word=view.say("value.chart.at_low"),
            high_word=view.say("value.chart.at_high"),
        )
    )
    low, high = sorted((bars[0].at_low, bars[0].at_high))
    title = view.say(
        "value.chart.tornado",
        driver=f"input.{bars[0].key}",
        low=view.wording.change(low, view.point),
        high=view.wording.change(high, view.point),
    )
    return Chart(
        svg=drawn,
        title=title,
        subtitle=view.say("value.chart.tornado_sub", unit=unit.name),
        source=view.say("value.chart.source_assumptions"),
        alt=title,
    )


def _range_of(view: View, name: str) -> str:
    """The range of the assumption behind a bar, where all groups read the same one."""
    spec = ASSUMED.get(name)
    if spec is None or spec.is_yearly:
        return ""
    keys = spec.keys or (name,)
    found = {
        (float(item.low), float(item.high))
        for item in view.appraisal.case.assumptions
        if item.key in keys and item.low is not None and item.high is not None
    }
    if len(found) != 1:
        return ""
    low, high = found.pop()
    if spec.unit == "share":
        return f"{view.wording.rate(low)} – {view.wording.rate(high)}"
    if spec.unit == "CNY":
        return view.wording.amounts(low, high)
    return f"{view.wording.number(low)} – {view.wording.quantity(high, 'year', 1)}"


# Scenarios.


def _scenario_table(view: View) -> Table:
    found, wording = view.valuation.distributions[0].distribution, view.wording
    rows = [
        Row(
            cells=(
                view.say(f"value.scenario.{name}"),
                f"P{probability * 100:.0f}",
                view.say(f"value.scenario.{name}_means"),
                view.wording.amount(found.quantile(probability)),
                wording.change(found.quantile(probability), view.point),
            )
        )
        for name, probability in SCENARIOS
    ]
    for code, amount in (("tail", found.shortfall(TAIL)), ("mean", found.mean)):
        rows.append(
            Row(
                cells=(
                    view.say(f"value.scenario.{code}"),
                    "",
                    view.say(f"value.scenario.{code}_means"),
                    wording.amount(amount),
                    wording.change(amount, view.point),
                ),
                style="muted",
            )
        )
    return Table(
        title=view.say("value.scenarios"),
        columns=(
            Column(head=view.say("value.scenario_head")),
            Column(head=view.say("value.quantile_head"), align="center"),
            Column(head=view.say("value.meaning"), width="1fr"),
            Column(head=view.say("value.value"), unit=wording.amount_unit, align="decimal"),
            Column(head=view.say("value.against_point"), align="decimal"),
        ),
        rows=tuple(rows),
        note=view.say("value.scenarios_note", draws=view.appraisal.options.draws),
    )


# Premises.


def _premise_chart(view: View) -> Chart:
    unit = view.wording.chart_unit(view.point)
    rows = tuple(
        ranges.RangeRow(
            label=view.wording.capital(f"premise.{item.name}"),
            value=_typical(view, item),
            interval=item.distribution.interval(),
            is_concluded=item.name == "market_value",
        )
        for item in view.valuation.distributions
    )
    shares = [view.share(row.value) for row in rows if not row.is_concluded]
    title = view.say(
        "value.chart.premises",
        low=round(min(shares, default=0.0), 9),
        high=round(max(shares, default=0.0), 9),
    )
    return Chart(
        svg=ranges.svg(ranges.RangesChart(rows=rows, unit=unit)),
        title=title,
        subtitle=view.say("value.chart.premises_sub", unit=unit.name),
        source=view.say("value.chart.source_result"),
        alt=title,
    )


def _typical(view: View, item: DistributionRecord) -> float:
    """The market value's point; the expected proceeds of the others."""
    return view.point if item.name == "market_value" else item.distribution.mean


def _premise_table(view: View) -> Table:
    say, unit = view.say, view.wording.amount_unit
    return Table(
        title=say("value.premise_table"),
        columns=(
            Column(head=say("value.premise"), width="1.1fr"),
            Column(head=say("value.condition"), width="1.2fr"),
            Column(head=say("value.horizon")),
            Column(head=say("value.costs")),
            Column(head=say("value.account")),
            Column(head=say("value.expected"), unit=unit, align="decimal"),
            Column(head=say("value.interval_head"), unit=unit, align="right"),
            Column(head=say("value.no_sale"), unit="%", align="decimal"),
        ),
        rows=tuple(_premise_row(view, item) for item in view.valuation.distributions),
        note=say("value.premise_note_table"),
    )


def _premise_row(view: View, item: DistributionRecord) -> Row:
    say, wording = view.say, view.wording
    meaning, spread = item.distribution.meaning, item.distribution
    months = round(meaning.horizon_years * MONTHS_A_YEAR)
    return Row(
        cells=(
            wording.capital(f"premise.{item.name}"),
            wording.capital(f"condition.{meaning.condition}"),
            wording.quantity(months, "month") if months else say("value.today"),
            say("value.costs_off" if meaning.are_costs_deducted else "value.costs_on"),
            say(f"value.account.{meaning.account}"),
            wording.amount(_typical(view, item)),
            wording.amounts(*spread.interval()),
            wording.number(spread.probability_of_zero * 100),
        )
    )


def _terms(view: View) -> tuple[Table, ...]:
    """The terms of sale behind the premises, as the house judges them."""
    rows = tuple(
        _terms_row(view, item.name, terms)
        for item in view.valuation.distributions
        if isinstance(terms := view.parameter(f"pledge.disposal.{item.name}"), Mapping)
    )
    if not rows:
        return ()
    say = view.say
    return (
        Table(
            title=say("value.terms"),
            columns=(
                Column(head=say("value.premise"), width="1fr"),
                Column(
                    head=say("value.haircut"), unit=say("value.low_central_high"), align="right"
                ),
                Column(
                    head=say("value.sale_months"), unit=say("value.low_central_high"), align="right"
                ),
                Column(head=say("value.no_sale"), align="right"),
                Column(head=say("value.cost_share"), align="right"),
                Column(head=say("value.tags")),
            ),
            rows=rows,
            note=say("value.terms_note", rate=view.parameter("pledge.disposal.discount_rate") or 0),
        ),
    )


def _terms_row(view: View, name: str, terms: Mapping[str, Any]) -> Row:
    wording = view.wording

    def triple(key: str, factor: float) -> str:
        points = (terms[key][point] for point in ("low", "central", "high"))
        return " / ".join(wording.number(float(point) * factor, 0) for point in points)

    return Row(
        cells=(
            wording.capital(f"premise.{name}"),
            triple("haircut", 100) + " %",
            triple("months", 1),
            wording.percent(float(terms["no_sale_probability"])),
            wording.percent(float(terms["cost_share"])),
            wording.mark("unverified"),
        )
    )
