"""The clocks of priority: 12 and 6 months."""

from datetime import date

import pytest

from zhirong.rights.law import shipped
from zhirong.rights.priority import is_in_time, last_day_for_priority
from zhirong.rights.records import PatentKind

LAW = shipped()
INVENTION, MODEL, DESIGN = PatentKind.INVENTION, PatentKind.UTILITY_MODEL, PatentKind.DESIGN


class TestLastDayForPriority:
    @pytest.mark.parametrize(
        ("kind", "first", "last"),
        [
            (INVENTION, date(2024, 6, 11), date(2025, 6, 11)),
            (MODEL, date(2024, 6, 11), date(2025, 6, 11)),
            (DESIGN, date(2024, 6, 11), date(2024, 12, 11)),
            (DESIGN, date(2024, 8, 31), date(2025, 2, 28)),  # no 31 February
            (INVENTION, date(2024, 2, 29), date(2025, 2, 28)),
            (INVENTION, date(2024, 10, 1), date(2025, 10, 9)),  # a week of holidays
            (DESIGN, date(2024, 2, 18), date(2024, 8, 19)),  # a Sunday
        ],
    )
    def test_is_so_many_months_later_on_a_working_day(
        self, kind: PatentKind, first: date, last: date
    ) -> None:
        assert last_day_for_priority(kind, first, law=LAW) == last


class TestIsInTime:
    def test_holds_up_to_and_on_the_last_day(self) -> None:
        first = date(2024, 6, 11)

        def claimed(day: date) -> bool:
            return is_in_time(DESIGN, first_filed_on=first, filed_on=day, law=LAW)

        assert [claimed(day) for day in (date(2024, 12, 11), date(2024, 12, 12))] == [True, False]
        assert not claimed(date(2024, 6, 10))
