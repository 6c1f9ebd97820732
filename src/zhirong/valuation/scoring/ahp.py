"""Weights by pairwise comparison (AHP): principal eigenvector and consistency ratio.

CI = (λmax - n) / (n - 1), CR = CI / RI; a matrix with CR of 0.1 or more contradicts itself and is a
finding. Source: Saaty (1980).
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from zhirong.core.errors import InputError
from zhirong.core.messages import Message
from zhirong.parameters.reader import Parameters
from zhirong.valuation.scoring.columns import FloatArray

# Power iteration gains at least a digit every few rounds on a positive matrix of this size.
_ROUNDS_MAX = 1_000
_STILL = 1e-14
_RECIPROCAL = 1e-6


class PairwiseMatrixError(InputError):
    """A matrix that compares nothing: not square, not positive, not reciprocal, too large."""

    code = "error.scoring_pairwise_matrix"

    def __init__(self, *, reason: str, size: int) -> None:
        super().__init__(
            f"Pairwise matrix of size {size}: {reason}.",
            reason=f"score.pairwise.{reason}",
            size=size,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """Published limits: random index by size (n = 1, 2, ...) and the limit of CR."""

    random_index: tuple[float, ...]
    ratio_max: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PairwiseWeights:
    """Weights that sum to 1, and how far the comparisons contradict themselves."""

    weights: tuple[float, ...]
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    ratio_max: float

    @property
    def is_consistent(self) -> bool:
        """Whether CR is below the limit."""
        return self.consistency_ratio < self.ratio_max

    def findings(self) -> tuple[Message, ...]:
        """The finding of an inconsistent matrix, else nothing."""
        if self.is_consistent:
            return ()
        facts = {"ratio": self.consistency_ratio, "ratio_max": self.ratio_max}
        return (Message("score.finding.ahp_inconsistent", facts),)


def consistency_of(parameters: Parameters, *, on: date) -> Consistency:
    """The limits in force on the day."""
    table = parameters.get("scoring.ahp", on=on).value
    return Consistency(
        random_index=tuple(float(item) for item in table["random_index"]),
        ratio_max=float(table["consistency_ratio_max"]),
    )


def pairwise_weights(matrix: FloatArray, *, consistency: Consistency) -> PairwiseWeights:
    """The weights of a matrix of comparisons.

    Args:
        matrix: Shape (n, n); entry i, j says how many times i outweighs j.
        consistency: Published limits.

    Raises:
        PairwiseMatrixError: Not square, not positive, not reciprocal, or beyond the published
            random indices.

    >>> limits = Consistency(random_index=(0, 0, 0.58), ratio_max=0.1)
    >>> pairwise_weights(np.array([[1, 3], [1 / 3, 1]]), consistency=limits).weights
    (0.75, 0.25)
    """
    size = len(matrix)
    _check(matrix, size, len(consistency.random_index))
    weights = np.full(size, 1 / size)
    for _ in range(_ROUNDS_MAX):
        product = (matrix * weights).sum(axis=1)
        improved = product / product.sum()
        step = np.abs(improved - weights).max()
        weights = improved
        if step < _STILL:
            break
    lambda_max = float(((matrix * weights).sum(axis=1) / weights).mean())
    index = max((lambda_max - size) / (size - 1), 0.0) if size > 1 else 0.0
    random_index = consistency.random_index[size - 1]
    return PairwiseWeights(
        weights=tuple(np.round(weights, 12).tolist()),
        lambda_max=lambda_max,
        consistency_index=index,
        consistency_ratio=index / random_index if random_index else 0.0,
        ratio_max=consistency.ratio_max,
    )


def _check(matrix: FloatArray, size: int, size_max: int) -> None:
    if matrix.ndim != 2 or matrix.shape != (size, size) or not 1 <= size <= size_max:
        raise PairwiseMatrixError(reason="size", size=size)
    if not np.isfinite(matrix).all() or (matrix <= 0).any():
        raise PairwiseMatrixError(reason="not_positive", size=size)
    if (np.abs(matrix * matrix.T - 1) > _RECIPROCAL).any():
        raise PairwiseMatrixError(reason="not_reciprocal", size=size)
