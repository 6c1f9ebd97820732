"""The business calendar of mainland China, from the table the package ships."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from zhirong.core.calendar import BusinessCalendar
from zhirong.core.periods import Period
from zhirong.parameters.reader import table


@cache
def china() -> BusinessCalendar:
    """Working days in mainland China, by the yearly notices of the State Council.

    >>> china().is_workday(date(2024, 10, 12))  # a Saturday, worked for the National Day week
    True
    """
    document = table("china_calendar")
    return BusinessCalendar(
        days_off=frozenset(_days(document["years"], "days_off")),
        make_up_days=frozenset(_days(document["years"], "make_up_days")),
        known=Period(document["known_from"], document["known_until"]),
    )


def _days(years: dict[int, dict[str, list[str]]], key: str) -> Iterator[date]:
    for year, lists in years.items():
        for entry in lists[key]:
            first, _, last = entry.partition("..")
            day = date.fromisoformat(f"{year}-{first}")
            end = date.fromisoformat(f"{year}-{last or first}")
            while day <= end:
                yield day
                day += timedelta(days=1)
