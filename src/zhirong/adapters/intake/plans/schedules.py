"""Days of a plan file: a list, or a first day, a step and a last one."""

import re
from datetime import date

from zhirong.adapters.intake.plans.nodes import Entry
from zhirong.core.calendar import plus_months

_EVERY = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_STEP = re.compile(r"(\d{1,3}) months?")
MOST = 1_200
"""Days in one list: a hundred years of months."""


def days(entry: Entry) -> tuple[date, ...]:
    """The days, in the order in which they stand."""
    if not entry.is_mapping:
        return tuple(item.day() for item in entry.items())
    fields = entry.fields("first", "every", "last", "month_end")
    first, last = fields.needed("first").day(), fields.needed("last").day()
    every = fields.needed("every")
    text = every.text()
    found = _STEP.fullmatch(text)
    step = int(found[1]) if found else every.word(_EVERY)
    month_end = fields.get("month_end")
    is_month_end = month_end is not None and month_end.flag()
    if step < 1 or last < first:
        raise entry.wrong("plan.problem.ascending")
    result: list[date] = []
    while len(result) <= MOST:
        day = plus_months(first, step * len(result))
        if is_month_end:
            day = plus_months(day.replace(day=1), 1).replace(day=1)
            day = date.fromordinal(day.toordinal() - 1)
        if day > last:
            return tuple(result)
        result.append(day)
    raise entry.wrong("plan.problem.too_many", count=MOST)


def dated_amounts(entry: Entry, unit: int) -> tuple[tuple[date, int], ...]:
    """Amounts by day, ascending: `{2025-02-27: 1000, ...}`."""
    found: list[tuple[date, int]] = []
    for text, value in entry.keyed().items():
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise value.wrong("plan.problem.day", value=text) from None
        if found and day <= found[-1][0]:
            raise value.wrong("plan.problem.ascending")
        found.append((day, value.fen(unit)))
    return tuple(found)
