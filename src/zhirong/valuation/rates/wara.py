"""Weighted average return on assets: what intangibles must earn so that WACC is earned in all."""

from dataclasses import dataclass

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet

KEY = "wara"
TAX_BASIS = "after_tax"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The enterprise's assets at value and the returns on those that are not intangible.

    Attributes:
        wacc: Weighted average cost of capital after tax, share; (asset) or no axes.
        working_capital: Value of net working capital, CNY.
        fixed_assets: Value of fixed assets, CNY.
        intangibles: Value of all intangibles, CNY, above 0.
        working_capital_return: Return that working capital asks after tax, share.
        fixed_assets_return: Return that fixed assets ask after tax, share.
    """

    wacc: Figure
    working_capital: Figure
    fixed_assets: Figure
    intangibles: Figure
    working_capital_return: Figure
    fixed_assets_return: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """The return that intangibles must earn after tax; line "intangible_rate", share.

    Source:
        IVS 210 Intangible Assets: reconciliation of WARA to WACC.
    """
    total = sheet.line(
        "enterprise_value", a.working_capital + a.fixed_assets + a.intangibles, "CNY"
    )
    needed = sheet.line("return_needed", total * a.wacc, "CNY")
    tangible = sheet.line(
        "tangible_return",
        a.working_capital * a.working_capital_return + a.fixed_assets * a.fixed_assets_return,
        "CNY",
    )
    return sheet.line("intangible_rate", (needed - tangible) / a.intangibles, "share")
