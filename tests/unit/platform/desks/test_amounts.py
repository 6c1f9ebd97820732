"""Amounts in words: capitals of bills, and what is typed said again."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import House
from tests.unit.platform.desks.clients import browser
from zhirong.core.money import Money
from zhirong.platform.desks.amounts import echo, in_capitals

WAN = Decimal(10_000)


class TestInCapitals:
    @pytest.mark.parametrize(
        ("yuan", "words"),
        [
            ("0", "零元整"),
            ("0.05", "伍分"),
            ("0.50", "伍角"),
            ("1409.50", "壹仟肆佰零玖元伍角"),
            ("6007.14", "陆仟零柒元壹角肆分"),
            ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
            ("107000.53", "壹拾万柒仟元伍角叁分"),
            ("325.04", "叁佰贰拾伍元零肆分"),
            ("5000000", "伍佰万元整"),
            ("100000000.01", "壹亿元零壹分"),
            ("1000050000", "壹拾亿零伍万元整"),
        ],
    )
    def test_writes_as_bills_do(self, yuan: str, words: str) -> None:
        assert in_capitals(Money(Decimal(yuan))) == words

    @given(st.integers(1, 10**14 - 2))
    def test_gives_each_amount_words_of_its_own(self, fen: int) -> None:
        words = in_capitals(Money.of_fen(fen))
        assert words != in_capitals(Money.of_fen(fen + 1))
        assert "零零" not in words


class TestEcho:
    def test_says_ten_thousands_in_yuan(self) -> None:
        assert echo("500", unit=WAN) == "伍佰万元整 5,000,000.00 元"

    @pytest.mark.parametrize("typed", ["", "0", "-1", "abc", "1e400", "0.0000001", "NaN"])
    def test_says_nothing_of_what_is_no_amount(self, typed: str) -> None:
        assert echo(typed, unit=WAN) == ""

    @pytest.mark.django_db
    def test_is_asked_by_the_page_while_one_types(self, house: House) -> None:
        answer = browser(house.firm).get("/amount/", {"unit": "wan", "amount": "1.5"})
        assert "壹万伍仟元整" in answer.content.decode()
