"""Where to draw the common factor when losses of a tranche are rare.

The mean of the common factor is moved to where the loss is most likely to begin: the factor m at
which P(tranche loses | m) times the density of m is greatest (Glasserman and Li, Importance
sampling for portfolio credit risk, 2005). Given m the pool's loss is taken as normal, which only
decides where to draw: weights make the estimate unbiased wherever that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri, stdtrit

from zhirong.securitization.behavior.latent import Latent

Array = NDArray[np.float64]

_GRID = np.linspace(-6.0, 0.0, 601)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayToLoss:
    """One way in which a tranche loses.

    `threshold` is the loss of the pool from which it does, in the unit of the losses;
    `supporters` are rows of the law that must have failed as well.
    """

    threshold: float
    supporters: tuple[int, ...] = ()


def common_shift(latent: Latent, losses: ArrayLike, ways: Sequence[WayToLoss]) -> Array:
    """The shift of the factors, shape (factor,): of the first one only, 0 or below.

    Args:
        latent: Obligors first, then supporters.
        losses: (obligor,) what each default costs after recovery, in any unit.
        ways: Ways to the loss; the draws go where the likeliest of them is likeliest.
    """
    costs = np.asarray(losses, dtype=np.float64)
    given = _given_common(latent)
    obligors = given[: costs.shape[0]]
    mean = costs @ obligors
    spread = np.maximum(np.sqrt((costs**2) @ (obligors * (1.0 - obligors))), 1e-300)
    rows = np.empty((len(ways), _GRID.shape[0]))
    for place, way in enumerate(ways):
        chance = ndtr((mean - way.threshold) / spread)
        for row in way.supporters:
            chance = chance * given[row]
        rows[place] = chance
    with np.errstate(divide="ignore"):
        likelihood = np.log(rows.max(axis=0, initial=0.0)) - _GRID**2 / 2.0
    shift = np.zeros(latent.loadings.shape[1])
    if np.isfinite(likelihood).any():
        shift[0] = _GRID[int(np.argmax(likelihood))]
    return shift


def _given_common(latent: Latent) -> Array:
    """PD by the last period given the first factor on the grid, shape (row, node)."""
    pds, first = latent.cumulative_pd[:, -1], latent.loadings[:, 0]
    limit = ndtri(pds) if latent.degrees is None else stdtrit(latent.degrees, pds)
    rest = np.sqrt(1.0 - first**2)
    return np.asarray(ndtr((limit[:, None] - first[:, None] * _GRID) / rest[:, None]))
