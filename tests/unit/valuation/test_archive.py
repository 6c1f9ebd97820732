"""The clocks of the archive: 15 and 30 years."""

from datetime import date

import pytest

from zhirong.parameters.reader import Parameters
from zhirong.valuation.archive import keep_until


class TestKeepUntil:
    @pytest.mark.parametrize(
        ("is_statutory", "reported_on", "last"),
        [
            (False, date(2026, 6, 30), date(2041, 6, 30)),
            (True, date(2026, 6, 30), date(2056, 6, 30)),
            (True, date(2024, 2, 29), date(2054, 2, 28)),
        ],
    )
    def test_counts_the_years_of_the_kind(
        self, *, is_statutory: bool, reported_on: date, last: date
    ) -> None:
        found = keep_until(reported_on, is_statutory=is_statutory, parameters=Parameters())

        assert found == last
