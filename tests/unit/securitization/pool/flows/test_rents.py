"""Source of printed rents: yellowbean/AbsBox, docs/source/nbsample/single_lease.ipynb."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from zhirong.core.calendar import plus_months
from zhirong.core.daycounts import DayCount
from zhirong.securitization.pool.flows import rents
from zhirong.securitization.pool.flows.rents import RentTerms, StepKind
from zhirong.securitization.pool.flows.terms import ClaimTermsError

START = date(2022, 1, 5)
DAYS = tuple(plus_months(date(2022, 1, 15), place) for place in range(6))


def lease(rent: int, count: int = 6, **steps: object) -> RentTerms:
    return RentTerms(rent_a_day_fen=rent, start=START, days=DAYS[:count], **steps)  # type: ignore[arg-type]


class TestRents:
    def test_by_the_day_are_the_printed_ones(self) -> None:
        assert rents.rents(lease(6_00)) == (60_00, 186_00, 168_00, 186_00, 180_00, 186_00)
        assert rents.rents(lease(12_00)) == (120_00, 372_00, 336_00, 372_00, 360_00, 372_00)

    def test_that_rise_by_a_tenth_are_the_printed_ones(self) -> None:
        steps = lease(12_00, 4, step=StepKind.BY_SHARE, steps=(Decimal("0.1"),))

        assert rents.rents(steps) == (120_00, 409_20, 406_56, 495_07)

    def test_that_rise_by_an_amount_are_the_printed_ones(self) -> None:
        steps = lease(12_00, step=StepKind.BY_AMOUNT, steps=(Decimal(1_00),))

        assert rents.rents(steps) == (120_00, 403_00, 392_00, 465_00, 480_00, 527_00)

    def test_follow_a_step_of_their_own_each_period(self) -> None:
        steps = tuple(Decimal(fen) for fen in (1_00, -2_00, 0, 0, 5_00))

        found = rents.rents(lease(10_00, step=StepKind.BY_AMOUNT, steps=steps))

        assert found == (100_00, 341_00, 252_00, 279_00, 270_00, 434_00)

    def test_refuse_steps_that_do_not_go_with_the_days(self) -> None:
        with pytest.raises(ClaimTermsError):
            lease(6_00, step=StepKind.BY_SHARE, steps=(Decimal(1), Decimal(2)))
        with pytest.raises(ClaimTermsError):
            lease(6_00, steps=(Decimal(1),))


class TestUndiscounted:
    def test_owes_the_sum_of_rents_as_the_printed_balance(self) -> None:
        found = rents.rents(lease(12_00, 4, step=StepKind.BY_SHARE, steps=(Decimal("0.1"),)))
        dues = rents.undiscounted(DAYS[:4], found)

        left = [sum(due.principal_fen for due in dues[place + 1 :]) for place in range(4)]
        assert left == [1310_83, 901_63, 495_07, 0]


class TestDiscounted:
    def test_pays_every_rent_and_repays_exactly_what_the_rents_are_worth(self) -> None:
        amounts = rents.rents(lease(12_000_00))
        rate = Fraction(6, 100)
        dues = rents.discounted(START, DAYS, amounts, rate=rate, day_count=DayCount.ACT_365)

        worth = rents.worth_fen(START, DAYS, amounts, rate=rate, day_count=DayCount.ACT_365)
        assert [due.principal_fen + due.interest_fen for due in dues] == list(amounts)
        assert sum(due.principal_fen for due in dues) == worth < sum(amounts)
        assert all(due.interest_fen > 0 for due in dues)

    def test_at_no_rate_is_the_sum(self) -> None:
        amounts = rents.rents(lease(6_00))
        found = rents.discounted(START, DAYS, amounts, rate=Fraction(0), day_count=DayCount.ACT_365)

        assert found == rents.undiscounted(DAYS, amounts)
