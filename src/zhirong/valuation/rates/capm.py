"""Cost of equity by the capital asset pricing model, with size and specific premiums."""

from dataclasses import dataclass

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet

KEY = "capm"
TAX_BASIS = "after_tax"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the cost of equity is built from; each without axes, or one a draw.

    Attributes:
        risk_free: Yield of long government bonds, share.
        unlevered_beta: Beta of comparable firms without their debt.
        debt_to_equity: Market value of debt over that of equity.
        tax_rate: Corporate income tax, share.
        equity_premium: Return of the market above the risk-free rate, share.
        size_premium: Extra return of firms of this size, share.
        specific_premium: Extra return for what only this firm bears, share.
    """

    risk_free: Figure
    unlevered_beta: Figure
    debt_to_equity: Figure
    tax_rate: Figure
    equity_premium: Figure
    size_premium: Figure
    specific_premium: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """The cost of equity after tax; lines "levered_beta" and "cost_of_equity", share.

    Source:
        Hamada (1972) for the levering of beta; Sharpe (1964) for the model.
    """
    levering = 1 + (1 - a.tax_rate) * a.debt_to_equity
    beta = sheet.line("levered_beta", a.unlevered_beta * levering, "1")
    market = a.risk_free + beta * a.equity_premium
    return sheet.line("cost_of_equity", market + a.size_premium + a.specific_premium, "share")
