"""The running-rate form of market comparables: royalties of licenses on the group's own sales.

A lump sum becomes a rate over the sales that both sides expected. The second axis "right" of the
sheets runs over pairs of a deal and a group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from zhirong.application.case.case_file import Comparable
from zhirong.application.case.context import fact_origin
from zhirong.application.inputs.columns import Column, Link, fixed
from zhirong.application.inputs.gathering import gather
from zhirong.application.inputs.ground import Ground, year_labels
from zhirong.application.runs.deals import UsedDeal
from zhirong.application.runs.license_flows import PresentFlows, ReadingSheet
from zhirong.application.runs.running import Drawn, Plan, Worked, with_draws, work
from zhirong.core import figure as fig
from zhirong.core.figure import Figure, ratio, total
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ComputedOrigin, Origin
from zhirong.valuation import projection
from zhirong.valuation.methods import market_comparables
from zhirong.valuation.methods.market_comparables import FACTORS

DEALS, RATES = "market_deals", "market_rates"
GROUP_NAMES = (
    *("base_sales", "growth", "mapped_share", "life", "discount_rate", "tax_rate", "timing"),
    "year",
)
FACTOR_NAMES = tuple(f"{factor}_factor" for factor in FACTORS)


@dataclass(frozen=True, slots=True)
class Pair:
    """A deal set against a group: place of the group among the sheet's rows."""

    asset: int
    used: UsedDeal


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseRates:
    """The form worked on its rows; lines "value", "deal_weight" (asset) of `rates.sheet`."""

    rows: tuple[int, ...]
    deals: Worked
    rates: Worked
    plan: Plan

    def evaluate(self, drawn: Drawn) -> Array:
        """Values of its rows in draws of their columns."""
        return self.rates.evaluate(self._with_rates(drawn))

    def flows(self, drawn: Drawn) -> PresentFlows:
        """What a license at the market's rate pays, and on which sales."""
        sheet = ReadingSheet(RATES, keys=("sales_value", "market_royalty_rate"))
        whole = self._with_rates(drawn)
        self.plan.value(sheet, self.plan.builder.enter(sheet, self.plan.names, whole))
        sales = sheet.read["sales_value"]
        claimed = sales * sheet.read["market_royalty_rate"]
        return PresentFlows(claimed=with_draws(claimed, whole), sales=with_draws(sales, whole))

    def _with_rates(self, drawn: Drawn) -> Drawn:
        return {**drawn, "rate": self.deals.evaluate(drawn)}


def license_rates(rows: tuple[int, ...], pairs: Sequence[Pair], ground: Ground) -> LicenseRates:
    """Work the form for some groups that have all inputs and at least one deal."""
    groups = tuple(ground.context.groups[row].name for row in rows)
    deals = work(_deals_plan(rows, pairs, ground, groups))
    plan = _rates_plan(rows, pairs, ground, deals.sheet)
    return LicenseRates(rows=rows, deals=deals, rates=work(plan), plan=plan)


def labels(groups: Sequence[str], pairs: Sequence[Pair]) -> dict[str, tuple[str, ...]]:
    """The labels of the axes of a sheet of deals."""
    return {
        "asset": tuple(groups),
        "right": tuple(f"{pair.used.deal.comparable} / {groups[pair.asset]}" for pair in pairs),
    }


def deal_origin(deal: Comparable) -> Origin:
    """Where a deal was read."""
    return fact_origin(deal.source, f"comparables {deal.comparable}")


def grid_columns(pairs: Sequence[Pair]) -> dict[str, Column]:
    """Weights and factors of the deals; what was not stated counts as equal, and says so."""
    has_weights = all(pair.used.deal.weight is not None for pair in pairs)
    columns = {
        "weight": _column(
            "weight",
            [float(pair.used.deal.weight or 0) if has_weights else 1.0 for pair in pairs],
            "share",
            [
                deal_origin(pair.used.deal) if has_weights else ComputedOrigin(by="equal_weights")
                for pair in pairs
            ],
        )
    }
    for factor in FACTORS:
        columns[f"{factor}_factor"] = _column(
            f"{factor}_factor",
            [pair.used.factors.get(factor, 1.0) for pair in pairs],
            "multiple",
            [
                deal_origin(pair.used.deal)
                if factor in pair.used.factors
                else ComputedOrigin(by="no_adjustment")
                for pair in pairs
            ],
        )
    return columns


def _column(key: str, values: Sequence[float], unit: str, origins: Sequence[Origin]) -> Column:
    return fixed(key, values, unit, axes=("right",), origins=origins)


