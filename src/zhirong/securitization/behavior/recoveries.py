"""What a default brings back: from each obligor's collateral set, once, and never above the claim.

A draw is a cell of the set's default-conditional proceeds, chosen by a normal that shares the
factor that drives default: when many fail, their patents sell for less. Costs come off first.
"""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from zhirong.core import calendar
from zhirong.core.distribution import CELLS
from zhirong.securitization.behavior.obligor_flows import ObligorFlows
from zhirong.securitization.pool.records import Pool

Array = NDArray[np.float64]
Index = NDArray[np.int64]

_FEN = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recoveries:
    """Columns: rows are obligors in the pool's order.

    Attributes:
        net_fen: (obligor, cell) proceeds after costs, whole fen, ascending.
        loading: (obligor,) correlation of proceeds with the factor that drives default.
        arrives: (obligor, period) the period in which a default of that period pays, or the
            number of periods where it pays after the last of them.
    """

    net_fen: Array
    loading: Array
    arrives: Index


def of_pool(pool: Pool, flows: ObligorFlows) -> Recoveries:
    """Recoveries from the collateral sets of `pool`; an obligor without one brings nothing back."""
    sets = {each.collateral_id: each for each in pool.collateral}
    behind = {claim.obligor_id: claim.collateral_id for claim in pool.claims}
    net = np.zeros((len(pool.obligors), CELLS))
    loading = np.zeros(len(pool.obligors))
    arrives = np.full((len(pool.obligors), len(flows.on)), len(flows.on), dtype=np.int64)
    for i, obligor in enumerate(pool.obligors):
        collateral = sets.get(behind.get(obligor.obligor_id) or "")
        if collateral is None:
            continue
        gross = np.asarray(collateral.proceeds.cells, dtype=np.float64)
        net[i] = np.floor(gross * (1.0 - collateral.cost_share) * _FEN)
        loading[i] = collateral.loading
        arrives[i] = [
            bisect_left(flows.on, calendar.plus_months(day, collateral.lag_months))
            for day in flows.on
        ]
    return Recoveries(net_fen=net, loading=loading, arrives=arrives)


def drawn(recoveries: Recoveries, obligor: Index, factor: Array, own: Array, claim: Array) -> Array:
    """Cash of each event in fen: the cell that factor and own normal choose, up to the claim.

    All arguments have shape (event,); `factor` and `own` are standard normals.
    """
    loading = recoveries.loading[obligor]
    mixed = loading * factor + np.sqrt(1.0 - loading**2) * own
    cell = np.minimum((CELLS * ndtr(mixed)).astype(np.int64), CELLS - 1)
    return np.asarray(np.minimum(recoveries.net_fen[obligor, cell], claim))
