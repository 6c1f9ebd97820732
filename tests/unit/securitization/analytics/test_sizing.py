import itertools

import numpy as np
import pytest

from zhirong.securitization.analytics import loss_law, sizing, tranche_loss
from zhirong.securitization.analytics.loss_law import LossLaw
from zhirong.securitization.analytics.sizing import Target
from zhirong.securitization.behavior import large_pool, small_pool
from zhirong.securitization.behavior.factor_models import OneFactor

POOL, STEP = 138_000_000_00, 1_000_000_00
LOANS = (199, 180, 165, 150, 140, 125, 110, 100, 85, 71, 55)
"""Of case 1, in CNY 100,000: PD 2 %, correlation 0.2, loss given default 85 %."""


@pytest.fixture
def law() -> LossLaw:
    exact = small_pool.losses([0.02] * 11, LOANS, OneFactor(correlation=0.2))
    return loss_law.of_units(exact, unit=0.85 / 1380)


class TestLossLaw:
    def test_slices_add_up_to_the_pool(self, law: LossLaw) -> None:
        cuts = (0.0, 0.05, 0.2, 1.0)
        parts = [
            loss_law.expected_loss(law, attach=a, detach=d) * (d - a)
            for a, d in itertools.pairwise(cuts)
        ]

        assert sum(parts) == pytest.approx(0.02 * 0.85, rel=1e-3)
        assert sum(parts) == pytest.approx(law.probability @ law.loss)

    def test_is_that_of_case_one(self, law: LossLaw) -> None:
        attach = 7 / 138

        assert loss_law.probability_of_loss(law, attach=attach) == pytest.approx(0.148, abs=1e-3)
        senior = loss_law.expected_loss(law, attach=attach, detach=1.0)
        assert senior == pytest.approx(0.0089, abs=5e-5)

    def test_of_paths_is_that_of_their_slices(self) -> None:
        generator = np.random.default_rng(7)
        lost = np.floor(generator.beta(0.3, 6.0, 50_000) * POOL)
        sums = tranche_loss.of_block(lost, balance_fen=POOL)
        law = loss_law.of_sums(sums)

        for attach, detach in ((0.0, 0.05), (0.05, 0.3), (0.123, 1.0)):
            by_paths = np.clip(lost / POOL - attach, 0, detach - attach).mean() / (detach - attach)
            found = loss_law.expected_loss(law, attach=attach, detach=detach)
            assert found == pytest.approx(by_paths, rel=1e-9)
        assert loss_law.quantile(law, 0.99) == pytest.approx(
            np.quantile(lost, 0.99) / POOL, abs=1e-3
        )


class TestByLaw:
    def test_makes_each_tranche_as_thick_as_its_target_allows(self, law: LossLaw) -> None:
        targets = (
            Target(key="senior", expected_loss=0.0005),
            Target(key="mezz", expected_loss=0.02),
        )
        senior, mezzanine, junior = sizing.by_law(
            law, targets, pool_fen=POOL, step_fen=STEP, rest="junior"
        )

        assert senior.fen + mezzanine.fen + junior.fen == POOL
        assert senior.slice.attach == mezzanine.slice.detach
        for sized, target in zip((senior, mezzanine), targets, strict=True):
            one_more = loss_law.expected_loss(
                law, attach=sized.slice.attach - STEP / POOL, detach=sized.slice.detach
            )
            assert sized.fen % STEP == 0
            assert 0 < sized.expected_loss <= target.expected_loss < one_more

    def test_leaves_nothing_to_a_tranche_that_cannot_keep_its_target(self, law: LossLaw) -> None:
        found = sizing.by_law(
            law,
            (Target(key="a", expected_loss=1.0), Target(key="b", expected_loss=0.0)),
            pool_fen=POOL,
            step_fen=STEP,
            rest="rest",
        )

        assert [each.fen for each in found] == [POOL, 0, 0]

    def test_meets_the_limit_of_many_small_names(self) -> None:
        # Vasicek's slice from the attachment found loses what was aimed at.
        places = (np.arange(200_000) + 0.5) / 200_000
        law = LossLaw(
            loss=0.85 * large_pool.quantile(places, pd=0.02, correlation=0.1),
            probability=np.full(200_000, 1 / 200_000),
        )
        senior, _ = sizing.by_law(
            law,
            (Target(key="s", expected_loss=1e-3),),
            pool_fen=POOL,
            step_fen=POOL // 1000,
            rest="r",
        )

        thickness = 1.0 - senior.slice.attach
        limit = large_pool.tranche_expected_loss(
            pd=0.02, lgd=0.85, correlation=0.1, attach=senior.slice.attach, detach=1.0
        )
        assert limit / thickness == pytest.approx(1e-3, rel=0.02)


class TestByRun:
    def test_agrees_with_the_law_where_the_run_is_the_law(self, law: LossLaw) -> None:
        def run(fen: int) -> float:
            return loss_law.expected_loss(law, attach=1.0 - fen / POOL, detach=1.0)

        by_law = sizing.by_law(
            law, (Target(key="s", expected_loss=5e-4),), pool_fen=POOL, step_fen=STEP, rest="r"
        )[0]
        found = sizing.by_run(run, target=5e-4, most_fen=POOL, step_fen=STEP)

        assert found is not None
        assert found.fen == by_law.fen
        assert found.next_loss is not None
        assert found.expected_loss <= 5e-4 < found.next_loss
        assert found.runs <= 9  # of 138 steps

    def test_says_that_no_size_keeps_the_target(self) -> None:
        assert sizing.by_run(lambda fen: 0.5, target=0.1, most_fen=POOL, step_fen=STEP) is None

    def test_takes_the_most_where_all_keep_it(self) -> None:
        found = sizing.by_run(lambda fen: 0.0, target=0.1, most_fen=POOL, step_fen=STEP)

        assert found is not None
        assert (found.fen, found.next_loss) == (POOL, None)
