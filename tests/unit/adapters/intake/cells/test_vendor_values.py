"""What vendors write into a cell: scores, ratings, money in any currency."""

from decimal import Decimal
from typing import Any

import pytest

from zhirong.adapters.intake.cells import vendor_values
from zhirong.adapters.intake.cells.outcome import Bad, Cell
from zhirong.adapters.intake.cells.vendor_values import VendorValue


def read(raw: Any, kind: str = "score", unit: str = "", scale: str = "") -> VendorValue:
    found = vendor_values.read(Cell(raw=raw, unit=unit), kind=kind, scale=scale)
    assert isinstance(found, VendorValue), found
    return found


class TestScore:
    @pytest.mark.parametrize(
        ("raw", "score", "scale"),
        [
            ("8", "8", "1-10"),
            (8.0, "8", "1-10"),
            ("8分", "8", "1-10"),
            ("8/10", "8", "0-10"),
            ("４.５ / ５", "4.5", "0-5"),
            ("★★★", "3", None),
            ("★★★☆☆", "3", "0-5"),
            ("89.8%", "89.8", "0-100"),
            (82, "82", None),  # outside of the published scale: another scale, not told
        ],
    )
    def test_keeps_the_score_with_its_scale(self, raw: Any, score: str, scale: str | None) -> None:
        found = read(raw, scale="1-10")

        assert (found.score, found.scale) == (Decimal(score), scale)
        assert found.amount is None
        assert not found.is_money

    def test_states_no_scale_where_nobody_does(self) -> None:
        assert read("8").scale is None

    @pytest.mark.parametrize("raw", ["AA", "B+", "高", "较低"])
    def test_keeps_a_rating_as_written_without_a_number(self, raw: str) -> None:
        found = read(raw)

        assert (found.written, found.score, found.scale) == (raw, None, None)

    @pytest.mark.parametrize("raw", ["一种阀门", "-3", True, "x" * 200, "12/a", "8 apples"])
    def test_refuses_what_is_no_score(self, raw: Any) -> None:
        found = vendor_values.read(Cell(raw=raw), kind="score")

        assert isinstance(found, Bad)


class TestMoney:
    @pytest.mark.parametrize(
        ("raw", "unit", "amount", "currency"),
        [
            ("￥350,000", "", "350000", "CNY"),
            ("35万元", "", "350000", "CNY"),
            ("人民币 35 万", "", "350000", "CNY"),
            (35, "万元", "350000", "CNY"),
            ("$12,000", "", "12000", "USD"),
            ("US$ 1.2 million", "", "1200000", "USD"),
            ("12.5万美元", "", "125000", "USD"),
            (12000, "美元", "12000", "USD"),
            ("1.2", "万美元", "12000", "USD"),
            (12000.0, "usd", "12000", "USD"),
            ("€ 900", "", "900", "EUR"),
            ("HK$ 900", "", "900", "HKD"),
        ],
    )
    def test_keeps_the_amount_in_its_currency(
        self, raw: Any, unit: str, amount: str, currency: str
    ) -> None:
        found = read(raw, kind="either", unit=unit)

        assert (found.amount, found.currency) == (Decimal(amount), currency)
        assert found.score is None

    def test_gives_no_amount_where_nobody_states_the_currency(self) -> None:
        found = read("35万", kind="either")

        assert found.is_money
        assert (found.amount, found.currency, found.written) == (None, None, "35万")

    def test_takes_a_bare_number_for_a_score_without_scale(self) -> None:
        found = read("35", kind="either")

        assert (found.score, found.scale, found.is_money) == (Decimal(35), None, False)

    def test_reads_no_money_where_the_heading_says_score(self) -> None:
        found = vendor_values.read(Cell(raw="35万元"), kind="score")

        assert isinstance(found, Bad)
