from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from zhirong.core.money import Money, Rounding, allocate, total

FEN = st.integers(-(10**14), 10**14)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any)


class TestAllocate:
    @given(FEN, WEIGHTS)
    def test_loses_no_fen_and_is_within_one_fen(self, fen: int, weights: list[int]) -> None:
        amount = Money.of_fen(fen)
        parts = allocate(amount, weights)
        assert total(parts) == amount
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part.fen - Fraction(fen * weight, sum(weights))) <= 1

    @given(st.integers(0, 10**14), WEIGHTS)
    def test_gives_nobody_less_than_nothing(self, fen: int, weights: list[int]) -> None:
        assert all(part.fen >= 0 for part in allocate(Money.of_fen(fen), weights))


class TestTimes:
    @given(FEN, st.fractions(-10, 10, max_denominator=10**6), st.sampled_from(Rounding))
    def test_is_within_a_fen_of_the_exact_product(
        self, fen: int, factor: Fraction, rounding: Rounding
    ) -> None:
        product = Money.of_fen(fen).times(factor, rounding=rounding)
        away = product.fen - fen * factor
        assert abs(away) < 1
        if rounding in (Rounding.HALF_UP, Rounding.HALF_EVEN):
            assert abs(away) <= Fraction(1, 2)
        if rounding is Rounding.CEILING:
            assert away >= 0
        if rounding is Rounding.TRUNCATE:
            assert abs(product.fen) <= abs(fen * factor)

    @given(st.decimals(-1000, 1000, places=7), st.sampled_from(Rounding))
    def test_rounds_decimals_and_fractions_alike(self, x: Decimal, rounding: Rounding) -> None:
        by_decimal = Money.rounded(x, rounding=rounding)
        assert by_decimal == Money.rounded(Fraction(x), rounding=rounding)
