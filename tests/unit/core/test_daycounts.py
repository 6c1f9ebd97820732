from datetime import date
from fractions import Fraction

import pytest

from zhirong.core.daycounts import DayCount, DayCountError, year_fraction, years_and_part


class TestYearFraction:
    @pytest.mark.parametrize(
        ("convention", "expected"),
        [
            (DayCount.ACT_360, Fraction(91, 360)),
            (DayCount.ACT_365, Fraction(91, 365)),
            (DayCount.THIRTY_360, Fraction(90, 360)),
            (DayCount.ACT_ACT, Fraction(91, 366)),
        ],
    )
    def test_of_a_quarter(self, convention: DayCount, expected: Fraction) -> None:
        assert year_fraction(date(2024, 1, 1), date(2024, 4, 1), convention) == expected

    def test_splits_at_new_year_by_the_days_of_each_year(self) -> None:
        # ISDA's own example: 1 November 2003 to 1 May 2004.
        fraction = year_fraction(date(2003, 11, 1), date(2004, 5, 1), DayCount.ACT_ACT)
        assert fraction == Fraction(61, 365) + Fraction(121, 366)

    @pytest.mark.parametrize(
        ("start", "end", "days"),
        [
            (date(2024, 1, 31), date(2024, 3, 31), 60),
            (date(2024, 1, 30), date(2024, 3, 31), 60),
            (date(2024, 1, 15), date(2024, 3, 31), 76),
        ],
    )
    def test_counts_months_of_thirty_days(self, start: date, end: date, days: int) -> None:
        assert year_fraction(start, end, DayCount.THIRTY_360) == Fraction(days, 360)

    def test_refuses_an_end_before_the_start(self) -> None:
        with pytest.raises(DayCountError):
            year_fraction(date(2024, 1, 2), date(2024, 1, 1), DayCount.ACT_365)


class TestYearsAndPart:
    def test_is_whole_between_anniversaries(self) -> None:
        assert years_and_part(date(2020, 2, 29), date(2023, 2, 28)) == 3

    def test_takes_the_rest_as_a_part_of_its_year(self) -> None:
        assert years_and_part(date(2023, 6, 30), date(2024, 7, 1)) == 1 + Fraction(1, 365)

    def test_is_negative_backward(self) -> None:
        assert years_and_part(date(2024, 1, 1), date(2023, 1, 1)) == -1
