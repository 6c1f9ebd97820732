"""Tests of value distributions: cell means, what is read from them, and sums."""

import math
from dataclasses import replace

import numpy as np
import pytest

from zhirong.core.distribution import (
    CELLS,
    Comonotonic,
    DistributionError,
    Meaning,
    OneFactor,
    ValueDistribution,
    add,
    cell_means,
    certain,
    from_samples,
)

MARKET = Meaning(
    premise="market_value",
    condition="none",
    horizon_years=0.0,
    are_costs_deducted=False,
    account="right",
)


def even(low: float = 0.0, high: float = 200.0) -> ValueDistribution:
    """Cells at equal steps from low to high."""
    return from_samples(np.linspace(low, high, 2_000), meaning=MARKET)


class TestMeaning:
    @pytest.mark.parametrize(
        "wrong", [{"premise": "book_value"}, {"condition": "war"}, {"account": "world"}]
    )
    def test_is_one_of_those_that_have_a_meaning(self, wrong: dict[str, str]):
        with pytest.raises(DistributionError):
            replace(MARKET, **wrong)


class TestValueDistribution:
    @pytest.mark.parametrize(
        "cells",
        [
            (1.0,) * 199,
            (1.0,) * 201,
            (2.0, 1.0) + (3.0,) * 198,
            (1.0,) * 199 + (math.nan,),
            (1.0,) * 199 + (math.inf,),
        ],
    )
    def test_refuses_cells_that_are_no_distribution(self, cells: tuple[float, ...]):
        with pytest.raises(DistributionError):
            ValueDistribution(cells=cells, meaning=MARKET)


class TestMean:
    def test_and_shortfall_of_lognormal_values_with_no_sale_in_a_quarter_are_exact(self):
        # Reading between a few quantiles overstates this mean by 9 % at sigma 1.2 and by 44 % at
        # sigma 1.8; cell means keep it.
        generator = np.random.default_rng(20_260_630)
        for sigma in (1.2, 1.8):
            samples = np.exp(generator.normal(0, sigma, 100_000))
            samples[generator.random(samples.size) < 0.25] = 0.0
            worst = np.sort(samples)

            kept = from_samples(samples, meaning=MARKET)

            assert kept.mean == pytest.approx(samples.mean(), rel=1e-12)
            assert kept.probability_of_zero == pytest.approx(np.mean(samples == 0), abs=0.005)
            for share in (0.05, 0.3, 0.5, 1.0):
                count = int(share * samples.size)
                assert kept.shortfall(share) == pytest.approx(worst[:count].mean(), rel=1e-12)


class TestQuantile:
    @pytest.mark.parametrize("probability", [0.004, 0.996, -1, 2, math.nan])
    def test_is_not_offered_where_cells_say_nothing(self, probability: float):
        with pytest.raises(DistributionError):
            even().quantile(probability)

    def test_reads_between_cell_means(self):
        assert even().quantile(0.3) == pytest.approx(60.0, abs=0.1)


class TestInterval:
    def test_holds_the_share_in_the_middle(self):
        assert even().interval(0.8) == pytest.approx((20.0, 180.0), abs=0.1)

    def test_of_everything_is_not_offered(self):
        with pytest.raises(DistributionError):
            even().interval(1.0)


class TestShortfall:
    @pytest.mark.parametrize("probability", [0.0, 0.0024, 1.005, 2.0, -0.05])
    def test_wants_a_share_in_steps_of_cells(self, probability: float):
        with pytest.raises(DistributionError):
            even().shortfall(probability)


class TestSample:
    def test_takes_each_cell_once_for_even_uniforms(self):
        uniforms = (np.arange(CELLS) + 0.5) / CELLS

        assert even().sample(uniforms).tolist() == list(even().cells)

    def test_stays_inside_at_one(self):
        assert even().sample(np.array([1.0]))[0] == even().cells[-1]


