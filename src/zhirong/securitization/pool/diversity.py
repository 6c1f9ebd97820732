"""Moody's diversity score: how many names that default by themselves a pool is worth.

Names of one industry count less and less (1, 1.5, 2, 2 1/3 ...); a name of less than average size
counts in part. Source: Moody's, The Binomial Expansion Method Applied to CBO/CLO Analysis (1996).
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np

from zhirong.parameters.reader import Parameters
from zhirong.securitization.pool import concentration
from zhirong.securitization.pool.concentration import By
from zhirong.securitization.pool.records import Pool


def published_scores(parameters: Parameters, *, on: date) -> tuple[float, ...]:
    """Score of 1, 2, 3 ... names of one industry."""
    found = parameters.get("securitization.diversity_scores", on=on).value
    return tuple(float(Decimal(each)) for each in found)


def score_of_pool(pool: Pool, steps: Sequence[float]) -> float:
    """The sum over industries of the score of their equivalent names."""
    balances = {each.key: each.balance_fen for each in concentration.slices(pool, By.GROUP)}
    if not balances:
        return 0.0
    average = sum(balances.values()) / len(balances)
    names: dict[str, float] = {}
    industry = {(each.group or each.obligor_id): each.industry for each in pool.obligors}
    for key, balance in balances.items():
        names[industry[key]] = names.get(industry[key], 0.0) + min(1.0, balance / average)
    return sum(score_of_names(count, steps) for count in names.values())


def score_of_names(count: float, steps: Sequence[float]) -> float:
    """The score of `count` equivalent names of one industry, read from `steps` between its rows.

    Args:
        count: Equivalent names, 0 or more.
        steps: Score of 1, 2, 3 ... names; beyond its end the last row holds.
    """
    return float(np.interp(count, np.arange(len(steps) + 1), [0.0, *steps]))
