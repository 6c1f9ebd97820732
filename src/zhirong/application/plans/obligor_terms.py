"""From what a plan file assumes to the columns of the behavior room: flows, recoveries, PDs."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zhirong.application.plans.assumed import Prepayment, RecoveryTerms, Speed
from zhirong.core.calendar import plus_months
from zhirong.securitization.behavior import curves, obligor_flows, recoveries
from zhirong.securitization.behavior.obligor_flows import ObligorFlows
from zhirong.securitization.behavior.recoveries import Recoveries
from zhirong.securitization.pool.records import Pool

Array = NDArray[np.float64]

_DAYS_A_MONTH = 365.25 / 12


def months_between(since: date, on: Sequence[date]) -> tuple[int, ...]:
    """Whole months of each period, to the nearest; a period has at least one."""
    days = [(b - a).days for a, b in pairwise((since, *on))]
    return tuple(max(1, round(each / _DAYS_A_MONTH)) for each in days)


def per_period(monthly: Array, months: Sequence[int]) -> Array:
    """Shares by month as shares by period: what is left is the product of what months leave."""
    ends = np.cumsum(months)
    left = np.concatenate([[1.0], np.cumprod(1.0 - monthly)])
    starts = left[ends - np.asarray(months)]
    return np.asarray(
        1.0 - np.divide(left[ends], starts, out=np.zeros(len(ends)), where=starts > 0)
    )


def prepayment_shares(speed: Prepayment | None, *, since: date, on: Sequence[date]) -> Array | None:
    """Share of the scheduled balance that is prepaid in each period; None where nothing is."""
    if speed is None:
        return None
    months = months_between(since, on)
    count = sum(months)
    match speed.speed:
        case Speed.SMM:
            monthly = curves.constant(speed.value, months=count)
        case Speed.CPR:
            rate = float(curves.monthly_from_annual(speed.value))
            monthly = curves.constant(rate, months=count)
        case Speed.PSA:
            monthly = curves.psa(speed.value, months=count, age=speed.age_months)
        case Speed.ABS:
            monthly = curves.absolute_prepayment(speed.value, months=count, age=speed.age_months)
    return per_period(monthly, months)


def flows_of(
    pool: Pool, on: Sequence[date], *, prepayment: Prepayment | None, delay_days: int = 0
) -> ObligorFlows:
    """What each obligor owes in each period, every due `delay_days` later than the contract says.

    Dues that a delay moves behind the last period stay owed: they are in the last column of
    `balance`, and nothing of them is collected.
    """
    days = tuple(on)
    if not delay_days:
        shares = prepayment_shares(prepayment, since=pool.cut_off, on=days)
        return obligor_flows.contractual(pool, days, prepayment=shares)
    later = timedelta(days=delay_days)
    claims = tuple(
        replace(claim, dues=tuple(replace(due, on=due.on + later) for due in claim.dues))
        for claim in pool.claims
    )
    longer = (*days, days[-1] + later + timedelta(days=1))
    shares = prepayment_shares(prepayment, since=pool.cut_off, on=longer)
    whole = obligor_flows.contractual(replace(pool, claims=claims), longer, prepayment=shares)
    count = len(days)
    return ObligorFlows(
        on=days,
        interest=whole.interest[:, :count],
        principal=whole.principal[:, :count],
        prepaid=whole.prepaid[:, :count],
        balance=whole.balance[:, : count + 1],
    )


def recoveries_of(pool: Pool, flows: ObligorFlows, terms: RecoveryTerms) -> Recoveries:
    """Recoveries from the collateral sets, with what the file says instead of their own terms."""
    changes: dict[str, float | int] = {}
    if terms.cost_share is not None:
        changes["cost_share"] = terms.cost_share
    if terms.lag_months is not None:
        changes["lag_months"] = terms.lag_months
    if terms.correlation is not None:
        changes["loading"] = terms.correlation**0.5
    sets = tuple(replace(each, **changes) for each in pool.collateral)  # type: ignore[arg-type]
    found = recoveries.of_pool(replace(pool, collateral=sets), flows)
    return found if terms.flat is None else flat(found, flows, terms)


def flat(found: Recoveries, flows: ObligorFlows, terms: RecoveryTerms) -> Recoveries:
    """The same share of every obligor's opening claim, whatever stands behind it."""
    assert terms.flat is not None  # the caller asked for it
    owed = np.floor(flows.balance[:, :1] * terms.flat)
    arrives = found.arrives
    if terms.lag_months is not None:
        days = [plus_months(day, terms.lag_months) for day in flows.on]
        row = [bisect_left(flows.on, day) for day in days]
        arrives = np.tile(np.asarray(row, dtype=np.int64), (len(owed), 1))
    return Recoveries(
        net_fen=np.tile(owed, (1, found.net_fen.shape[1])),
        loading=np.zeros(len(owed)),
        arrives=arrives,
    )
