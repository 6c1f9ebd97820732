"""G12 to G14 of the rules of Chinese practice, section 12.1: one payment date, both waterfalls."""

import numpy as np
import pytest

from tests.plan_kit.small_plans import collected, golden_plan
from zhirong.securitization.waterfall import interpreter
from zhirong.securitization.waterfall.results import PlanRun


def run(*, is_accelerated: bool, many: int = 0) -> PlanRun:
    plan = golden_plan()
    pool = collected(plan, 36_000_000, many=many)
    return interpreter.run(plan, pool, rates={}, happened={"event": (is_accelerated,)})


class TestNormalWaterfall:
    def test_leaves_after_each_step_what_was_worked_out_by_hand(self) -> None:
        left = [(row.step, row.available - row.paid) for row in run(is_accelerated=False).rows]

        assert left == [
            ("pay_fees-tax", 35_980_000_00),
            ("pay_fees-plan_fees", 35_800_000_00),
            ("pay_interest-senior", 34_240_920_55),
            ("pay_principal-senior", 4_240_920_55),
            ("top_up", 3_640_920_55),
            ("pay_interest-junior", 3_467_358_91),
        ]

    def test_pays_interest_of_181_days(self) -> None:
        assert run(is_accelerated=False).tranches["senior"].interest_paid == (1_559_079_45,)

    def test_pays_the_subordinate_return(self) -> None:
        assert run(is_accelerated=False).tranches["junior"].interest_paid == (173_561_64,)


class TestAcceleratedWaterfall:
    def test_gives_the_senior_all_that_is_left(self) -> None:
        found = run(is_accelerated=True)

        assert found.tranches["senior"].principal_paid == (34_240_920_55,)
        assert found.accounts["reserve"].balance == (0,)
        assert found.tranches["junior"].principal_paid == (0,)
        assert found.tranches["junior"].interest_paid == (0,)
        assert found.stage == (1,)


class TestManyPaths:
    @pytest.mark.parametrize("is_accelerated", [False, True])
    def test_give_the_same_fen(self, is_accelerated: bool) -> None:  # noqa: FBT001 - a case
        one, many = run(is_accelerated=is_accelerated), run(is_accelerated=is_accelerated, many=3)

        for key, tranche in one.tranches.items():
            assert np.all(many.tranches[key].interest_paid[0] == tranche.interest_paid[0])
            assert np.all(many.tranches[key].principal_paid[0] == tranche.principal_paid[0])
