from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from zhirong.core.calendar import plus_months
from zhirong.core.daycounts import DayCount
from zhirong.core.money import Rounding
from zhirong.securitization.pool.flows import financed, loans, royalties
from zhirong.securitization.pool.flows.financed import Financing
from zhirong.securitization.pool.flows.royalties import RoyaltyTerms
from zhirong.securitization.pool.flows.terms import ClaimTermsError, LoanTerms, RateStep

START = date(2024, 11, 27)
DAYS = tuple(plus_months(START, 3 * (place + 1)) for place in range(12))
BY_MONTHS = DayCount.THIRTY_360


def level_payments(price: int, rate: str) -> tuple[tuple[date, int], ...]:
    """Payments of a level loan: what a lease at that rate would ask for."""
    terms = LoanTerms(
        balance_fen=price,
        start=START,
        days=DAYS,
        rates=(RateStep(since=START, rate=Decimal(rate)),),
        day_count=BY_MONTHS,
        rounding=Rounding.HALF_UP,
    )
    dues = loans.level(terms, periods_a_year=4)
    return tuple((due.on, due.principal_fen + due.interest_fen) for due in dues)


class TestSaleAndLeaseBack:
    def test_is_the_level_loan_that_it_stands_for(self) -> None:
        terms = Financing(
            price_fen=10_000_000_00, on=START, payments=level_payments(10_000_000_00, "0.052")
        )
        dues = financed.sale_and_lease_back(terms, day_count=BY_MONTHS)

        assert financed.implied_rate(terms, day_count=BY_MONTHS) == pytest.approx(0.052, abs=1e-9)
        assert sum(due.principal_fen for due in dues) == 10_000_000_00
        assert dues[0].interest_fen == pytest.approx(130_000_00, abs=1)

    def test_sets_the_deposit_off_and_adds_the_closing_price(self) -> None:
        plain = Financing(
            price_fen=10_000_000_00, on=START, payments=level_payments(10_000_000_00, "0.052")
        )
        last = plain.payments[-1][1]
        terms = replace(plain, deposit_fen=last + 100_00, closing_price_fen=100)

        dues = financed.sale_and_lease_back(terms, day_count=BY_MONTHS)

        # It takes the last payment with its closing price, and 99 yuan of the one before.
        assert [due.on for due in dues] == list(DAYS[:11])
        assert sum(due.principal_fen for due in dues) == 10_000_000_00 - last - 100_00
        assert dues[-1].principal_fen + dues[-1].interest_fen == plain.payments[-2][1] - 99_00

    def test_refuses_a_price_that_the_payments_do_not_repay(self) -> None:
        terms = Financing(price_fen=100_00, on=START, payments=((DAYS[0], 90_00),))

        with pytest.raises(ClaimTermsError):
            financed.sale_and_lease_back(terms, day_count=BY_MONTHS)


class TestSecondLicense:
    def test_splits_royalties_into_lump_sum_and_interest(self) -> None:
        royalty = tuple((day, 950_000_00) for day in DAYS)
        terms = Financing(price_fen=10_000_000_00, on=START, payments=royalty)

        dues = financed.second_license(terms, day_count=DayCount.ACT_365)

        assert all(due.principal_fen + due.interest_fen == 950_000_00 for due in dues)
        assert sum(due.principal_fen for due in dues) == 10_000_000_00
        interest = [due.interest_fen for due in dues]
        assert interest[-1] < interest[0]
        assert sum(interest) == 12 * 950_000_00 - 10_000_000_00

    def test_has_no_deposit(self) -> None:
        terms = Financing(
            price_fen=100_00, on=START, payments=((DAYS[0], 110_00),), deposit_fen=10_00
        )

        with pytest.raises(ClaimTermsError):
            financed.second_license(terms, day_count=BY_MONTHS)


class TestReceivable:
    def test_owes_its_face_less_what_is_expected_back(self) -> None:
        (due,) = financed.receivable(1_000_000_00, DAYS[0], dilution=Fraction(3, 100))

        assert (due.principal_fen, due.interest_fen) == (970_000_00, 0)
        with pytest.raises(ClaimTermsError):
            financed.receivable(1_000_000_00, DAYS[0], dilution=Fraction(1))


class TestFactored:
    def test_counts_the_discount_as_interest(self) -> None:
        (due,) = financed.factored(
            1_000_000_00,
            date(2025, 5, 26),
            bought_on=START,
            rate=Fraction(5, 100),
            day_count=DayCount.ACT_360,
        )

        # 180 days at 5 %: 1,000,000 / 1.025.
        assert due.principal_fen == 975_609_76
        assert due.principal_fen + due.interest_fen == 1_000_000_00


class TestRoyalties:
    def test_are_a_share_of_sales_between_minimum_and_cap(self) -> None:
        terms = RoyaltyTerms(
            period_ends=(date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30)),
            sales_fen=(10_000_000_00, 1_000_000_00, 90_000_000_00),
            rate=Decimal("0.028"),
            least_fen=100_000_00,
            most_fen=1_000_000_00,
            paid_after_days=30,
        )

        dues = royalties.royalties(terms)

        assert [due.principal_fen for due in dues] == [280_000_00, 100_000_00, 1_000_000_00]
        assert dues[0].on == date(2025, 4, 30)

    def test_refuse_a_cap_below_the_minimum(self) -> None:
        with pytest.raises(ClaimTermsError):
            RoyaltyTerms(
                period_ends=(DAYS[0],),
                sales_fen=(1,),
                rate=Decimal("0.1"),
                least_fen=2,
                most_fen=1,
            )
