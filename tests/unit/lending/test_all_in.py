"""The all-in cost of a loan: the yearly rate at which its payments are worth the pay-out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from zhirong.core.money import Money
from zhirong.lending.all_in import CostError, yearly_cost

DAY = date(2026, 1, 1)


def yuan(text: str) -> Money:
    return Money(Decimal(text))


class TestYearlyCost:
    def test_is_the_rate_of_one_payment_after_a_year(self) -> None:
        paid = [(DAY + timedelta(days=365), yuan("103.85"))]
        assert yearly_cost(yuan("100"), on=DAY, payments=paid) == Decimal("0.038500")

    def test_rises_with_payments_that_come_earlier(self) -> None:
        quarters = [(DAY + timedelta(days=91 * n), yuan("1")) for n in (1, 2, 3)]
        paid = [*quarters, (DAY + timedelta(days=365), yuan("101"))]
        found = yearly_cost(yuan("100"), on=DAY, payments=paid)
        # By hand: (1 + 1 %) to the fourth, less one, is 4.0604 %; 91 days are a little earlier.
        assert Decimal("0.0406") < found < Decimal("0.0408")

    def test_counts_fees_paid_on_the_first_day(self) -> None:
        paid = [(DAY, yuan("2")), (DAY + timedelta(days=365), yuan("104"))]
        # 98 come in, 104 go out.
        assert yearly_cost(yuan("100"), on=DAY, payments=paid) == Decimal("0.061224")

    def test_is_nothing_where_nothing_is_paid_for(self) -> None:
        paid = [(DAY + timedelta(days=365), yuan("100"))]
        assert yearly_cost(yuan("100"), on=DAY, payments=paid) == 0

    @pytest.mark.parametrize(
        "paid", [[(DAY + timedelta(days=1), yuan("99"))], [(DAY - timedelta(days=1), yuan("200"))]]
    )
    def test_refuses_what_has_no_rate(self, paid: list[tuple[date, Money]]) -> None:
        with pytest.raises(CostError):
            yearly_cost(yuan("100"), on=DAY, payments=paid)
