"""Tests of the table of operations: what numpy does, what each row promises."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest

from zhirong.core.operations import TABLE, operated, round_half_away
from zhirong.core.units import NUMBER, UnitError, dimension

CNY = dimension("CNY")


class TestRoundHalfAway:
    @pytest.mark.parametrize(
        "amount", ["0.005", "1.005", "2.675", "-1.005", "0.015", "123456.785", "0.004999", "1e9"]
    )
    def test_rounds_as_decimals_do(self, amount: str):
        exact = Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

        assert round_half_away(np.array(float(amount))) == float(exact)

    @pytest.mark.parametrize("amount", [5e12, 9e12, 1e13 + 0.25, 2.0**52 / 100, 4.5e13 + 1])
    def test_adds_no_fen_to_a_large_whole_amount(self, amount: float):
        whole = round(amount, 2)

        assert round_half_away(np.array(whole)) == whole

    def test_leaves_a_rounded_amount_alone(self):
        amounts = round_half_away(np.random.default_rng(3).normal(0, 1e7, 10_000))

        assert np.array_equal(round_half_away(amounts), amounts)

    def test_passes_what_is_not_finite(self):
        assert np.isposinf(round_half_away(np.array(np.inf)))


class TestTable:
    def test_names_each_row_as_its_key(self):
        assert all(name == row.name for name, row in TABLE.items())

    @pytest.mark.parametrize("name", sorted(TABLE))
    def test_reads_as_many_arguments_in_each_language(self, name: str):
        row = TABLE[name]

        if row.excel:
            assert ("{1}" in row.excel) == ("{1}" in row.reading)
        assert "{0}" in row.reading

    @pytest.mark.parametrize("name", ["add", "subtract", "minimum", "maximum", "less"])
    def test_wants_one_dimension_on_both_sides(self, name: str):
        with pytest.raises(UnitError):
            TABLE[name].unit((CNY, NUMBER))

    @pytest.mark.parametrize("name", ["power", "exp", "log", "running_product", "normal_cdf"])
    def test_wants_pure_numbers(self, name: str):
        with pytest.raises(UnitError):
            TABLE[name].unit((CNY,))

    def test_makes_truth_of_a_comparison_a_number(self):
        row = TABLE["less"]

        assert row.unit((CNY, CNY)) == NUMBER
        assert row.apply(np.array([1.0, 2.0]), 2.0).tolist() == [1.0, 0.0]


class TestRatio:
    def test_is_zero_where_the_divisor_is_zero(self):
        ratio = TABLE["ratio"].apply(np.array([1.0, 2.0]), np.array([0.0, 4.0]))

        assert ratio.tolist() == [0.0, 0.5]


class TestLog:
    def test_is_minus_infinity_at_zero_without_a_warning(self):
        assert np.isneginf(TABLE["log"].apply(np.array(0.0)))


class TestPower:
    @pytest.mark.parametrize("rights", [10, 3_000])
    def test_is_the_same_for_few_bases_and_many(self, rights: int):
        base = np.random.default_rng(5).uniform(0.5, 1.5, (rights, 1))
        exponent = -(np.arange(20.0) + 0.5)[None, :]

        found = TABLE["power"].apply(base, exponent)

        assert np.allclose(found, np.power(base, exponent), rtol=1e-14, atol=0)

    @pytest.mark.parametrize("first", [0.0, 1.0, -0.5, -19.0, 0.3])
    @pytest.mark.parametrize("sign", [1.0, -1.0])
    def test_goes_on_from_year_to_year(self, first: float, sign: float):
        base = np.random.default_rng(6).uniform(0.7, 1.4, (1, 20, 256))
        exponent = (first + sign * np.arange(20.0))[:, None, None]

        found = TABLE["power"].apply(base, exponent)

        assert found.shape == (20, 20, 256)
        assert np.allclose(found, np.power(base, exponent), rtol=1e-14, atol=0)

    @pytest.mark.parametrize("exponents", [[0.5, 1.5, 3.5], [2.0, 2.0, 2.0], [1.0, 2.0, 1.0]])
    def test_takes_exponents_as_they_come(self, exponents: list[float]):
        base = np.random.default_rng(6).uniform(0.7, 1.4, (1, 20, 256))
        exponent = np.array(exponents)[:, None, None]

        found = TABLE["power"].apply(base, exponent)

        assert np.allclose(found, np.power(base, exponent), rtol=1e-14, atol=0)

    def test_of_zero_and_below_is_that_of_numpy(self):
        base = np.tile([[0.0], [-2.0], [3.0]], (1_000, 1))

        found = TABLE["power"].apply(base, np.array([[2.0, 3.0]]))

        assert found[:3].tolist() == [[0.0, 0.0], [4.0, -8.0], [9.0, 27.0]]


class TestRunning:
    @pytest.mark.parametrize("shape", [(7,), (3, 7), (3, 7, 5), (3, 0, 5), (3, 1, 5)])
    @pytest.mark.parametrize("name", ["running_product", "running_total"])
    def test_has_the_bits_of_numpy(self, name: str, shape: tuple[int, ...]):
        values = np.random.default_rng(7).normal(1, 0.3, shape)
        axis = min(1, len(shape) - 1)
        numpys = {"running_product": np.cumprod, "running_total": np.cumsum}[name]

        found = TABLE[name].apply(values, axis=axis)

        assert np.array_equal(found, numpys(values, axis=axis))


class TestOperated:
    @pytest.mark.parametrize(
        ("axes", "left", "right"),
        [
            (("asset", "year", "draw"), (3, 4, 5), (3, 1, 5)),
            (("asset", "year", "draw"), (3, 1, 5), (1, 4, 1)),
            (("asset", "right", "year", "draw"), (3, 2, 4, 5), (1, 2, 4, 1)),
            (("year", "draw"), (4, 5), (1, 5)),
            (("asset", "year"), (3, 4), (3, 1)),
        ],
    )
    def test_gives_what_numpy_gives(
        self, axes: tuple[str, ...], left: tuple[int, ...], right: tuple[int, ...]
    ):
        generator = np.random.default_rng(8)
        one, other = generator.normal(size=left), generator.normal(size=right)

        assert np.array_equal(operated("subtract", [one, other], axes), one - other)

    def test_lays_the_draws_of_a_year_together(self):
        drawn, years = np.ones((3, 1, 5)), np.arange(4.0)[None, :, None]

        found = operated("multiply", [drawn, years], ("asset", "year", "draw"))

        assert found.shape == (3, 4, 5)
        assert found.transpose(1, 0, 2).flags.c_contiguous
