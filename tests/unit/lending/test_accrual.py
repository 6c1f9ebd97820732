from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.loans import START, fixed, rule, yuan
from zhirong.core.daycounts import DayCount
from zhirong.core.money import Rounding
from zhirong.core.periods import Period
from zhirong.core.rolling import Roll
from zhirong.lending import accrual
from zhirong.lending.accrual import (
    Arrears,
    Balance,
    BalanceError,
    CompoundRate,
    Counting,
    PenaltyMarginError,
    PenaltyTerms,
)
from zhirong.lending.rates import RatePath, RateStep
from zhirong.parameters.reader import Parameters

BANK = Counting(day_count=DayCount.ACT_360, rounding=Rounding.HALF_UP)
QUARTER = Period(date(2024, 1, 1), date(2024, 4, 1))


def terms(**changes: Any) -> PenaltyTerms:
    given: dict[str, Any] = {
        "overdue_margin": Decimal("0.5"),
        "misuse_margin": Decimal(1),
        "compound": CompoundRate.PENALTY,
    }
    return PenaltyTerms(**(given | changes))


def arrears(**changes: Any) -> Arrears:
    given: dict[str, Any] = {
        "due_on": START,
        "principal": yuan(1_000_000),
        "interest": yuan(10_000),
    }
    return Arrears(**(given | changes))


def charged(item: Arrears, agreed: PenaltyTerms, *, days: int = 30) -> tuple[Decimal, Decimal]:
    period = Period(START, date.fromordinal(START.toordinal() + days))
    found = accrual.charges([item], terms=agreed, path=fixed(), period=period, counting=BANK)
    return found.penalty.amount, found.compound.amount


class TestInterest:
    @pytest.mark.parametrize(
        ("day_count", "expected"),
        [
            (DayCount.ACT_360, "48659.72"),
            (DayCount.ACT_365, "47993.15"),
            (DayCount.THIRTY_360, "48125.00"),
        ],
    )
    def test_of_the_published_quarter(self, day_count: DayCount, expected: str) -> None:
        found = accrual.interest(
            [Balance(START, yuan(5_000_000))],
            path=fixed("0.0385"),
            period=QUARTER,
            counting=Counting(day_count=day_count, rounding=Rounding.HALF_UP),
        )

        assert found == yuan(expected)

    def test_follows_the_balance_from_the_day_it_changes(self) -> None:
        balances = [Balance(START, yuan(360_000)), Balance(date(2024, 1, 11), yuan(180_000))]
        found = accrual.interest(
            balances, path=fixed("0.10"), period=Period(START, date(2024, 1, 21)), counting=BANK
        )

        assert found == yuan(1_500)

    def test_rounds_once_over_many_days(self) -> None:
        """A cent of ten days each would lose half a fen a day if each day were rounded."""
        balances = [Balance(date(2024, 1, day), yuan(day)) for day in range(1, 11)]
        period = Period(START, date(2024, 1, 11))
        found = accrual.interest(balances, path=fixed("0.18"), period=period, counting=BANK)

        assert found == yuan("0.03")

    @pytest.mark.parametrize(
        "balances",
        [
            [],
            [Balance(date(2024, 1, 2), yuan(1))],
            [Balance(START, yuan(1)), Balance(START, yuan(2))],
        ],
    )
    def test_needs_balances_in_order_from_the_first_day(self, balances: list[Balance]) -> None:
        with pytest.raises(BalanceError):
            accrual.interest(balances, path=fixed(), period=QUARTER, counting=BANK)


class TestSettlementPeriods:
    def test_run_through_the_20th_and_pay_on_the_21st(self) -> None:
        term = Period(date(2024, 2, 5), date(2024, 11, 1))
        periods = accrual.settlement_periods(
            term, every_months=3, rule=rule(roll=Roll.FOLLOWING), parameters=Parameters()
        )

        assert [due.end for due in periods] == [
            date(2024, 3, 21),
            date(2024, 6, 21),
            date(2024, 9, 21),
            date(2024, 11, 1),
        ]
        assert periods[2].due_on == date(2024, 9, 23)


