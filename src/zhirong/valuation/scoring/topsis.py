"""TOPSIS: how near each right is to the best that was seen, and how far from the worst.

Columns are divided by their length and weighted; C = D- / (D+ + D-). Source: Hwang and Yoon (1981).
"""

import numpy as np

from zhirong.core.errors import InputError
from zhirong.valuation.scoring.columns import FloatArray


class TopsisScoresError(InputError):
    """Scores or weights of the wrong shape, or unknown scores."""

    code = "error.scoring_topsis"


def closeness(scores: FloatArray, *, weights: FloatArray) -> FloatArray:
    """The closeness of each right to the ideal, 0 to 1; 0.5 for all where they do not differ.

    Args:
        scores: Shape (right, indicator), more is better.
        weights: Shape (indicator,), not negative.

    Raises:
        TopsisScoresError: Shapes that do not fit, or a score that is unknown.

    >>> closeness(np.array([[3.0, 4.0], [0.0, 0.0]]), weights=np.array([0.5, 0.5]))
    array([1., 0.])
    """
    if scores.ndim != 2 or weights.shape != scores.shape[1:] or (weights < 0).any():
        raise TopsisScoresError("Scores by right and indicator and one weight an indicator.")
    if not np.isfinite(scores).all():
        raise TopsisScoresError("TOPSIS wants every score known.")
    length = np.sqrt((scores**2).sum(axis=0))
    weighted = weights * scores / np.where(length > 0, length, 1.0)
    to_best = np.sqrt(((weighted - weighted.max(axis=0)) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - weighted.min(axis=0)) ** 2).sum(axis=1))
    both = to_best + to_worst
    near: FloatArray = np.where(both > 0, to_worst / np.where(both > 0, both, 1.0), 0.5)
    return near
