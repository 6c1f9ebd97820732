"""With and without: the business with the rights less the same business without them."""

from dataclasses import dataclass

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.valuation import projection

KEY = "with_and_without"
AGEING = "obsolescence"
TAX_BASIS = "after_tax"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads, entered on the sheet as facts, parameters or assumptions.

    Attributes:
        base_sales: Sales of the product in the year before the valuation date, CNY; (asset).
        growth: Growth of each forecast year with the rights, share; (asset, year).
        mapped_share: Share of the sales that the rights serve by the signed matrix; (asset) or
            (asset, year).
        operating_margin: Operating profit as a share of sales with the rights; (asset) or
            (asset, year).
        sales_lost: Share of sales lost in the first year without the rights; (asset).
        margin_lost: Points of operating margin lost in that year, share of sales; (asset).
        catch_up: Yearly share by which both losses shrink, as the business without the rights
            finds its own way; (asset).
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
    operating_margin: Figure
    sales_lost: Figure
    margin_lost: Figure
    catch_up: Figure
    life: Figure
    upkeep: Figure
    tax_rate: Figure
    discount_rate: Figure
    year: Figure
    timing: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Value on the valuation date by the difference of two forecasts; line "value", CNY, (asset).

    Source:
        IVS 210 Intangible Assets, income approach, with-and-without method.
    """
    revenue = projection.revenue_path(
        sheet, base_sales=a.base_sales, growth=a.growth, mapped_share=a.mapped_share
    )
    profit_with = sheet.line("profit_with", revenue * a.operating_margin, "CNY")
    gap = sheet.line("gap_left", (1 - a.catch_up) ** a.year, "share")
    sales_without = sheet.line("revenue_without", revenue * (1 - a.sales_lost * gap), "CNY")
    margin_without = sheet.line("margin_without", a.operating_margin - a.margin_lost * gap, "share")
    profit_without = sheet.line("profit_without", sales_without * margin_without, "CNY")
    kept = sheet.line("in_life", projection.in_life(a.life, a.year), "share")
    claimed = sheet.line("claimed_cash", (profit_with - profit_without) * kept, "CNY")
    net = sheet.line("net_of_upkeep", claimed - a.upkeep * kept, "CNY")
    after_tax = sheet.line("after_tax", net * (1 - a.tax_rate), "CNY")
    factor = sheet.line(
        "discount_factor",
        projection.discount_factor(a.discount_rate, year=a.year, timing=a.timing),
        "1",
    )
    return projection.abandonable_value(sheet, after_tax, factor=factor)
