"""Many paths of a plan from the draws to the losses: pool, waterfall, triggers, checks, sums."""

import resource
import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np

from benchmarks.measuring import Measure, seconds
from benchmarks.waterfall import plan_of
from zhirong.application.plans.prepared import Prepared, View
from zhirong.application.plans.simulation import simulate
from zhirong.core.calendar import plus_months
from zhirong.core.distribution import CELLS, Meaning, ValueDistribution
from zhirong.securitization.behavior import latent, obligor_flows, recoveries
from zhirong.securitization.behavior.latent import Latent
from zhirong.securitization.behavior.obligor_paths import Behavior
from zhirong.securitization.pool.records import (
    Claim,
    ClaimKind,
    CollateralSet,
    Due,
    Obligor,
    PledgedRight,
    Pool,
)
from zhirong.securitization.waterfall.program import compiled

CLOSING = date(2024, 11, 27)
FEN = 13_800_000_000
SALE = Meaning(
    premise="liquidation",
    condition="default",
    horizon_years=1.0,
    are_costs_deducted=False,
    account="collateral_set",
)


def pool_of(names: int, patents: int, days: tuple[date, ...]) -> Pool:
    """Firms that owe equal parts, repaid evenly with interest at 3.4 %; patents shared out."""
    count = len(days)
    generator = np.random.default_rng(7)
    claims, sets = [], []
    for i in range(names):
        fen = FEN // names if i else FEN - FEN // names * (names - 1)
        dues, owed = [], fen
        for place, (since, day) in enumerate(pairwise((CLOSING, *days))):
            part = owed if place == count - 1 else fen // count
            interest = round(owed * 0.034 * (day - since).days / 360)
            dues.append(Due(on=day, principal_fen=part, interest_fen=interest))
            owed -= part
        proceeds = np.sort(generator.lognormal(np.log(fen / 100 * 0.3), 0.8, CELLS))
        rights = tuple(
            PledgedRight(
                number=f"{i}-{n}", kind="invention", ipc=None, ends_on=None, encumbered=False
            )
            for n in range(patents * (i + 1) // names - patents * i // names)
        )
        sets.append(
            CollateralSet(
                collateral_id=f"K{i}",
                rights=rights,
                proceeds=ValueDistribution(cells=tuple(proceeds.tolist()), meaning=SALE),
                cost_share=0.15,
                lag_months=12,
                loading=0.4,
            )
        )
        claims.append(
            Claim(
                claim_id=f"L{i}",
                obligor_id=f"F{i}",
                kind=ClaimKind.PLEDGE_LOAN,
                balance_fen=fen,
                rate=0.034,
                made_on=CLOSING,
                dues=tuple(dues),
                collateral_id=f"K{i}",
                encumbered=False,
                affiliated_with_originator=False,
            )
        )
    obligors = tuple(
        Obligor(
            obligor_id=f"F{i}",
            name=f"Firm {i}",
            group=None,
            industry="C",
            region="330200",
            grade=None,
            pd_one_year=0.02,
        )
        for i in range(names)
    )
    return Pool(cut_off=CLOSING, obligors=obligors, claims=tuple(claims), collateral=tuple(sets))


def ready(names: int, patents: int, periods: int, months: int, degrees: float | None) -> Prepared:
    """A plan of three tranches with reserve, fees, tax and two triggers over such a pool."""
    plan = plan_of(3, periods, months)
    days = tuple(plus_months(CLOSING, months * (n + 1)) for n in range(periods))
    pool = pool_of(names, patents, days)
    assert pool.balance_fen == sum(each.balance_fen for each in plan.tranches)
    flows = obligor_flows.contractual(pool, days)
    years = [(day - CLOSING).days / 365 for day in days]
    law = Latent(
        cumulative_pd=latent.flat_hazard(np.full(names, 0.02), years),
        loadings=np.full((names, 1), 0.2**0.5),
        degrees=degrees,
    )
    return Prepared(
        plan=plan,
        behavior=Behavior(flows=flows, latent=law, recoveries=recoveries.of_pool(pool, flows)),
        program=compiled(plan, days, rates={}, is_one_path=False),
        views=(View(key="supported", without=()),),
        supporters=(),
        servicer=None,
        ended=tuple(range(periods)),
        period_days=tuple((b - a).days for a, b in pairwise((CLOSING, *days))),
    )


def measured(what: str, plan: Prepared, paths: int, target: str) -> Iterator[Measure]:
    """Elapsed on two threads, and processor time, which others on the machine move less."""
    begun, spent = time.perf_counter(), time.process_time()
    whole = simulate(plan, paths=paths, seed=11, workers=2)
    elapsed, spent = time.perf_counter() - begun, time.process_time() - spent
    alone = simulate(plan, paths=paths // 10, seed=11, workers=1)
    shared = simulate(plan, paths=paths // 10, seed=11, workers=2)
    same = alone.pool.to_bytes() == shared.pool.to_bytes()
    assert whole.paths == paths
    yield Measure(what=f"{what}: 2 threads", figure=seconds(elapsed), target=target)
    yield Measure(what="  their processor time over 2 cores", figure=seconds(spent / 2))
    yield Measure(what="  the same bytes on 1 and 2 threads", figure="yes" if same else "no")


def run() -> Iterator[Measure]:
    """Books are closed after every step, and cash is checked from outside on every path."""
    yield from measured(
        "11 obligors, 60 patents, 12 quarters, 1,000,000 paths",
        ready(11, 60, 12, 3, None),
        1_000_000,
        "5 s",
    )
    yield from measured(
        "1,000 obligors, 36 months, t copula, 100,000 paths",
        ready(1_000, 1_000, 36, 1, 4.0),
        100_000,
        "8 s",
    )
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield Measure(what="most memory held", figure=f"{kilobytes / 2**20:.2f} GiB", target="0.5 GiB")
