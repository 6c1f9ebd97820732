"""Tests of units and dimensions."""

import pytest

from zhirong.core.units import NUMBER, PURE, Dimension, UnitError, dimension


class TestDimension:
    @pytest.mark.parametrize("unit", sorted(PURE))
    def test_is_pure_for_all_that_only_counts(self, unit: str):
        assert dimension(unit).is_pure

    @pytest.mark.parametrize("unit", ["CNY", "CNY/year", "year*CNY", "CNY / 1", "CNY*USD/USD"])
    def test_is_that_of_the_currency(self, unit: str):
        assert dimension(unit).powers == (("CNY", 1.0),)

    @pytest.mark.parametrize(
        "unit", ["", "yuan", "CNY CNY", "CNY*", "/CNY", "CNY//year", "cny", "CNY/year^2"]
    )
    def test_refuses_what_is_not_in_the_register(self, unit: str):
        with pytest.raises(UnitError):
            dimension(unit)

    def test_divides_only_by_the_symbol_behind_the_stroke(self):
        assert dimension("CNY/USD*USD").powers == (("CNY", 1.0),)


class TestTimes:
    def test_cancels_to_a_pure_number(self):
        assert dimension("CNY").times(dimension("CNY"), -1) == NUMBER

    def test_keeps_the_currencies_in_one_order(self):
        cny, usd = dimension("CNY"), dimension("USD")

        assert cny.times(usd) == usd.times(cny)


class TestRaised:
    def test_to_zero_is_a_pure_number(self):
        assert dimension("CNY").raised(0) == NUMBER

    def test_to_a_half_and_squared_is_itself(self):
        half = dimension("CNY").raised(0.5)

        assert half.times(half) == dimension("CNY")


class TestUnit:
    @pytest.mark.parametrize("unit", ["1", "CNY", "CNY*CNY", "CNY/USD", "1/CNY", "1/CNY/CNY"])
    def test_has_the_dimension_it_was_made_from(self, unit: str):
        assert dimension(dimension(unit).unit) == dimension(unit)

    def test_of_half_a_currency_stays_within_formulas(self):
        with pytest.raises(UnitError):
            dimension(Dimension((("CNY", 0.5),)).unit)
