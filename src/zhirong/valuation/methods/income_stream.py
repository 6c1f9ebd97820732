"""Income stream: income stated year by year, and what may follow the last of these years for good.

For income that no product's sales tell: profit or extra profit given directly, fees by the unit, a
level perpetuity, a mark that is renewed for ever. In an appraisal the signed matrix is the only
road from sales to a right, so no case is valued this way.
"""

from dataclasses import dataclass

import numpy as np

from zhirong.core.errors import InputError
from zhirong.core.figure import Figure, highest, maximum, running_total, total, where
from zhirong.core.sheet import Sheet
from zhirong.valuation import projection

KEY = "income_stream"
# Whatever ages the income stands in the amounts of its years.
AGEING = "none"
TAX_BASIS = "after_tax"


class TerminalGrowthError(InputError):
    """Income that goes on for ever grows as fast as it is discounted, or faster."""

    code = "error.terminal_growth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads, entered on the sheet as facts, parameters or assumptions.

    Attributes:
        volume: Units sold or made in each year, a pure number; 1 where `unit_income` is the income
            of the whole year; (asset, year), (year) or none.
        unit_income: Income of one unit: profit, extra profit, cost saved, a fee, CNY; (asset, year)
            or (asset).
        income_share: The right's share of it; 1 for extra profit and fees; (asset) or
            (asset, year).
        life: Years in which there is income; at least all years where it goes on; (asset).
        upkeep: What keeping the rights costs a year, CNY; (asset, year) or none.
        tax_rate: Corporate income tax, share; 0 where the income is after tax; (year) or none.
        discount_rate: Yearly rate after tax, share; (asset).
        year: Index of the forecast year, from `Sheet.years`; (year).
        timing: 0.0 for payment in advance, 0.5 mid-year, 1.0 year-end, years; no axes.
        printed: 1 to discount by factors of four decimals as tables print them, else 0; no axes.
        goes_on: 1 where income follows the last year for ever, 0 where it ends; (asset) or none.
        terminal_growth: Its yearly growth, share, below the discount rate; 0 for a level
            perpetuity; (asset) or none.
    """

    volume: Figure
    unit_income: Figure
    income_share: Figure
    life: Figure
    upkeep: Figure
    tax_rate: Figure
    discount_rate: Figure
    year: Figure
    timing: Figure
    printed: Figure
    goes_on: Figure
    terminal_growth: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Value on the valuation date of the stated income; line "value", CNY, (asset).

    What follows the last year is its flow after tax, growing: flow x (1 + g) / (r - g), discounted
    as that flow is. Never below 0, for an owner may give the rights up.

    Raises:
        TerminalGrowthError: Income that goes on and grows no slower than it is discounted.

    Source:
        The income approach in general form; for perpetual growth M. J. Gordon (1959).
    """
    kept = sheet.line("in_life", projection.in_life(a.life, a.year), "share")
    income = sheet.line("income", a.volume * a.unit_income, "CNY")
    claimed = sheet.line("claimed_cash", income * (a.income_share * kept), "CNY")
    net = sheet.line("net_of_upkeep", claimed - a.upkeep * kept, "CNY")
    after_tax = sheet.line("after_tax", net * (1 - a.tax_rate), "CNY")
    exact = projection.discount_factor(a.discount_rate, year=a.year, timing=a.timing)
    factor = sheet.line("discount_factor", projection.printed_factor(exact, printed=a.printed), "1")
    present = sheet.line("present_value", after_tax * factor, "CNY")
    explicit = sheet.line("explicit_value", total(present, over="year"), "CNY")
    terminal = _terminal(sheet, a, present)
    so_far = sheet.line("cumulative_value", running_total(present, over="year"), "CNY")
    stopped = maximum(highest(so_far, over="year"), 0)
    return sheet.line("value", maximum(stopped, explicit + terminal), "CNY")


def _terminal(sheet: Sheet, a: Inputs, present: Figure) -> Figure:
    """The present value of all that follows the last year; line "terminal_value"."""
    spread = a.discount_rate - a.terminal_growth
    if np.any((spread * a.goes_on <= 0).values * (a.goes_on > 0).values):
        raise TerminalGrowthError("Terminal growth must lie below the discount rate.")
    is_last = sheet.line("is_last", a.year >= highest(a.year, over="year"), "1")
    last = sheet.line("last_present_value", total(present * is_last, over="year"), "CNY")
    multiple = (1 + a.terminal_growth) / where(a.goes_on, spread, 1)
    return sheet.line("terminal_value", last * multiple * a.goes_on, "CNY")
