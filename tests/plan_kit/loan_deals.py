"""A plan over eleven loans with a reserve and a guarantor: what analytics of losses start from."""

from datetime import date
from fractions import Fraction

import numpy as np

from tests.plan_kit.small_plans import act, plan, tranche
from tests.pools import loan, pool_of
from zhirong.core.calendar import plus_months
from zhirong.securitization.behavior import latent, obligor_flows, recoveries
from zhirong.securitization.behavior.latent import Latent
from zhirong.securitization.behavior.obligor_paths import Behavior
from zhirong.securitization.plan.actions import Verb
from zhirong.securitization.plan.formulas import Measure, Quantity, Share
from zhirong.securitization.plan.records import Account, Dates, Plan
from zhirong.securitization.plan.supports import Support, SupportKind
from zhirong.securitization.plan.tranches import Principal, PrincipalKind
from zhirong.securitization.pool.records import Pool

CUT_OFF = date(2024, 11, 20)
YUAN = (19_900, 18_000, 16_500, 15_000, 14_000, 12_500, 11_000, 10_000, 8_500, 7_100, 5_500)
"""Loans of case 1 in CNY 1,000."""
WHOLE = sum(YUAN) * 100_000
ON = tuple(plus_months(CUT_OFF, 3 * (place + 1)) for place in range(6))
"""Four quarters of dues, two more for recoveries."""


def loans(**fields: float) -> Pool:
    """Eleven loans, a year long; recoveries come after three months unless `fields` differ."""
    given = {"proceeds": 2_000_000.0, "lag_months": 3, **fields}
    return pool_of(
        [loan(i, cut_off=CUT_OFF, fen=yuan * 100_000, **given) for i, yuan in enumerate(YUAN)]
    )


def guaranteed(*, limit: int | None, reserve: int = 500_000_00) -> Plan:
    """Senior 131 million at 2.25 %, the rest subordinate; a guarantor of so many fen stands behind.

    The reserve is freed as the senior is paid; a limit of 0 leaves the guarantor out.
    """
    senior, last = 131_000_000, ON[-1]
    guarantor = Support(key="guarantor", kind=SupportKind.GUARANTOR, limit_fen=limit)
    helps = ("reserve", *(() if limit == 0 else ("guarantor",)))
    part = Share(Fraction(1, 200), Measure(Quantity.TRANCHE_BALANCE, ("senior",)))
    return plan(
        act(Verb.RELEASE, account="reserve", into="cash"),
        act(Verb.PAY_INTEREST, "senior", supports=helps),
        act(Verb.PAY_DOWN, "senior"),
        act(Verb.PAY_PRINCIPAL, "senior", supports=helps),
        act(Verb.PAY_DOWN, "junior"),
        act(Verb.PAY_RESIDUAL, "junior"),
        dates=Dates(cut_off=CUT_OFF, closing=CUT_OFF, payments=ON),
        accounts=(
            Account(key="cash"),
            Account(key="reserve", opening_fen=reserve, target=part),
        ),
        tranches=(
            tranche(
                "senior",
                senior,
                "0.0225",
                principal=Principal(kind=PrincipalKind.BULLET, start=last),
            ),
            tranche("junior", WHOLE // 100 - senior, "0"),
        ),
        supports=() if limit == 0 else (guarantor,),
    )


def behavior(pool: Pool, *, pd: float = 0.02, rho: float = 0.2) -> Behavior:
    """Every firm at the same PD, joined by one factor."""
    flows = obligor_flows.contractual(pool, ON)
    years = [(day - CUT_OFF).days / 365 for day in ON]
    count = len(pool.obligors)
    return Behavior(
        flows=flows,
        latent=Latent(
            cumulative_pd=latent.flat_hazard(np.full(count, pd), years),
            loadings=np.full((count, 1), np.sqrt(rho)),
        ),
        recoveries=recoveries.of_pool(pool, flows),
    )
