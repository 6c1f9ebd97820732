"""The waterfall from the products' sales to the value, with the factor of each step."""

from collections.abc import Sequence

import numpy as np

from zhirong.adapters.documents.blocks import Chart
from zhirong.adapters.documents.charts import waterfall
from zhirong.adapters.documents.reports.valuation_view import Part, View, summed

# Steps after revenue: the lines whose sums they show, where they differ from the step before.
STEPS = ("claimed_cash", "net_of_upkeep", "after_tax", "present_value")
STANDS = ("claimed_cash", "present_value")
NO_CHANGE = 1e-9


def waterfall_chart(view: View) -> Chart | None:
    """The chart over the groups whose method starts from sales; None where there are none."""
    parts = [part for part in view.counted if _starts_from_sales(part)]
    if not parts:
        return None
    amounts = _amounts(view, parts)
    steps = [_step(view, "sales", amounts["sales"], None, stands=True)]
    before = amounts["sales"]
    for key in ("revenue", *STEPS):
        amount = amounts[key]
        if before and abs(amount / before - 1) < NO_CHANGE:
            continue
        steps.append(_step(view, key, amount, before, stands=key in STANDS))
        before = amount
    unit = view.wording.chart_unit(amounts["present_value"])
    drawn = waterfall.svg(
        waterfall.WaterfallChart(
            steps=tuple(steps),
            unit=unit,
            heads=(
                view.say("value.chart.step"),
                view.say("value.chart.factor"),
                unit.name,
            ),
            enlarged_word=view.say("value.chart.enlarged"),
        )
    )
    share = amounts["present_value"] / amounts["sales"] if amounts["sales"] else 0.0
    title = view.say("value.chart.waterfall", share=round(share, 9))
    return Chart(
        svg=drawn,
        title=title,
        subtitle=view.say("value.chart.waterfall_sub", years=_years(parts))
        + _left_out(view, parts),
        source=view.say(
            "value.chart.source_sheets",
            sheets=tuple(dict.fromkeys(view.say(f"method.{part.method}") for part in parts)),
        ),
        alt=title,
    )


def _starts_from_sales(part: Part) -> bool:
    return all(part.sheet.entry(key) is not None for key in ("sales", "in_life", *STEPS))


def _years(parts: Sequence[Part]) -> int:
    """The years that the sums run over: those of the longest life."""
    lives = [line for part in parts if (line := part.line("in_life")) is not None]
    return max(int(np.count_nonzero(life > 0)) for life in lives)


def _left_out(view: View, parts: Sequence[Part]) -> str:
    shown = {part.group.group for part in parts}
    missing = [group.name for group in view.valuation.groups if group.group not in shown]
    if not missing:
        return ""
    return view.say("value.chart.waterfall_without", groups=tuple(missing))


def _amounts(view: View, parts: Sequence[Part]) -> dict[str, float]:
    """Sums over the years of life. A product's sales count once, however many groups serve it."""
    by_product: dict[str, float] = {}
    for part in parts:
        sales, in_life = part.line("sales"), part.line("in_life")
        assert sales is not None, "the parts start from sales"
        assert in_life is not None, "the parts have a life"
        product, amount = part.group.product, float(np.sum(sales * in_life))
        by_product[product] = max(by_product.get(product, 0.0), amount)
    amounts = {
        "sales": sum(by_product.values()),
        "revenue": sum(
            amount * _mapped_share(view, product) for product, amount in by_product.items()
        ),
    }
    for key in STEPS:
        line = summed(parts, key)
        assert line is not None, "the parts have all steps"
        amounts[key] = float(np.sum(line))
    return amounts


def _mapped_share(view: View, product: str) -> float:
    """The part of a product's sales that at least one valued right serves."""
    rights = {
        n for group in view.valuation.groups for n in group.rights if group.product == product
    }
    case = view.appraisal.case
    covered = {
        cell.feature for cell in case.coverage if cell.product == product and cell.right in rights
    }
    return sum(
        float(item.weight)
        for item in case.features
        if item.product == product and item.feature in covered
    )


def _step(
    view: View, key: str, amount: float, before: float | None, *, stands: bool
) -> waterfall.Step:
    factor = "" if not before else f"× {view.wording.rate(amount / before)}"
    label = f"value.step.{key}"
    return waterfall.Step(label=view.say(label), factor=factor, amount=amount, stands=stands)
