from datetime import date, timedelta
from decimal import Decimal

import pytest

from zhirong.core.cashflows import CashFlow, interest, net_by_date, within
from zhirong.core.daycounts import DayCount
from zhirong.core.money import CurrencyMismatchError, Money, Rounding
from zhirong.core.periods import Period

START = date(2024, 11, 27)


def flow(day: int, amount: str, currency: str = "CNY") -> CashFlow:
    return CashFlow(date(2024, 1, day), Money(Decimal(amount), currency))


class TestNetByDate:
    def test_gives_one_flow_a_day_in_order(self) -> None:
        flows = [flow(3, "5"), flow(1, "-10"), flow(3, "-2"), flow(2, "1"), flow(2, "-1")]
        assert net_by_date(flows) == (flow(1, "-10"), flow(3, "3"))

    def test_refuses_two_currencies_on_a_day(self) -> None:
        with pytest.raises(CurrencyMismatchError):
            net_by_date([flow(1, "1"), flow(1, "1", "USD")])


class TestWithin:
    def test_takes_the_start_and_leaves_the_end(self) -> None:
        flows = [flow(1, "1"), flow(2, "2"), flow(3, "3")]
        assert within(flows, Period(date(2024, 1, 1), date(2024, 1, 3))) == tuple(flows[:2])


class TestInterest:
    @pytest.mark.parametrize(
        ("principal", "rate", "days", "day_count", "expected"),
        [
            ("5000000", "0.0385", 91, DayCount.ACT_360, "48659.72"),
            ("5000000", "0.0385", 91, DayCount.ACT_365, "47993.15"),
            ("131000000", "0.024", 181, DayCount.ACT_365, "1559079.45"),
        ],
    )
    def test_meets_the_published_amounts(
        self, principal: str, rate: str, days: int, day_count: DayCount, expected: str
    ) -> None:
        amount = interest(
            Money(Decimal(principal)),
            rate=Decimal(rate),
            period=Period(START, START + timedelta(days=days)),
            day_count=day_count,
            rounding=Rounding.HALF_UP,
        )
        assert amount == Money(Decimal(expected))
