"""The exact loss distribution of a pool of a few names: no simulation, no limit.

Given the factor, defaults are independent, and names enter one after another (the recursion of
Andersen, Sidenius and Basu, 2003). Losses are whole multiples of one unit.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhirong.securitization.behavior.factor_models import OneFactor

Array = NDArray[np.float64]


def independent_losses(pds: ArrayLike, units: Sequence[int]) -> Array:
    """P(loss = k units), where each name defaults by itself.

    Args:
        pds: Shape (name, ...): what follows the name (a node of a factor) is carried along.
        units: What each name's default costs, in whole units, 0 or more.

    Returns:
        Shape (sum of units + 1, ...).
    """
    probability = np.asarray(pds, dtype=np.float64)
    law = np.zeros((sum(units) + 1, *probability.shape[1:]))
    law[0] = 1.0
    reach = 0
    for pd, cost in zip(probability, units, strict=True):
        if cost == 0:
            continue
        before = law[: reach + 1] * pd
        law[: reach + 1] -= before
        law[cost : cost + reach + 1] += before
        reach += cost
    return law


def losses(pds: ArrayLike, units: Sequence[int], model: OneFactor) -> Array:
    """P(loss = k units) of names joined by one factor: shape (sum of units + 1,), sums to 1."""
    factor, weight = model.factor_nodes()
    given = model.conditional_pd(np.asarray(pds, dtype=np.float64)[:, None], factor)
    return np.asarray(independent_losses(given, units) @ weight)


def tranche_expected_loss(law: Array, *, unit: float, attach: float, detach: float) -> float:
    """Expected loss of the slice from `attach` to `detach` of a pool whose loss is `k * unit`.

    All three in one measure (shares of the pool, or money); the answer is in it as well.
    """
    loss = np.arange(law.shape[0]) * unit
    return float(law @ np.clip(loss - attach, 0.0, detach - attach))
