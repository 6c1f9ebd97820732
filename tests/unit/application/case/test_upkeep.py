"""Tests of the fees ahead of each right."""

from datetime import date

import numpy as np
import pytest

from tests.case_factory import VALUATION_DATE, case, patent
from zhirong.application.case.upkeep import coming_fees, fees_by_year
from zhirong.rights import law
from zhirong.rights.fees import AnnualFee

LAW = law.shipped()


def fees(**changes: object) -> tuple[AnnualFee, ...]:
    return coming_fees(case(patents=(patent(0, **changes),)), on=VALUATION_DATE, law=LAW)[0]


class TestComingFees:
    def test_go_from_the_first_unpaid_year_to_the_end_of_the_term(self):
        assert [fee.patent_year for fee in fees(fee_paid_through_year=8)] == list(range(9, 21))

    def test_take_the_current_year_as_paid_where_nobody_says(self):
        # Filed in March 2019: the eighth patent year runs on 30 June 2026.
        assert fees(fee_paid_through_year=None)[0].patent_year == 9

    def test_are_none_before_the_grant(self):
        assert fees(grant_date=None) == ()


class TestFeesByYear:
    def test_puts_each_fee_into_the_year_it_falls_due(self):
        found = fees_by_year(fees(), valuation_date=VALUATION_DATE, years=3)

        # Due in March 2027, 2028 and 2029: year 9 costs 2,000, years 10 and 11 cost 4,000 (CNIPA).
        assert found.tolist() == [2_000.0, 4_000.0, 4_000.0]

    def test_puts_an_overdue_fee_into_the_first_year(self):
        late = fees_by_year(fees(fee_paid_through_year=7), valuation_date=VALUATION_DATE, years=1)
        paid = fees_by_year(fees(), valuation_date=VALUATION_DATE, years=1)

        assert late[0] > paid[0]

    def test_leaves_out_what_falls_due_later(self):
        ahead = fees()
        whole = fees_by_year(ahead, valuation_date=VALUATION_DATE, years=20)

        assert whole.sum() == sum(float(fee.payable.amount) for fee in ahead)
        assert np.all(whole[13:] == 0)

    @pytest.mark.parametrize("day", [date(2028, 2, 29), date(2026, 12, 31)])
    def test_begins_its_years_on_any_day(self, day: date):
        assert fees_by_year(fees(), valuation_date=day, years=20).sum() > 0
