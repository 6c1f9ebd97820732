"""From expected loss to a grade of an internal scale: a table that a house may replace.

The scale is no agency's: its grades are numbers, 1 the safest, and every text that shows one says
so. A guarantor's standing moves the grade as far as it moves the expected loss, and no further.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from zhirong.core.errors import InputError
from zhirong.parameters.reader import Parameters
from zhirong.securitization.analytics.loss_estimates import Estimate


class ScaleError(InputError):
    """A scale whose bounds do not rise by grade and by year, or that has no last grade."""

    code = "error.securitization.scale"

    def __init__(self, grade: str) -> None:
        super().__init__(f"The bounds of grade {grade} do not rise.", grade=grade)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingScale:
    """Grades from the safest on; `most[g][y]` is the most expected loss of grade g over `years[y]`.

    Raises:
        ScaleError: Bounds fall from a grade to the next or from a year to a later one, or the
            last grade does not hold every loss (its bounds are 1).
    """

    grades: tuple[str, ...]
    years: tuple[float, ...]
    most: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        before = (0.0,) * len(self.years)
        for grade, row in zip(self.grades, self.most, strict=True):
            rises = all(a < b for a, b in zip(before, row, strict=True))
            if not rises or list(row) != sorted(row):
                raise ScaleError(grade)
            before = row
        if set(before) != {1.0}:
            raise ScaleError(self.grades[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """The grade of an expected loss, and those of the ends of its interval."""

    grade: str
    best: str
    worst: str


def published(parameters: Parameters, *, on: date) -> RatingScale:
    """The scale in force on a day."""
    found: Mapping[str, Any] = parameters.get("securitization.rating_scale", on=on).value
    rows: Sequence[Mapping[str, Any]] = found["grades"]
    return RatingScale(
        grades=tuple(str(row["grade"]) for row in rows),
        years=tuple(float(Decimal(each)) for each in found["years"]),
        most=tuple(tuple(float(Decimal(each)) for each in row["most"]) for row in rows),
    )


def grade_of(expected_loss: float, scale: RatingScale, *, years: float) -> str:
    """The safest grade whose bound over so many years holds the expected loss.

    Bounds between two years of the table are read by straight line in logarithms; below its first
    year they fall with time, and beyond its last year they stay.

    >>> scale = RatingScale(grades=("1", "2"), years=(1.0, 2.0), most=((0.001, 0.004), (1.0, 1.0)))
    >>> grade_of(0.0019, scale, years=1.5), grade_of(0.0021, scale, years=1.5)
    ('1', '2')
    """
    for grade, row in zip(scale.grades, scale.most, strict=True):
        if expected_loss <= _bound(row, scale.years, years) * (1.0 + 1e-12):
            return grade
    return scale.grades[-1]


def graded(estimate: Estimate, scale: RatingScale, *, years: float) -> Grading:
    """The grade of a simulated expected loss, with what its interval leaves open."""
    return Grading(
        grade=grade_of(estimate.value, scale, years=years),
        best=grade_of(estimate.low, scale, years=years),
        worst=grade_of(estimate.high, scale, years=years),
    )


def target_of(grade: str, scale: RatingScale, *, years: float) -> float:
    """The most expected loss of a grade over so many years: what a tranche is sized to.

    Raises:
        ScaleError: The scale has no such grade.
    """
    if grade not in scale.grades:
        raise ScaleError(grade)
    return _bound(scale.most[scale.grades.index(grade)], scale.years, years)


def _bound(row: Sequence[float], table: Sequence[float], years: float) -> float:
    if row[0] < 1.0 and years < table[0]:
        return row[0] * years / table[0]
    return float(np.exp(np.interp(years, table, np.log(row))))
