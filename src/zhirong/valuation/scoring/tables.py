"""Tables of a rule's settings: numbers and curves read from dated parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from zhirong.core.errors import ParameterError
from zhirong.valuation.scoring.columns import FloatArray


class RuleTableError(ParameterError):
    """A rule's table that cannot be used: a key is missing, a curve does not ascend in x."""

    code = "error.scoring_rule_table"

    def __init__(self, path: str, *, entry: str, reason: str) -> None:
        super().__init__(
            f"Parameter {path}, {entry}: {reason}.",
            path=path,
            entry=entry,
            reason=f"score.table.{reason}",
        )


@dataclass(frozen=True, slots=True)
class Curve:
    """Points (x, score), joined by straight lines and flat outside; NaN stays NaN."""

    x: tuple[float, ...]
    score: tuple[float, ...]

    def read(self, values: FloatArray) -> FloatArray:
        """The scores of values.

        >>> Curve((0.0, 10.0), (20.0, 100.0)).read(np.array([-1.0, 5.0, 99.0, np.nan]))
        array([ 20.,  60., 100.,  nan])
        """
        scores: FloatArray = np.interp(values, self.x, self.score)
        return scores


@dataclass(frozen=True, slots=True)
class RuleTable:
    """The settings of one rule on one day: scores, weights, limits and curves by name."""

    path: str
    numbers: Mapping[str, float]
    curves: Mapping[str, Curve]

    def number(self, entry: str) -> float:
        """A number of the table.

        Raises:
            RuleTableError: No such number.
        """
        if entry not in self.numbers:
            raise RuleTableError(self.path, entry=entry, reason="missing")
        return self.numbers[entry]

    def curve(self, entry: str) -> Curve:
        """A curve of the table.

        Raises:
            RuleTableError: No such curve.
        """
        if entry not in self.curves:
            raise RuleTableError(self.path, entry=entry, reason="missing")
        return self.curves[entry]


def rule_table(path: str, value: Mapping[str, Any]) -> RuleTable:
    """The table of a parameter's value: a list of [x, score] is a curve, else a number.

    Raises:
        RuleTableError: A curve does not ascend in x, or scores beyond 0 to 100.
    """
    curves = {key: _curve(path, key, item) for key, item in value.items() if isinstance(item, list)}
    numbers = {key: float(item) for key, item in value.items() if key not in curves}
    return RuleTable(path, numbers, curves)


def _curve(path: str, entry: str, points: list[list[Any]]) -> Curve:
    x = tuple(float(point[0]) for point in points)
    score = tuple(float(point[1]) for point in points)
    if any(after <= before for before, after in pairwise(x)):
        raise RuleTableError(path, entry=entry, reason="not_ascending")
    if min(score) < 0 or max(score) > 100:
        raise RuleTableError(path, entry=entry, reason="out_of_range")
    return Curve(x, score)
