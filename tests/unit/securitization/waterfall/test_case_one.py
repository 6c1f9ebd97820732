"""The example plan at contractual collections: the figures of case 1 (practice, section 5)."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from zhirong.adapters.intake.plans.reader import load_plan
from zhirong.securitization.collections import Collections
from zhirong.securitization.waterfall import interpreter
from zhirong.securitization.waterfall.results import PlanRun

POOL = 138_000_000_00


def loans(days: tuple[date, ...]) -> Collections:
    """One loan of the whole pool: 3.40 % act/360 each quarter, principal at the end."""
    zero = (0,) * 4
    return Collections(
        on=days[1:],
        interest=tuple(round(POOL * 0.034 * (b - a).days / 360) for a, b in pairwise(days)),
        principal=(0, 0, 0, POOL),
        prepaid=zero,
        recovered=zero,
        defaulted=zero,
        lost=zero,
        balance=(POOL, POOL, POOL, 0),
    )


@pytest.fixture
def run(checkout: Path) -> PlanRun:
    plan = load_plan(checkout / "examples" / "ningbo-plan" / "plan.yaml")
    pool = loans((plan.dates.closing, *plan.dates.payments))
    return interpreter.run(plan, pool, rates={})


class TestCaseOne:
    def test_pays_tax_interest_and_rest_as_the_source_says(self, run: PlanRun) -> None:
        senior, junior = run.tranches["senior"], run.tranches["subordinate"]

        assert round(sum(run.fees["vat"].paid) / 1e8, 3) == 0.155
        assert round(sum(senior.interest_paid) / 1e8, 3) == 2.948
        assert round(sum(junior.residual_paid) / 1e8, 3) == 0.473
        assert sum(sum(fee.paid) for key, fee in run.fees.items() if key != "vat") == 1_181_800_00

    def test_repays_everybody_without_the_supporters(self, run: PlanRun) -> None:
        assert sum(run.tranches["senior"].principal_paid) == 131_000_000_00
        assert sum(run.tranches["subordinate"].principal_paid) == 7_000_000_00
        assert all(sum(support.paid) == 0 for support in run.supports.values())
        assert all(row.short == 0 for row in run.rows)
        assert run.accounts["collection"].balance[-1] == 0
