"""Means over the economic life for methods that ask for one number where years differ."""

from zhirong.core.figure import Figure, ratio, total
from zhirong.core.sheet import Sheet
from zhirong.valuation import projection


def mean_tax(sheet: Sheet, tax_rate: Figure, *, life: Figure, year: Figure) -> Figure:
    """The mean tax rate of the years within the life; lines "in_life", "mean_tax_rate" (asset)."""
    kept = sheet.line("in_life", projection.in_life(life, year), "share")
    charged = total(kept * tax_rate, over="year")
    return sheet.line("mean_tax_rate", ratio(charged, total(kept, over="year")), "share")
