"""Corporate income tax of forecast years, and the tax amortization benefit where it is asked for.

The reduced rate counts only while the high-tech certificate is valid; a forecast year in which it
ends is mixed by days. A renewal is an assumption with an author, never a default.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.core.sources import AssumptionOrigin
from zhirong.valuation import projection

KEY = "tax"
STANDARD_RATE = "valuation.tax.standard_rate"
HIGH_TECH_RATE = "valuation.tax.high_tech_rate"
AMORTIZATION_YEARS = "valuation.tax.amortization_years"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """Days on which a certificate is in force, both included."""

    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """The assumption that certificates are renewed up to a day, with who answers for it."""

    last_day: date
    origin: AssumptionOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedShares:
    """Share of each forecast year's days under a valid, and under an assumed, certificate."""

    certified: tuple[float, ...]
    renewed: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the tax rate is built from.

    Attributes:
        standard_rate: Rate without certificate, share; no axes.
        high_tech_rate: Reduced rate under a high-tech certificate, share; no axes.
        certified: Share of the year's days under a valid certificate; (year).
        renewed: Share of the year's other days under an assumed renewal; (year).
    """

    standard_rate: Figure
    high_tech_rate: Figure
    certified: Figure
    renewed: Figure


def _anniversary(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def certified_shares(
    validities: Sequence[Validity],
    *,
    valuation_date: date,
    years: int,
    renewal: Renewal | None = None,
) -> CertifiedShares:
    """How much of each forecast year a certificate covers, by days.

    Forecast year t runs from the t-th anniversary of the valuation date to the day before the
    next. Days that several certificates cover count once; a renewal covers the remaining days from
    the end of the last certificate.
    """
    certified, renewed = [], []
    ends = max((item.last_day for item in validities), default=None)
    for t in range(years):
        start = _anniversary(valuation_date, t)
        length = (_anniversary(valuation_date, t + 1) - start).days
        days = [start + timedelta(days=n) for n in range(length)]
        valid = [any(v.first_day <= day <= v.last_day for v in validities) for day in days]
        certified.append(sum(valid) / length)
        assumed = 0
        if renewal is not None and ends is not None:
            assumed = sum(ends < day <= renewal.last_day for day in days)
        renewed.append(assumed / length)
    return CertifiedShares(certified=tuple(certified), renewed=tuple(renewed))


def rate(sheet: Sheet, *, a: Inputs) -> Figure:
    """The tax rate of each forecast year; line "tax_rate", share, (year).

    Source:
        Enterprise Income Tax Law, articles 4 and 28.
    """
    reduced = a.certified + a.renewed
    spread = a.standard_rate - a.high_tech_rate
    return sheet.line("tax_rate", a.standard_rate - spread * reduced, "share")


def with_amortization_benefit(
    sheet: Sheet, value: Figure, *, rate: Figure, tax_rate: Figure, amortization_years: Figure
) -> Figure:
    """The value with what the tax office gives back to a buyer; line "value_with_tab", CNY.

    On request only: market values for pledge are usually stated without it, so no method adds it
    by itself.

    Args:
        sheet: The method's sheet; takes "tab_factor" and the line.
        value: Value without the benefit, CNY; (asset).
        rate: Yearly discount rate after tax, share.
        tax_rate: Corporate income tax of the assumed buyer, share; no axis "year".
        amortization_years: Years over which the buyer deducts the price.
    """
    factor = projection.tab_factor(
        rate=rate, tax_rate=tax_rate, amortization_years=amortization_years
    )
    return sheet.line("value_with_tab", value * sheet.line("tab_factor", factor, "1"), "CNY")
