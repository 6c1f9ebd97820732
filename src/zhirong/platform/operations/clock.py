"""The platform's day: the real one, or that of a demonstration, which a person moves on.

Accrual, statutory clocks, offices and rails all read it, so that a demonstration can live through
a loan. Days are Chinese days.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from zhirong.core.errors import StateError
from zhirong.parameters.calendars import china
from zhirong.platform.operations.models import DemonstrationClock
from zhirong.platform.operations.prepared import Prepared

CHINA = ZoneInfo("Asia/Shanghai")
_DAY = Prepared(lambda: DemonstrationClock.objects.order_by("pk").values_list("today"))
_HELD: ContextVar[list[date] | None] = ContextVar("held_day", default=None)


class ClockError(StateError):
    """A clock that cannot be moved: production runs on real time, and time does not go back."""

    code = "error.platform_clock"


def real_now() -> datetime:
    """This moment of the machine, in China."""
    return datetime.now(tz=CHINA)


def today() -> date:
    """The day by the platform's clock."""
    kept = _HELD.get()
    if kept:
        return kept[0]
    day = _read()
    if kept is not None:
        kept.append(day)
    return day


def _read() -> date:
    if settings.IS_DEMONSTRATION:
        known = _DAY.values()
        if known is not None:
            day: date = known[0]
            return day
    return real_now().date()


@contextmanager
def held() -> Iterator[None]:
    """One day for all that happens inside: it is read once, unless it is moved inside."""
    before = _HELD.set([])
    try:
        yield
    finally:
        _HELD.reset(before)


def now() -> datetime:
    """The platform's day at the machine's time of day."""
    return datetime.combine(today(), real_now().timetz())


def is_demonstration() -> bool:
    """Whether the clock can be moved."""
    return bool(settings.IS_DEMONSTRATION)


@transaction.atomic
def set_day(day: date) -> None:
    """Let a demonstration stand on a day.

    Raises:
        ClockError: This is production, or the day lies before today.
    """
    if not settings.IS_DEMONSTRATION:
        raise ClockError("Production runs on real time.", day=day)
    kept = _HELD.get()
    if kept:
        kept.clear()
    row = DemonstrationClock.objects.select_for_update().first()
    if row is not None and day < row.today:
        raise ClockError(f"{day} is before {row.today}.", day=day)
    DemonstrationClock.objects.update_or_create(
        pk=1 if row is None else row.pk, defaults={"today": day}
    )


def next_working_day() -> date:
    """Move a demonstration to the next working day; gives it.

    Raises:
        ClockError: This is production.
    """
    day = china().plus_workdays(today(), 1)
    set_day(day)
    return day
