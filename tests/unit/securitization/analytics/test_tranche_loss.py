import numpy as np
import pytest

from zhirong.securitization.analytics import loss_estimates, tranche_loss
from zhirong.securitization.analytics.tranche_loss import LossSumsError, Moment

BALANCE = 1_000_000


def losses(paths: int = 20_000, seed: int = 1) -> np.ndarray:
    generator = np.random.default_rng(seed)
    return np.floor(np.maximum(generator.normal(-200_000, 200_000, paths), 0.0).clip(max=BALANCE))


class TestOfBlock:
    def test_keeps_every_path_in_some_part_of_the_histogram(self) -> None:
        lost = losses()
        sums = tranche_loss.of_block(lost, balance_fen=BALANCE)

        assert sums.paths == 20_000
        assert sums.mass.sum() == 20_000
        assert sums.mass[0] == np.count_nonzero(lost == 0)
        assert sums.mass_loss.sum() == lost.sum() == sums.moments[Moment.LOSS]

    def test_puts_a_loss_on_an_edge_into_the_part_below_it(self) -> None:
        sums = tranche_loss.of_block(np.array([0.0, 1.0, 1_000.0, 1e6]), balance_fen=BALANCE)

        assert np.flatnonzero(sums.mass).tolist() == [0, 1, tranche_loss.BINS]
        assert sums.mass[1] == 2

    def test_weighs_paths(self) -> None:
        lost, weight = np.array([0.0, 10.0, 20.0]), np.array([0.5, 2.0, 3.0])
        sums = tranche_loss.of_block(
            lost, balance_fen=100, weight=weight, is_late=np.array([True, False, True])
        )

        assert sums.moments[Moment.LOSS] == 80.0
        assert sums.moments[Moment.LOSS_SQUARED] == 20.0**2 + 60.0**2
        assert sums.moments[Moment.LOSS_WHERE_HIT] == 4.0 * 10 + 9.0 * 20
        assert sums.moments[Moment.LATE] == 3.5
        assert sums.moments[Moment.LATE_SQUARED] == 0.25 + 9.0
        assert sums.moments[Moment.SHORT] == 0.0

    def test_refuses_a_tranche_of_nothing(self) -> None:
        with pytest.raises(LossSumsError):
            tranche_loss.of_block(np.zeros(3), balance_fen=0)


class TestMerged:
    def test_is_the_whole_in_any_cut(self) -> None:
        lost = losses()
        whole = tranche_loss.of_block(lost, balance_fen=BALANCE)
        parts = [tranche_loss.of_block(part, balance_fen=BALANCE) for part in np.split(lost, 8)]

        merged = tranche_loss.merged(parts)

        assert merged.paths == whole.paths
        assert merged.moments == pytest.approx(whole.moments)
        assert (merged.mass == whole.mass).all()

    def test_gives_the_same_bytes_for_the_same_blocks(self) -> None:
        def once() -> bytes:
            parts = (losses(seed=seed) * 0.1 for seed in range(5))
            blocks = (tranche_loss.of_block(part, balance_fen=BALANCE) for part in parts)
            return tranche_loss.merged(blocks).to_bytes()

        assert once() == once()

    def test_refuses_sums_of_different_tranches(self) -> None:
        rows = [tranche_loss.of_block(np.zeros(2), balance_fen=size) for size in (1, 2)]

        with pytest.raises(LossSumsError):
            tranche_loss.merged(rows)
        with pytest.raises(LossSumsError):
            tranche_loss.merged([])


class TestEstimates:
    def test_are_the_averages_of_the_paths(self) -> None:
        lost = losses()
        found = loss_estimates.of(tranche_loss.of_block(lost, balance_fen=BALANCE), confidence=0.95)

        share = lost / BALANCE
        assert found.expected_loss.value == pytest.approx(share.mean())
        assert found.expected_loss.standard_error == pytest.approx(share.std() / 20_000**0.5)
        assert found.probability_of_loss.value == pytest.approx((share > 0).mean())
        assert found.loss_given_default is not None
        assert found.loss_given_default.value == pytest.approx(share[share > 0].mean())
        assert found.loss_given_default.standard_error == pytest.approx(
            share[share > 0].std() / np.count_nonzero(share) ** 0.5
        )

    def test_hold_the_truth_as_often_as_they_say(self) -> None:
        truth = (0.02, 0.5)  # one path in fifty loses half
        held = {"loss": 0, "probability": 0}
        generator = np.random.default_rng(5)
        for _ in range(400):
            lost = (generator.random(2_000) < truth[0]) * truth[1] * BALANCE
            found = loss_estimates.of(
                tranche_loss.of_block(lost, balance_fen=BALANCE), confidence=0.9
            )
            held["loss"] += (
                found.expected_loss.low <= truth[0] * truth[1] <= found.expected_loss.high
            )
            chance = found.probability_of_loss
            held["probability"] += chance.low <= truth[0] <= chance.high

        assert 340 <= held["loss"] <= 380
        assert 340 <= held["probability"] <= 380

    def test_without_a_loss_still_say_what_cannot_be_excluded(self) -> None:
        sums = tranche_loss.of_block(np.zeros(10_000), balance_fen=BALANCE)
        found = loss_estimates.of(sums, confidence=0.95)

        assert found.expected_loss.value == found.expected_loss.low == 0.0
        assert 3e-4 < found.expected_loss.high < 4e-4  # the rule of three says 3 in 10,000
        assert found.loss_given_default is None

    def test_of_weighted_paths_are_those_of_the_plain_law(self) -> None:
        generator = np.random.default_rng(3)
        drawn = generator.standard_normal(200_000) + 2.0
        weight = np.exp(2.0 - 2.0 * drawn)
        lost = (drawn > 2.5) * BALANCE / 2.0
        sums = tranche_loss.of_block(lost, balance_fen=BALANCE, weight=weight)
        found = loss_estimates.of(sums, confidence=0.99)

        truth = 0.006209665  # 1 - Phi(2.5)
        assert found.probability_of_loss.low < truth < found.probability_of_loss.high
        assert found.expected_loss.value == pytest.approx(truth / 2, rel=0.02)
        plain = (truth * (1 - truth) / 200_000) ** 0.5
        assert found.probability_of_loss.standard_error < plain / 3


class TestQuantile:
    def test_is_never_below_the_loss_of_the_paths_and_close_to_it(self) -> None:
        lost = losses()
        sums = tranche_loss.of_block(lost, balance_fen=BALANCE)

        for probability in (0.5, 0.9, 0.99, 0.999, 1.0):
            exact = np.quantile(lost, probability, method="inverted_cdf") / BALANCE
            found = loss_estimates.quantile(sums, probability)
            assert exact <= found <= exact + 1 / tranche_loss.BINS

    def test_shortfall_is_the_mean_of_the_worst(self) -> None:
        lost = losses()
        sums = tranche_loss.of_block(lost, balance_fen=BALANCE)

        worst = np.sort(lost)[-200:].mean() / BALANCE
        assert loss_estimates.expected_shortfall(sums, 0.99) == pytest.approx(worst, rel=1e-3)
        assert loss_estimates.expected_shortfall(sums, 0.0) == pytest.approx(lost.mean() / BALANCE)
