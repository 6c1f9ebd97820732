from datetime import date
from decimal import Decimal

import pytest

from zhirong.core.money import Money
from zhirong.lending.policy import LimitSheet, limit_sheet
from zhirong.parameters.reader import Parameters

ON = date(2026, 7, 6)


def yuan(text: str) -> Money:
    return Money(Decimal(text))


def sheet(asked: str, covered: str, product_max: str | None = None) -> LimitSheet:
    return limit_sheet(
        yuan(asked),
        covered_max=yuan(covered),
        product_max=None if product_max is None else yuan(product_max),
        on=ON,
        parameters=Parameters(),
    )


class TestLimitSheet:
    @pytest.mark.parametrize(
        ("asked", "covered", "limit", "uncovered"),
        [
            ("5000000", "6000000", "5000000", "0"),  # fully covered
            ("5000000", "3600000", "5000000", "1400000"),  # partly: the rest within the share
            ("5000000", "1000000", "2500000", "1500000"),  # the share of 60 % holds it
            ("90000000", "20000000", "30000000", "10000000"),  # the amount holds it
            ("5000000", "0", "0", "0"),
        ],
    )
    def test_says_of_every_yuan_by_what_it_stands(
        self, asked: str, covered: str, limit: str, uncovered: str
    ) -> None:
        found = sheet(asked, covered)

        assert (found.limit, found.uncovered) == (yuan(limit), yuan(uncovered))
        assert found.covered + found.uncovered == found.limit

    def test_is_held_by_the_product(self) -> None:
        found = sheet("40000000", "60000000", product_max="30000000")

        assert found.limit == yuan("30000000")
        assert found.reasons[0].code == "lending.sheet.product_holds"

    def test_asks_for_a_second_approval_above_the_limit_of_one(self) -> None:
        assert not sheet("3000000", "6000000").needs_second
        assert sheet("3000000.01", "6000000").needs_second

    def test_asks_for_a_second_approval_where_much_is_uncovered(self) -> None:
        assert not sheet("2900000", "1200000").needs_second  # 1.7 m uncovered
        assert sheet("5500000", "3400000").needs_second  # 2.1 m uncovered
