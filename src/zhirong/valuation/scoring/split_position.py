"""Δ of a split rate: where in its industry's range a right stands, 0 at the low end, 1 at the high.

Split rates go by K = m + (n - m) · Δ with Δ = composite score / 100. The composite is that of the
scoring table `cn.split_rate` or of the value degree's own tree.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from zhirong.core.errors import InputError
from zhirong.parameters.reader import Parameters
from zhirong.valuation.scoring.columns import FloatArray, ScoringColumns
from zhirong.valuation.scoring.engine import Scoring, score_rights
from zhirong.valuation.scoring.leaves import LeafAnswer
from zhirong.valuation.scoring.settings import settings_of
from zhirong.valuation.scoring.tree import shipped_tree

TREE = "cn.split_rate"


class NoSplitPositionError(InputError):
    """A group of rights of which none has a score to go by."""

    code = "error.scoring_no_position"

    def __init__(self) -> None:
        super().__init__("No right of the group has a score; answer the leaves of its tree.")


def split_score(
    columns: ScoringColumns,
    *,
    parameters: Parameters,
    on: date,
    answers: Sequence[LeafAnswer] = (),
) -> Scoring:
    """Scores on the split-rate table, whose weights are its own; `composite` is Δ of each right."""
    tree = shipped_tree(TREE)
    settings = settings_of(tree, scene="", parameters=parameters, on=on)
    return score_rights(columns, settings=settings, answers=answers)


def group_position(composite: FloatArray, *, weights: FloatArray) -> float:
    """Δ of a group of rights: the weighted mean of the composites that are known.

    Args:
        composite: Shares of 1; NaN where a right has no score.
        weights: Weights of the rights, not negative, e.g. coverage strength.

    Raises:
        NoSplitPositionError: No right with a positive weight has a score.

    >>> group_position(np.array([0.6, np.nan, 0.8]), weights=np.array([1.0, 1.0, 3.0]))
    0.75
    """
    known = ~np.isnan(composite) & (weights > 0)
    if not known.any():
        raise NoSplitPositionError
    return float((composite[known] * weights[known]).sum() / weights[known].sum())
