"""Incremental income: the higher price, larger volume and lower cost that the rights bring."""

from dataclasses import dataclass

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.valuation import projection

KEY = "incremental_income"
AGEING = "royalty_decay"
TAX_BASIS = "after_tax"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads, entered on the sheet as facts, parameters or assumptions.

    Attributes:
        base_sales: Sales of the product in the year before the valuation date, CNY; (asset).
        growth: Growth of each forecast year over the one before, share; (asset, year).
        mapped_share: Share of the sales that the rights serve by the signed matrix; (asset) or
            (asset, year).
        price_premium: Price above that without the rights, as a share of the latter; (asset).
        extra_volume: Units above those without the rights, as a share of the latter; (asset).
        contribution_margin: Price less variable cost of the extra units, as a share of the price
            without the rights; (asset).
        cost_saving: Cost that the rights save, as a share of sales; (asset).
        increment_decay: Yearly fall of the increment as others catch up, share; (asset).
        life: Remaining economic life, years; (asset).
        upkeep: Annual fees of the group's rights, CNY; (asset, year).
        tax_rate: Corporate income tax, share; (year) or (asset, year).
        discount_rate: Yearly rate after tax, share; (asset).
        year: Index of the forecast year, from `Sheet.years`; (year).
        timing: 0.5 for mid-year, 1.0 for year-end discounting, years; no axes.
    """

    base_sales: Figure
    growth: Figure
    mapped_share: Figure
    price_premium: Figure
    extra_volume: Figure
    contribution_margin: Figure
    cost_saving: Figure
    increment_decay: Figure
    life: Figure
    upkeep: Figure
    tax_rate: Figure
    discount_rate: Figure
    year: Figure
    timing: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Value on the valuation date by the extra income; line "value", CNY, (asset).

    The three parts add up without counting twice: the premium on all units sold, the margin at the
    price without the rights on the extra units, the saving on all sales.

    Source:
        IVS 210 Intangible Assets, income approach, premium-profit method.
    """
    revenue = projection.revenue_path(
        sheet, base_sales=a.base_sales, growth=a.growth, mapped_share=a.mapped_share
    )
    plain = sheet.line("revenue_without_premium", revenue / (1 + a.price_premium), "CNY")
    from_price = sheet.line("price_increment", revenue - plain, "CNY")
    extra = a.extra_volume / (1 + a.extra_volume)
    from_volume = sheet.line("volume_increment", plain * (extra * a.contribution_margin), "CNY")
    from_cost = sheet.line("cost_increment", revenue * a.cost_saving, "CNY")
    kept = sheet.line("in_life", projection.in_life(a.life, a.year), "share")
    staying = projection.aged(kept, decay=a.increment_decay, year=a.year)
    increment = (from_price + from_volume + from_cost) * staying
    claimed = sheet.line("claimed_cash", increment, "CNY")
    net = sheet.line("net_of_upkeep", claimed - a.upkeep * kept, "CNY")
    after_tax = sheet.line("after_tax", net * (1 - a.tax_rate), "CNY")
    factor = sheet.line(
        "discount_factor",
        projection.discount_factor(a.discount_rate, year=a.year, timing=a.timing),
        "1",
    )
    return projection.abandonable_value(sheet, after_tax, factor=factor)
