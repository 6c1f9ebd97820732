from datetime import date, timedelta

import pytest

from zhirong.core.calendar import (
    BusinessCalendar,
    WorkdayCountError,
    anniversary,
    last_day,
    plus_months,
    started_months,
    whole_years,
)
from zhirong.core.periods import Period

# The National Day week of 2024: 1 to 7 October off; 29 September and 12 October worked.
WORKING = BusinessCalendar(
    days_off=frozenset(date(2024, 10, day) for day in (1, 2, 3, 4, 7)),
    make_up_days=frozenset((date(2024, 9, 29), date(2024, 10, 12))),
    known=Period(date(2024, 1, 1), date(2025, 1, 1)),
)


class TestIsWorkday:
    def test_follows_weekends_days_off_and_make_up_days(self) -> None:
        worked = [day for day in range(1, 15) if WORKING.is_workday(date(2024, 10, day))]
        assert worked == [8, 9, 10, 11, 12, 14]


class TestMinusWorkdays:
    def test_counts_back_over_days_off_and_make_up_days(self) -> None:
        assert WORKING.minus_workdays(date(2024, 10, 8), 1) == date(2024, 9, 30)
        assert WORKING.minus_workdays(date(2024, 10, 8), 2) == date(2024, 9, 29)

    def test_comes_back_from_where_it_went(self) -> None:
        start = date(2024, 9, 20)
        for count in range(25):
            assert WORKING.minus_workdays(WORKING.plus_workdays(start, count), count) == start

    def test_refuses_a_count_below_zero(self) -> None:
        with pytest.raises(WorkdayCountError):
            WORKING.minus_workdays(date(2024, 10, 8), -1)


class TestIsKnown:
    def test_ends_with_the_official_table(self) -> None:
        assert WORKING.is_known(date(2024, 12, 31))
        assert not WORKING.is_known(date(2025, 1, 1))


class TestOnOrAfter:
    def test_moves_out_of_the_whole_holiday(self) -> None:
        assert WORKING.on_or_after(date(2024, 10, 1)) == date(2024, 10, 8)

    def test_leaves_a_make_up_day_alone(self) -> None:
        assert WORKING.on_or_after(date(2024, 10, 12)) == date(2024, 10, 12)


class TestPlusWorkdays:
    def test_does_not_count_the_first_day(self) -> None:
        assert WORKING.plus_workdays(date(2024, 9, 30), 2) == date(2024, 10, 9)
        assert WORKING.plus_workdays(date(2024, 10, 11), 1) == date(2024, 10, 12)

    def test_refuses_to_count_backward(self) -> None:
        with pytest.raises(WorkdayCountError):
            WORKING.plus_workdays(date(2024, 9, 30), -1)


class TestWorkdaysIn:
    def test_counts_october(self) -> None:
        assert WORKING.workdays_in(Period(date(2024, 10, 1), date(2024, 11, 1))) == 19

    @pytest.mark.parametrize("start", [date(2024, 9, 1 + day) for day in range(0, 29, 3)])
    @pytest.mark.parametrize("length", [0, 1, 6, 7, 8, 30, 45])
    def test_counts_each_day_once(self, start: date, length: int) -> None:
        days = [start + timedelta(days=place) for place in range(length)]
        counted = WORKING.workdays_in(Period(start, start + timedelta(days=length)))
        assert counted == sum(WORKING.is_workday(day) for day in days)


class TestPlusMonths:
    @pytest.mark.parametrize(
        ("day", "months", "expected"),
        [
            (date(2024, 1, 31), 1, date(2024, 2, 29)),
            (date(2023, 1, 31), 1, date(2023, 2, 28)),
            (date(2024, 12, 15), 1, date(2025, 1, 15)),
            (date(2024, 1, 15), -1, date(2023, 12, 15)),
            (date(2024, 8, 31), 6, date(2025, 2, 28)),
        ],
    )
    def test_finds_the_corresponding_day_or_the_months_end(
        self, day: date, months: int, expected: date
    ) -> None:
        assert plus_months(day, months) == expected


class TestAnniversary:
    def test_of_the_leap_day_is_the_end_of_february(self) -> None:
        assert anniversary(date(2020, 2, 29), 3) == date(2023, 2, 28)
        assert anniversary(date(2020, 2, 29), 4) == date(2024, 2, 29)


class TestWholeYears:
    def test_counts_the_anniversary_itself(self) -> None:
        assert whole_years(date(2018, 3, 15), date(2021, 3, 14)) == 2
        assert whole_years(date(2018, 3, 15), date(2021, 3, 15)) == 3

    def test_counts_a_leap_day_in_february(self) -> None:
        assert whole_years(date(2020, 2, 29), date(2021, 2, 28)) == 1


class TestStartedMonths:
    @pytest.mark.parametrize(
        ("end", "months"),
        [
            (date(2022, 3, 14), 0),
            (date(2022, 3, 15), 0),
            (date(2022, 3, 16), 1),
            (date(2022, 4, 15), 1),
            (date(2022, 4, 16), 2),
            (date(2022, 5, 20), 3),
            (date(2022, 9, 15), 6),
        ],
    )
    def test_begins_a_month_on_the_day_behind(self, end: date, months: int) -> None:
        assert started_months(date(2022, 3, 15), end) == months

    def test_ends_short_months_on_their_last_day(self) -> None:
        assert started_months(date(2024, 8, 31), date(2025, 2, 28)) == 6


class TestLastDay:
    def test_does_not_count_the_day_of_the_event(self) -> None:
        assert last_day(date(2024, 10, 8), days=10) == date(2024, 10, 18)

    def test_moves_to_the_first_working_day(self) -> None:
        assert last_day(date(2024, 7, 1), months=3, working=WORKING) == date(2024, 10, 8)

    def test_stands_still_without_a_calendar(self) -> None:
        assert last_day(date(2004, 10, 1), years=20) == date(2024, 10, 1)

    def test_ends_on_a_make_up_day(self) -> None:
        assert last_day(date(2024, 9, 12), months=1, working=WORKING) == date(2024, 10, 12)
