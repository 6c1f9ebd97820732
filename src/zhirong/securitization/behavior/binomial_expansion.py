"""Moody's binomial expansion: a pool behaves like D equal names that default by themselves.

D is the diversity score of the pool. Source: Moody's, The Binomial Expansion Method Applied to
CBO/CLO Analysis (1996).
"""

from math import comb

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def default_counts(*, names: int, pd: float) -> Array:
    """P(k of `names` default), k from 0: shape (names + 1,)."""
    return np.array([comb(names, k) * pd**k * (1.0 - pd) ** (names - k) for k in range(names + 1)])