class TestChecked:
    def test_lets_the_published_ranges_pass(self) -> None:
        agreed = terms(overdue_margin=Decimal("0.3"))

        assert accrual.checked(agreed, on=START, parameters=Parameters()) is agreed

    @pytest.mark.parametrize(
        "changes",
        [
            {"overdue_margin": Decimal("0.29")},
            {"overdue_margin": Decimal("0.51")},
            {"misuse_margin": Decimal("0.49")},
            {"misuse_margin": Decimal("1.01")},
        ],
    )
    def test_refuses_what_is_outside(self, changes: dict[str, Decimal]) -> None:
        with pytest.raises(PenaltyMarginError):
            accrual.checked(terms(**changes), on=START, parameters=Parameters())


class TestCharges:
    def test_put_the_penalty_rate_in_place_of_the_contract_rate(self) -> None:
        assert charged(arrears(), terms()) == (Decimal("4500.00"), Decimal("45.00"))

    def test_compound_only_as_agreed(self) -> None:
        assert charged(arrears(), terms(compound=CompoundRate.CONTRACT))[1] == Decimal("30.00")
        assert charged(arrears(), terms(compound=CompoundRate.NONE))[1] == Decimal("0.00")

    def test_begin_on_the_due_date(self) -> None:
        assert charged(arrears(due_on=date(2024, 1, 21)), terms())[0] == Decimal("1500.00")
        assert charged(arrears(due_on=date(2024, 1, 31)), terms()) == (Decimal(0), Decimal(0))

    def test_take_the_heavier_where_overdue_and_misused(self) -> None:
        assert charged(arrears(is_misused=True), terms())[0] == Decimal("6000.00")

    def test_bear_on_misused_money_before_it_is_due(self) -> None:
        item = arrears(due_on=date(2024, 1, 21), is_misused=True)

        assert charged(item, terms(misuse_margin=Decimal("0.5"))) == (
            Decimal("4500.00"),
            Decimal("20.00") - Decimal("5.00"),
        )

    def test_follow_a_rate_that_is_repriced(self) -> None:
        path = RatePath(
            (RateStep(START, Decimal("0.036")), RateStep(date(2024, 1, 16), Decimal("0.024")))
        )
        found = accrual.charges(
            [arrears()],
            terms=terms(),
            path=path,
            period=Period(START, date(2024, 1, 31)),
            counting=BANK,
        )

        assert found.penalty == yuan(3_750)

    def test_of_each_sum_to_those_of_all(self) -> None:
        days = (
            START,
            date.fromordinal(START.toordinal() + 3),
            date.fromordinal(START.toordinal() + 9),
        )
        amounts = ("333.33", "100.07", "71.01")
        items = [
            arrears(due_on=day, interest=yuan(amount))
            for day, amount in zip(days, amounts, strict=True)
        ]
        given: dict[str, Any] = {
            "terms": terms(),
            "path": fixed(),
            "period": Period(START, date.fromordinal(START.toordinal() + 31)),
            "counting": BANK,
        }
        whole, parts = accrual.charges(items, **given), accrual.charges_of_each(items, **given)

        assert sum(part.penalty.fen for part in parts) == whole.penalty.fen
        assert sum(part.compound.fen for part in parts) == whole.compound.fen
        assert parts[0].penalty > parts[1].penalty > parts[2].penalty > yuan(0)

    def test_of_each_are_nothing_before_the_due_date(self) -> None:
        item = arrears(due_on=date.fromordinal(START.toordinal() + 60))
        period = Period(START, date.fromordinal(START.toordinal() + 30))

        (part,) = accrual.charges_of_each(
            [item], terms=terms(), path=fixed(), period=period, counting=BANK
        )

        assert (part.penalty, part.compound) == (yuan(0), yuan(0))

    def test_of_nothing_are_nothing(self) -> None:
        found = accrual.charges([], terms=terms(), path=fixed(), period=QUARTER, counting=BANK)

        assert (found.penalty, found.compound) == (yuan(0), yuan(0))