def _deals_plan(
    rows: tuple[int, ...], pairs: Sequence[Pair], ground: Ground, groups: Sequence[str]
) -> Plan:
    deals = [pair.used.deal for pair in pairs]
    origins = [deal_origin(deal) for deal in deals]
    gathered = gather(("discount_rate", "timing"), rows, ground)
    terms = [float(deal.term_years or 0) for deal in deals]
    columns = {
        "running_rate": _column(
            "running_rate", [float(deal.royalty_rate or 0) for deal in deals], "share", origins
        ),
        "deal_lump": _column(
            "deal_lump", [float(deal.amount or 0) for deal in deals], "CNY", origins
        ),
        "deal_yearly_sales": _column(
            "deal_yearly_sales", [float(deal.yearly_sales or 0) for deal in deals], "CNY", origins
        ),
        "deal_term": _column("deal_term", terms, "year", origins),
    }
    index = tuple(pair.asset for pair in pairs)

    def value(sheet: Sheet, f: Mapping[str, Figure]) -> Figure:
        rate = fig.gather(f["discount_rate"], index=index)
        factor = projection.discount_factor(rate, year=f["year"], timing=f["timing"])
        within = projection.in_life(f["deal_term"], f["year"])
        expected = total(f["deal_yearly_sales"] * within * factor, over="year")
        present = sheet.line("deal_sales_value", expected, "CNY")
        spread = sheet.line("lump_rate", ratio(f["deal_lump"], present), "share")
        return sheet.line("deal_rate", f["running_rate"] + spread, "share")

    return Plan(
        key=DEALS,
        labels=labels(groups, pairs),
        names=("discount_rate", "timing", "year", *columns),
        columns={**gathered.columns, **columns},
        linked=gathered.linked,
        years=max(1, ceil(max(terms))),
        value=value,
    )


def _rates_plan(rows: tuple[int, ...], pairs: Sequence[Pair], ground: Ground, deals: Sheet) -> Plan:
    groups = tuple(ground.context.groups[row].name for row in rows)
    gathered = gather(GROUP_NAMES, rows, ground)
    link = Link(sheet=deals, line="deal_rate")
    index = tuple(pair.asset for pair in pairs)

    def value(sheet: Sheet, f: Mapping[str, Figure]) -> Figure:
        sales, mean_tax = _sales(sheet, f)
        own = {name: f[name] for name in ("rate", "weight", *FACTOR_NAMES)}
        inputs = market_comparables.RateInputs(
            sales_value=sales, tax_rate=mean_tax, asset_of=index, assets=len(rows), **own
        )
        figure = market_comparables.value_by_rate(sheet, a=inputs)
        deal_weight(sheet, f["weight"], index=index, assets=len(rows))
        return figure

    return Plan(
        key=RATES,
        labels={
            **labels(groups, pairs),
            "year": year_labels(ground.years, ground.context.valuation_date),
        },
        names=(*GROUP_NAMES, "rate", "weight", *FACTOR_NAMES),
        columns={**gathered.columns, **grid_columns(pairs), "rate": link.column("rate")},
        linked={**gathered.linked, "rate": link},
        years=ground.years,
        value=value,
    )


def _sales(sheet: Sheet, f: Mapping[str, Figure]) -> tuple[Figure, Figure]:
    """Present value of the mapped sales within the life, and the mean tax on it."""
    revenue = projection.revenue_path(
        sheet, base_sales=f["base_sales"], growth=f["growth"], mapped_share=f["mapped_share"]
    )
    kept = sheet.line("in_life", projection.in_life(f["life"], f["year"]), "share")
    served = sheet.line("licensed_sales", revenue * kept, "CNY")
    factor = sheet.line(
        "discount_factor",
        projection.discount_factor(f["discount_rate"], year=f["year"], timing=f["timing"]),
        "1",
    )
    present = sheet.line("sales_value", total(served * factor, over="year"), "CNY")
    left = total(served * (1 - f["tax_rate"]) * factor, over="year")
    taxed = sheet.line("sales_value_after_tax", left, "CNY")
    return present, sheet.line("mean_tax_rate", 1 - ratio(taxed, present), "share")


def deal_weight(sheet: Sheet, weight: Figure, *, index: tuple[int, ...], assets: int) -> Figure:
    """The weight of all deals of each group; line "deal_weight" (asset)."""
    return sheet.line("deal_weight", fig.total_by(weight, index=index, assets=assets), "share")
