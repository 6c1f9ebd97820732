"""Why this figure: from revenue to value, scores, value by right, expiry, distribution."""

from collections import Counter

import numpy as np

from zhirong.adapters.documents.blocks import Block, Chart, Heading, SideBySide
from zhirong.adapters.documents.charts import (
    distribution,
    expiry_wall,
    palette,
    radar,
    value_by_right,
)
from zhirong.adapters.documents.reports.valuation_view import DAYS_A_YEAR, View
from zhirong.adapters.documents.reports.valuation_waterfall import waterfall_chart
from zhirong.application.result import RightScores

RIGHTS_SHOWN = 10
# The bar of all other rights is drawn while it does not dwarf the first one.
REST_TIMES_MAX = 2
KINDS = ("invention", "utility_model", "design")
NEAR_YEARS = 5
WALL_YEARS_MAX = 22


def why_blocks(view: View) -> tuple[Block, ...]:
    """The second section."""
    charts = (
        waterfall_chart(view),
        _distribution_chart(view),
        _scores_and_expiry(view),
        _right_chart(view),
    )
    return (
        Heading(view.say("value.section.why")),
        *(block for block in charts if block is not None),
    )


def charts_by_key(view: View, *, width: float = palette.TEXT_WIDTH) -> dict[str, Chart]:
    """The charts that a page shows, those that can be drawn: distribution, scores, expiry.

    Drawn so many points wide; the scores are as wide as they are anywhere.
    """
    drawn = {
        "distribution": _distribution_chart(view, width=width),
        "scores": _score_chart(view),
        "expiry": _expiry_chart(view, width=width),
    }
    return {key: chart for key, chart in drawn.items() if chart is not None}


def dimension_means(view: View) -> tuple[tuple[str, float, float], ...]:
    """For each scored dimension its code, the mean by value and the plain mean."""
    averages = _averages(view)
    return tuple((f"value.dimension.{name}", *averages[name]) for name in "LTE" if name in averages)


def _scores_and_expiry(view: View) -> Block | None:
    """The radar beside the expiry wall; the wall alone where nothing is scored."""
    scores = _score_chart(view)
    if scores is None:
        return _expiry_chart(view, width=palette.TEXT_WIDTH)
    expiry = _expiry_chart(view, width=palette.HALF_WIDTH)
    return scores if expiry is None else SideBySide(left=scores, right=expiry)


def _distribution_chart(view: View, *, width: float = palette.TEXT_WIDTH) -> Chart | None:
    found = view.valuation.distributions[0].distribution
    if found.quantile(0.9) <= found.quantile(0.1):
        return None
    total, wording = view.valuation.total, view.wording
    unit = wording.chart_unit(total.high)
    mark = distribution.Mark
    marks = [
        mark(
            value=total.value,
            name=wording.capital("premise.market_value"),
            text=unit.show(total.value),
        )
    ]
    pledge = view.pledge
    if pledge is not None:
        name = view.say("value.quantile", probability=round(pledge.quantile_probability * 100))
        points = (
            (pledge.prudent_quantile, name, "dashed"),
            (pledge.liquidation_value, wording.capital("premise.liquidation"), "dotted"),
            (pledge.caps_amount, view.say("value.caps"), "dashed"),
        )
        marks += [
            mark(value=v, name=n, text=unit.show(v), style="dotted" if s == "dotted" else "dashed")
            for v, n, s in points
        ]
    interval = view.say("value.interval", interval=wording.headline_interval(total.low, total.high))
    drawn = distribution.svg(
        distribution.DistributionChart(
            cells=found.cells,
            unit=unit,
            interval=(total.low, total.high),
            interval_text=interval,
            marks=tuple(marks),
        ),
        width=width,
    )
    return Chart(
        svg=drawn,
        title=view.say(
            "value.chart.distribution",
            interval=wording.headline_interval(total.low, total.high),
        ),
        subtitle=view.say("value.chart.distribution_sub", draws=view.appraisal.options.draws),
        source=view.say("value.chart.source_result"),
        alt=view.say("value.chart.distribution_alt", interval=interval),
    )


# Scores.


def _levels(scores: RightScores) -> dict[str, float]:
    """The scores of the first level, by the dimension that all trees share."""
    first = [node for node in scores.nodes if node.level == 0]
    return {node.node[-1]: node.score for node in first if node.score is not None}


def _averages(view: View) -> dict[str, tuple[float, float]]:
    """For each dimension the mean by value and the plain mean over the rights that have a score."""
    values = {right.right: right.value for right in view.valuation.rights}
    found: dict[str, list[tuple[float, float]]] = {}
    for scores in view.appraisal.scores:
        for dimension, score in _levels(scores).items():
            found.setdefault(dimension, []).append((score, values.get(scores.right, 0.0)))
    averages: dict[str, tuple[float, float]] = {}
    for dimension, pairs in found.items():
        points, weights = np.array(pairs).T
        plain = float(np.mean(points))
        by_value = float(np.average(points, weights=weights)) if weights.sum() > 0 else plain
        averages[dimension] = (by_value, plain)
    return averages


