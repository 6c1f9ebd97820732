"""Tests of figures: axes by name, units, and a trace that nothing loses."""

from collections.abc import Callable

import numpy as np
import pytest

from zhirong.core import figure as fig
from zhirong.core.figure import AxesError, Figure, FigureUseError, Named, Step
from zhirong.core.units import UnitError, dimension

ASSETS = Figure(np.array([10.0, 20.0]), ("asset",), "CNY", Named("assets"))
YEARS = Figure(np.array([1.0, 2.0, 3.0]), ("year",), "1", Named("years"))
GRID = Figure(np.arange(6.0).reshape(2, 3), ("asset", "year"), "1", Named("grid"))
RIGHTS = Figure(np.array([1.0, 2.0, 4.0]), ("right",), "CNY", Named("rights"))


class TestFigure:
    @pytest.mark.parametrize("axes", [("year", "asset"), ("asset", "asset"), ("asset", "path")])
    def test_refuses_axes_out_of_order(self, axes: tuple[str, ...]):
        with pytest.raises(AxesError):
            Figure(np.zeros((2, 2)), axes, "1")

    def test_refuses_more_dimensions_than_axes(self):
        with pytest.raises(AxesError):
            Figure(np.zeros((2, 2)), ("asset",), "1")

    def test_refuses_an_unknown_unit(self):
        with pytest.raises(UnitError):
            Figure(np.array(1.0), (), "yuan")

    def test_cannot_be_written_into(self):
        with pytest.raises(ValueError, match="read-only"):
            ASSETS.values[0] = 5.0

    def test_holds_floats_whatever_it_was_given(self):
        whole = Figure(np.array([2, 4]), ("asset",), "1")

        assert (whole**-1).values.tolist() == [0.5, 0.25]

    @pytest.mark.parametrize(
        "use",
        [bool, lambda f: f and 1, lambda f: f == f + 0, lambda f: 1 < f < 2, float],
    )
    def test_has_no_truth_and_is_not_compared(self, use: Callable[[Figure], object]):
        with pytest.raises(FigureUseError):
            use(ASSETS if use is float else ASSETS * 1)

    def test_does_not_let_numpy_lose_the_trace(self):
        with pytest.raises(TypeError):
            np.exp(YEARS)
        with pytest.raises(TypeError):
            np.array([1.0, 2.0, 3.0]) * YEARS

    def test_is_one_number_only_without_axes(self):
        assert float(fig.total(ASSETS, over="asset")) == 30.0


class TestApply:
    def test_matches_axes_by_name(self):
        product = ASSETS * GRID * YEARS

        assert product.axes == ("asset", "year")
        assert np.array_equal(
            product.values, ASSETS.values[:, None] * GRID.values * YEARS.values[None, :]
        )

    @pytest.mark.parametrize("length", [1, 2])
    def test_refuses_lengths_that_differ_even_by_stretching(self, length: int):
        short = Figure(np.ones(length), ("year",), "1")

        with pytest.raises(AxesError):
            GRID + short

    def test_takes_plain_numbers_in_the_unit_they_stand_beside(self):
        assert fig.maximum(ASSETS, 15).values.tolist() == [15.0, 20.0]
        assert (ASSETS > 15).values.tolist() == [0.0, 1.0]
        with pytest.raises(UnitError):
            ASSETS + YEARS

    def test_takes_plain_numbers_alone(self):
        assert float(fig.minimum(2, 3)) == 2.0

    def test_keeps_the_trace_only_where_every_part_has_one(self):
        bare = Figure(np.array(2.0), (), "1")

        assert isinstance((ASSETS * 2).node, Step)
        assert (ASSETS * bare).node is None

    @pytest.mark.parametrize(
        ("made", "unit"),
        [
            (lambda: ASSETS * GRID, "CNY"),
            (lambda: ASSETS / ASSETS, "1"),
            (lambda: ASSETS * ASSETS, "CNY*CNY"),
            (lambda: 1 / ASSETS, "1/CNY"),
        ],
    )
    def test_names_the_unit_by_its_dimension(self, made: Callable[[], Figure], unit: str):
        assert dimension(made().unit) == made().dimension == dimension(unit)

    @pytest.mark.parametrize(
        ("made", "expected"),
        [
            (lambda: 2 - YEARS, [1.0, 0.0, -1.0]),
            (lambda: 6 / YEARS, [6.0, 3.0, 2.0]),
            (lambda: 2**YEARS, [2.0, 4.0, 8.0]),
            (lambda: -(YEARS**2), [-1.0, -4.0, -9.0]),
            (lambda: YEARS <= 2, [1.0, 1.0, 0.0]),
        ],
    )
    def test_keeps_the_order_of_the_operands(
        self, made: Callable[[], Figure], expected: list[float]
    ):
        assert made().values.tolist() == expected


