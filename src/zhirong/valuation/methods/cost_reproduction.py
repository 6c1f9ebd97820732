"""Reproduction cost: what the same development would cost today, less obsolescence."""

from dataclasses import dataclass

from zhirong.core.figure import Figure, where
from zhirong.core.sheet import Sheet
from zhirong.valuation import cost_steps

KEY = "cost_reproduction"
AGEING = "obsolescence"
TAX_BASIS = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads; all (asset).

    Attributes:
        labor: Pay of the development staff as spent, CNY.
        materials: Materials and tests as spent, CNY.
        equipment: Use of equipment as spent (depreciation, rent), CNY.
        overhead: Overhead as spent, CNY.
        filing_fees: Official and agents' fees to the valuation date, CNY; not trended.
        labor_index: Pay now over pay then, multiple (`cost_steps.composite_index`).
        goods_index: Prices now over prices then, multiple.
        development_years: Length of the development, years.
        capital_rate: Yearly cost of capital, share.
        margin: Developer's margin on trended cost, share.
        used_years: Life used up to the valuation date, years.
        remaining_years: Remaining economic life, years.
        functional: Functional obsolescence as judged, share.
        functional_by_age: 1 where used over whole life stands for functional obsolescence, else 0.
        economic: Economic obsolescence, share.
        additive: 1 where the two obsolescences are added, 0 where they are multiplied.
    """

    labor: Figure
    materials: Figure
    equipment: Figure
    overhead: Figure
    filing_fees: Figure
    labor_index: Figure
    goods_index: Figure
    development_years: Figure
    capital_rate: Figure
    margin: Figure
    used_years: Figure
    remaining_years: Figure
    functional: Figure
    functional_by_age: Figure
    economic: Figure
    additive: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Cost of the same development today, less obsolescence; line "value", CNY, (asset).

    Physical wear does not apply. Failed attempts count only where they were part of the program,
    and then stand in the costs.

    Source:
        Guiding opinions on patent valuation of the China Appraisal Society, cost approach;
        IVS 210 Intangible Assets, cost approach.
    """
    labor = sheet.line("labor_today", a.labor * a.labor_index, "CNY")
    goods = sheet.line(
        "goods_today", (a.materials + a.equipment + a.overhead) * a.goods_index, "CNY"
    )
    direct = sheet.line("direct_cost", labor + goods + a.filing_fees, "CNY")
    capital = sheet.line(
        "capital_cost",
        cost_steps.capital_cost(direct, rate=a.capital_rate, development_years=a.development_years),
        "CNY",
    )
    margin = sheet.line("developer_margin", direct * a.margin, "CNY")
    cost = sheet.line("replacement_cost_new", direct + capital + margin, "CNY")
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
