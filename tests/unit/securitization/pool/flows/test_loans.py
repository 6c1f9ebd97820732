from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from zhirong.core.calendar import plus_months
from zhirong.core.daycounts import DayCount
from zhirong.core.money import Rounding
from zhirong.securitization.pool.flows import loans
from zhirong.securitization.pool.flows.terms import ClaimTermsError, LoanTerms, RateStep

START = date(2024, 11, 27)
CASE_ONE = LoanTerms(
    balance_fen=19_900_000_00,
    start=START,
    days=tuple(plus_months(START, 3 * (place + 1)) for place in range(4)),
    rates=(RateStep(since=START, rate=Decimal("0.034")),),
    day_count=DayCount.ACT_360,
    rounding=Rounding.HALF_UP,
)


class TestBullet:
    def test_pays_interest_by_days_and_principal_at_the_end(self) -> None:
        dues = loans.bullet(CASE_ONE)

        assert [due.principal_fen for due in dues] == [0, 0, 0, 19_900_000_00]
        # 19.9 million at 3.40 % act/360: 92, 89, 92 and 92 days.
        assert [due.interest_fen for due in dues] == [
            172_908_89,
            167_270_56,
            172_908_89,
            172_908_89,
        ]

    def test_of_the_whole_pool_is_the_interest_of_case_one(self) -> None:
        yuan = (199, 180, 165, 150, 140, 125, 110, 100, 85, 71, 55)
        whole = sum(
            due.interest_fen
            for each in yuan
            for due in loans.bullet(replace(CASE_ONE, balance_fen=each * 100_000_00))
        )

        assert whole / 1e8 == pytest.approx(4.757, abs=5e-4)


class TestEqualPrincipal:
    def test_pays_the_same_principal_and_the_rest_last(self) -> None:
        odd = replace(CASE_ONE, balance_fen=1_000_003)
        dues = loans.equal_principal(odd)

        assert [due.principal_fen for due in dues] == [250_000, 250_000, 250_000, 250_003]
        assert [a.interest_fen > b.interest_fen for a, b in pairwise(dues)][1:] == [True, True]


class TestScheduled:
    def test_is_the_printed_loan_whose_rate_changes(self) -> None:
        # yellowbean/AbsBox, single_loan.ipynb: 80,000; interest 2932.60, 756.16, 1495.89. What
        # was repaid and the rates (6 %, then 5 %) follow from the printed interest.
        days = (date(2021, 10, 10), date(2022, 1, 10), date(2022, 10, 10))
        terms = LoanTerms(
            balance_fen=80_000_00,
            start=date(2021, 3, 1),
            days=days,
            rates=(
                RateStep(since=date(2021, 3, 1), rate=Decimal("0.06")),
                RateStep(since=days[0], rate=Decimal("0.05")),
            ),
            day_count=DayCount.ACT_365,
            rounding=Rounding.TRUNCATE,
        )

        dues = loans.scheduled(terms, [20_000_00, 20_000_00, 40_000_00])

        assert [due.interest_fen for due in dues] == [2932_60, 756_16, 1495_89]

    def test_splits_a_period_where_its_rate_changes(self) -> None:
        days = (date(2025, 1, 1),)
        terms = LoanTerms(
            balance_fen=1_000_000_00,
            start=date(2024, 1, 1),
            days=days,
            rates=(
                RateStep(since=date(2023, 1, 1), rate=Decimal("0.036")),
                RateStep(since=date(2024, 7, 1), rate=Decimal("0.072")),
            ),
            day_count=DayCount.ACT_360,
            rounding=Rounding.HALF_UP,
        )

        (due,) = loans.bullet(terms)

        assert due.interest_fen == 182 * 10_000 + 184 * 20_000

    @pytest.mark.parametrize("principal", [[1, 2], [0, 0, 0, 5], [-1, 0, 0, 19_900_000_01]])
    def test_refuses_a_list_that_does_not_repay_the_loan(self, principal: list[int]) -> None:
        with pytest.raises(ClaimTermsError):
            loans.scheduled(CASE_ONE, principal)


class TestLevel:
    def test_is_the_calculators_example(self) -> None:
        # A million at 4.9 % over 360 months: 5,307.27 a month, interest 910,616.19 in all.
        terms = LoanTerms(
            balance_fen=1_000_000_00,
            start=START,
            days=tuple(plus_months(START, place + 1) for place in range(360)),
            rates=(RateStep(since=START, rate=Decimal("0.049")),),
            day_count=DayCount.ACT_360,
            rounding=Rounding.HALF_UP,
        )
        dues = loans.level(terms, periods_a_year=12)

        payments = {due.principal_fen + due.interest_fen for due in dues[:-1]}
        assert payments <= {530726, 530727, 530728}
        assert sum(due.interest_fen for due in dues) / 100 == pytest.approx(910_616.19, abs=0.5)
        assert sum(due.principal_fen for due in dues) == terms.balance_fen

    def test_without_interest_repays_in_equal_parts(self) -> None:
        free = replace(CASE_ONE, rates=(RateStep(since=START, rate=Decimal(0)),))

        dues = loans.level(free, periods_a_year=4)

        assert {due.principal_fen for due in dues} == {19_900_000_00 // 4}
        assert {due.interest_fen for due in dues} == {0}


class TestLoanTerms:
    @pytest.mark.parametrize(
        "change",
        [
            {"balance_fen": 0},
            {"days": ()},
            {"days": (START, date(2025, 1, 1))},
            {"rates": ()},
            {"rates": (RateStep(since=date(2025, 1, 1), rate=Decimal("0.03")),)},
        ],
    )
    def test_refuses_what_cannot_be_paid(self, change: dict[str, object]) -> None:
        with pytest.raises(ClaimTermsError):
            replace(CASE_ONE, **change)  # type: ignore[arg-type]
