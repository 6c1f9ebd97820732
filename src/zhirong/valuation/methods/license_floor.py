"""License floor: the least that an owner must ask of one more user of a technology that is shared.

Not a value of the right: what a license must bring so that the owner loses nothing by granting it.
"""

from dataclasses import dataclass

from zhirong.core.figure import Figure, ratio
from zhirong.core.sheet import Sheet
from zhirong.valuation import cost_steps

KEY = "license_floor"
AGEING = "obsolescence"
TAX_BASIS = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads; all (asset).

    Attributes:
        book_cost: What the technology cost, or its cost as new at an earlier day, CNY.
        price_index: Prices now over prices then, multiple (`cost_steps.composite_index`); 1 where
            the cost is of the day.
        used_years: Life used up to the valuation date, years.
        remaining_years: Remaining economic life, years.
        licensee_capacity: What the licensee can make with it, in any unit.
        all_capacity: What all users together can make, the licensee included, in the same unit.
        lost_income: Present value of the income that the owner loses by the license, CNY.
        added_cost: Present value of what the license costs the owner: protection, service, CNY.
    """

    book_cost: Figure
    price_index: Figure
    used_years: Figure
    remaining_years: Figure
    licensee_capacity: Figure
    all_capacity: Figure
    lost_income: Figure
    added_cost: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Cost left x the licensee's share of its use + opportunity cost; line "value", CNY, (asset).

    Source:
        Chinese appraisal textbooks: the minimum charge of transferring a technology.
    """
    new = sheet.line("replacement_cost_new", a.book_cost * a.price_index, "CNY")
    by_age = sheet.line(
        "age_rate",
        cost_steps.age_rate(used_years=a.used_years, remaining_years=a.remaining_years),
        "share",
    )
    left = sheet.line("cost_left", new * (1 - by_age), "CNY")
    share = sheet.line("capacity_share", ratio(a.licensee_capacity, a.all_capacity), "share")
    carried = sheet.line("cost_carried", left * share, "CNY")
    forgone = sheet.line("opportunity_cost", a.lost_income + a.added_cost, "CNY")
    return sheet.line("value", carried + forgone, "CNY")
