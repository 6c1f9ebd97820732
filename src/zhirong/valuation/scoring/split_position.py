"""Δ of a split rate: where in its industry's range a group stands, 0 at the low end, 1 at the high.

Split rates go by K = m + (n - m) · Δ with Δ = composite score / 100, the composite being that of
the value degree's tree (`Scoring.composite`).
"""

import numpy as np

from zhirong.core.errors import InputError
from zhirong.valuation.scoring.columns import FloatArray


class NoSplitPositionError(InputError):
    """A group of rights of which none has a score to go by."""

    code = "error.scoring_no_position"

    def __init__(self) -> None:
        super().__init__("No right of the group has a score; answer the leaves of its tree.")


def group_position(composite: FloatArray, *, weights: FloatArray) -> float:
    """Δ of a group of rights: the weighted mean of the composites that are known.

    Args:
        composite: Shares of 1; NaN where a right has no score.
        weights: Weights of the rights, not negative, e.g. coverage strength.

    Raises:
        NoSplitPositionError: No right with a positive weight has a score.

    >>> group_position(np.array([0.5, np.nan, 1.0]), weights=np.array([1.0, 1.0, 3.0]))
    0.875
    """
    known = ~np.isnan(composite) & (weights > 0)
    if not known.any():
        raise NoSplitPositionError
    return float((composite[known] * weights[known]).sum() / weights[known].sum())
