"""Where a day of payment goes that falls on a day off."""

from datetime import date
from enum import StrEnum

from zhirong.core.calendar import BusinessCalendar


class Roll(StrEnum):
    """The rules by their names in the market."""

    NONE = "none"
    FOLLOWING = "following"  # the next working day
    MODIFIED_FOLLOWING = "modified_following"  # the next one, unless that is another month
    PRECEDING = "preceding"  # the last working day before


def rolled_day(day: date, roll: Roll, calendar: BusinessCalendar) -> date:
    """The day of payment for a nominal one; a working day stays where it is."""
    following = calendar.on_or_after(day)
    match roll:
        case Roll.NONE:
            return day
        case Roll.FOLLOWING:
            return following
        case Roll.PRECEDING:
            return calendar.on_or_before(day)
        case Roll.MODIFIED_FOLLOWING:
            is_same_month = (following.year, following.month) == (day.year, day.month)
            return following if is_same_month else calendar.on_or_before(day)
