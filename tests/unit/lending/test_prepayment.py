from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.loans import conventions, due, fixed, yuan
from zhirong.core.money import Money, Rounding, total
from zhirong.lending import prepayment, schedules
from zhirong.lending.prepayment import (
    InterestPaid,
    Keep,
    Prepayment,
    PrepaymentDayError,
    PrepaymentError,
)
from zhirong.lending.schedules import Form, Schedule, Terms

IN_JULY = date(2024, 7, 11)


def plan(form: Form = Form.ANNUITY, **changes: Any) -> Schedule:
    given: dict[str, Any] = {
        "principal": yuan(120_000),
        "form": form,
        "periods": due(),
        "path": fixed(),
        "conventions": conventions(),
    }
    return schedules.schedule(Terms(**(given | changes)))


def prepay(
    of: Schedule,
    amount: Money,
    *,
    on: date = IN_JULY,
    keep: Keep = Keep.TERM,
    interest_paid: InterestPaid = InterestPaid.ON_ALL,
) -> Prepayment:
    return prepayment.prepay(of, on=on, amount=amount, keep=keep, interest_paid=interest_paid)


def rest(of: Prepayment) -> Schedule:
    assert of.rest is not None
    return of.rest


class TestOwed:
    def test_is_what_the_ended_periods_left(self) -> None:
        whole = plan()

        assert prepayment.owed(whole, on=IN_JULY) == whole.installments[5].balance


class TestPrepay:
    def test_in_full_pays_all_interest_and_leaves_nothing(self) -> None:
        whole = plan()
        owed = prepayment.owed(whole, on=IN_JULY)
        paid = prepay(whole, owed, interest_paid=InterestPaid.ON_PREPAID)

        assert paid.rest is None
        assert paid.interest == owed.times(Decimal("0.001"), rounding=Rounding.HALF_UP)

    def test_keeps_the_term_with_smaller_installments(self) -> None:
        whole = plan()
        left = rest(prepay(whole, yuan(30_000)))

        assert [line.due.due_on for line in left.installments] == [
            line.due.due_on for line in whole.installments[6:]
        ]
        assert left.installments[1].amount < whole.installments[7].amount
        assert total(line.principal for line in left.installments) == (
            prepayment.owed(whole, on=IN_JULY) - yuan(30_000)
        )

    def test_keeps_the_installment_and_ends_early(self) -> None:
        whole = plan()
        left = rest(prepay(whole, yuan(30_000), keep=Keep.INSTALLMENT))

        assert len(left.installments) == 4
        assert left.installments[0].amount == whole.installments[0].amount
        assert left.installments[-1].amount < whole.installments[0].amount

    def test_keeps_the_same_installment_a_second_time(self) -> None:
        whole = plan()
        once = rest(prepay(whole, yuan(10_000), keep=Keep.INSTALLMENT))
        twice = rest(prepay(once, yuan(10_000), on=date(2024, 8, 15), keep=Keep.INSTALLMENT))

        assert twice.installments[0].amount == whole.installments[0].amount

    def test_keeps_the_part_of_equal_principal(self) -> None:
        left = rest(prepay(plan(Form.EQUAL_PRINCIPAL), yuan(25_000), keep=Keep.INSTALLMENT))

        assert [line.principal for line in left.installments] == [
            *(yuan(10_000) for _ in range(3)),
            yuan(5_000),
        ]

    def test_pays_interest_on_all_and_breaks_the_period(self) -> None:
        paid = prepay(plan(Form.INTEREST_FIRST), yuan(20_000))

        assert paid.interest == yuan(120)
        assert rest(paid).installments[0].interest == yuan(210)  # 21 days on 100,000

    def test_pays_interest_on_the_amount_and_leaves_the_period_whole(self) -> None:
        paid = prepay(
            plan(Form.INTEREST_FIRST), yuan(20_000), interest_paid=InterestPaid.ON_PREPAID
        )

        assert paid.interest == yuan(20)
        assert rest(paid).installments[0].interest == yuan(300)

    @pytest.mark.parametrize("keep", Keep)
    def test_of_a_bullet_keeps_the_day(self, keep: Keep) -> None:
        left = rest(prepay(plan(Form.BULLET), yuan(20_000), keep=keep))

        assert [(line.due.due_on, line.principal) for line in left.installments] == [
            (date(2025, 1, 1), yuan(100_000))
        ]

    @pytest.mark.parametrize(
        ("keep", "parts"),
        [(Keep.TERM, ["45000", "45000"]), (Keep.INSTALLMENT, ["60000", "30000"])],
    )
    def test_of_agreed_parts_shrinks_them_or_drops_the_last(
        self, keep: Keep, parts: list[str]
    ) -> None:
        whole = plan(Form.CUSTOM, periods=due(every=6), parts=(yuan(60_000), yuan(60_000)))
        left = rest(prepay(whole, yuan(30_000), on=date(2024, 2, 1), keep=keep))

        assert [line.principal for line in left.installments] == [yuan(part) for part in parts]

    def test_on_a_due_date_bears_no_interest(self) -> None:
        assert prepay(plan(), yuan(10_000), on=date(2024, 7, 1)).interest == yuan(0)

    @pytest.mark.parametrize("amount", ["0", "-1", "120000.01"])
    def test_refuses_nothing_and_more_than_is_owed(self, amount: str) -> None:
        with pytest.raises(PrepaymentError):
            prepay(plan(), yuan(amount), on=date(2024, 1, 15))

    @pytest.mark.parametrize("on", [date(2023, 12, 31), date(2025, 1, 1)])
    def test_refuses_a_day_outside_the_term(self, on: date) -> None:
        with pytest.raises(PrepaymentDayError):
            prepay(plan(), yuan(1), on=on)

    def test_refuses_a_debt_that_ended_early(self) -> None:
        left = rest(prepay(plan(), yuan(30_000), keep=Keep.INSTALLMENT))

        with pytest.raises(PrepaymentDayError):
            prepay(left, yuan(1), on=date(2024, 12, 15))
