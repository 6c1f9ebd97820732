"""Revenue split: the right's share K = m + (n - m) x score of the sales that it serves."""

from dataclasses import dataclass

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.valuation import projection, split_rate

KEY = "revenue_split"
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
        split_low: Low end m of the industry's range of revenue splits, share; (asset).
        split_high: High end n of that range, share; (asset).
        composite_score: Score of the rights by `split_rate`, points 0 to 100; (asset).
        split_decay: Yearly fall of the split rate as the technology ages, share; (asset).
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
    split_low: Figure
    split_high: Figure
    composite_score: Figure
    split_decay: Figure
    life: Figure
    upkeep: Figure
    tax_rate: Figure
    discount_rate: Figure
    year: Figure
    timing: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Value on the valuation date by a share of sales; line "value", CNY, (asset).

    Source:
        Practice of Chinese appraisal reports: the split rate lies in the industry's range as far
        up as the composite score says.
    """
    revenue = projection.revenue_path(
        sheet, base_sales=a.base_sales, growth=a.growth, mapped_share=a.mapped_share
    )
    kept = sheet.line("in_life", projection.in_life(a.life, a.year), "share")
    split = split_rate.rate(sheet, low=a.split_low, high=a.split_high, score=a.composite_score)
    aged = projection.aged(split, decay=a.split_decay, year=a.year)
    rate = sheet.line("split_rate_aged", aged, "share")
    claimed = sheet.line("claimed_cash", revenue * (rate * kept), "CNY")
    net = sheet.line("net_of_upkeep", claimed - a.upkeep * kept, "CNY")
    after_tax = sheet.line("after_tax", net * (1 - a.tax_rate), "CNY")
    factor = sheet.line(
        "discount_factor",
        projection.discount_factor(a.discount_rate, year=a.year, timing=a.timing),
        "1",
    )
    return projection.abandonable_value(sheet, after_tax, factor=factor)
