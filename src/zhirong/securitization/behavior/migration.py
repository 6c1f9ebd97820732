"""Grades move: a yearly transition matrix gives PDs by horizon, and grades along a path.

The last grade is default and is never left. Published matrices of large firms say little about
small ones: a plan names the matrix it uses.
Source: CreditMetrics, Technical Document (1997), chapters 6 and 8.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from zhirong.core.errors import InputError

Array = NDArray[np.float64]
Grades = NDArray[np.int64]

_GONE = 1e-15
"""What survives of a grade that has defaulted: above 0, so that its hazard is a number."""


class TransitionMatrixError(InputError):
    """A matrix whose rows are no laws, or whose last grade can be left."""

    code = "error.securitization.transition_matrix"

    def __init__(self, row: int) -> None:
        super().__init__(f"Row {row} of the transition matrix is no law.", row=row)


def checked(matrix: ArrayLike) -> Array:
    """The matrix, square, rows summing to 1 within 1e-6, default absorbing.

    Raises:
        TransitionMatrixError: naming the first row that is not so (1 is the first).
    """
    law = np.asarray(matrix, dtype=np.float64)
    if law.ndim != 2 or law.shape[0] != law.shape[1]:
        raise TransitionMatrixError(1)
    bad = (law.min(axis=1) < 0.0) | (np.abs(law.sum(axis=1) - 1.0) > 1e-6)
    bad[-1] |= law[-1, -1] != 1.0
    if bad.any():
        raise TransitionMatrixError(int(np.argmax(bad)) + 1)
    return law


def cumulative_pd(matrix: ArrayLike, times: ArrayLike) -> Array:
    """PD of each grade by each time in years: shape (grade, time).

    Whole years are powers of the matrix; between them the hazard is flat.
    """
    law, wanted = checked(matrix), np.asarray(times, dtype=np.float64)
    years = int(np.ceil(wanted.max(initial=0.0)))
    power = np.eye(law.shape[0])
    hazard = np.zeros((law.shape[0], years + 1))
    for year in range(1, years + 1):
        power = np.einsum("ij,jk->ik", power, law)
        hazard[:, year] = -np.log(np.maximum(1.0 - power[:, -1], _GONE))
    return np.array([1.0 - np.exp(-np.interp(wanted, np.arange(years + 1), row)) for row in hazard])


def grade_paths(
    matrix: ArrayLike, start: int, *, factors: Array, own: Array, loading: float
) -> Grades:
    """The grade of one name at the end of each year, on every path.

    Args:
        matrix: Yearly, default last.
        start: Its grade today, as a row of the matrix.
        factors: (year, path) standard normals, one common factor a year.
        own: (year, path) the name's own normals.
        loading: Of the name on the factor; low values are bad.

    Returns:
        (year, path) rows of the matrix.
    """
    law = checked(matrix)
    # Grades from the worst: the latent variable falls below the first threshold for default.
    thresholds = ndtri(np.minimum(np.cumsum(law[:, ::-1], axis=1)[:, :-1], 1.0))
    worst = law.shape[0] - 1
    now = np.full(factors.shape[1], start, dtype=np.int64)
    result = np.empty(factors.shape, dtype=np.int64)
    for year, (common, single) in enumerate(zip(factors, own, strict=True)):
        x = loading * common + np.sqrt(1.0 - loading**2) * single
        now = worst - np.sum(x[:, None] >= thresholds[now], axis=1)
        result[year] = now
    return result


def probability_of_move(law: Array, *, start: int, factor: ArrayLike, loading: float) -> Array:
    """Chance of each grade after a year given the factor: shape (factor, grade)."""
    thresholds = ndtri(np.minimum(np.cumsum(checked(law)[start, ::-1])[:-1], 1.0))
    common = np.asarray(factor, dtype=np.float64)[:, None]
    below = ndtr((thresholds - loading * common) / np.sqrt(1.0 - loading**2))
    edges = np.concatenate([np.zeros_like(common), below, np.ones_like(common)], axis=1)
    return np.asarray(np.diff(edges, axis=1)[:, ::-1])
