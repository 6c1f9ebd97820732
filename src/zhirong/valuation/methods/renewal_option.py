"""Renewal option: what the right to go on paying annual fees is worth, for rights without sales.

An owner pays a fee only while the coming year is worth more to him. What a right returns is not
seen, but that the last fee was paid tells that it returned at least that much.
"""

from dataclasses import dataclass

from zhirong.core.figure import Figure, exp, log, maximum, normal_cdf, ratio, total
from zhirong.core.sheet import Sheet

KEY = "renewal_option"
# Returns decline by a fixed share; lapse is the model's result, so no hazard goes on top.
AGEING = "royalty_decay"
TAX_BASIS = "after_tax"
SPREAD_MIN = 1e-9
AMOUNT_MIN = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads.

    Attributes:
        median_return: Median over like rights of the return in the year that the next fee opens,
            before tax and before the fee, CNY; (asset).
        spread: Standard deviation of the log of returns among like rights, above 0; (asset).
        return_decline: Yearly fall of the return, share, below 1; (asset).
        fee: Annual fees still to fall due, after reduction, CNY; 0 after the end of the term;
            never falling while the term runs; (asset, year), year 0 the next one.
        paid_fee: The last fee paid, CNY; 0 to learn nothing from it; (asset).
        first_due: Years from the valuation date to the next fee, 0 to 1; (asset).
        tax_rate: Corporate income tax, share; (asset) or none.
        discount_rate: Yearly rate after tax, share; (asset).
        year: Index of the fee, from `Sheet.years`; (year).
    """

    median_return: Figure
    spread: Figure
    return_decline: Figure
    fee: Figure
    paid_fee: Figure
    first_due: Figure
    tax_rate: Figure
    discount_rate: Figure
    year: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Expected net return of a right whose owner may stop paying; line "value", CNY, (asset).

    The return of fee year t is R (1 − d)^t with R lognormal among like rights. It falls and fees
    rise, so the owner pays as long as it exceeds the fee and never starts again; the optimal
    stopping then has a closed form in each year, given that R was high enough for the last fee.
    The rest of the year already paid for is added. Fees open their year; returns are discounted to
    its start.

    Source:
        M. Schankerman and A. Pakes, Estimates of the value of patent rights in European countries
        (Economic Journal 1986), deterministic decline; A. Pakes, Patents as options (Econometrica
        1986) for the choice to renew.
    """
    spread = maximum(a.spread, SPREAD_MIN)
    median = maximum(a.median_return, AMOUNT_MIN)
    known = maximum(a.paid_fee * (1 - a.return_decline), AMOUNT_MIN)
    d_known = sheet.line("d_known", log(median / known) / spread, "1")
    chance = sheet.line("renewal_chance", normal_cdf(d_known), "share")
    decline = sheet.line("return_left", (1 - a.return_decline) ** a.year, "share")
    asked = maximum(maximum(a.fee / decline, known), AMOUNT_MIN)
    d2 = sheet.line("d2", log(median / asked) / spread, "1")
    due = sheet.line("is_due", a.fee > 0, "share")
    paying = normal_cdf(d2) * due
    sheet.line("kept_share", ratio(paying, chance), "share")
    mean = sheet.line("mean_return", median * exp(spread**2 / 2), "CNY")
    returned = sheet.line("expected_return", mean * decline * normal_cdf(d2 + spread) * due, "CNY")
    net = sheet.line("net_of_upkeep", ratio(returned - a.fee * paying, chance), "CNY")
    after_tax = sheet.line("after_tax", net * (1 - a.tax_rate), "CNY")
    factor = sheet.line("discount_factor", (1 + a.discount_rate) ** -(a.year + a.first_due), "1")
    ahead = sheet.line("renewal_value", total(after_tax * factor, over="year"), "CNY")
    # The year paid for returns 1 / (1 - d) times what the next one will.
    running = ratio(mean * normal_cdf(d_known + spread), chance) / (1 - a.return_decline)
    half = (1 + a.discount_rate) ** -(a.first_due / 2)
    rest = sheet.line("paid_up_value", running * a.first_due * (1 - a.tax_rate) * half, "CNY")
    return sheet.line("value", ahead + rest, "CNY")
