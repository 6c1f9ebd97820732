"""Composite scores: judged points from 0 to 100, weighted; what does not apply drops out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from zhirong.core.errors import InputError
from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.core.sources import AssumptionOrigin
from zhirong.parameters.reader import Parameter
from zhirong.valuation import published

POINTS_MAX = 100


class ScoreMissingError(InputError):
    """A factor was neither judged nor called not applicable: a missing score is never zero."""

    code = "error.score_missing"

    def __init__(self, factors: tuple[str, ...]) -> None:
        super().__init__(
            f"No score for {', '.join(factors)}.",
            first=f"input.score_{factors[0]}",
            count=len(factors),
            factors=factors,
        )


class ScoreOutOfRangeError(InputError):
    """Points below 0 or above 100."""

    code = "error.score_out_of_range"

    def __init__(self, factor: str) -> None:
        super().__init__(
            f"The score of {factor} is not from 0 to 100.", factor=f"input.score_{factor}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgment:
    """An analyst's points for one factor.

    Attributes:
        points: 0 to 100; one number, or an array along `axes`.
        origins: Who judged and why; one, or one for each number.
        axes: Axes of `points`.
    """

    points: npt.ArrayLike
    origins: AssumptionOrigin | Sequence[AssumptionOrigin]
    axes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A judged factor and how much it counts: points and share."""

    key: str
    score: Figure
    weight: Figure


Judgments = Mapping[str, Judgment | None]


def enter(
    sheet: Sheet,
    weights: Mapping[str, Decimal],
    *,
    judgments: Judgments,
    table: Parameter,
    on: date,
) -> tuple[Factor, ...]:
    """The factors of one group, entered as "score_<factor>" and "weight_<factor>".

    A judgment of None says that the factor does not apply; its weight goes to the others.

    Args:
        sheet: Takes the inputs.
        weights: Weight of each factor, share.
        judgments: The points by factor; those of other groups may be among them.
        table: The parameter that `weights` come from.
        on: The valuation date.

    Raises:
        ScoreMissingError: A factor has no entry among the judgments.
        ScoreOutOfRangeError: Points outside 0 to 100.
    """
    missing = tuple(key for key in weights if key not in judgments)
    if missing:
        raise ScoreMissingError(missing)
    factors = []
    for key, weight in weights.items():
        judgment = judgments[key]
        if judgment is None:
            continue
        points = np.asarray(judgment.points, dtype=np.float64)
        if not np.all((points >= 0) & (points <= POINTS_MAX)):
            raise ScoreOutOfRangeError(key)
        score = sheet.assumption(
            f"score_{key}", points, "point", origins=judgment.origins, axes=judgment.axes
        )
        share = published.enter_part(sheet, f"weight_{key}", (weight, "share"), table, on=on)
        factors.append(Factor(key=key, score=score, weight=share))
    if not factors:
        raise ScoreMissingError(tuple(weights))
    return tuple(factors)


def weighted(factors: Sequence[Factor]) -> Figure:
    """The weighted mean of the factors' points, 0 to 100."""
    first, *others = factors
    points = first.score * first.weight
    weights = first.weight
    for factor in others:
        points = points + factor.score * factor.weight
        weights = weights + factor.weight
    return points / weights
