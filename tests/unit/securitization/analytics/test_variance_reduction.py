"""Methods that reduce variance, on the plan of case 1: same answers, smaller intervals."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.plan_kit import loan_deals
from tests.plan_kit.loan_deals import ON, WHOLE, YUAN
from zhirong.parameters.reader import Parameters
from zhirong.securitization.analytics import (
    control_variate,
    importance_sampling,
    loss_estimates,
    loss_law,
    run_losses,
    variance_reduction,
)
from zhirong.securitization.analytics.control_variate import ControlSums, Slope
from zhirong.securitization.analytics.importance_sampling import WayToLoss
from zhirong.securitization.analytics.loss_estimates import Estimate, TrancheEstimates
from zhirong.securitization.analytics.variance_reduction import Trial
from zhirong.securitization.behavior import defaulted_law, latent, obligor_paths
from zhirong.securitization.behavior.latent import Latent
from zhirong.securitization.behavior.obligor_paths import Behavior
from zhirong.securitization.waterfall import interpreter

SENIOR = 131_000_000_00
SLOPE = Slope(severity=0.85, attach=8.4 / 138, detach=1.0)
COSTS = np.array(YUAN) * 0.85


def plain_behavior() -> Behavior:
    return loan_deals.behavior(loan_deals.loans())


def with_guarantor(pd: float = 0.0005) -> Behavior:
    given = plain_behavior()
    years = [(day - loan_deals.CUT_OFF).days / 365 for day in ON]
    joined = Latent(
        cumulative_pd=np.vstack([given.latent.cumulative_pd, latent.flat_hazard([pd], years)]),
        loadings=np.full((12, 1), 0.2**0.5),
    )
    return replace(given, latent=joined)


def simulated(
    given: Behavior, *, blocks: int, shift: np.ndarray | None = None
) -> tuple[TrancheEstimates, ControlSums]:
    """The senior's losses, and its sums beside the control; a guarantor fails as drawn."""
    is_guaranteed = len(given.latent.loadings) > 11
    plan = loan_deals.guaranteed(limit=None if is_guaranteed else 0)
    keys = ("guarantor",) if is_guaranteed else ()
    rows, controls = [], []
    paths = blocks * obligor_paths.BLOCK
    for block in obligor_paths.blocks(given, paths=paths, seed=5, shift=shift):
        given_fen = {
            key: [np.where(failed <= place, 0.0, 1e15) for place in range(len(ON))]
            for key, failed in zip(keys, block.supporters, strict=True)
        }
        run = interpreter.run(plan, block.collections, rates={}, supporters=given_fen)
        rows.append(run_losses.of_run(run, {"senior": SENIOR}, weight=block.weight))
        lost = np.asarray(sum(run.tranches["senior"].loss)) / SENIOR
        defaulted = np.asarray(sum(block.collections.defaulted)) / WHOLE
        controls.append(control_variate.of_block(lost, SLOPE.of(defaulted)))
    sums = run_losses.merged(rows)["senior"]
    return loss_estimates.of(sums, confidence=0.95), control_variate.merged(controls)


class TestControlVariate:
    def test_gives_the_same_loss_with_less_than_a_fifth_of_the_variance(self) -> None:
        given = plain_behavior()
        unit = defaulted_law.unit_of(given.flows)
        law = loss_law.of_units(
            defaulted_law.defaulted(given.latent, given.flows), unit=unit / WHOLE
        )
        plain, sums = simulated(given, blocks=6)

        mended = control_variate.estimate(sums, control_mean=SLOPE.mean(law), confidence=0.95)

        assert mended.standard_error**2 < plain.expected_loss.standard_error**2 / 20
        apart = abs(mended.value - plain.expected_loss.value)
        assert apart < 4 * plain.expected_loss.standard_error

    def test_is_the_plain_mean_where_the_control_says_nothing(self) -> None:
        losses = np.array([0.0, 0.1, 0.0, 0.3])
        sums = control_variate.of_block(losses, np.full(4, 0.2))

        found = control_variate.estimate(sums, control_mean=0.2, confidence=0.95)

        assert found.value == pytest.approx(0.1)
        assert found.standard_error == pytest.approx(losses.std() / 2)

    def test_knows_exactly_what_the_control_knows(self) -> None:
        control = np.array([0.0, 0.1, 0.4])
        sums = control_variate.of_block(2.0 * control, control)

        found = control_variate.estimate(sums, control_mean=0.2, confidence=0.95)

        assert found.value == pytest.approx(0.4)
        assert found.standard_error == pytest.approx(0.0, abs=1e-9)


