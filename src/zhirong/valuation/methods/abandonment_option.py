"""Abandonment option: what the choice to give a project up for a known amount adds to its value."""

from dataclasses import dataclass

from zhirong.core.figure import Figure, exp, maximum, normal_cdf
from zhirong.core.sheet import Sheet
from zhirong.valuation.methods import real_option

KEY = "abandonment_option"
AGEING = "none"
TAX_BASIS = "after_tax"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads.

    Attributes:
        underlying_value: Present value today of going on, CNY; (asset).
        abandonment_value: What giving up brings (sale, license, costs saved), CNY; (asset).
        life: Time during which the choice is open, years; (asset).
        risk_free_rate: Yearly, continuous, share; (asset) or none.
        delay_cost: Yearly loss of the project's value as its life runs off, continuous, share;
            1 / life of the project where it runs off evenly; (asset).
        volatility: Yearly standard deviation of the log of the project's value, share; (asset).
    """

    underlying_value: Figure
    abandonment_value: Figure
    life: Figure
    risk_free_rate: Figure
    delay_cost: Figure
    volatility: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Put on the project with a running-off value; line "value", CNY, (asset).

    P = X e^(−rT) N(−d2) − S e^(−yT) N(−d1). The line "value_with_choice" is the project with it.

    Source:
        Black, Scholes and Merton with a dividend yield; A. Damodaran, Investment Valuation, the
        option to abandon.
    """
    d1, d2 = real_option.distances(
        sheet,
        real_option.Inputs(
            underlying_value=a.underlying_value,
            development_cost=a.abandonment_value,
            life=a.life,
            risk_free_rate=a.risk_free_rate,
            delay_cost=a.delay_cost,
            volatility=a.volatility,
        ),
    )
    kept = sheet.line("delay_factor", exp(-(a.delay_cost * a.life)), "1")
    factor = sheet.line("discount_factor", exp(-(a.risk_free_rate * a.life)), "1")
    gained = sheet.line(
        "received_if_given_up", a.abandonment_value * factor * normal_cdf(-d2), "CNY"
    )
    left = sheet.line("given_up", a.underlying_value * kept * normal_cdf(-d1), "CNY")
    # Rounding may leave a worthless option a hair below zero.
    option = maximum(gained - left, 0)
    sheet.line("value_with_choice", a.underlying_value + option, "CNY")
    return sheet.line("value", option, "CNY")
