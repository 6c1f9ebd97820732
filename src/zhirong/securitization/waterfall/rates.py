"""Rates of a plan by day: index paths, resets, step-ups, and the exact factor of each period.

Rates are known before a run (an assumption or a published path), the same on every path of the
pool, so every factor is worked out once, when a plan is compiled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from zhirong.core.daycounts import DayCount, year_fraction
from zhirong.core.errors import InputError
from zhirong.securitization.plan.conventions import ResetAccrual
from zhirong.securitization.plan.tranches import Tranche
from zhirong.securitization.waterfall.carriers import Ratio

BY_DAYS = frozenset({DayCount.ACT_360, DayCount.ACT_365})
"""Day counts under which only the number of days matters."""

IndexPaths: TypeAlias = Mapping[str, Sequence[tuple[date, Fraction]]]
"""By index, its levels (shares a year) from a day on, ascending."""


class IndexMissingError(InputError):
    """A plan follows an index that no path was given for, or the path starts later."""

    code = "error.plan_index"

    def __init__(self, index: str, on: date) -> None:
        super().__init__(
            f"There is no level of {index} on {on}: give its path from that day or earlier.",
            index=index,
            on=on,
        )


def level(paths: IndexPaths, index: str, on: date) -> Fraction:
    """The level of an index on a day.

    Raises:
        IndexMissingError: No level is known on that day.
    """
    known = [value for start, value in paths.get(index, ()) if start <= on]
    if not known:
        raise IndexMissingError(index, on)
    return known[-1]


@dataclass(slots=True)
class Factors:
    """Exact factors of a rate over some days, kept, since the same ones come again and again."""

    _kept: dict[tuple[Fraction, DayCount, int], Ratio] = field(default_factory=dict)

    def of(self, rate: Fraction, start: date, end: date, count: DayCount) -> Ratio:
        """Rate times the part of a year from `start` to `end`."""
        if count in BY_DAYS:
            days = (end - start).days
            key = (rate, count, days)
            found = self._kept.get(key)
            if found is None:
                found = _ratio(rate * year_fraction(start, end, count))
                self._kept[key] = found
            return found
        return _ratio(rate * year_fraction(start, end, count))


def _ratio(value: Fraction) -> Ratio:
    return value.numerator, value.denominator


@dataclass(frozen=True, slots=True)
class RateSteps:
    """The yearly rate of a tranche from day to day: (from, rate), ascending."""

    steps: tuple[tuple[date, Fraction], ...]

    def on(self, day: date) -> Fraction:
        """The rate in force on a day."""
        if len(self.steps) == 1:
            return self.steps[0][1]
        return [rate for start, rate in self.steps if start <= day][-1]

    def segments(self, start: date, end: date) -> tuple[tuple[date, date, Fraction], ...]:
        """The days from `start` to `end`, cut where the rate changes."""
        cuts = [start, *(day for day, _ in self.steps if start < day < end), end]
        return tuple((first, last, self.on(first)) for first, last in pairwise(cuts))


def rate_steps(tranche: Tranche, paths: IndexPaths) -> RateSteps:
    """What a tranche's rate is from day to day.

    Raises:
        IndexMissingError: It floats on an index that is not known on a reset day.
    """
    days = {step.start for step in tranche.step_ups}
    floating = tranche.floating
    if floating is not None:
        days.update(floating.resets)
    steps = [(date.min, tranche.rate)]
    for day in sorted(days):
        rate = tranche.rate
        resets = [] if floating is None else [reset for reset in floating.resets if reset <= day]
        if floating is not None and resets:
            rate = level(paths, floating.index, resets[-1]) + floating.margin
            rate = rate if floating.cap is None else min(rate, floating.cap)
            rate = rate if floating.floor is None else max(rate, floating.floor)
        added = sum((s.margin for s in tranche.step_ups if s.start <= day), Fraction(0))
        steps.append((day, rate + added))
    return RateSteps(tuple(steps))


def cut_period(
    steps: RateSteps, start: date, end: date, accrual: ResetAccrual
) -> tuple[tuple[date, date, Fraction], ...]:
    """A period as pieces of one rate, by the plan's word for when a new rate starts to count."""
    if end <= start:
        return ()
    if accrual is ResetAccrual.NEXT_PERIOD:
        return ((start, end, steps.on(start)),)
    return steps.segments(start, end)
