"""Weighted average cost of capital, after tax and before it."""

from dataclasses import dataclass

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet

KEY = "wacc"
TAX_BASIS = "after_tax"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the cost of capital is built from; each without axes, or one a draw.

    Attributes:
        equity: Market value of equity, CNY.
        debt: Market value of interest-bearing debt, CNY.
        cost_of_equity: Return that equity asks, share.
        cost_of_debt: Interest rate before tax, share.
        tax_rate: Corporate income tax, share.
    """

    equity: Figure
    debt: Figure
    cost_of_equity: Figure
    cost_of_debt: Figure
    tax_rate: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """The cost of capital after tax; line "wacc", share.

    Line "wacc_before_tax" is the rate for flows before tax, grossed up by 1 - tax: a convention
    that holds exactly for a level perpetuity.
    """
    capital = a.equity + a.debt
    equity_share = sheet.line("equity_share", a.equity / capital, "share")
    after_tax_debt = a.cost_of_debt * (1 - a.tax_rate)
    wacc = sheet.line(
        "wacc", equity_share * a.cost_of_equity + (1 - equity_share) * after_tax_debt, "share"
    )
    sheet.line("wacc_before_tax", wacc / (1 - a.tax_rate), "share")
    return wacc
