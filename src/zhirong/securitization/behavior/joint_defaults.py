"""How likely it is that certain obligors all default: by integration over the factors, no draws.

Given the factors defaults are independent. The first factor is common; beside it each obligor may
load on one more (its industry's), as plans use them. Of a t copula the common scale is integrated
as well.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri, ndtr, ndtri, stdtrit

from zhirong.core.errors import ModelError
from zhirong.securitization.behavior.latent import Latent

Array = NDArray[np.float64]

_NODES = 80
_SCALE_NODES = 24


class FactorsError(ModelError):
    """An obligor that loads on two factors beside the common one."""

    code = "error.securitization.factors"

    def __init__(self, row: int) -> None:
        super().__init__(f"Row {row} loads on two factors beside the first.", row=row)


def probability(latent: Latent, obligors: Sequence[int], *, period: int = -1) -> float:
    """That all these rows of `latent` have defaulted by the end of a period; 1 for none of them.

    Raises:
        FactorsError: One of them loads on two factors beside the first.
    """
    rows = list(obligors)
    if not rows:
        return 1.0
    loadings, pds = latent.loadings[rows], latent.cumulative_pd[rows, period]
    beside = np.count_nonzero(loadings[:, 1:], axis=1)
    if beside.max(initial=0) > 1:
        raise FactorsError(rows[int(np.argmax(beside))])
    factor, weight = _normal_nodes()
    scales, scale_weight = scale_nodes(latent.degrees)
    found = 0.0
    for scale, chance in zip(scales, scale_weight, strict=True):
        limits = _limits(pds, latent.degrees) / scale
        found += chance * float(weight @ _given_common(loadings, limits, factor))
    return float(min(max(found, 0.0), 1.0))


def _given_common(loadings: Array, limits: Array, common: Array) -> Array:
    """P(all default | common factor), shape (node,): the product over groups of one factor."""
    own = np.sqrt(1.0 - np.sum(loadings**2, axis=1))
    away = limits[:, None] - loadings[:, :1] * common[None, :]
    alone = ~loadings[:, 1:].any(axis=1)
    result = np.prod(ndtr(away[alone] / own[alone, None]), axis=0)
    node, weight = _normal_nodes()
    for column in range(1, loadings.shape[1]):
        group = np.flatnonzero(loadings[:, column])
        if not group.shape[0]:
            continue
        moved = away[group][:, :, None] - loadings[group, column][:, None, None] * node
        inside = np.prod(ndtr(moved / own[group][:, None, None]), axis=0)
        result = result * (inside @ weight)
    return np.asarray(result)


def _limits(pds: Array, degrees: float | None) -> Array:
    return np.asarray(ndtri(pds) if degrees is None else stdtrit(degrees, pds))


def _normal_nodes() -> tuple[Array, Array]:
    """Points of a standard normal and their weights: far enough out for any PD of practice."""
    node, weight = np.polynomial.hermite_e.hermegauss(_NODES)
    return node, weight / weight.sum()


def scale_nodes(degrees: float | None) -> tuple[Array, Array]:
    """Points of sqrt(degrees / chi-square) and their weights; 1 for a Gaussian copula.

    They stand closer at both ends, where a whole pool defaults.
    """
    if degrees is None:
        return np.ones(1), np.ones(1)
    node, weight = np.polynomial.legendre.leggauss(_SCALE_NODES)
    inner = (node + 1.0) / 2.0
    place = inner**2 * (3.0 - 2.0 * inner)
    scale = np.sqrt(degrees / chdtri(degrees, 1.0 - place))
    return scale, weight * 3.0 * inner * (1.0 - inner)
