import itertools

import numpy as np
import pytest

from zhirong.securitization.behavior import binomial_expansion, large_pool, small_pool
from zhirong.securitization.behavior.factor_models import OneFactor


class TestIndependentLosses:
    def test_counts_every_case_of_three_names(self) -> None:
        pds, units = (0.1, 0.25, 0.4), (2, 1, 2)
        expected = np.zeros(6)
        for fates in itertools.product((0, 1), repeat=3):
            chance = np.prod([pd if f else 1 - pd for pd, f in zip(pds, fates, strict=True)])
            expected[sum(u * f for u, f in zip(units, fates, strict=True))] += chance

        assert small_pool.independent_losses(pds, units) == pytest.approx(expected)

    def test_of_equal_names_is_binomial(self) -> None:
        law = small_pool.independent_losses([0.1] * 10, [1] * 10)

        assert law == pytest.approx(binomial_expansion.default_counts(names=10, pd=0.1))


class TestLosses:
    def test_keep_the_mean_whatever_the_correlation(self) -> None:
        units = [20, 15, 8, 1]
        pds = [0.02, 0.01, 0.05, 0.3]
        for correlation in (0.0, 0.2, 0.6):
            law = small_pool.losses(pds, units, OneFactor(correlation=correlation))

            assert law.sum() == pytest.approx(1.0)
            assert law @ np.arange(45) == pytest.approx(np.dot(pds, units), rel=1e-3)

    def test_slices_add_up_to_the_pool(self) -> None:
        law = small_pool.losses([0.03] * 11, [1] * 11, OneFactor(correlation=0.3))
        cuts = (0.0, 0.05, 0.2, 1.0)

        slices = [
            small_pool.tranche_expected_loss(law, unit=1 / 11, attach=a, detach=d)
            for a, d in itertools.pairwise(cuts)
        ]

        assert sum(slices) == pytest.approx(law @ np.arange(12) / 11)

    def test_of_many_names_are_those_of_the_limit(self) -> None:
        law = small_pool.losses([0.02] * 800, [1] * 800, OneFactor(correlation=0.2))

        for share in (0.01, 0.05, 0.15):
            count = round(share * 800)
            below = law[:count].sum() + law[count] / 2  # half of the step: the limit has none
            limit = large_pool.probability_below(share, pd=0.02, correlation=0.2)
            assert below == pytest.approx(float(limit), abs=0.01)


class TestLargePool:
    def test_quantile_and_probability_are_inverse(self) -> None:
        share = large_pool.quantile([0.5, 0.99, 0.999], pd=0.01, correlation=0.12)

        assert large_pool.probability_below(share, pd=0.01, correlation=0.12) == pytest.approx(
            [0.5, 0.99, 0.999]
        )

    def test_is_the_worst_rate_of_a_textbook(self) -> None:
        # Hull, Options, Futures and Other Derivatives: PD 2 %, correlation 0.1, 99.9 %: 12.8 %.
        assert large_pool.quantile(0.999, pd=0.02, correlation=0.1) == pytest.approx(
            0.128, abs=5e-4
        )

    def test_density_sums_to_one(self) -> None:
        share = np.linspace(1e-6, 1 - 1e-6, 200_001)
        density = large_pool.density(share, pd=0.02, correlation=0.2)

        assert np.trapezoid(density, share) == pytest.approx(1.0, abs=1e-4)

    def test_slices_add_up_to_the_mean(self) -> None:
        given = {"pd": 0.02, "lgd": 0.85, "correlation": 0.2}
        parts = [
            large_pool.tranche_expected_loss(**given, attach=a, detach=d)
            for a, d in itertools.pairwise((0.0, 0.05, 0.1, 1.0))
        ]

        assert sum(parts) == pytest.approx(0.017, rel=1e-4)


class TestBinomialExpansion:
    def test_is_the_printed_row(self) -> None:
        law = binomial_expansion.default_counts(names=10, pd=0.1)

        assert np.round(law[:4], 4) == pytest.approx([0.3487, 0.3874, 0.1937, 0.0574])
        assert law.sum() == pytest.approx(1.0)
