"""Collections when it is said who fails and when: many such courses of events, a path each.

What comes back is the mean of the collateral set's proceeds after costs, at most the claim; or a
share of the claim, where a course asks for one. Dues and recoveries follow the rules of the
simulation, so that a course told here is one of its paths but for the draw of the proceeds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhirong.securitization.behavior.obligor_flows import ObligorFlows
from zhirong.securitization.behavior.recoveries import Recoveries
from zhirong.securitization.collections import Collections

Array = NDArray[np.float64]
Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Who fails when. `fails_in` (obligor, path) is a period, or the number of periods: never."""

    fails_in: Index

    @property
    def paths(self) -> int:
        """How many courses of events there are."""
        return int(self.fails_in.shape[1])


def collected(flows: ObligorFlows, recoveries: Recoveries, course: Course) -> Collections:
    """Collections of every course, arrays (path,) of whole fen."""
    periods, paths = len(flows.on), course.paths
    rows = {
        kind: np.zeros((periods, paths))
        for kind in ("interest", "principal", "prepaid", "recovered", "defaulted", "lost")
    }
    balance = np.zeros((periods, paths))
    for i, fails_in in enumerate(course.fails_in):
        lives = np.arange(periods)[:, None] < fails_in[None, :]
        for kind in ("interest", "principal", "prepaid"):
            rows[kind] += getattr(flows, kind)[i][:, None] * lives
        balance += flows.balance[i, 1:][:, None] * lives
        _fail(flows, recoveries, (i, fails_in), rows)
    return Collections(
        on=flows.on,
        **{kind: tuple(amounts) for kind, amounts in rows.items()},
        balance=tuple(balance),
    )


def _fail(
    flows: ObligorFlows, recoveries: Recoveries, obligor: tuple[int, Index], rows: dict[str, Array]
) -> None:
    """Adds what one obligor's failures cost and bring, path by path of those that have one."""
    i, fails_in = obligor
    periods = len(flows.on)
    for period in range(periods):
        path = np.flatnonzero(fails_in == period)
        owed = float(flows.balance[i, period])
        if not path.shape[0] or not owed:
            continue
        claim = owed + float(flows.interest[i, period])
        cash = float(np.floor(np.minimum(recoveries.net_fen[i], claim).mean()))
        arrives = int(recoveries.arrives[i, period])
        rows["defaulted"][period, path] += owed
        if arrives < periods:
            rows["recovered"][arrives, path] += cash
        rows["lost"][min(arrives, periods - 1), path] += max(owed - cash, 0.0)


def one_by_one(obligors: int, periods: int) -> Course:
    """Nobody fails on path 0; then each obligor alone in each period, period by period."""
    count = obligors * periods
    fails_in = np.full((obligors, 1 + count), periods, dtype=np.int64)
    path = np.arange(count)
    fails_in[path % obligors, 1 + path] = path // obligors
    return Course(fails_in=fails_in)


def together(fail: NDArray[np.bool_], *, period: int, periods: int) -> Course:
    """On each path those marked in `fail` (obligor, path) fail in the period, the others never."""
    return Course(fails_in=np.where(fail, period, periods).astype(np.int64))
