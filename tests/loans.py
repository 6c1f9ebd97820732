"""Loans for tests: conventions, due periods and rates with everyday values."""

from datetime import date
from decimal import Decimal
from typing import Any

from zhirong.core.calendar import plus_months
from zhirong.core.daycounts import DayCount
from zhirong.core.money import Money, Rounding
from zhirong.core.periods import Period
from zhirong.core.rolling import Roll
from zhirong.lending.due_dates import DueDateRule, DuePeriod, due_periods
from zhirong.lending.rates import RatePath, RateStep
from zhirong.lending.schedules import Conventions, PeriodCount, Residue
from zhirong.parameters import calendars

START = date(2024, 1, 1)


def yuan(amount: str | int) -> Money:
    return Money(Decimal(amount))


def rule(**changes: Any) -> DueDateRule:
    given = {"roll": Roll.NONE, "moves_interest": False, "calendar": calendars.china()}
    return DueDateRule(**(given | changes))


def due(start: date = START, *, months: int = 12, every: int = 1) -> tuple[DuePeriod, ...]:
    term = Period(start, plus_months(start, months))
    return due_periods(term, every_months=every, rule=rule())


def fixed(rate: str = "0.036", *, start: date = START) -> RatePath:
    return RatePath((RateStep(start, Decimal(rate)),))


def conventions(**changes: Any) -> Conventions:
    given: dict[str, Any] = {
        "day_count": DayCount.ACT_360,
        "period_count": PeriodCount.MONTHS,
        "interest_rounding": Rounding.HALF_UP,
        "installment_rounding": Rounding.HALF_UP,
        "installment_step": yuan("0.01"),
        "residue": Residue.LAST,
    }
    given |= changes
    return Conventions(
        day_count=DayCount(given["day_count"]),
        period_count=PeriodCount(given["period_count"]),
        interest_rounding=Rounding(given["interest_rounding"]),
        installment_rounding=Rounding(given["installment_rounding"]),
        installment_step=given["installment_step"],
        residue=Residue(given["residue"]),
    )
