import numpy as np
import pytest

from tests.plan_kit import loan_deals
from tests.plan_kit.loan_deals import ON
from zhirong.securitization.analytics import reverse_stress
from zhirong.securitization.analytics.reverse_stress import Marks, ReverseStress
from zhirong.securitization.behavior import given_defaults, joint_defaults
from zhirong.securitization.waterfall import interpreter

SIZES = np.array([50.0, 30.0, 20.0, 10.0, 5.0])
PDS = (0.001, 0.05, 0.05, 0.2, 0.2)
NAMES = ("a", "b", "c", "d", "e")


def independent(rows: "tuple[int, ...]") -> float:
    return float(np.prod([PDS[row] for row in rows]))


def stress(limit: float, *, tries_max: int = 1_000) -> ReverseStress:
    def hurts(fail: Marks) -> Marks:
        return np.asarray(SIZES @ fail > limit)

    return reverse_stress.to_first_loss(NAMES, hurts, independent, tries_max=tries_max)


class TestToFirstLoss:
    def test_names_every_smallest_set_the_likeliest_first(self) -> None:
        found = stress(39.0)

        assert {each.obligors for each in found.sets} == {("a",), ("b", "c"), ("b", "d")}
        assert found.likeliest == found.sets[0]
        assert found.sets[0].obligors == ("b", "d")
        assert found.sets[0].joint_probability == pytest.approx(0.01)
        assert found.smallest is not None
        assert found.smallest.obligors == ("a",)
        assert found.is_complete

    def test_agrees_with_trying_all(self) -> None:
        for limit in (0.0, 14.0, 34.0, 64.0, 99.0):
            every = [tuple(r for r in range(5) if code >> r & 1) for code in range(32)]
            hurting = [rows for rows in every if SIZES[list(rows)].sum() > limit]

            found = stress(limit)

            assert found.likeliest is not None
            best = max(independent(rows) for rows in hurting)
            assert found.likeliest.joint_probability == pytest.approx(best)
            assert found.smallest is not None
            assert len(found.smallest.obligors) == min(len(rows) for rows in hurting)

    def test_says_that_nothing_hurts(self) -> None:
        found = stress(115.0)

        assert (found.sets, found.smallest, found.likeliest) == ((), None, None)
        assert found.is_complete

    def test_hurts_without_anybody_failing(self) -> None:
        found = stress(-1.0)

        assert found.smallest is not None
        assert found.smallest.obligors == ()
        assert found.smallest.joint_probability == 1.0

    def test_says_where_it_stopped(self) -> None:
        found = stress(100.0, tries_max=8)

        assert found.tried == 8
        assert not found.is_complete

    def test_runs_the_whole_waterfall(self) -> None:
        pool = loan_deals.loans(proceeds=0.0)
        given = loan_deals.behavior(pool)
        plan = loan_deals.guaranteed(limit=20_000_000_00)

        def hurts(fail: Marks) -> Marks:
            course = given_defaults.together(fail, period=0, periods=len(ON))
            flows = given_defaults.collected(given.flows, given.recoveries, course)
            run = interpreter.run(plan, flows, rates={})
            return np.asarray(sum(run.tranches["senior"].loss) > 0)

        found = reverse_stress.to_first_loss(
            [each.obligor_id for each in pool.obligors],
            hurts,
            lambda rows: joint_defaults.probability(given.latent, rows, period=3),
            tries_max=3_000,
        )

        assert found.is_complete
        assert found.smallest is not None
        assert found.likeliest is not None
        # 29.3 m of buffers: two large firms together, never one.
        assert len(found.smallest.obligors) == 2
        assert found.likeliest.joint_probability >= found.smallest.joint_probability > 0
