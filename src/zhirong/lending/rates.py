"""Contract rates: fixed, or loan prime rate (LPR) plus basis points with days of repricing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from zhirong.core.calendar import plus_months
from zhirong.core.daycounts import DayCount, year_fraction
from zhirong.core.errors import InputError
from zhirong.core.periods import Period
from zhirong.parameters.reader import Parameters

_BASIS_POINT = Decimal("0.0001")


class RateError(InputError):
    """A yearly rate that is negative, or written as a percentage."""

    code = "error.lending_rate"

    def __init__(self, rate: Decimal) -> None:
        super().__init__(
            f"A yearly rate of {rate} is no share from 0 to 1: write 3.85 % as 0.0385.", rate=rate
        )


class RatePathError(InputError):
    """No rate on a day, or steps that are not in order."""

    code = "error.lending_rate_path"

    def __init__(self, on: date) -> None:
        super().__init__(f"The contract has no rate on {on}.", on=on)


class LprTenor(StrEnum):
    """The two rates that are published each month."""

    ONE_YEAR = "1y"
    FIVE_YEARS = "5y"  # five years and more


@dataclass(frozen=True, slots=True)
class RateStep:
    """A yearly rate (share) from a day on."""

    start: date
    rate: Decimal

    def __post_init__(self) -> None:
        if not (self.rate.is_finite() and 0 <= self.rate < 1):
            raise RateError(self.rate)


@dataclass(frozen=True, slots=True)
class RatePath:
    """The yearly rate of a loan over time; the last step stays in force.

    Raises:
        RatePathError: There is no step, or the steps are not in the order of their days.
    """

    steps: tuple[RateStep, ...]

    def __post_init__(self) -> None:
        starts = [step.start for step in self.steps]
        if not starts or starts != sorted(set(starts)):
            raise RatePathError(starts[0] if starts else date.min)

    def at(self, day: date) -> Decimal:
        """The rate in force on the day.

        Raises:
            RatePathError: The day is before the first step.
        """
        rates = [step.rate for step in self.steps if step.start <= day]
        if not rates:
            raise RatePathError(day)
        return rates[-1]

    def pieces(self, period: Period) -> Iterator[tuple[Period, Decimal]]:
        """The parts of a period that has an end, each with its one rate.

        Raises:
            RatePathError: The period begins before the first step.
        """
        assert period.end is not None, "interest needs the end of its period"
        self.at(period.start)
        ends = [*(step.start for step in self.steps[1:]), None]
        for step, end in zip(self.steps, ends, strict=True):
            part = period.intersection(Period(step.start, end))
            if part is not None:
                yield part, step.rate

    def factor(self, period: Period, day_count: DayCount) -> Fraction:
        """Interest per unit of principal for a period, over all changes of the rate, exactly.

        >>> path = RatePath((RateStep(date(2024, 1, 1), Decimal("0.0385")),))
        >>> path.factor(Period(date(2024, 1, 1), date(2024, 4, 1)), DayCount.ACT_360) * 5_000_000
        Fraction(875875, 18)
        """
        return sum(
            (
                Fraction(rate) * year_fraction(part.start, part.end, day_count)
                for part, rate in self.pieces(period)
                if part.end is not None
            ),
            Fraction(0),
        )

    def scaled(self, multiple: Decimal) -> "RatePath":
        """The same steps with every rate multiplied, for penalty rates."""
        return RatePath(tuple(RateStep(step.start, step.rate * multiple) for step in self.steps))


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedRate:
    """One yearly rate (share) until the debt is paid."""

    rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Repricing:
    """Every so many months from a day: the draw-down's, or another one, such as 1 January."""

    every_months: int
    counted_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatingRate:
    """LPR and a spread in basis points; without repricing the first day's rate stays."""

    tenor: LprTenor
    spread_bp: Decimal
    repricing: Repricing | None


ContractRate = FixedRate | FloatingRate


def rate_path(
    contract: ContractRate, *, term: Period, known_on: date, parameters: Parameters
) -> RatePath:
    """The rates of a draw-down: first day, and each day of repricing that has come by `known_on`.

    On a day of repricing the LPR last published by that day counts. No later one is guessed: the
    last known rate stays in force until the path is asked for anew.

    Raises:
        RateError: A rate is negative, or not a share.
        ParameterNotFoundError: No LPR was published by the first day.
    """
    if isinstance(contract, FixedRate):
        return RatePath((RateStep(term.start, contract.rate),))
    days = [term.start, *_repricing_days(contract.repricing, term, known_on)]
    return RatePath(tuple(RateStep(day, _floating(contract, day, parameters)) for day in days))


def _floating(contract: FloatingRate, day: date, parameters: Parameters) -> Decimal:
    published = parameters.number(f"lending.lpr.{contract.tenor}", on=day)
    return published + contract.spread_bp * _BASIS_POINT


def _repricing_days(repricing: Repricing | None, term: Period, known_on: date) -> Iterator[date]:
    if repricing is None:
        return
    anchor = repricing.counted_from or term.start
    if repricing.every_months < 1 or anchor > term.start:
        raise RatePathError(anchor)
    passed = 0
    while (day := plus_months(anchor, passed)) <= known_on:
        passed += repricing.every_months
        if day > term.start and day in term:
            yield day