class TestTotal:
    def test_takes_the_axis_away(self):
        found = fig.total(GRID, over="asset")

        assert (found.axes, found.values.tolist()) == (("year",), [3.0, 5.0, 7.0])

    def test_refuses_an_axis_that_is_not_there(self):
        with pytest.raises(AxesError):
            fig.total(ASSETS, over="year")


class TestHighest:
    def test_is_the_largest_along_the_axis(self):
        assert fig.highest(GRID, over="year").values.tolist() == [2.0, 5.0]

    def test_refuses_an_empty_axis(self):
        with pytest.raises(AxesError):
            fig.highest(Figure(np.zeros(0), ("year",), "1"), over="year")


class TestPrevious:
    def test_starts_with_the_first_value(self):
        assert fig.previous(YEARS, over="year", first=9).values.tolist() == [9.0, 1.0, 2.0]

    def test_takes_a_first_value_of_its_own_for_each_asset(self):
        first = Figure(np.array([7.0, 8.0]), ("asset",), "1")

        found = fig.previous(GRID, over="year", first=first)

        assert found.values.tolist() == [[7.0, 0.0, 1.0], [8.0, 3.0, 4.0]]

    @pytest.mark.parametrize("axes", [("year",), ("draw",)])
    def test_refuses_a_first_value_with_axes_of_its_own(self, axes: tuple[str, ...]):
        first = Figure(np.zeros(3), axes, "1")

        with pytest.raises(AxesError):
            fig.previous(GRID, over="year", first=first)

    def test_refuses_a_first_value_in_another_unit(self):
        with pytest.raises(UnitError):
            fig.previous(YEARS, over="year", first=fig.total(ASSETS, over="asset"))

    def test_of_an_empty_axis_is_empty(self):
        empty = Figure(np.zeros(0), ("year",), "1")

        assert fig.previous(empty, over="year").values.size == 0


class TestGather:
    def test_gives_each_right_its_assets_value(self):
        found = fig.gather(ASSETS, index=[1, 0, 1])

        assert (found.axes, found.values.tolist()) == (("right",), [20.0, 10.0, 20.0])

    @pytest.mark.parametrize("index", [[-1, 0], [0, 2]])
    def test_refuses_an_index_outside(self, index: list[int]):
        with pytest.raises(AxesError):
            fig.gather(ASSETS, index=index)


class TestTotalBy:
    def test_is_zero_for_an_asset_without_rights(self):
        found = fig.total_by(RIGHTS, index=[0, 0, 2], assets=3)

        assert found.values.tolist() == [3.0, 0.0, 4.0]

    @pytest.mark.parametrize("index", [[0, 0, -1], [0, 0, 3], [0, 0], [0, 0, 0, 0]])
    def test_refuses_an_index_that_does_not_fit(self, index: list[int]):
        with pytest.raises(AxesError):
            fig.total_by(RIGHTS, index=index, assets=3)

    def test_keeps_the_draws(self):
        drawn = Figure(np.ones((3, 5)), ("right", "draw"), "CNY")

        assert fig.total_by(drawn, index=[0, 1, 1], assets=2).values.shape == (2, 5)


class TestWhere:
    def test_chooses_element_by_element(self):
        assert fig.where(ASSETS > 15, 0, ASSETS).values.tolist() == [10.0, 0.0]

    def test_takes_plain_numbers_on_both_sides(self):
        assert fig.where(ASSETS > 15, 1, -1).values.tolist() == [-1.0, 1.0]

    def test_wants_one_dimension_on_both_sides(self):
        with pytest.raises(UnitError):
            fig.where(ASSETS > 15, ASSETS, YEARS)


class TestRatio:
    def test_is_zero_where_nothing_divides(self):
        nothing = ASSETS * Figure(np.array([0.0, 1.0]), ("asset",), "1")

        assert fig.ratio(ASSETS, nothing).values.tolist() == [0.0, 1.0]
