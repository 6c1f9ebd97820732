"""Tests of the Monte Carlo: draws, dependence, tornado."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from zhirong.core.distribution import cell_means
from zhirong.core.operations import Array
from zhirong.valuation import simulation
from zhirong.valuation.simulation import (
    BLOCK,
    Dependence,
    DependenceError,
    DrawsError,
    RangeError,
    TornadoBar,
    Uncertain,
    cells,
    rows_of,
    simulate,
    tornado,
)


def uncertain(key: str = "rate", **fields: Any) -> Uncertain:
    """Two assets, each with a driver of its own."""
    given: dict[str, Any] = {
        "low": np.array([0.02, 0.01]),
        "central": np.array([0.03, 0.02]),
        "high": np.array([0.06, 0.03]),
        "drivers": (0, 1),
    }
    return Uncertain(key=key, **(given | fields))


def dependence(*keys: str, correlation: float = 0.0, within: float = 0.0) -> Dependence:
    matrix = np.full((len(keys), len(keys)), correlation)
    np.fill_diagonal(matrix, 1.0)
    return Dependence(keys=keys, correlation=matrix, within=within)


def identity(drawn: Mapping[str, Array]) -> Array:
    return next(iter(drawn.values()))


class TestUncertain:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"low": np.array([0.04, 0.01])},
            {"high": np.array([0.06, 0.01])},
            {"central": np.array([np.nan, 0.02])},
            {"low": np.array([0.02])},
            {"drivers": (0,)},
        ],
    )
    def test_refuses_a_range_without_its_middle(self, wrong: dict[str, Any]):
        with pytest.raises(RangeError):
            uncertain(**wrong)

    def test_is_certain_only_without_any_width(self):
        flat = np.array([0.02, 0.03])

        assert uncertain(low=flat, central=flat, high=flat).is_certain
        assert not uncertain(low=flat, central=flat, high=flat + np.array([0, 0.1])).is_certain


class TestAt:
    def test_meets_the_authors_three_points(self):
        item = uncertain()
        scores = np.tile([-simulation.TENTH, 0.0, simulation.TENTH], (2, 1))

        found = item.at(scores)

        expected = np.stack([item.low, item.central, item.high], axis=-1)
        assert found == pytest.approx(expected, rel=1e-15)

    def test_moves_all_years_of_an_asset_together(self):
        grid = np.array([[0.1, 0.2, 0.3]])
        item = uncertain(low=grid - 0.1, central=grid, high=grid + 0.2, drivers=(0,))

        found = item.at(np.array([[simulation.TENTH]]))

        assert found[..., 0] == pytest.approx(grid + 0.2)

    def test_moves_assets_of_one_driver_together(self):
        item = uncertain(drivers=(0, 0))
        found = item.at(np.array([[-1.0, 0.5]]))

        assert np.all((found - item.central[:, None])[:, 0] < 0)
        assert np.all((found - item.central[:, None])[:, 1] > 0)

    def test_stays_within_its_bounds(self):
        item = uncertain(floor=0.0, ceiling=0.05)
        found = item.at(np.array([[-9.0, 9.0], [-9.0, 9.0]]))

        assert found.min() == 0.0
        assert found.max() == 0.05


class TestRoot:
    @pytest.mark.parametrize(
        "matrix",
        [
            [[1.0, 0.5], [0.4, 1.0]],
            [[1.0, 0.5], [0.5, 2.0]],
            [[1.0, 1.1], [1.1, 1.0]],
            [[1.0, np.nan], [np.nan, 1.0]],
            [[1.0]],
            [[1.0, 0.5]],
        ],
    )
    def test_refuses_what_is_no_correlation_matrix(self, matrix: list[list[float]]):
        with pytest.raises(DependenceError):
            _ = Dependence(keys=("a", "b"), correlation=np.array(matrix), within=0.5).root

    def test_refuses_correlations_that_contradict_each_other(self):
        matrix = np.array([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]])

        with pytest.raises(DependenceError):
            _ = Dependence(keys=("a", "b", "c"), correlation=matrix, within=0.5).root

    @pytest.mark.parametrize("within", [-0.1, 1.1, np.nan])
    def test_refuses_what_is_no_share(self, within: float):
        with pytest.raises(DependenceError):
            _ = dependence("a", within=within).root

    def test_refuses_a_key_twice(self):
        with pytest.raises(DependenceError):
            _ = dependence("a", "a", correlation=0.5).root

    def test_is_that_of_cholesky(self):
        matrix = np.array([[1.0, 0.3, -0.2], [0.3, 1.0, 0.5], [-0.2, 0.5, 1.0]])
        root = Dependence(keys=("a", "b", "c"), correlation=matrix, within=0.5).root

        assert root == pytest.approx(np.linalg.cholesky(matrix), rel=1e-14)

    @pytest.mark.parametrize("sign", [1.0, -1.0])
    def test_allows_correlations_of_one(self, sign: float):
        matrix = np.array([[1.0, sign, 0.4], [sign, 1.0, sign * 0.4], [0.4, sign * 0.4, 1.0]])
        root = Dependence(keys=("a", "b", "c"), correlation=matrix, within=0.5).root

        assert root @ root.T == pytest.approx(matrix)


class TestSimulate:
    def test_gives_the_authors_points_as_quantiles(self):
        item = uncertain()

        drawn = simulate(identity, [item], dependence=dependence("rate"), draws=100_000, seed=7)

        found = np.quantile(drawn, [0.1, 0.5, 0.9], axis=-1).T
        expected = np.stack([item.low, item.central, item.high], axis=-1)
        # The standard error of a 10 % quantile of 100,000 normal draws is 0.5 % of a deviation.
        assert found == pytest.approx(expected, rel=0.01)

    @pytest.mark.parametrize("draws", [1, BLOCK - 1, BLOCK, BLOCK + 1, 5_000])
    def test_does_not_depend_on_threads(self, draws: int):
        runs = [
            simulate(
                identity,
                [uncertain(), uncertain("growth")],
                dependence=dependence("rate", "growth", correlation=0.5, within=0.3),
                draws=draws,
                seed=11,
                threads=threads,
            )
            for threads in (1, 2, 5)
        ]

        assert runs[0].shape == (2, draws)
        assert all(np.array_equal(runs[0], run) for run in runs)

    @pytest.mark.parametrize("cached", [2, 100, 1_000, 10_000_000])
    def test_does_not_depend_on_how_many_are_evaluated_at_once(
        self, cached: int, monkeypatch: pytest.MonkeyPatch
    ):
        def run() -> Array:
            return simulate(
                identity, [uncertain()], dependence=dependence("rate"), draws=1_300, seed=11
            )

        usual = run()
        monkeypatch.setattr(simulation, "CACHED_CELLS", cached)

        assert np.array_equal(run(), usual)

    def test_begins_alike_however_many_follow(self):
        few, many = (
            simulate(identity, [uncertain()], dependence=dependence("rate"), draws=n, seed=3)
            for n in (BLOCK, 4 * BLOCK)
        )

        assert np.array_equal(many[:, :BLOCK], few)

    @pytest.mark.parametrize("within", [0.0, 0.4, 1.0])
    def test_mirrors_half_of_each_block(self, within: float):
        even = uncertain(low=np.array([0.01, 0.005]), central=np.array([0.03, 0.02]))
        even = replace(even, high=2 * even.central - even.low)
        stated = dependence("rate", within=within)

        drawn = simulate(identity, [even], dependence=stated, draws=2 * BLOCK, seed=3)

        away = (drawn - even.central[:, None]).reshape(2, 2, 2, BLOCK // 2)
        assert away[:, :, 1] == pytest.approx(-away[:, :, 0], rel=1e-12)
        assert np.std(away) > 0

    def test_has_the_moments_of_a_normal(self):
        item = uncertain(low=np.array([-1.0, -1.0]), central=np.zeros(2), high=np.ones(2))

        drawn = simulate(identity, [item], dependence=dependence("rate"), draws=800 * BLOCK, seed=9)

        scores = drawn * simulation.TENTH
        # 102,400 mirrored scores: standard error of the variance 0.0045, of the fourth
        # moment 0.031; odd moments are 0 by the mirror.
        assert scores.mean(axis=-1) == pytest.approx(0.0, abs=1e-12)
        assert (scores**2).mean(axis=-1) == pytest.approx(1.0, abs=0.015)
        assert (scores**3).mean(axis=-1) == pytest.approx(0.0, abs=1e-10)
        assert (scores**4).mean(axis=-1) == pytest.approx(3.0, abs=0.1)

    def test_correlates_drivers_of_one_key_by_their_common_share(self):
        item = uncertain(low=np.array([-1.0, -1.0]), central=np.zeros(2), high=np.ones(2))
        for within in (0.0, 0.3, 1.0):
            stated = dependence("rate", within=within)
            drawn = simulate(identity, [item], dependence=stated, draws=50_000, seed=2)

            assert np.corrcoef(drawn)[0, 1] == pytest.approx(within, abs=0.02)

    def test_converges_to_the_lognormal(self):
        sigma = 0.6
        spread = np.full(2, sigma * simulation.TENTH)
        item = uncertain(low=-spread, central=np.zeros(2), high=spread)

        def lognormal(drawn: Mapping[str, Array]) -> Array:
            values: Array = np.exp(drawn["rate"])
            return values

        errors = []
        for draws in (2_000, 200_000):
            values = simulate(
                lognormal, [item], dependence=dependence("rate"), draws=draws, seed=17
            )
            errors.append(np.abs(values.mean(axis=-1) / math.exp(sigma**2 / 2) - 1).max())
        # Standard error of the mean of n lognormals with sigma 0.6: 0.66 / sqrt(n), before mirrors.
        assert errors[0] < 3 * 0.66 / math.sqrt(2_000)
        assert errors[1] < 3 * 0.66 / math.sqrt(200_000)
        quantiles = np.quantile(values, [0.05, 0.25, 0.75, 0.95], axis=-1)
        expected = np.exp(sigma * np.array([-1.644854, -0.674490, 0.674490, 1.644854]))
        assert quantiles == pytest.approx(np.stack([expected, expected], axis=-1), rel=0.01)

    @pytest.mark.parametrize("threads", [1, 2])
    def test_leaves_the_callers_buffer_alone(self, threads: int):
        before = np.getbufsize()

        simulate(
            identity,
            [uncertain()],
            dependence=dependence("rate"),
            draws=1_000,
            seed=1,
            threads=threads,
        )

        assert np.getbufsize() == before != simulation.BUFFER

    def test_changes_with_the_seed(self):
        one, two = (
            simulate(identity, [uncertain()], dependence=dependence("rate"), draws=500, seed=seed)
            for seed in (1, 2)
        )

        assert not np.array_equal(one, two)

    def test_moves_keys_as_they_are_correlated(self):
        def both(drawn: Mapping[str, Array]) -> Array:
            return np.stack([drawn["rate"][0], drawn["growth"][0]])

        symmetric = uncertain().central - 0.01, uncertain().central + 0.01
        items = [uncertain(key, low=symmetric[0], high=symmetric[1]) for key in ("rate", "growth")]
        for correlation, within in ((0.6, 1.0), (0.6, 0.5), (-1.0, 1.0)):
            stated = dependence("rate", "growth", correlation=correlation, within=within)
            drawn = simulate(both, items, dependence=stated, draws=50_000, seed=5)

            # Only the common part of the variance is shared.
            assert np.corrcoef(drawn)[0, 1] == pytest.approx(correlation * within, abs=0.02)

    def test_repeats_the_value_where_nothing_moves(self):
        flat = np.array([1.0, 2.0])
        certain = uncertain(low=flat, central=flat, high=flat)

        drawn = simulate(
            lambda drawn: np.array([[5.0], [6.0]]),
            [certain],
            dependence=dependence(),
            draws=1_000,
            seed=1,
        )

        assert drawn.shape == (2, 1_000)
        assert np.array_equal(drawn[:, 0], [5.0, 6.0])
        assert np.all(drawn == drawn[:, :1])

    def test_wants_a_dependence_for_every_key_that_moves(self):
        with pytest.raises(DependenceError):
            simulate(identity, [uncertain()], dependence=dependence("growth"), draws=10, seed=1)

    @pytest.mark.parametrize("draws", [0, -5])
    def test_wants_a_draw(self, draws: int):
        with pytest.raises(DrawsError):
            simulate(identity, [uncertain()], dependence=dependence("rate"), draws=draws, seed=1)


class TestRowsOf:
    @pytest.mark.parametrize("shape", [(4, 5), (4, 3, 5)])
    @pytest.mark.parametrize("rows", [(0, 1, 2, 3), (2,), (3, 1)])
    def test_takes_assets_in_the_order_asked_for(self, shape: tuple[int, ...], rows: list[int]):
        drawn = np.random.default_rng(4).normal(size=shape)

        assert np.array_equal(rows_of(drawn, rows), drawn[list(rows)])


class TestCells:
    def test_are_those_of_each_row(self):
        draws = np.random.default_rng(1).normal(size=(3, 1_000))

        assert np.array_equal(cells(draws), cell_means(draws))


class TestTornado:
    def test_has_the_value_at_both_ends_of_each_assumption(self):
        items = [uncertain(), uncertain("growth", low=np.array([-0.9, 0.02]))]

        def value(drawn: Mapping[str, Array]) -> Array:
            return 100 * drawn["rate"] + 10 * drawn["growth"]

        bars = tornado(value, items)

        middle = 100 * items[0].central.sum() + 10 * items[1].central.sum()
        low = 10 * (items[1].low - items[1].central).sum()
        assert [bar.key for bar in bars] == ["growth", "rate"]
        assert bars[0].at_low == pytest.approx(middle + low)
        assert bars[1].at_high == pytest.approx(
            middle + 100 * (items[0].high - items[0].central).sum()
        )

    def test_stays_within_the_bounds_of_the_draws(self):
        item = uncertain(low=np.array([-0.5, 0.01]), floor=0.0)

        (bar,) = tornado(identity, [item])

        assert bar.at_low == pytest.approx(0.01)
        assert item.low[0] == -0.5

    def test_leaves_out_what_does_not_move(self):
        flat = np.array([1.0, 2.0])

        assert tornado(identity, [uncertain(low=flat, central=flat, high=flat)]) == ()


class TestTornadoBar:
    def test_is_wide_in_either_direction(self):
        assert TornadoBar(key="rate", at_low=5.0, at_high=2.0).width == 3.0