class TestDefaultedLaw:
    @pytest.mark.parametrize("degrees", [None, 4.0])
    def test_is_the_law_of_the_simulated_paths(self, degrees: float | None) -> None:
        given = plain_behavior()
        given = replace(given, latent=replace(given.latent, degrees=degrees))
        law = defaulted_law.defaulted(given.latent, given.flows)
        unit = defaulted_law.unit_of(given.flows)
        drawn = np.concatenate(
            [
                np.asarray(sum(block.collections.defaulted))
                for block in obligor_paths.blocks(given, paths=60_000, seed=2)
            ]
        )

        assert law.sum() == pytest.approx(1.0)
        amounts = np.arange(law.shape[0]) * unit
        for share in (0.0, 0.03, 0.1, 0.25):
            seen = np.mean(drawn > share * WHOLE)
            exact = law[amounts > share * WHOLE].sum()
            assert seen == pytest.approx(exact, abs=4 * (exact / 60_000) ** 0.5)
        mean = np.diff(given.latent.cumulative_pd, prepend=0.0, axis=1) * given.flows.balance[:, :6]
        assert law @ amounts == pytest.approx(mean.sum(), rel=2e-5)


class TestImportanceSampling:
    def test_sees_the_loss_behind_a_guarantor_five_times_as_sharply(self) -> None:
        given = with_guarantor()
        shift = importance_sampling.common_shift(
            given.latent, COSTS, [WayToLoss(threshold=8_400.0, supporters=(11,))]
        )
        plain, _ = simulated(given, blocks=24)
        moved, _ = simulated(given, blocks=24, shift=shift)

        assert shift[0] < -1.5
        assert moved.expected_loss.standard_error**2 * 5 < plain.expected_loss.standard_error**2
        apart = abs(moved.expected_loss.value - plain.expected_loss.value)
        assert apart < 4 * plain.expected_loss.standard_error
        # As practice has it: a guarantor of PD 0.05 % leaves a fraction of a basis point.
        assert 0 < moved.expected_loss.value < 5e-5

    def test_moves_further_for_a_rarer_loss_and_not_at_all_for_a_sure_one(self) -> None:
        law = plain_behavior().latent
        near, far = (
            importance_sampling.common_shift(law, COSTS, [WayToLoss(threshold=each)])[0]
            for each in (10_000.0, 60_000.0)
        )

        assert far < near < 0.0
        sure = [WayToLoss(threshold=-1e9)]
        assert importance_sampling.common_shift(law, COSTS, sure)[0] == 0.0

    def test_goes_where_the_likeliest_way_is(self) -> None:
        law = plain_behavior().latent
        near, far = WayToLoss(threshold=10_000.0), WayToLoss(threshold=60_000.0)

        both = importance_sampling.common_shift(law, COSTS, [far, near])

        assert both == pytest.approx(importance_sampling.common_shift(law, COSTS, [near]))


class TestCompared:
    def estimate(self, error: float) -> Estimate:
        return Estimate(value=0.01, standard_error=error, low=0.0, high=1.0)

    def test_keeps_a_method_only_from_the_published_ratio_on(self) -> None:
        least = variance_reduction.published_least(Parameters(), on=date(2024, 11, 27))
        plain = Trial(name="plain", estimate=self.estimate(3e-4), paths=1_000, cost_a_path=1.0)
        for error, cost, kept in ((1e-4, 1.0, True), (1e-4, 2.0, False), (2e-4, 1.0, False)):
            other = Trial(
                name="shifted", estimate=self.estimate(error), paths=1_000, cost_a_path=cost
            )
            found = variance_reduction.compared(plain, other, least=least)
            assert found.ratio == pytest.approx((3e-4 / error) ** 2 / cost)
            assert found.is_kept is kept
            assert found.chosen is (other if kept else plain)

    def test_does_not_judge_where_plain_sampling_saw_nothing(self) -> None:
        plain = Trial(name="plain", estimate=self.estimate(0.0), paths=10, cost_a_path=1.0)
        other = Trial(name="shifted", estimate=self.estimate(1e-5), paths=10, cost_a_path=1.0)

        found = variance_reduction.compared(plain, other, least=5.0)

        assert found.ratio is None
        assert found.chosen is plain
