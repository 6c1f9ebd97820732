"""From runs of a plan to sums of loss: what each tranche lost on each path of a block."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from zhirong.securitization.analytics import tranche_loss
from zhirong.securitization.analytics.tranche_loss import LossSums
from zhirong.securitization.collections import Collections, Fen
from zhirong.securitization.waterfall.results import PlanRun

Array = NDArray[np.float64]


def of_run(
    run: PlanRun, balances: Mapping[str, int], *, weight: Array | None = None
) -> dict[str, LossSums]:
    """The sums of one block by tranche.

    Args:
        run: Of the block; of arrays, or of one path.
        balances: Fen at issue of each tranche that is asked for.
        weight: (path,) likelihood weights of the block; None is 1 for all.
    """
    return {
        key: _of_tranche(run, key, balance_fen=balance, weight=weight)
        for key, balance in balances.items()
    }


def of_pool(collections: Collections, *, balance_fen: int, weight: Array | None = None) -> LossSums:
    """The same of the pool itself: what was written off, before any tranche bears it."""
    return tranche_loss.of_block(_all(collections.lost), balance_fen=balance_fen, weight=weight)


def merged(blocks: Iterable[Mapping[str, LossSums]]) -> dict[str, LossSums]:
    """All blocks by tranche, added in their order."""
    rows = list(blocks)
    return {key: tranche_loss.merged(row[key] for row in rows) for key in (rows[0] if rows else ())}


def _of_tranche(run: PlanRun, key: str, *, balance_fen: int, weight: Array | None) -> LossSums:
    tranche = run.tranches[key]
    short = [np.atleast_1d(np.asarray(each)) > 0 for each in tranche.interest_short]
    return tranche_loss.of_block(
        _all(tranche.loss),
        balance_fen=balance_fen,
        weight=weight,
        is_late=np.logical_or.reduce(short),
        is_short=short[-1],
    )


def _all(amounts: Iterable[Fen]) -> Array:
    whole: Fen = 0
    for each in amounts:
        whole = whole + each
    return np.atleast_1d(np.asarray(whole, dtype=np.float64))
