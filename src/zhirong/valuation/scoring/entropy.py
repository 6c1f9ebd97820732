"""Entropy weights: an indicator on which the rights differ more weighs more.

p_ij = x_ij / Σ_i x_ij, e_j = -(1 / ln m) Σ_i p_ij ln p_ij, w_j = (1 - e_j) / Σ_j (1 - e_j) for m
rights. Source: rules of multi-attribute evaluation after Shannon (1948).
"""

import numpy as np

from zhirong.core.errors import InputError, ModelError
from zhirong.valuation.scoring.columns import FloatArray

# Below this, what is left of 1 - e is rounding.
_NO_SPREAD = 1e-12


class EntropyScoresError(InputError):
    """Scores that entropy cannot weigh: fewer than two rights, negative, unknown, all zero."""

    code = "error.scoring_entropy_scores"


class NoSpreadError(ModelError):
    """All rights are equal on every indicator: entropy has nothing to tell them apart by."""

    code = "error.scoring_entropy_no_spread"


def entropy_weights(scores: FloatArray) -> FloatArray:
    """Weights of indicators from their spread over rights.

    Args:
        scores: Shape (right, indicator), not negative, more is better.

    Returns:
        Weights that sum to 1; shape (indicator,).

    Raises:
        EntropyScoresError: Fewer than two rights, a negative or unknown score, a column of zeros.
        NoSpreadError: All rights are equal on every indicator.

    >>> entropy_weights(np.array([[50.0, 100.0], [50.0, 0.0]]))
    array([0., 1.])
    """
    if scores.ndim != 2 or len(scores) < 2 or not np.isfinite(scores).all() or (scores < 0).any():
        raise EntropyScoresError("Entropy wants two rights or more, all scores known, none < 0.")
    totals = scores.sum(axis=0)
    if (totals == 0).any():
        raise EntropyScoresError("An indicator on which all rights score 0 has no shares.")
    shares = scores / totals
    # 0 · ln 0 is 0 by its limit.
    terms = np.where(shares > 0, shares * np.log(np.where(shares > 0, shares, 1.0)), 0.0)
    spread = 1 + terms.sum(axis=0) / np.log(len(scores))
    spread = np.where(spread < _NO_SPREAD, 0.0, spread)
    if spread.sum() == 0:
        raise NoSpreadError("All rights are equal on every indicator.")
    weights: FloatArray = spread / spread.sum()
    return weights
