from decimal import Decimal
from fractions import Fraction

import pytest

from zhirong.core.money import (
    AllocationError,
    CurrencyMismatchError,
    Money,
    NotWholeFenError,
    Rounding,
    allocate,
    total,
)


def cny(text: str) -> Money:
    return Money(Decimal(text))


class TestMoney:
    def test_refuses_a_part_of_a_fen(self) -> None:
        with pytest.raises(NotWholeFenError):
            cny("0.005")

    @pytest.mark.parametrize("text", ["NaN", "Infinity", "1E+60"])
    def test_refuses_what_is_no_sum_of_money(self, text: str) -> None:
        with pytest.raises(NotWholeFenError):
            cny(text)

    def test_has_one_zero_and_one_spelling(self) -> None:
        assert str(cny("-0").amount) == "0.00"
        assert hash(cny("1.5")) == hash(cny("1.50"))

    def test_adds_and_subtracts(self) -> None:
        assert cny("1.10") + cny("2.20") - cny("3.31") == cny("-0.01")

    def test_compares_within_a_currency_only(self) -> None:
        assert cny("1") < cny("2") <= cny("2") < cny("3")
        assert cny("3") > cny("2") >= cny("2")
        with pytest.raises(CurrencyMismatchError):
            assert cny("1") < Money(Decimal(2), "USD")

    def test_refuses_to_add_two_currencies(self) -> None:
        with pytest.raises(CurrencyMismatchError):
            _ = cny("1") + Money(Decimal(1), "USD")

    def test_counts_fen(self) -> None:
        assert cny("-12.05").fen == -1_205
        assert Money.of_fen(-1_205) == cny("-12.05")


class TestTimes:
    @pytest.mark.parametrize(
        ("rounding", "expected"),
        [
            (Rounding.HALF_UP, ("0.01", "-0.01")),
            (Rounding.HALF_EVEN, ("0.00", "0.00")),
            (Rounding.TRUNCATE, ("0.00", "0.00")),
            (Rounding.CEILING, ("0.01", "0.00")),
        ],
    )
    @pytest.mark.parametrize("half", [Decimal("0.5"), Fraction(1, 2)])
    def test_rounds_half_a_fen_as_named(
        self, rounding: Rounding, expected: tuple[str, str], half: Decimal | Fraction
    ) -> None:
        assert cny("0.01").times(half, rounding=rounding) == cny(expected[0])
        assert cny("-0.01").times(half, rounding=rounding) == cny(expected[1])

    def test_divides_exactly_before_it_rounds(self) -> None:
        assert cny("0.10").times(Fraction(1, 3), rounding=Rounding.HALF_UP) == cny("0.03")
        assert cny("0.20").times(Fraction(1, 3), rounding=Rounding.HALF_UP) == cny("0.07")


class TestTotal:
    def test_is_zero_of_nothing(self) -> None:
        assert total([], "USD") == Money(Decimal(0), "USD")

    def test_sums(self) -> None:
        assert total([cny("1"), cny("2.5")]) == cny("3.5")


class TestAllocate:
    def test_gives_parts_in_proportion(self) -> None:
        parts = allocate(cny("100"), [Decimal("0.2"), Decimal("0.3"), Decimal("0.5")])
        assert parts == (cny("20"), cny("30"), cny("50"))

    def test_gives_nothing_to_a_weight_of_zero(self) -> None:
        assert allocate(cny("0.01"), [0, 1, 0]) == (cny("0"), cny("0.01"), cny("0"))

    @pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
    def test_refuses_weights_that_say_nothing(self, weights: list[int]) -> None:
        with pytest.raises(AllocationError):
            allocate(cny("1"), weights)
