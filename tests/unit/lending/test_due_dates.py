from datetime import date

import pytest

from tests.loans import rule
from zhirong.core.periods import Period
from zhirong.core.rolling import Roll
from zhirong.lending.due_dates import DueDateError, due_periods, rolled

NATIONAL_DAY = date(2024, 10, 1)
SATURDAY_AT_MONTH_END = date(2024, 8, 31)


class TestRolled:
    @pytest.mark.parametrize(
        ("roll", "day", "expected"),
        [
            (Roll.NONE, NATIONAL_DAY, NATIONAL_DAY),
            (Roll.FOLLOWING, NATIONAL_DAY, date(2024, 10, 8)),
            (Roll.PRECEDING, NATIONAL_DAY, date(2024, 9, 30)),
            (Roll.MODIFIED_FOLLOWING, NATIONAL_DAY, date(2024, 10, 8)),
            (Roll.MODIFIED_FOLLOWING, SATURDAY_AT_MONTH_END, date(2024, 8, 30)),
            (Roll.FOLLOWING, date(2024, 10, 12), date(2024, 10, 12)),
        ],
    )
    def test_goes_where_the_contract_says(self, roll: Roll, day: date, expected: date) -> None:
        assert rolled(day, rule(roll=roll)) == expected


class TestDuePeriods:
    def test_end_on_corresponding_days_and_keep_the_31st(self) -> None:
        periods = due_periods(
            Period(date(2024, 1, 31), date(2024, 4, 30)), every_months=1, rule=rule()
        )

        assert [due.due_on for due in periods] == [
            date(2024, 2, 29),
            date(2024, 3, 31),
            date(2024, 4, 30),
        ]
        assert [due.months for due in periods] == [1, 1, 1]

    def test_end_on_the_agreed_day_of_quarters_with_broken_periods_around(self) -> None:
        term = Period(date(2024, 2, 5), date(2024, 11, 1))
        periods = due_periods(term, every_months=3, due_day=21, rule=rule())

        assert [due.end for due in periods] == [
            date(2024, 3, 21),
            date(2024, 6, 21),
            date(2024, 9, 21),
            date(2024, 11, 1),
        ]
        assert [due.months for due in periods] == [None, 3, 3, None]

    def test_move_payment_without_interest(self) -> None:
        term = Period(date(2024, 9, 1), date(2024, 11, 1))
        first, second = due_periods(term, every_months=1, rule=rule(roll=Roll.FOLLOWING))

        assert (first.due_on, first.end, first.months) == (
            date(2024, 10, 8),
            date(2024, 10, 1),
            1,
        )
        assert second.period.start == date(2024, 10, 1)

    def test_move_payment_with_interest(self) -> None:
        term = Period(date(2024, 9, 1), date(2024, 11, 1))
        moving = rule(roll=Roll.FOLLOWING, moves_interest=True)
        first, second = due_periods(term, every_months=1, rule=moving)

        assert (first.end, first.months) == (date(2024, 10, 8), None)
        assert (second.period.start, second.months) == (date(2024, 10, 8), None)

    @pytest.mark.parametrize(
        ("end", "every", "day"),
        [(date(2024, 1, 1), 1, None), (date(2024, 6, 1), 0, None), (date(2024, 6, 1), 1, 32)],
    )
    def test_refuse_what_no_calendar_holds(self, end: date, every: int, day: int | None) -> None:
        with pytest.raises(DueDateError):
            due_periods(Period(date(2024, 1, 1), end), every_months=every, due_day=day, rule=rule())

    def test_refuse_a_settlement_that_does_not_divide_the_year(self) -> None:
        term = Period(date(2024, 1, 1), date(2025, 1, 1))

        with pytest.raises(DueDateError):
            due_periods(term, every_months=5, due_day=21, rule=rule())
