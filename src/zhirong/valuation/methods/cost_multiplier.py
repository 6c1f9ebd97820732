"""Cost with multipliers: creative labor and failed attempts lift the cost of research."""

from dataclasses import dataclass

from zhirong.core.figure import Figure, where
from zhirong.core.sheet import Sheet
from zhirong.valuation import cost_steps

KEY = "cost_multiplier"
AGEING = "obsolescence"
TAX_BASIS = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads; all (asset).

    Attributes:
        materials: Materials used up in the research, CNY.
        other_costs: Equipment, tests and other things used up, CNY.
        labor: Pay of the research staff, CNY.
        labor_multiplier: By how much creative labor counts above its pay, share (0.2 for 1.2).
        failure_rate: Share of such research that fails, 0 to below 1.
        return_rate: Return on the research investment, share.
        used_years: Life used up to the valuation date, years.
        remaining_years: Remaining economic life, years.
        functional: Functional obsolescence as judged, share.
        functional_by_age: 1 where used over whole life stands for functional obsolescence, else 0.
        economic: Economic obsolescence, share.
        additive: 1 where the two obsolescences are added, 0 where they are multiplied.
    """

    materials: Figure
    other_costs: Figure
    labor: Figure
    labor_multiplier: Figure
    failure_rate: Figure
    return_rate: Figure
    used_years: Figure
    remaining_years: Figure
    functional: Figure
    functional_by_age: Figure
    economic: Figure
    additive: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """(C + V (1 + β1)) / (1 − β2) × (1 + L) × (1 − λ); line "value", CNY, (asset).

    Source:
        The form with multipliers for creative labor (β1) and research risk (β2) of Chinese
        valuation textbooks.
    """
    lifted = sheet.line("labor_lifted", a.labor * (1 + a.labor_multiplier), "CNY")
    direct = sheet.line("direct_cost", a.materials + a.other_costs + lifted, "CNY")
    risked = sheet.line("cost_with_failures", direct / (1 - a.failure_rate), "CNY")
    cost = sheet.line("replacement_cost_new", risked * (1 + a.return_rate), "CNY")
    by_age = sheet.line(
        "age_rate",
        cost_steps.age_rate(used_years=a.used_years, remaining_years=a.remaining_years),
        "share",
    )
    functional = sheet.line(
        "functional_rate", where(a.functional_by_age, by_age, a.functional), "share"
    )
    left = sheet.line(
        "remaining_share",
        cost_steps.remaining_share(functional=functional, economic=a.economic, additive=a.additive),
        "share",
    )
    return sheet.line("value", cost * left, "CNY")