class TestScaled:
    def test_scales_mean_and_quantiles_alike(self):
        half = even().scaled(0.5, account="portfolio")

        assert half.mean == pytest.approx(even().mean / 2)
        assert half.meaning == replace(MARKET, account="portfolio")

    @pytest.mark.parametrize("factor", [-0.1, math.nan, math.inf])
    def test_refuses_what_is_no_share(self, factor: float):
        with pytest.raises(DistributionError):
            even(1.0, 2.0).scaled(factor)


class TestCellMeans:
    def test_refuses_fewer_samples_than_cells(self):
        with pytest.raises(DistributionError):
            cell_means(np.ones(199))

    def test_counts_a_sample_on_a_border_in_both_cells_by_its_part(self):
        samples = np.zeros(300)
        samples[-1] = 300.0  # 1.5 samples a cell: the last cell holds it whole, and half of a zero

        cells = cell_means(samples)

        assert cells[-1] == pytest.approx(200.0)
        assert cells[:-1].tolist() == [0.0] * 199

    @pytest.mark.parametrize("count", [200, 1_000, 1_001])
    def test_takes_each_row_for_itself(self, count: int):
        samples = np.random.default_rng(1).normal(size=(2, 3, count))

        cells = cell_means(samples)

        assert cells.shape == (2, 3, CELLS)
        assert np.array_equal(cells[1, 2], cell_means(samples[1, 2]))

    def test_leaves_the_samples_in_their_order(self):
        samples = np.arange(400.0)[::-1].copy()

        cell_means(samples)

        assert samples[0] == 399.0


class TestCertain:
    def test_is_moved_by_nothing(self):
        assert certain(5.0, meaning=MARKET).interval() == (5.0, 5.0)


class TestAdd:
    def test_has_no_dependence_by_itself(self):
        with pytest.raises(TypeError):
            add([even()], account="portfolio")

    def test_refuses_nothing_and_what_does_not_mean_the_same(self):
        forced = replace(even(), meaning=replace(MARKET, condition="forced_sale"))
        dollars = replace(even(), currency="USD")

        for parts in ([], [even(), forced], [even(), dollars]):
            with pytest.raises(DistributionError):
                add(parts, dependence=Comonotonic(), account="portfolio")

    def test_keeps_the_currency(self):
        dollars = replace(even(), currency="USD")
        driven = OneFactor(loading=0.5, seed=1, author="A. Tester")

        for dependence in (Comonotonic(), driven):
            assert add([dollars] * 2, dependence=dependence, account="right").currency == "USD"

    def test_adds_quantiles_under_full_dependence(self):
        both = add([even(), even(0, 50)], dependence=Comonotonic(), account="portfolio")

        for probability in (0.05, 0.5, 0.95):
            parts = even().quantile(probability) + even(0, 50).quantile(probability)
            assert both.quantile(probability) == pytest.approx(parts)

    def test_spreads_wider_the_more_the_parts_share(self):
        parts = [even()] * 7
        tails = [
            add(
                parts,
                dependence=OneFactor(loading=loading, seed=3, author="A. Tester"),
                account="portfolio",
            ).quantile(0.05)
            for loading in (0.0, 0.3**0.5, 0.6**0.5, 1.0)
        ]
        full = add(parts, dependence=Comonotonic(), account="portfolio").quantile(0.05)

        assert tails == sorted(tails, reverse=True)
        assert tails[-1] == pytest.approx(full, rel=0.05)

    def test_gives_the_same_for_the_same_seed(self):
        driven = OneFactor(loading=0.5, seed=3, author="A. Tester")

        first = add([even(), even()], dependence=driven, account="portfolio")

        assert first == add([even(), even()], dependence=driven, account="portfolio")


class TestOneFactor:
    @pytest.mark.parametrize("loading", [-0.1, 1.1, math.nan])
    def test_wants_a_share_as_loading(self, loading: float):
        with pytest.raises(DistributionError):
            OneFactor(loading=loading, seed=1, author="A. Tester")
