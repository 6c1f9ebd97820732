"""Case 1 as records: 11 bullet loans of 138 million in all, interest by the quarter, act/360."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from tests.pools import Loan, loan, pool_of
from zhirong.adapters.intake.plans.reader import load_plan
from zhirong.application.plans.assumed import (
    BehaviorTerms,
    DefaultTerms,
    RecoveryTerms,
    SupporterTerms,
)
from zhirong.application.plans.records import PlanInputs, Scenario
from zhirong.core.calendar import plus_months
from zhirong.securitization.pool.records import Due, Pool

CUT_OFF = date(2024, 11, 20)
QUARTERS = tuple(plus_months(CUT_OFF, 3 * (i + 1)) for i in range(4))
WAN = (1990, 1800, 1650, 1500, 1400, 1250, 1100, 1000, 850, 710, 550)
RATE = 0.034


def eleven_loans() -> Pool:
    """The pool: equal terms, sizes as in the source's re-enactment."""
    return pool_of([_loan(i, wan * 1_000_000) for i, wan in enumerate(WAN)], cut_off=CUT_OFF)


def _loan(i: int, fen: int) -> Loan:
    made = loan(i, cut_off=CUT_OFF, fen=fen)
    dues = tuple(
        Due(
            on=end,
            principal_fen=fen if end == QUARTERS[-1] else 0,
            interest_fen=round(fen * RATE * (end - start).days / 360),
        )
        for start, end in pairwise((CUT_OFF, *QUARTERS))
    )
    key = f"F{i + 1:02d}"
    claim = replace(made.claim, claim_id=f"L{i + 1:02d}", obligor_id=key, dues=dues, rate=RATE)
    return replace(made, obligor=replace(made.obligor, obligor_id=key), claim=claim)


def behavior(**changes: object) -> BehaviorTerms:
    """PD 2 %, correlation 20 %, 15 % back at once; a guarantor of PD 0.05 %, no shortfall payer."""
    terms = BehaviorTerms(
        correlation=0.2,
        industry_correlation=0.0,
        degrees=None,
        defaults=DefaultTerms(by_obligor={}, by_grade={}, for_all=0.02, migration=None),
        recovery=RecoveryTerms(flat=0.15, lag_months=0),
        prepayment=None,
        supporters=(
            SupporterTerms(
                key="guarantor",
                pd_one_year=0.0005,
                correlation=0.2,
                capacity_fen=None,
                failure_event=None,
            ),
            SupporterTerms(
                key="shortfall_payer",
                pd_one_year=0.02,
                correlation=0.2,
                capacity_fen=0,
                failure_event=None,
            ),
        ),
        servicer=None,
    )
    return replace(terms, **changes)  # type: ignore[arg-type]


def inputs(checkout: Path, **changes: object) -> PlanInputs:
    """The example's securities on these loans."""
    made = PlanInputs(
        plan=load_plan(checkout / "examples" / "ningbo-plan" / "plan.yaml"),
        pool=eleven_loans(),
        collected_on=QUARTERS,
        waived={},
        rows={},
        behavior=behavior(),
        scenarios=(Scenario(key="base", label="base"),),
        stress=None,
        simulation=None,
        targets=(),
        costs=None,
        steps=(),
        rates={},
        parties={},
    )
    return replace(made, **changes)  # type: ignore[arg-type]
