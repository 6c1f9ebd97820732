from datetime import date

import pytest

from zhirong.core.periods import Period, PeriodError, merged

MARCH = Period(date(2024, 3, 1), date(2024, 4, 1))
APRIL = Period(date(2024, 4, 1), date(2024, 5, 1))
SINCE_MID_MARCH = Period(date(2024, 3, 15))


class TestPeriod:
    def test_has_its_start_and_not_its_end(self) -> None:
        assert date(2024, 3, 1) in MARCH
        assert date(2024, 4, 1) not in MARCH
        assert date(2090, 1, 1) in SINCE_MID_MARCH

    def test_counts_its_days(self) -> None:
        assert (MARCH.days, SINCE_MID_MARCH.days) == (31, None)

    def test_refuses_to_end_before_it_starts(self) -> None:
        with pytest.raises(PeriodError):
            Period(date(2024, 3, 2), date(2024, 3, 1))

    def test_does_not_overlap_its_neighbor(self) -> None:
        assert not MARCH.overlaps(APRIL)
        assert MARCH.overlaps(SINCE_MID_MARCH)

    def test_meets_an_open_period_from_the_later_start(self) -> None:
        assert MARCH.intersection(SINCE_MID_MARCH) == Period(date(2024, 3, 15), date(2024, 4, 1))
        assert SINCE_MID_MARCH.intersection(Period(date(2024, 1, 1))) == SINCE_MID_MARCH


class TestMerged:
    def test_joins_neighbors_and_overlaps(self) -> None:
        assert merged([APRIL, MARCH]) == (Period(date(2024, 3, 1), date(2024, 5, 1)),)
        assert merged([MARCH, SINCE_MID_MARCH, APRIL]) == (Period(date(2024, 3, 1)),)

    def test_keeps_gaps(self) -> None:
        may = Period(date(2024, 5, 1), date(2024, 6, 1))
        assert merged([may, MARCH]) == (MARCH, may)

    def test_keeps_the_longer_of_two(self) -> None:
        inside = Period(date(2024, 3, 5), date(2024, 3, 6))
        assert merged([MARCH, inside]) == (MARCH,)
