"""Real option: a patent not yet in use, as the right to develop it while protection lasts."""

from dataclasses import dataclass

from zhirong.core.figure import Figure, exp, log, maximum, normal_cdf, sqrt
from zhirong.core.sheet import Sheet

KEY = "real_option"
# The cost of delay is protection that runs out; ageing of the technology stands in the underlying.
AGEING = "none"
TAX_BASIS = "after_tax"
# Below these the logarithm and the quotient have no answer; the option is then its intrinsic value.
SPREAD_MIN = 1e-9
AMOUNT_MIN = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads.

    Attributes:
        underlying_value: Present value today of the cash the developed product would earn, after
            tax, CNY; (asset).
        development_cost: What development costs, present value, CNY; (asset).
        life: Time during which the choice is open: remaining protection, years; (asset).
        risk_free_rate: Yearly, continuous, share; (asset) or none.
        delay_cost: Yearly loss of value by waiting, continuous, share; 1 / life where each year
            waited is a year of protection lost; (asset).
        volatility: Yearly standard deviation of the log of the underlying value, share; (asset).
    """

    underlying_value: Figure
    development_cost: Figure
    life: Figure
    risk_free_rate: Figure
    delay_cost: Figure
    volatility: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Call on the developed product with cost of delay; line "value", CNY, (asset).

    C = S e^(−yT) N(d1) − X e^(−rT) N(d2). The line "time_premium" is what the choice to wait adds
    to developing now. Unlike discounted cash, it rises with the risk-free rate.

    Source:
        Black, Scholes and Merton with a dividend yield; A. Damodaran, Investment Valuation,
        illustration 12.5 (patent as an option).
    """
    d1, d2 = distances(sheet, a)
    kept = sheet.line("delay_factor", exp(-(a.delay_cost * a.life)), "1")
    factor = sheet.line("discount_factor", exp(-(a.risk_free_rate * a.life)), "1")
    gained = sheet.line(
        "underlying_if_developed", a.underlying_value * kept * normal_cdf(d1), "CNY"
    )
    paid = sheet.line("cost_if_developed", a.development_cost * factor * normal_cdf(d2), "CNY")
    # Rounding may leave a worthless option a hair below zero.
    option = sheet.line("option_value", maximum(gained - paid, 0), "CNY")
    now = sheet.line("net_present_value", a.underlying_value - a.development_cost, "CNY")
    sheet.line("time_premium", option - maximum(now, 0), "CNY")
    return sheet.line("value", option, "CNY")


def distances(sheet: Sheet, a: Inputs) -> tuple[Figure, Figure]:
    """The distances d1 and d2 of the option from its strike; lines of these names."""
    spread = sheet.line("total_volatility", a.volatility * sqrt(a.life), "1")
    moneyness = log(
        maximum(a.underlying_value, AMOUNT_MIN) / maximum(a.development_cost, AMOUNT_MIN)
    )
    drift = (a.risk_free_rate - a.delay_cost + a.volatility**2 / 2) * a.life
    d1 = sheet.line("d1", (moneyness + drift) / maximum(spread, SPREAD_MIN), "1")
    d2 = sheet.line("d2", d1 - spread, "1")
    return d1, d2
