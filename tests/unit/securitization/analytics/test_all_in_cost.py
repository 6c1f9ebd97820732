from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from zhirong.securitization.analytics import all_in_cost
from zhirong.securitization.analytics.all_in_cost import FirmLoan, Subsidies
from zhirong.securitization.analytics.dated_returns import DatedCash

QUARTERS = (date(2025, 2, 27), date(2025, 5, 27), date(2025, 8, 27), date(2025, 11, 27))
START = date(2024, 11, 27)


def firm(**subsidies: Any) -> FirmLoan:
    """19.9 million at 3.40 % actual/360 by the quarter; half the interest and 80 % of the fee."""
    given: dict[str, Any] = {"interest_share": 0.5, "fee_share": 0.8, "days_after_end": 90}
    dues, since = [], START
    for on in QUARTERS:
        principal = 19_900_000.0 if on == QUARTERS[-1] else 0.0
        dues.append((on, principal, 19_900_000 * 0.034 * (on - since).days / 360))
        since = on
    return FirmLoan(
        drawn_on=START,
        dues=tuple(dues),
        guarantee_fee_rate=0.005,
        other_costs=0.0,
        subsidies=Subsidies(**(given | subsidies)),
    )


class TestOfFirm:
    def test_is_the_cost_before_and_after_subsidy(self) -> None:
        cost = all_in_cost.of_firm(firm())

        assert cost.before_subsidy == pytest.approx(0.0402, abs=5e-5)
        assert cost.after_subsidy == pytest.approx(0.0187, abs=5e-5)

    @pytest.mark.parametrize(
        ("subsidies", "printed"),
        [
            ({"fee_share": 0.0}, 0.0227),
            ({"interest_share": 0.4}, 0.0222),
            ({"fee_share": 0.5}, 0.0202),
        ],
    )
    def test_breaks_the_line_with_less_subsidy(
        self, subsidies: dict[str, float], printed: float
    ) -> None:
        assert all_in_cost.of_firm(firm(**subsidies)).after_subsidy == pytest.approx(
            printed, abs=1e-4
        )

    def test_counts_other_costs_at_the_start(self) -> None:
        dearer = all_in_cost.of_firm(replace(firm(), other_costs=19_900.0))

        assert dearer.before_subsidy - all_in_cost.of_firm(firm()).before_subsidy == pytest.approx(
            0.00104, abs=5e-5
        )
        assert dearer.fees == pytest.approx(99_500.0 + 19_900.0)


class TestSimpleSum:
    def test_differs_from_the_dated_return(self) -> None:
        quoted = all_in_cost.simple_sum(coupon=0.024, fees=0.006, subsidy=0.011)
        dated = all_in_cost.of_plan(
            DatedCash(START, 100.0 - 0.6), [DatedCash(date(2025, 11, 27), 100 + 2.4 - 1.1)]
        )

        assert quoted == pytest.approx(0.019)
        assert dated == pytest.approx(0.01911, abs=5e-6)


class TestTable:
    def test_shows_where_the_line_breaks(self) -> None:
        cells = all_in_cost.table(
            firm(),
            loan_rates=(0.034, 0.038),
            guarantee_fee_rates=(0.0, 0.005),
            interest_subsidy_shares=(0.4, 0.5),
            line=0.02,
        )

        assert len(cells) == 8
        by_key = {
            (each.loan_rate, each.guarantee_fee_rate, each.interest_subsidy_share): each
            for each in cells
        }
        assert by_key[0.034, 0.005, 0.5].after_subsidy == pytest.approx(0.0187, abs=5e-5)
        assert by_key[0.034, 0.005, 0.5].is_within
        assert not by_key[0.034, 0.005, 0.4].is_within
        assert not by_key[0.038, 0.005, 0.5].is_within
