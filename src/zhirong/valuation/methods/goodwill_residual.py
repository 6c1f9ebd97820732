"""Goodwill as a residual: the capitalized earnings of a business less its identifiable assets.

Not a method for a right: it tells how much of the enterprise all unidentified intangibles can be.
"""

from dataclasses import dataclass

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet

KEY = "goodwill_residual"
AGEING = "none"
TAX_BASIS = "after_tax"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads, entered on the sheet as facts, parameters or assumptions.

    Attributes:
        earnings: Level yearly earnings of the enterprise after tax, CNY; (asset).
        capitalization_rate: Rate at which such earnings are capitalized, share; (asset).
        net_assets: Value of all identifiable net assets, CNY; (asset).
        normal_return: Return that the trade earns on such assets, share; (asset). Equal to the
            capitalization rate, both ways below give one number.
    """

    earnings: Figure
    capitalization_rate: Figure
    net_assets: Figure
    normal_return: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Goodwill on the valuation date; line "value", CNY, (asset).

    Negative where the business earns less than its assets ask: that is economic obsolescence of
    the assets, and stays visible. Line "capitalized_excess" is the other way of reckoning.

    Source:
        Chinese appraisal textbooks: the residual method, and capitalized excess earnings.
    """
    enterprise = sheet.line("enterprise_value", a.earnings / a.capitalization_rate, "CNY")
    excess = sheet.line("excess_earnings", a.earnings - a.net_assets * a.normal_return, "CNY")
    sheet.line("capitalized_excess", excess / a.capitalization_rate, "CNY")
    return sheet.line("value", enterprise - a.net_assets, "CNY")
