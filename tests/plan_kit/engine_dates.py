"""Another engine's date patterns as days."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.plan_kit.engine_formulas import Node, UnknownTagError, tagged
from zhirong.core.calendar import plus_months

_ENDS = {
    "MonthEnd": tuple(range(1, 13)),
    "QuarterEnd": (3, 6, 9, 12),
    "SemiAnnualEnd": (6, 12),
    "YearEnd": (12,),
}
_FIRSTS = {
    "MonthFirst": tuple(range(1, 13)),
    "QuarterFirst": (1, 4, 7, 10),
    "YearFirst": (1,),
}


def _matches(pattern: Node, day: date) -> bool:  # noqa: PLR0911 - one case a pattern
    tag, inner = tagged(pattern)
    if tag in _ENDS:
        return day.month in _ENDS[tag] and (day + timedelta(days=1)).day == 1
    if tag in _FIRSTS:
        return day.month in _FIRSTS[tag] and day.day == 1
    if tag == "DayOfMonth":
        last = plus_months(day.replace(day=1), 1) - timedelta(days=1)
        return day.day == min(inner, last.day)
    if tag == "MonthDayOfYear":
        return [day.month, day.day] == inner
    if tag == "SemiAnnual":
        return [day.month, day.day] in inner
    if tag == "CustomDate":
        return day.isoformat() in inner
    if tag == "SingletonDate":
        return day.isoformat() == inner
    if tag == "AllDatePattern":
        return any(_matches(each, day) for each in inner)
    if tag == "EveryNMonth":
        return day in _every(date.fromisoformat(inner[0]), inner[1], day)
    raise UnknownTagError(tag)


def _every(start: date, months: int, until: date) -> Iterator[date]:
    count = 0
    while (day := plus_months(start, count * months)) <= until:
        yield day
        count += 1


def days_of(pattern: Node, first: date, last: date) -> tuple[date, ...]:
    """The days of a pattern from `first` to `last`, both in."""
    span = (last - first).days + 1
    days = (first + timedelta(days=count) for count in range(max(span, 0)))
    return tuple(day for day in days if _matches(pattern, day))


def payment_days(
    pattern: Node, first: date, last_collected: date, last_row: date
) -> tuple[date, ...]:
    """The payment dates: the first one, and the pattern's days up to the one behind the pool.

    With cash left in accounts the engine goes on; then up to its last row.
    """
    days = days_of(pattern, first + timedelta(days=1), last_row + timedelta(days=400))
    before = [day for day in days if day <= max(last_collected, last_row)]
    after = [day for day in days if day > last_collected and day not in before]
    is_open = first <= last_collected and (not before or before[-1] <= last_collected)
    return (first, *before, *(after[:1] if is_open else ()))
