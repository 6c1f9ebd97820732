"""What the income methods share: path of revenue, life, ageing, discounting, tax amortization.

Years are indexed 0, 1, ... from the valuation date along axis "year"; amounts are nominal CNY.
"""

from zhirong.core.figure import (
    Figure,
    highest,
    maximum,
    minimum,
    ratio,
    round_fen,
    running_product,
    running_total,
    sqrt,
    where,
)
from zhirong.core.sheet import Sheet


def revenue_path(
    sheet: Sheet, *, base_sales: Figure, growth: Figure, mapped_share: Figure
) -> Figure:
    """The part of a product's sales that the rights serve; lines "sales" and "revenue".

    Args:
        sheet: Takes the lines.
        base_sales: Sales of the product in the year before the valuation date; (asset), CNY.
        growth: Growth of each forecast year over the one before, share; (asset, year). That of
            year 0 applies to the first forecast year.
        mapped_share: Share of the sales that the signed product x feature x right matrix maps to
            the rights; (asset), or (asset, year) where it falls as rights end.

    Returns:
        CNY a year; (asset, year).
    """
    sales = sheet.line("sales", base_sales * running_product(1 + growth, over="year"), "CNY")
    return sheet.line("revenue", sales * mapped_share, "CNY")


def in_life(life: Figure, year: Figure) -> Figure:
    """The share of each forecast year that lies within the remaining economic life (years)."""
    return maximum(minimum(life - year, 1), 0)


def aged(rate: Figure, *, decay: Figure, year: Figure) -> Figure:
    """A rate that falls by `decay` a year; the first forecast year has it in full."""
    return rate * (1 - decay) ** year


def discount_factor(rate: Figure, *, year: Figure, timing: Figure) -> Figure:
    """Value on the valuation date of one unit in each forecast year.

    Args:
        rate: Yearly discount rate, share.
        year: Index of the forecast year.
        timing: When in its year a flow falls: 0.5 mid-year, 1.0 year-end; a convention, in years.
    """
    return (1 + rate) ** -(year + timing)


def printed_factor(factor: Figure, *, printed: Figure) -> Figure:
    """The factor itself, or with four decimals as tables print it where `printed` is 1.

    Published examples were worked with such tables; a convention with a name, so that both the
    printed and the exact answer can be met.
    """
    return where(printed, round_fen(factor * 100) / 100, factor)


def abandonable_value(sheet: Sheet, after_tax: Figure, *, factor: Figure) -> Figure:
    """Value of flows that the owner may end after any year; lines up to "value".

    A right costs its yearly upkeep and giving it up is free, so the owner keeps it up to the year
    at which the discounted flows so far add up highest, and not at all where that is below 0. With
    flows of 0 and above this is their present value.

    Args:
        sheet: Takes the lines "present_value", "cumulative_value" and "value".
        after_tax: Yearly flows after upkeep and tax, CNY; (asset, year).
        factor: Discount factors; (asset, year).
    """
    present = sheet.line("present_value", after_tax * factor, "CNY")
    so_far = sheet.line("cumulative_value", running_total(present, over="year"), "CNY")
    return sheet.line("value", maximum(highest(so_far, over="year"), 0), "CNY")


def tab_factor(*, rate: Figure, tax_rate: Figure, amortization_years: Figure) -> Figure:
    """How many times its value before it a right is worth with the tax amortization benefit.

    1 / (1 - T/N x the sum over t = 1..N of (1 + r)^-(t - 0.5)): straight-line, from mid-year.

    Args:
        rate: Yearly discount rate, share.
        tax_rate: Corporate income tax of the assumed buyer, share.
        amortization_years: Years over which the buyer deducts the price.
    """
    annuity = sqrt(1 + rate) * ratio(1 - (1 + rate) ** -amortization_years, rate)
    years = where(rate > 0, annuity, amortization_years)
    return 1 / (1 - tax_rate / amortization_years * years)
