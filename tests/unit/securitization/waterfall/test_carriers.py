"""Whole fen on both carriers, beyond what a float64 product can hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhirong.securitization.plan.conventions import Rounding
from zhirong.securitization.waterfall.carriers import ManyPaths, OnePath, Sharing

AMOUNTS = st.integers(0, 2**49)
BOTH = [(OnePath(rounding), ManyPaths(rounding)) for rounding in Rounding]


class TestScaled:
    @given(amount=AMOUNTS, numerator=st.integers(0, 10**9), denominator=st.integers(1, 10**9))
    def test_rounds_as_exact_arithmetic(
        self, amount: int, numerator: int, denominator: int
    ) -> None:
        if amount * numerator // denominator >= 2**52:
            return
        for one, many in BOTH:
            exact = one.scaled(amount, (numerator, denominator))
            assert many.scaled(np.array([float(amount)]), (numerator, denominator))[0] == exact

    @pytest.mark.parametrize(("amount", "halves"), [(1, 1), (3, 2), (5, 3), (2**51 + 1, 2**50 + 1)])
    def test_rounds_a_tie_up(self, amount: int, halves: int) -> None:
        for carrier in BOTH[0]:
            assert carrier.scaled(amount, (1, 2)) == halves

    def test_cuts_where_the_plan_cuts(self) -> None:
        for carrier in BOTH[1]:
            assert carrier.scaled(199, (1, 100)) == 1


class TestPart:
    @given(amount=AMOUNTS, whole=AMOUNTS, data=st.data())
    def test_divides_products_beyond_two_to_the_53_exactly(
        self, amount: int, whole: int, data: st.DataObject
    ) -> None:
        share = data.draw(st.integers(0, whole))
        for one, many in BOTH:
            found = many.part(np.array([float(amount)]), np.array([float(share)]), float(whole))
            assert found[0] == one.part(amount, share, whole)


class TestExceeds:
    @given(first=AMOUNTS, second=AMOUNTS, level=st.integers(1, 10_000))
    def test_compares_exactly(self, first: int, second: int, level: int) -> None:
        one, many = BOTH[0]
        ratio = (level, 10_000)
        arrays = np.array([float(first)]), np.array([float(second)])

        assert many.exceeds(arrays[0], ratio, arrays[1])[0] == one.exceeds(first, ratio, second)

    def test_is_not_fooled_by_a_tie(self) -> None:
        one, many = BOTH[0]
        large = 2**49

        assert not one.exceeds(large * 11, (11, 10), large * 10)
        assert not many.exceeds(np.array([large * 11.0]), (11, 10), np.array([large * 10.0]))[0]
        assert many.exceeds(np.array([large * 11.0 + 1]), (11, 10), np.array([large * 10.0]))[0]


class TestSharing:
    @given(
        dues=st.lists(st.integers(0, 10**12), min_size=1, max_size=6),
        part=st.integers(0, 10**6),
        to_first=st.booleans(),
    )
    def test_loses_nothing_and_overpays_nobody(
        self, dues: list[int], part: int, *, to_first: bool
    ) -> None:
        total = sum(dues)
        paid = total * part // 10**6
        for one, many in BOTH:
            cut_one, cut_many = OnePath(Rounding.TRUNCATE), ManyPaths(Rounding.TRUNCATE)
            parts = Sharing(one, to_first, cut_one).over(dues, total, paid)
            arrays = [np.array([float(due)]) for due in dues]
            together = Sharing(many, to_first, cut_many).over(
                arrays, np.array([float(total)]), np.array([float(paid)])
            )

            assert sum(parts) == paid
            assert all(0 <= got <= due for got, due in zip(parts, dues, strict=True))
            assert [float(each[0]) for each in together] == parts or list(parts) == [
                int(each[0]) for each in together
            ]

    def test_gives_the_fen_left_over_by_the_word_of_the_plan(self) -> None:
        one = OnePath(Rounding.HALF_UP)
        cut = OnePath(Rounding.TRUNCATE)

        assert list(Sharing(one, remainder_to_first=False, cut=cut).over([1, 1, 1], 3, 2)) == [
            1,
            0,
            1,
        ]
        assert list(Sharing(one, remainder_to_first=True, cut=cut).over([1, 1, 1], 3, 2)) == [
            1,
            1,
            0,
        ]
