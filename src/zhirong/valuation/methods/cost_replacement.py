"""Replacement cost: what equal usefulness would cost with today's means, less obsolescence."""

from dataclasses import dataclass

from zhirong.core.figure import Figure, minimum, ratio, where
from zhirong.core.sheet import Sheet
from zhirong.valuation import cost_steps

KEY = "cost_replacement"
AGEING = "obsolescence"
TAX_BASIS = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the method reads; all (asset).

    Attributes:
        person_months: Work that equal usefulness takes with today's means, months.
        monthly_cost: Pay and charges of one person a month today, CNY.
        materials: Materials, tests and equipment at today's prices, CNY.
        overhead_rate: Overhead as a share of pay.
        filing_fees: Official and agents' fees at today's tariff, CNY.
        development_years: Length of the development, years.
        capital_rate: Yearly cost of capital, share.
        margin: Developer's margin on direct cost, share.
        excess_operating_cost: What use of the right costs more a year than use of its modern
            substitute, before tax, CNY.
        tax_rate: Corporate income tax, share.
        discount_rate: Yearly rate after tax, share.
        used_years: Life used up to the valuation date, years.
        remaining_years: Remaining economic life, years.
        functional_by_age: 1 where used over whole life stands for functional obsolescence, 0 where
            the excess operating cost does.
        utilization: Use of the capacity that the right serves, share; 1 at full use.
        scale_exponent: Exponent of cost to capacity, a pure number.
        additive: 1 where the two obsolescences are added, 0 where they are multiplied.
    """

    person_months: Figure
    monthly_cost: Figure
    materials: Figure
    overhead_rate: Figure
    filing_fees: Figure
    development_years: Figure
    capital_rate: Figure
    margin: Figure
    excess_operating_cost: Figure
    tax_rate: Figure
    discount_rate: Figure
    used_years: Figure
    remaining_years: Figure
    functional_by_age: Figure
    utilization: Figure
    scale_exponent: Figure
    additive: Figure


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """Cost of equal usefulness today, less obsolescence; line "value", CNY, (asset).

    Economic obsolescence is the inutility of capacity that stands idle: 1 − use ^ exponent.

    Source:
        IVS 210 Intangible Assets, cost approach; IVS 105 on depreciation and obsolescence; the
        cost-to-capacity relation of engineering economics.
    """
    cost = _cost_new(sheet, a)
    functional = _functional(sheet, a, cost)
    economic = sheet.line("economic_rate", 1 - a.utilization**a.scale_exponent, "share")
    left = sheet.line(
        "remaining_share",
        cost_steps.remaining_share(functional=functional, economic=economic, additive=a.additive),
        "share",
    )
    return sheet.line("value", cost * left, "CNY")


def _cost_new(sheet: Sheet, a: Inputs) -> Figure:
    labor = sheet.line("labor_today", a.person_months * a.monthly_cost, "CNY")
    direct = sheet.line(
        "direct_cost", labor * (1 + a.overhead_rate) + a.materials + a.filing_fees, "CNY"
    )
    capital = sheet.line(
        "capital_cost",
        cost_steps.capital_cost(direct, rate=a.capital_rate, development_years=a.development_years),
        "CNY",
    )
    margin = sheet.line("developer_margin", direct * a.margin, "CNY")
    return sheet.line("replacement_cost_new", direct + capital + margin, "CNY")


def _functional(sheet: Sheet, a: Inputs, cost: Figure) -> Figure:
    by_age = sheet.line(
        "age_rate",
        cost_steps.age_rate(used_years=a.used_years, remaining_years=a.remaining_years),
        "share",
    )
    annuity = ratio(1 - (1 + a.discount_rate) ** -a.remaining_years, a.discount_rate)
    factor = sheet.line(
        "annuity_factor", where(a.discount_rate > 0, annuity, a.remaining_years), "1"
    )
    loss = sheet.line("functional_loss", a.excess_operating_cost * (1 - a.tax_rate) * factor, "CNY")
    by_loss = minimum(ratio(loss, cost), 1)
    return sheet.line("functional_rate", where(a.functional_by_age, by_age, by_loss), "share")
