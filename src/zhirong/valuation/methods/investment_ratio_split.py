"""Investment-ratio split: profit shared as technology and enterprise invested in it.

The equivalent investment (cost raised by the margin that such work usually earns) of the technology
over that of technology and enterprise together is the technology's share of the profit.
"""

from dataclasses import dataclass

from zhirong.core.figure import Figure, floor, where
from zhirong.core.sheet import Sheet
from zhirong.valuation import projection

KEY = "investment_ratio_split"
AGEING = "none"
TAX_BASIS = "after_tax"

# Keeps a split of whole hundredths of a per cent from being rounded up by a binary remainder.
_SLACK = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads, entered on the sheet as facts, parameters or assumptions.

    Attributes:
        base_sales: Sales of the product in the year before the valuation date, CNY; (asset).
        growth: Growth of each forecast year over the one before, share; (asset, year).
        mapped_share: Share of the sales that the rights serve by the signed matrix; (asset) or
            (asset, year).
        operating_margin: Profit to be shared, as a share of sales; (asset) or (asset, year).
        technology_cost: Replacement cost of the technology, CNY; (asset).
        technology_margin: Margin on cost of such technology, share (5.0 is 500 %); (asset).
        enterprise_cost: What the enterprise puts in beside it, replacement cost, CNY; (asset).
        enterprise_margin: Margin on cost of the enterprise's investment, share; (asset).
        life: Remaining economic life, years; (asset).
        upkeep: Annual fees of the group's rights, CNY; (asset, year).
        tax_rate: Corporate income tax, share; 0 where the profit is after tax; (year).
        discount_rate: Yearly rate after tax, share; (asset).
        year: Index of the forecast year, from `Sheet.years`; (year).
        timing: 0.5 for mid-year, 1.0 for year-end discounting, years; no axes.
        printed: 1 for the convention of printed answers (factors of four decimals, split rounded
            up to 0.01 %), 0 for exact; no axes.
    """

    base_sales: Figure
    growth: Figure
    mapped_share: Figure
    operating_margin: Figure
    technology_cost: Figure
    technology_margin: Figure
    enterprise_cost: Figure
    enterprise_margin: Figure
    life: Figure
    upkeep: Figure
    tax_rate: Figure
    discount_rate: Figure
    year: Figure
    timing: Figure
    printed: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Value on the valuation date by shares of investment; line "value", CNY, (asset).

    Source:
        Chinese appraisal examinations and reports: split by equivalent investment.
    """
    revenue = projection.revenue_path(
        sheet, base_sales=a.base_sales, growth=a.growth, mapped_share=a.mapped_share
    )
    profit = sheet.line("operating_profit", revenue * a.operating_margin, "CNY")
    split = split_rate(sheet, a=a)
    kept = sheet.line("in_life", projection.in_life(a.life, a.year), "share")
    claimed = sheet.line("claimed_cash", profit * (split * kept), "CNY")
    net = sheet.line("net_of_upkeep", claimed - a.upkeep * kept, "CNY")
    after_tax = sheet.line("after_tax", net * (1 - a.tax_rate), "CNY")
    exact = projection.discount_factor(a.discount_rate, year=a.year, timing=a.timing)
    factor = sheet.line("discount_factor", projection.printed_factor(exact, printed=a.printed), "1")
    return projection.abandonable_value(sheet, after_tax, factor=factor)


def split_rate(sheet: Sheet, *, a: Inputs) -> Figure:
    """The technology's share of profit; lines of both investments and "split_rate"; (asset)."""
    technology = sheet.line(
        "technology_investment", a.technology_cost * (1 + a.technology_margin), "CNY"
    )
    enterprise = sheet.line(
        "enterprise_investment", a.enterprise_cost * (1 + a.enterprise_margin), "CNY"
    )
    exact = technology / (technology + enterprise)
    rounded_up = -floor(_SLACK - exact * 10_000) / 10_000
    return sheet.line("split_rate", where(a.printed, rounded_up, exact), "share")
