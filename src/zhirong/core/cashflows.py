"""Dated amounts of money, and what is computed from them without a model."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhirong.core import money
from zhirong.core.daycounts import DayCount, year_fraction
from zhirong.core.money import Money, Rounding
from zhirong.core.periods import Period


@dataclass(frozen=True, slots=True)
class CashFlow:
    """An amount on a day; positive is received, negative is paid."""

    on: date
    amount: Money


def net_by_date(flows: Iterable[CashFlow]) -> tuple[CashFlow, ...]:
    """One flow a day, in order of days; days that net to nothing are left out.

    Raises:
        CurrencyMismatchError: One day holds two currencies.
    """
    days: dict[date, list[Money]] = {}
    for flow in flows:
        days.setdefault(flow.on, []).append(flow.amount)
    nets = ((day, money.total(days[day], days[day][0].currency)) for day in sorted(days))
    return tuple(CashFlow(day, net) for day, net in nets if net)


def within(flows: Iterable[CashFlow], period: Period) -> tuple[CashFlow, ...]:
    """The flows of a period."""
    return tuple(flow for flow in flows if flow.on in period)


def interest(
    principal: Money, *, rate: Decimal, period: Period, day_count: DayCount, rounding: Rounding
) -> Money:
    """Simple interest for a period that has an end; `rate` is a share a year.

    >>> loan, quarter = Money(Decimal(5_000_000)), Period(date(2024, 1, 1), date(2024, 4, 1))
    >>> interest(loan, rate=Decimal("0.0385"), period=quarter, day_count=DayCount.ACT_360,
    ...          rounding=Rounding.HALF_UP).amount
    Decimal('48659.72')
    """
    assert period.end is not None, "interest needs the end of its period"
    fraction = year_fraction(period.start, period.end, day_count)
    return principal.times(fraction * Fraction(rate), rounding=rounding)
