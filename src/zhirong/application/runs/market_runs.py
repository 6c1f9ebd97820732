"""Market comparables run on a case: licenses on the group's own sales, and sales of rights.

Each deal is set against the group that it names, or against all. Where a group has both kinds of
deals, the two results are weighted by their deals' weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zhirong.application.inputs.columns import Column, Link, MissingInput, fixed, spread_out
from zhirong.application.inputs.gathering import lacking
from zhirong.application.inputs.ground import Ground, year_labels
from zhirong.application.runs.deals import UsedDeal
from zhirong.application.runs.income import MethodRun
from zhirong.application.runs.license_rates import (
    FACTOR_NAMES,
    GROUP_NAMES,
    LicenseRates,
    Pair,
    deal_origin,
    deal_weight,
    grid_columns,
    labels,
    license_rates,
)
from zhirong.application.runs.running import Drawn, Evaluate, Plan, Worked, work
from zhirong.core.figure import Figure, ratio
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet
from zhirong.valuation.methods import market_comparables

PRICES = "market_prices"


@dataclass(frozen=True, slots=True, kw_only=True)
class SalePrices:
    """The price form worked on its rows; lines "value", "deal_weight" (asset)."""

    rows: tuple[int, ...]
    worked: Worked


def market_runs(
    ground: Ground, deals: Sequence[UsedDeal]
) -> tuple[tuple[MethodRun, ...], tuple[MissingInput, ...]]:
    """The method on every group that has a deal, in the forms that its deals allow."""
    rates, missing = _rates(ground, [deal for deal in deals if not deal.is_sale])
    prices = _prices(ground, [deal for deal in deals if deal.is_sale])
    if rates is None and prices is None:
        return (), missing
    return (_run(ground, rates, prices),), missing


def _serves(deal: UsedDeal, group: str) -> bool:
    return deal.deal.group in ("", group)


def _rates(
    ground: Ground, deals: Sequence[UsedDeal]
) -> tuple[LicenseRates | None, tuple[MissingInput, ...]]:
    rows: list[int] = []
    missing: list[MissingInput] = []
    for row, group in enumerate(ground.context.groups):
        has_deal = any(_serves(deal, group.group) for deal in deals)
        if not has_deal or group.product.product not in ground.bases:
            continue
        absent = lacking(GROUP_NAMES, row, ground)
        missing.extend(absent)
        if not absent:
            rows.append(row)
    if not rows:
        return None, tuple(missing)
    return license_rates(tuple(rows), _pairs(ground, rows, deals), ground), tuple(missing)


def _pairs(ground: Ground, rows: Sequence[int], deals: Sequence[UsedDeal]) -> Sequence[Pair]:
    return [
        Pair(place, deal)
        for place, row in enumerate(rows)
        for deal in deals
        if _serves(deal, ground.context.groups[row].group)
    ]


def _prices(ground: Ground, deals: Sequence[UsedDeal]) -> SalePrices | None:
    groups = ground.context.groups
    rows = tuple(
        row for row, group in enumerate(groups) if any(_serves(deal, group.group) for deal in deals)
    )
    if not rows:
        return None
    pairs = _pairs(ground, rows, deals)
    index = tuple(pair.asset for pair in pairs)
    prices = fixed(
        "price",
        [float(pair.used.deal.amount or 0) for pair in pairs],
        "CNY",
        axes=("right",),
        origins=[deal_origin(pair.used.deal) for pair in pairs],
    )

    def value(sheet: Sheet, f: Mapping[str, Figure]) -> Figure:
        inputs = market_comparables.Inputs(asset_of=index, assets=len(rows), **f)
        figure = market_comparables.value(sheet, a=inputs)
        deal_weight(sheet, f["weight"], index=index, assets=len(rows))
        return figure

    plan = Plan(
        key=PRICES,
        labels=labels([groups[row].name for row in rows], pairs),
        names=("price", "weight", *FACTOR_NAMES),
        columns={"price": prices, **grid_columns(pairs)},
        value=value,
    )
    return SalePrices(rows=rows, worked=work(plan))


def _run(ground: Ground, rates: LicenseRates | None, prices: SalePrices | None) -> MethodRun:
    found = (*(rates.rows if rates else ()), *(prices.rows if prices else ()))
    rows = tuple(sorted(set(found)))
    worked = work(_together(ground, rows, rates, prices))
    moves = rates is not None and rates.plan.is_uncertain
    return MethodRun(
        key=market_comparables.KEY,
        family="market",
        ageing=market_comparables.AGEING,
        rows=rows,
        sheet=worked.sheet,
        columns=_judged(rates.plan.columns, _places(rows, rates.rows)) if rates and moves else {},
        evaluate=_evaluate(rates, worked, rows) if rates and moves else None,
        supports=(
            *((rates.deals.sheet, rates.rates.sheet) if rates else ()),
            *((prices.worked.sheet,) if prices else ()),
        ),
        licensed=rates.flows if rates and rows == rates.rows else None,
    )


def _judged(columns: Mapping[str, Column], there: Sequence[int]) -> Mapping[str, Column]:
    """What the rates read, over all groups; those with sales of rights only read none of it."""
    return {
        name: spread_out(column, there)
        for name, column in columns.items()
        if column.range is not None
    }


def _evaluate(rates: LicenseRates, worked: Worked, rows: tuple[int, ...]) -> Evaluate:
    own = [rows.index(row) for row in rates.rows]

    def evaluate(drawn: Drawn) -> Array:
        licensed = rates.evaluate({name: values[own] for name, values in drawn.items()})
        values = np.zeros((len(rows), licensed.shape[-1]))
        values[own] = licensed
        return worked.evaluate({"rate_value": values})

    return evaluate


def _together(
    ground: Ground, rows: tuple[int, ...], rates: LicenseRates | None, prices: SalePrices | None
) -> Plan:
    """Both forms beside each other; line "value" (asset) and the claims of the rates."""
    linked: dict[str, Link] = {}
    if rates is not None:
        there = _places(rows, rates.rows)
        linked["rate_value"] = Link(sheet=rates.rates.sheet, line="value", rows=there)
        linked["rate_weight"] = Link(sheet=rates.rates.sheet, line="deal_weight", rows=there)
        linked["licensed_sales"] = Link(sheet=rates.rates.sheet, line="licensed_sales", rows=there)
        linked["market_royalty_rate"] = Link(
            sheet=rates.rates.sheet, line="market_royalty_rate", rows=there
        )
    if prices is not None:
        there = _places(rows, prices.rows)
        linked["price_value"] = Link(sheet=prices.worked.sheet, line="value", rows=there)
        linked["price_weight"] = Link(sheet=prices.worked.sheet, line="deal_weight", rows=there)
    return Plan(
        key=market_comparables.KEY,
        labels={
            "asset": tuple(ground.context.groups[row].name for row in rows),
            "year": year_labels(ground.years, ground.context.valuation_date),
        },
        names=tuple(linked),
        columns={name: link.column(name) for name, link in linked.items()},
        linked=linked,
        value=_weighted,
    )


def _places(rows: Sequence[int], own: Sequence[int]) -> tuple[int, ...]:
    return tuple(own.index(row) if row in own else -1 for row in rows)


def _weighted(sheet: Sheet, f: Mapping[str, Figure]) -> Figure:
    if "rate_value" not in f:
        return sheet.line("value", f["price_value"] * 1, "CNY")
    claims = f["licensed_sales"] * f["market_royalty_rate"]
    if "price_value" not in f:
        sheet.line("claimed_cash", claims, "CNY")
        return sheet.line("value", f["rate_value"] * 1, "CNY")
    share = ratio(f["rate_weight"], f["rate_weight"] + f["price_weight"])
    counted = sheet.line("rate_share", share, "share")
    sheet.line("claimed_cash", claims * counted, "CNY")
    both = f["rate_value"] * counted + f["price_value"] * (1 - counted)
    return sheet.line("value", both, "CNY")
