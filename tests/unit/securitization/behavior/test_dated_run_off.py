"""Source: yellowbean/AbsBox, docs/source/nbsample/single_mortgage.ipynb (printed tables)."""

from datetime import date
from decimal import Decimal

import pytest

from zhirong.core.calendar import plus_months
from zhirong.core.daycounts import DayCount
from zhirong.core.money import Rounding
from zhirong.securitization.behavior import dated_run_off
from zhirong.securitization.pool.flows import loans
from zhirong.securitization.pool.flows.terms import ClaimTermsError, LoanTerms, RateStep

START = date(2021, 12, 1)
MORTGAGE = LoanTerms(
    balance_fen=10_000_00,
    start=START,
    days=tuple(plus_months(START, place + 1) for place in range(20)),
    rates=(RateStep(since=START, rate=Decimal("0.075")),),
    day_count=DayCount.ACT_365,
    rounding=Rounding.TRUNCATE,
)


def first_four(**rates: float) -> list[dated_run_off.RunOff]:
    speeds = {key: [rate] * 20 for key, rate in rates.items()}
    return list(dated_run_off.run_off(MORTGAGE, periods_a_year=12, **speeds)[:4])


class TestRunOff:
    def test_without_rates_is_the_printed_schedule(self) -> None:
        rows = first_four()

        assert [row.balance for row in rows] == [9529_05, 9055_14, 8578_28, 8098_43]
        assert [row.interest for row in rows] == [62_50, 59_55, 56_59, 53_61]
        assert [row.principal for row in rows] == [470_95, 473_91, 476_86, 479_85]

    def test_at_four_percent_of_default_is_the_printed_table(self) -> None:
        rows = first_four(default_rates=0.04)

        assert [row.defaulted for row in rows] == [34_61, 32_86, 28_11, 29_39]
        assert [row.balance for row in rows] == [9496_06, 8992_57, 8492_37, 7989_58]
        assert [row.interest for row in rows] == [62_28, 59_14, 56_02, 52_89]
        assert [row.principal for row in rows] == [469_33, 470_63, 472_09, 473_40]

    def test_at_one_percent_of_prepayment_is_the_printed_table(self) -> None:
        assert [row.prepaid for row in first_four(prepayment_rates=0.01)] == [
            8_53,
            8_12,
            6_96,
            7_30,
        ]

    def test_follows_rates_that_differ_by_period(self) -> None:
        rows = dated_run_off.run_off(
            MORTGAGE, periods_a_year=12, default_rates=(0.01, 0.02, 0.03, 0.0)
        )[:4]

        assert [row.defaulted for row in rows] == [8_53, 16_32, 21_07, 0]
        assert [row.balance for row in rows] == [9520_91, 9031_90, 8536_30, 8058_81]

    def test_loses_no_fen_and_ends_at_nothing(self) -> None:
        rows = dated_run_off.run_off(
            MORTGAGE, periods_a_year=12, default_rates=[0.3] * 20, prepayment_rates=[0.2] * 20
        )

        assert rows[-1].balance == 0
        gone = sum(row.defaulted + row.prepaid + row.principal for row in rows)
        assert gone == MORTGAGE.balance_fen

    def test_refuses_a_rate_that_is_no_share(self) -> None:
        with pytest.raises(ClaimTermsError):
            dated_run_off.run_off(MORTGAGE, periods_a_year=12, default_rates=[4.0])

    def test_agrees_with_the_dues_of_a_level_loan(self) -> None:
        rows = dated_run_off.run_off(MORTGAGE, periods_a_year=12)
        dues = loans.level(MORTGAGE, periods_a_year=12)

        assert [(row.principal, row.interest) for row in rows] == [
            (due.principal_fen, due.interest_fen) for due in dues
        ]
