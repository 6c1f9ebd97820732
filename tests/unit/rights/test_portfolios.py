from datetime import date

import numpy as np
import pytest

from tests.factories import patent
from zhirong.rights.law import shipped
from zhirong.rights.portfolios import Portfolio, plus_years, portfolio
from zhirong.rights.records import PatentKind

LAW = shipped()
ON = date(2026, 6, 30)
PATENTS = (
    patent(app_no="1", filing_date=date(2018, 3, 15), pta_days=263),
    patent(app_no="2", kind=PatentKind.UTILITY_MODEL, filing_date=date(2020, 2, 29)),
    patent(app_no="3", kind=PatentKind.DESIGN, filing_date=date(2021, 5, 31), grant_date=None),
    patent(app_no="4", kind=PatentKind.DESIGN, filing_date=date(2021, 6, 1)),
    patent(app_no="5", kind=PatentKind.UTILITY_MODEL, filing_date=date(2010, 1, 1)),
)


@pytest.fixture
def columns() -> Portfolio:
    return portfolio(PATENTS, law=LAW)


class TestPortfolio:
    def test_keeps_the_order_and_marks_unknown_grants(self, columns: Portfolio) -> None:
        assert len(columns) == 5
        assert columns.right.tolist() == ["1", "2", "3", "4", "5"]
        assert np.isnat(columns.grant).tolist() == [False, False, True, False, False]

    def test_knows_kinds(self, columns: Portfolio) -> None:
        assert columns.is_kind(PatentKind.DESIGN).tolist() == [False, False, True, True, False]

    def test_expires_by_kind_and_filing_date(self, columns: Portfolio) -> None:
        expected = ["2038-12-03", "2030-02-28", "2031-05-31", "2036-06-01", "2020-01-01"]
        assert columns.expiry.astype(str).tolist() == expected

    def test_counts_patent_years(self, columns: Portfolio) -> None:
        assert columns.patent_year(ON).tolist() == [9, 7, 6, 6, 17]

    def test_counts_remaining_life(self, columns: Portfolio) -> None:
        assert columns.remaining_days(ON)[-1] == 0
        life = columns.remaining_life(date(2026, 6, 1))
        assert life[3] == 10
        assert life[4] == 0

    def test_cannot_be_written(self, columns: Portfolio) -> None:
        with pytest.raises(ValueError, match="read-only"):
            columns.expiry[0] = columns.expiry[1]

    def test_gives_a_register_of_repeated_days_as_each_right_alone(self) -> None:
        days = [date(2020, 2, 25 + place % 5) for place in range(40)]
        rights = [patent(app_no=str(place), filing_date=day) for place, day in enumerate(days)]
        together = portfolio(rights, law=LAW)
        alone = [portfolio([right], law=LAW) for right in rights]
        assert together.expiry.tolist() == [one.expiry.item() for one in alone]
        assert together.remaining_life(ON).tolist() == [one.remaining_life(ON)[0] for one in alone]
        assert together.patent_year(ON).tolist() == [one.patent_year(ON)[0] for one in alone]

    def test_may_be_empty(self) -> None:
        assert portfolio((), law=LAW).remaining_life(ON).shape == (0,)


class TestPlusYears:
    def test_gives_the_last_of_february_for_its_leap_day(self) -> None:
        days = np.array(["2020-02-29", "2020-02-29"], dtype="datetime64[D]")
        assert plus_years(days, np.array([1, 4])).astype(str).tolist() == [
            "2021-02-28",
            "2024-02-29",
        ]
