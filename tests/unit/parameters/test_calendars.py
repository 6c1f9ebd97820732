import csv
from datetime import date
from pathlib import Path

import pytest

from zhirong.parameters.calendars import china


class TestChina:
    def test_knows_the_spring_festival_of_2024(self) -> None:
        assert china().on_or_after(date(2024, 2, 10)) == date(2024, 2, 18)  # a Sunday, worked

    def test_knows_how_far_it_reaches(self) -> None:
        assert china().is_known(date(2026, 12, 31))
        assert not china().is_known(date(2027, 1, 1))

    @pytest.mark.data
    def test_agrees_with_the_public_table(self, shared_data: Path) -> None:
        file = shared_data / "cn_rates_calendar" / "cn_calendar_exceptions.csv"
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        said = {date.fromisoformat(row["date"]): row["is_workday"] == "true" for row in rows}
        assert len(said) == 771
        assert {day: china().is_workday(day) for day in said} == said
        assert china().days_off | china().make_up_days <= said.keys()
