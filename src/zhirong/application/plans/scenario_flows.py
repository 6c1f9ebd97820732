"""One course of events on one path: what every obligor pays, fails to pay, and brings back.

The rules are those of the simulation: a default takes away the dues of its period and after, and
its recovery comes when the collateral is sold. Amounts are whole fen as Python ints.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from zhirong.application.plans.assumed import Prepayment, RecoveryTerms
from zhirong.application.plans.obligor_terms import (
    flows_of,
    months_between,
    per_period,
    recoveries_of,
)
from zhirong.application.plans.records import PoolCurves, Scenario
from zhirong.core.errors import InputError
from zhirong.securitization.behavior import curves
from zhirong.securitization.behavior.obligor_flows import ObligorFlows
from zhirong.securitization.behavior.recoveries import Recoveries
from zhirong.securitization.collections import Collections
from zhirong.securitization.pool.records import Pool

Rows = list[list[int]]
KINDS = ("interest", "principal", "prepaid", "recovered", "defaulted", "lost", "balance")


class UnknownObligorError(InputError):
    """A scenario lets somebody fail who owes nothing to the pool."""

    code = "error.plans.unknown_obligor"

    def __init__(self, scenario: str, obligor: str) -> None:
        super().__init__(
            f"Scenario {scenario} names {obligor}, who is no obligor of the pool.",
            scenario=scenario,
            obligor=obligor,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligorCash:
    """One obligor by collection period, in fen; `balance` is what performs after each period."""

    obligor_id: str
    interest: tuple[int, ...]
    principal: tuple[int, ...]
    prepaid: tuple[int, ...]
    recovered: tuple[int, ...]
    defaulted: tuple[int, ...]
    lost: tuple[int, ...]
    balance: tuple[int, ...]


def obligors_of(
    pool: Pool,
    on: Sequence[date],
    scenario: Scenario,
    *,
    prepayment: Prepayment | None = None,
    recovery: RecoveryTerms | None = None,
) -> tuple[ObligorCash, ...]:
    """What every obligor brings in the scenario; `prepayment` and `recovery` are the plan's own.

    Raises:
        UnknownObligorError: The scenario names somebody else.
    """
    speed = scenario.prepayment or prepayment
    flows = flows_of(pool, on, prepayment=speed, delay_days=scenario.delay_days)
    if scenario.curves is not None:
        return _by_curve(pool, flows, scenario.curves)
    terms = recovery or RecoveryTerms()
    if scenario.recovery is not None:
        terms = RecoveryTerms(
            flat=scenario.recovery, lag_months=terms.lag_months, cost_share=terms.cost_share
        )
    brings = recoveries_of(pool, flows, terms)
    ids = [each.obligor_id for each in pool.obligors]
    failed: dict[int, int] = {}
    for obligor, day in scenario.defaults:
        if obligor not in ids:
            raise UnknownObligorError(scenario.key, obligor)
        failed[ids.index(obligor)] = bisect_left(flows.on, day)
    return tuple(
        _failing(each, flows, brings, row, failed.get(row, len(flows.on)))
        for row, each in enumerate(ids)
    )


def together(obligors: Sequence[ObligorCash], on: Sequence[date]) -> Collections:
    """The collections of all obligors, one path."""
    sums = {
        kind: tuple(map(sum, zip(*(getattr(each, kind) for each in obligors), strict=True)))
        for kind in KINDS
    }
    return Collections(on=tuple(on), **sums)


def _failing(
    obligor_id: str, flows: ObligorFlows, brings: Recoveries, row: int, period: int
) -> ObligorCash:
    """One obligor whose dues end before `period`."""
    count = len(flows.on)
    kept = {
        kind: [int(each) for each in getattr(flows, kind)[row, :period]] + [0] * (count - period)
        for kind in ("interest", "principal", "prepaid")
    }
    events = {kind: [0] * count for kind in ("recovered", "defaulted", "lost")}
    balance = [int(each) for each in flows.balance[row, 1 : period + 1]] + [0] * (count - period)
    exposure = int(flows.balance[row, period]) if period < count else 0
    if exposure:
        claim = exposure + int(flows.interest[row, period])
        cash = int(np.minimum(brings.net_fen[row], claim).mean())
        arrives = int(brings.arrives[row, period])
        events["defaulted"][period] = exposure
        if arrives < count:
            events["recovered"][arrives] = cash
        events["lost"][min(arrives, count - 1)] = max(exposure - cash, 0)
    return _made(obligor_id, {**kept, **events, "balance": balance})


def _made(obligor_id: str, columns: dict[str, list[int]]) -> ObligorCash:
    return ObligorCash(obligor_id=obligor_id, **{key: tuple(row) for key, row in columns.items()})


def _by_curve(pool: Pool, flows: ObligorFlows, wanted: PoolCurves) -> tuple[ObligorCash, ...]:
    months = months_between(pool.cut_off, flows.on)
    rate = float(curves.monthly_from_annual(wanted.cdr))
    shares = per_period(curves.constant(rate, months=sum(months)), months)
    ends = np.cumsum(months)
    lag = [int(np.searchsorted(ends, end + wanted.lag_months)) for end in ends]
    return tuple(
        _wearing_off(each.obligor_id, flows, row, (shares.tolist(), wanted.severity, lag))
        for row, each in enumerate(pool.obligors)
    )


def _wearing_off(
    obligor_id: str, flows: ObligorFlows, row: int, curve: tuple[list[float], float, list[int]]
) -> ObligorCash:
    """One obligor of whom a share fails in each period; the rest keeps paying as agreed."""
    shares, severity, lag = curve
    count = len(flows.on)
    columns: dict[str, list[int]] = {kind: [0] * count for kind in KINDS}
    owed = int(flows.balance[row, 0])
    for period, share in enumerate(shares):
        before = float(flows.balance[row, period])
        fails = round(owed * share)
        left = owed - fails
        part = left / before if before else 0.0
        due = round(float(flows.principal[row, period]) * part)
        prepaid = round(float(flows.prepaid[row, period]) * part)
        if flows.balance[row, period + 1] == 0:
            due = left - prepaid
        cash = round(fails * (1.0 - severity))
        columns["interest"][period] = round(float(flows.interest[row, period]) * part)
        columns["principal"][period], columns["prepaid"][period] = due, prepaid
        columns["defaulted"][period] = fails
        columns["lost"][min(lag[period], count - 1)] += fails - cash
        if lag[period] < count:
            columns["recovered"][lag[period]] += cash
        owed = left - due - prepaid
        columns["balance"][period] = owed
    return _made(obligor_id, columns)
