"""Day counts: how a contract turns two dates into a fraction of a year, exactly."""

from datetime import date
from enum import StrEnum
from fractions import Fraction

from zhirong.core.calendar import anniversary, whole_years
from zhirong.core.errors import InputError


class DayCount(StrEnum):
    """The conventions by their names in the market."""

    ACT_360 = "act/360"  # loans in China
    ACT_365 = "act/365"  # fixed: asset-backed plans in China
    ACT_ACT = "act/act"  # by the days of each calendar year (ISDA)
    THIRTY_360 = "30/360"  # bond basis


class DayCountError(InputError):
    """An end before the start."""

    code = "error.day_count"


def year_fraction(start: date, end: date, convention: DayCount) -> Fraction:
    """The part of a year from `start` (in) to `end` (out).

    Raises:
        DayCountError: The end is before the start.

    Source:
        ISDA 2006 definitions, section 4.16.

    >>> year_fraction(date(2024, 1, 1), date(2024, 4, 1), DayCount.ACT_360)
    Fraction(91, 360)
    """
    if end < start:
        raise DayCountError(f"{end} is before {start}.", start=start, end=end)
    days = (end - start).days
    match convention:
        case DayCount.ACT_360:
            return Fraction(days, 360)
        case DayCount.ACT_365:
            return Fraction(days, 365)
        case DayCount.THIRTY_360:
            return Fraction(_thirty_360_days(start, end), 360)
        case DayCount.ACT_ACT:
            return _by_calendar_year(start, end)


def _thirty_360_days(start: date, end: date) -> int:
    first = min(start.day, 30)
    second = 30 if end.day == 31 and first == 30 else end.day
    return (end.year - start.year) * 360 + (end.month - start.month) * 30 + second - first


def _by_calendar_year(start: date, end: date) -> Fraction:
    result = Fraction(0)
    while start < end:
        new_year = date(start.year + 1, 1, 1)
        length = (new_year - date(start.year, 1, 1)).days
        stop = min(end, new_year)
        result += Fraction((stop - start).days, length)
        start = stop
    return result


def years_and_part(start: date, end: date) -> Fraction:
    """Whole years by anniversaries, and the rest as a part of the year that it falls in.

    The remaining life of a right is measured so: from an anniversary to the next is exactly 1.

    >>> years_and_part(date(2024, 6, 30), date(2034, 6, 30))
    Fraction(10, 1)
    """
    if end < start:
        return -years_and_part(end, start)
    years = whole_years(start, end)
    last, following = anniversary(start, years), anniversary(start, years + 1)
    return years + Fraction((end - last).days, (following - last).days)
