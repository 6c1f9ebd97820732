"""The limit of very many small names under one Gaussian factor (Vasicek 1991, 2002).

`pd` is each name's, `correlation` that of two of them; a loss is a share of the pool, before
recoveries: multiply by the loss given default.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from zhirong.securitization.behavior.factor_models import OneFactor

Array = NDArray[np.float64]


def probability_below(share: ArrayLike, *, pd: float, correlation: float) -> Array:
    """P(defaulted share <= `share`)."""
    at = np.asarray(share, dtype=np.float64)
    inner = np.sqrt(1.0 - correlation) * ndtri(at) - ndtri(pd)
    return np.asarray(ndtr(inner / np.sqrt(correlation)))


def quantile(probability: ArrayLike, *, pd: float, correlation: float) -> Array:
    """The defaulted share that is not exceeded with `probability`."""
    wanted = ndtri(np.asarray(probability, dtype=np.float64))
    inner = ndtri(pd) + np.sqrt(correlation) * wanted
    return np.asarray(ndtr(inner / np.sqrt(1.0 - correlation)))


def density(share: ArrayLike, *, pd: float, correlation: float) -> Array:
    """Density of the defaulted share, inside (0, 1)."""
    at = ndtri(np.asarray(share, dtype=np.float64))
    gap = ndtri(pd) - np.sqrt(1.0 - correlation) * at
    scale = np.sqrt((1.0 - correlation) / correlation)
    return np.asarray(scale * np.exp(0.5 * (at**2 - gap**2 / correlation)))


def tranche_expected_loss(
    *, pd: float, lgd: float, correlation: float, attach: float, detach: float
) -> float:
    """Expected loss of a slice of the pool, all as shares of the pool's balance."""
    model = OneFactor(correlation=correlation)
    factor, weight = model.factor_nodes()
    lost = model.conditional_pd(pd, factor) * lgd
    return float(weight @ np.clip(lost - attach, 0.0, detach - attach))
