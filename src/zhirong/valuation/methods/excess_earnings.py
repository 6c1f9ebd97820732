"""Multi-period excess earnings: what is left of profit when all other assets are paid for.

For the single dominant right of a business only, never for two assets of the same one.
"""

from dataclasses import dataclass

from zhirong.core.figure import Figure, maximum
from zhirong.core.sheet import Sheet
from zhirong.valuation import projection

KEY = "excess_earnings"
AGEING = "obsolescence"
TAX_BASIS = "after_tax"

# The other assets that such a business needs; keys of inputs and lines.
CONTRIBUTORY = ("working_capital", "fixed_assets", "workforce", "other_intangibles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """An asset that helps to earn the profit and must be paid for.

    Its figures are entered as "<key>_intensity", "<key>_return_on_rate", "<key>_return_of_rate".

    Attributes:
        key: One of `CONTRIBUTORY`.
        intensity: The asset needed, as a share of yearly sales; (asset).
        return_on: Yearly return after tax that it asks, share of the asset; (asset) or no axes.
        return_of: Share of the asset used up in a year, which sales must give back; 0 for assets
            that do not waste, or where the margin is already after their depreciation.
    """

    key: str
    intensity: Figure
    return_on: Figure
    return_of: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads, entered on the sheet as facts, parameters or assumptions.

    Attributes:
        base_sales: Sales of the product in the year before the valuation date, CNY; (asset).
        growth: Growth of each forecast year over the one before, share; (asset, year).
        mapped_share: Share of the sales that the rights serve by the signed matrix; (asset) or
            (asset, year).
        obsolescence: Yearly share of the sales that moves to newer technology; (asset).
        operating_margin: Operating profit as a share of sales, before what `contributors` give
            back; (asset) or (asset, year).
        contributors: The contributory assets.
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
    obsolescence: Figure
    operating_margin: Figure
    contributors: tuple[Contributor, ...]
    life: Figure
    upkeep: Figure
    tax_rate: Figure
    discount_rate: Figure
    year: Figure
    timing: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Value on the valuation date by excess earnings; line "value", CNY, (asset).

    Without contributors it is the present value of the same after-tax cash flow.

    Source:
        IVS 210 Intangible Assets, income approach, excess-earnings method.
    """
    revenue = projection.revenue_path(
        sheet, base_sales=a.base_sales, growth=a.growth, mapped_share=a.mapped_share
    )
    kept = sheet.line("in_life", projection.in_life(a.life, a.year), "share")
    staying = projection.aged(kept, decay=a.obsolescence, year=a.year)
    served = sheet.line("attributable_revenue", revenue * staying, "CNY")
    profit = sheet.line("operating_profit", served * a.operating_margin, "CNY")
    for asset in a.contributors:
        used = asset.intensity * asset.return_of
        profit = profit - sheet.line(f"{asset.key}_return_of", served * used, "CNY")
    earned = sheet.line("after_tax_profit", profit * (1 - a.tax_rate), "CNY")
    for asset in a.contributors:
        asked = asset.intensity * asset.return_on
        earned = earned - sheet.line(f"{asset.key}_return_on", served * asked, "CNY")
    excess = sheet.line("excess_earnings", earned, "CNY")
    sheet.line("claimed_cash", maximum(excess, 0) / (1 - a.tax_rate), "CNY")
    after_tax = sheet.line("after_tax", excess - a.upkeep * kept * (1 - a.tax_rate), "CNY")
    factor = sheet.line(
        "discount_factor",
        projection.discount_factor(a.discount_rate, year=a.year, timing=a.timing),
        "1",
    )
    return projection.abandonable_value(sheet, after_tax, factor=factor)