def _score_chart(view: View) -> Chart | None:
    averages = _averages(view)
    ordered = [name for name in ("L", "T", "E") if name in averages]
    if len(ordered) < 3:
        return None
    best = max(ordered, key=lambda name: averages[name][0])
    worst = min(ordered, key=lambda name: averages[name][0])
    drawn = radar.svg(
        radar.RadarChart(
            axes=tuple(
                radar.RadarAxis(
                    label=view.say(f"value.dimension.{name}"),
                    score=averages[name][0],
                    text=view.wording.number(averages[name][0]),
                    reference=averages[name][1],
                )
                for name in ordered
            ),
            word=view.say("value.chart.by_value"),
            reference_word=view.say("value.chart.plain_mean"),
        ),
        width=palette.HALF_WIDTH,
    )
    return Chart(
        svg=drawn,
        title=view.say(
            "value.chart.scores",
            best=view.wording.inside(f"value.dimension.{best}"),
            worst=view.wording.inside(f"value.dimension.{worst}"),
        ),
        subtitle=view.say("value.chart.scores_sub"),
        source=_score_source(view),
        alt=view.say("value.chart.scores_sub"),
    )


def _score_source(view: View) -> str:
    coverage = [right.coverage for right in view.valuation.rights if right.coverage is not None]
    return view.say(
        "value.chart.source_scores",
        coverage=view.wording.percent(float(np.mean(coverage)) if coverage else None),
        count=sum(right.score_state == "indicative" for right in view.valuation.rights),
        limit=view.parameter("scoring.coverage_min"),
    )


# Rights and their time.


def _right_chart(view: View) -> Chart | None:
    ranked = view.ranked
    if not ranked:
        return None
    shown, rest = ranked[:RIGHTS_SHOWN], ranked[RIGHTS_SHOWN:]
    wording, unit = view.wording, view.wording.chart_unit(ranked[0].value)
    left = sum(right.value for right in rest)
    is_drawn = 0 < left <= REST_TIMES_MAX * ranked[0].value
    bar = value_by_right.RightValue
    drawn = value_by_right.svg(
        value_by_right.ValueByRightChart(
            rights=tuple(
                bar(
                    number=wording.name(right.right),
                    title=right.title,
                    value=right.value,
                    interval=right.distribution.interval() if right.distribution else None,
                    share=wording.percent(view.share(right.value)),
                )
                for right in shown
            ),
            unit=unit,
            rest=bar(
                number=view.say("value.rest", count=len(rest)),
                title="",
                value=left,
                share=wording.percent(view.share(left)),
            )
            if is_drawn
            else None,
        )
    )
    first = ranked[: min(3, len(ranked))]
    share = view.share(sum(right.value for right in first))
    return Chart(
        svg=drawn,
        title=view.say("value.chart.rights", count=len(first), share=round(share, 9)),
        subtitle=view.say("value.chart.rights_sub", unit=unit.name)
        + (_not_drawn(view, len(rest), left) if left and not is_drawn else ""),
        source=view.say("value.chart.source_sheet", sheet="method.allocation"),
        alt=view.say("value.chart.rights", count=len(first), share=round(share, 9)),
    )


def _not_drawn(view: View, count: int, value: float) -> str:
    return view.say(
        "value.chart.rights_rest",
        count=count,
        value=view.wording.money(value),
        share=round(view.share(value), 9),
    )


def _expiry_chart(view: View, *, width: float) -> Chart | None:
    counts = Counter((view.expiry(right).year, right.kind) for right in view.alive)
    if not counts:
        return None
    start = view.appraisal.head.valuation_date
    last = max(year for year, _ in counts)
    years = tuple(range(start.year, min(last, start.year + WALL_YEARS_MAX) + 1))
    kinds = [kind for kind in KINDS if any(key[1] == kind for key in counts)]
    drawn = expiry_wall.svg(
        expiry_wall.ExpiryWallChart(
            years=years,
            kinds=tuple(
                expiry_wall.Kind(
                    label=view.wording.kind(kind),
                    counts=tuple(counts[year, kind] for year in years),
                )
                for kind in kinds
            ),
            count_word=view.say("value.chart.count_word"),
            maturity=_maturity(view),
        ),
        width=width,
    )
    near = sum(right.legal_life_years <= NEAR_YEARS for right in view.alive)
    near_value = sum(r.value for r in view.alive if r.legal_life_years <= NEAR_YEARS)
    title = view.say(
        "value.chart.expiry",
        years=NEAR_YEARS,
        count=near,
        share=round(view.share(near_value), 9),
    )
    return Chart(
        svg=drawn,
        title=title,
        subtitle=view.say("value.chart.expiry_sub"),
        source=view.say("value.chart.source_register"),
        alt=title,
    )


def _maturity(view: View) -> expiry_wall.Maturity | None:
    end = view.appraisal.options.debt_term_end
    if end is None:
        return None
    return expiry_wall.Maturity(
        year=end.year + end.timetuple().tm_yday / DAYS_A_YEAR,
        text=view.say("value.chart.maturity", on=end),
    )
