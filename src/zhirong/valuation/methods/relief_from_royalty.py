"""Relief from royalty: the license fees that the owner is spared by owning the rights."""

from dataclasses import dataclass

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.valuation import projection

KEY = "relief_from_royalty"
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
        royalty_rate: License fee of the first year as a share of sales, before tax; (asset).
        royalty_decay: Yearly fall of the royalty rate as the technology ages, share; (asset).
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
    royalty_rate: Figure
    royalty_decay: Figure
    life: Figure
    upkeep: Figure
    tax_rate: Figure
    discount_rate: Figure
    year: Figure
    timing: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Value on the valuation date by the royalties saved; line "value", CNY, (asset).

    Never below 0: an owner may give the rights up (see `projection.abandonable_value`).

    Source:
        IVS 210 Intangible Assets, income approach, relief-from-royalty method.
    """
    revenue = projection.revenue_path(
        sheet, base_sales=a.base_sales, growth=a.growth, mapped_share=a.mapped_share
    )
    kept = sheet.line("in_life", projection.in_life(a.life, a.year), "share")
    rate = sheet.line(
        "royalty_rate_aged",
        projection.aged(a.royalty_rate, decay=a.royalty_decay, year=a.year),
        "share",
    )
    royalty = sheet.line("claimed_cash", revenue * (rate * kept), "CNY")
    net = sheet.line("net_of_upkeep", royalty - a.upkeep * kept, "CNY")
    after_tax = sheet.line("after_tax", net * (1 - a.tax_rate), "CNY")
    factor = sheet.line(
        "discount_factor",
        projection.discount_factor(a.discount_rate, year=a.year, timing=a.timing),
        "1",
    )
    return projection.abandonable_value(sheet, after_tax, factor=factor)
