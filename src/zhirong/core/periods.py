"""Half-open periods of days: the start is in, the end is out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from zhirong.core.errors import InputError


class PeriodError(InputError):
    """A period that ends before it starts."""

    code = "error.period"

    def __init__(self, start: date, end: date) -> None:
        super().__init__(f"A period from {start} cannot end on {end}.", start=start, end=end)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` (in) to `end` (out); an end of None is open.

    Raises:
        PeriodError: The end is before the start.

    >>> Period(date(2024, 1, 1), date(2024, 2, 1)).days
    31
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise PeriodError(self.start, self.end)

    @property
    def days(self) -> int | None:
        """How many days are in it; None if it is open."""
        return None if self.end is None else (self.end - self.start).days

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Self) -> bool:
        """Whether they share a day."""
        return self.intersection(other) is not None

    def intersection(self, other: Self) -> Self | None:
        """The days that are in both; None if there are none.

        >>> january = Period(date(2024, 1, 1), date(2024, 2, 1))
        >>> january.intersection(Period(date(2024, 2, 1))) is None
        True
        """
        start = max(self.start, other.start)
        ends = [period.end for period in (self, other) if period.end is not None]
        end = min(ends) if ends else None
        if end is not None and end <= start:
            return None
        return type(self)(start, end)


def merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The same days as periods that neither overlap nor touch, in order."""
    result: list[Period] = []
    for period in sorted(periods, key=lambda p: p.start):
        last = result[-1] if result else None
        if last is None or (last.end is not None and last.end < period.start):
            result.append(period)
        elif last.end is not None and (period.end is None or period.end > last.end):
            result[-1] = Period(last.start, period.end)
    return tuple(result)
