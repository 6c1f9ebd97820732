"""Moody's binomial expansion: a pool behaves like D equal names that default by themselves.

D, the diversity score, counts names of one industry less and less (1, 1.5, 2, 2 1/3 ...).
Source: Moody's, The Binomial Expansion Method Applied to CBO/CLO Analysis (1996); the table of
scores is the field's common knowledge and a parameter.
"""

from collections.abc import Sequence
from math import comb

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def default_counts(*, names: int, pd: float) -> Array:
    """P(k of `names` default), k from 0: shape (names + 1,)."""
    return np.array([comb(names, k) * pd**k * (1.0 - pd) ** (names - k) for k in range(names + 1)])


def equivalent_names(balances: Sequence[float]) -> float:
    """How many names of average size the balances of one industry count for.

    A name counts for its balance over the average, at most 1.
    """
    average = sum(balances) / len(balances) if balances else 0.0
    return sum(min(1.0, balance / average) for balance in balances if balance > 0.0)


def score_of_names(count: float, steps: Sequence[float]) -> float:
    """The score of `count` equivalent names of one industry, read from `steps` between its rows.

    Args:
        count: Equivalent names, 0 or more.
        steps: Score of 1, 2, 3 ... names; beyond its end the last row holds.
    """
    return float(np.interp(count, np.arange(len(steps) + 1), [0.0, *steps]))
