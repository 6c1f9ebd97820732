"""Days, months and working days: the arithmetic of statutory and contractual time limits.

Days off and make-up working days are a value handed in; nothing here knows a holiday by itself.
"""

import calendar as _gregorian
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from zhirong.core.errors import InputError
from zhirong.core.periods import Period

_DAY = timedelta(days=1)


class WorkdayCountError(InputError):
    """A count of working days below zero."""

    code = "error.workday_count"


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessCalendar:
    """Monday to Friday, but for the days that differ.

    Attributes:
        days_off: Weekdays on which people do not work.
        make_up_days: Saturdays and Sundays on which they do.
        known: The days for which the official table is at hand; outside only weekends are known.
    """

    days_off: frozenset[date]
    make_up_days: frozenset[date]
    known: Period

    def is_workday(self, day: date) -> bool:
        """Whether people work on the day."""
        if day.weekday() < 5:
            return day not in self.days_off
        return day in self.make_up_days

    def is_known(self, day: date) -> bool:
        """Whether the official table of the day's year is at hand."""
        return day in self.known

    def on_or_after(self, day: date) -> date:
        """The day itself, or the first working day behind it."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def plus_workdays(self, day: date, count: int) -> date:
        """The working day that ends a time limit of so many working days; `day` is not counted.

        Raises:
            WorkdayCountError: The count is negative.
        """
        if count < 0:
            raise WorkdayCountError(f"{count} working days cannot be counted forward.")
        for _ in range(count):
            day = self.on_or_after(day + _DAY)
        return day

    def on_or_before(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.is_workday(day):
            day -= _DAY
        return day

    def minus_workdays(self, day: date, count: int) -> date:
        """The working day so many working days before; `day` is not counted.

        Raises:
            WorkdayCountError: The count is negative.
        """
        if count < 0:
            raise WorkdayCountError(f"{count} working days cannot be counted back.")
        for _ in range(count):
            day = self.on_or_before(day - _DAY)
        return day

    def workdays_in(self, period: Period) -> int:
        """How many working days are in a period that has an end."""
        assert period.days is not None, "an open period has no count of working days"
        weeks, rest = divmod(period.days, 7)
        first = period.start.weekday()
        weekdays = 5 * weeks + sum((first + offset) % 7 < 5 for offset in range(rest))
        return (
            weekdays
            - _count(_in_week(self.days_off), period)
            + _count(_at_weekends(self.make_up_days), period)
        )


@cache
def _in_week(days: frozenset[date]) -> tuple[date, ...]:
    return tuple(sorted(day for day in days if day.weekday() < 5))


@cache
def _at_weekends(days: frozenset[date]) -> tuple[date, ...]:
    return tuple(sorted(day for day in days if day.weekday() >= 5))


def _count(days: tuple[date, ...], period: Period) -> int:
    """How many of the sorted days are in a period."""
    assert period.end is not None, "the caller has asked"
    return bisect_left(days, period.end) - bisect_left(days, period.start)


def plus_months(day: date, months: int) -> date:
    """The corresponding day so many months later (or earlier), else the last day of that month.

    >>> plus_months(date(2024, 1, 31), 1), plus_months(date(2024, 3, 31), -1)
    (datetime.date(2024, 2, 29), datetime.date(2024, 2, 29))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = _gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def anniversary(day: date, years: int) -> date:
    """The same day of another year; of 29 February the last day of February.

    >>> anniversary(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    return plus_months(day, 12 * years)


def last_full_year(on: date) -> int:
    """The last calendar year that has ended on a day; on 31 December its own.

    >>> last_full_year(date(2025, 12, 31)), last_full_year(date(2026, 6, 30))
    (2025, 2025)
    """
    return (on + timedelta(days=1)).year - 1


def whole_years(start: date, end: date) -> int:
    """How many anniversaries of `start` have come by `end`, that day included.

    >>> whole_years(date(2018, 3, 15), date(2021, 7, 20))
    3
    """
    years = end.year - start.year
    return years if anniversary(start, years) <= end else years - 1


def started_months(start: date, end: date) -> int:
    """How many months behind `start` have begun by `end`; 0 up to and on `start`.

    >>> started_months(date(2022, 3, 15), date(2022, 5, 20))
    3
    """
    if end <= start:
        return 0
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if plus_months(start, months) >= end else months + 1


def last_day(
    start: date,
    *,
    years: int = 0,
    months: int = 0,
    days: int = 0,
    working: BusinessCalendar | None = None,
) -> date:
    """The last day of a time limit that begins with an event on `start`.

    The day of the event is not counted; years and months end on the corresponding day, else on the
    last day of the month; with a calendar, a last day that is a day off moves to the first working
    day behind it. The rest days that join a holiday are days off too, so "the day after the
    holiday" and "the first working day" are one day. Without a calendar nothing moves: the expiry
    of a right is no time limit for an act.

    Source:
        Civil Code 201-203; implementing regulations of the Patent Law, rule 5.

    >>> last_day(date(2024, 8, 31), months=6)
    datetime.date(2025, 2, 28)
    """
    end = plus_months(start, 12 * years + months) + timedelta(days=days)
    return end if working is None else working.on_or_after(end)
