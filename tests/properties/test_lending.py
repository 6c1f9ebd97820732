from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.loans import START, conventions, due, fixed
from zhirong.core.daycounts import DayCount
from zhirong.core.money import Money, Rounding, allocate, total
from zhirong.core.periods import Period
from zhirong.lending import accrual, payments, prepayment, schedules
from zhirong.lending.accrual import Balance, Counting
from zhirong.lending.payments import Across, Claim, ClaimKind, PaymentOrder
from zhirong.lending.prepayment import InterestPaid, Keep
from zhirong.lending.schedules import Form, Residue, Terms

BANK = Counting(day_count=DayCount.ACT_360, rounding=Rounding.HALF_UP)
AMOUNTS = st.integers(0, 10**11).map(Money.of_fen)
CLAIMS = st.lists(
    st.builds(
        Claim,
        kind=st.sampled_from(ClaimKind),
        due_on=st.dates(date(2024, 1, 1), date(2026, 1, 1)),
        amount=AMOUNTS,
    ),
    max_size=12,
)
ORDERS = st.builds(
    PaymentOrder,
    kinds=st.permutations(list(ClaimKind)).map(tuple),
    across=st.sampled_from(Across),
)


class TestPayInOrder:
    @given(AMOUNTS, CLAIMS, ORDERS)
    def test_loses_no_fen_and_pays_nobody_before_those_ahead(
        self, cash: Money, claims: list[Claim], order: PaymentOrder
    ) -> None:
        found = payments.pay_in_order(cash, claims, order=order)

        assert total(item.paid for item in found.payments) + found.rest == cash
        assert len(found.payments) == len(claims)
        is_open = False
        for item in found.payments:
            assert not (is_open and item.paid)
            is_open = is_open or bool(item.unpaid)
        assert not (is_open and found.rest)


class TestPrepay:
    @given(
        principal=st.integers(100, 10**10),
        form=st.sampled_from(Form),
        residue=st.sampled_from(Residue),
        days=st.integers(0, 364),
        data=st.data(),
    )
    def test_leaves_exactly_what_is_owed(
        self, principal: int, form: Form, residue: Residue, days: int, data: st.DataObject
    ) -> None:
        amount = Money.of_fen(principal)
        plan = schedules.schedule(
            Terms(
                principal=amount,
                form=form,
                periods=due(),
                path=fixed(),
                conventions=conventions(residue=residue),
                parts=allocate(amount, [1] * 12) if form is Form.CUSTOM else (),
            )
        )
        on = START + timedelta(days=days)
        if plan.installments[-1].due.end <= on:
            return
        owed = prepayment.owed(plan, on=on)
        paid = prepayment.prepay(
            plan,
            on=on,
            amount=Money.of_fen(data.draw(st.integers(1, owed.fen))),
            keep=data.draw(st.sampled_from(Keep)),
            interest_paid=data.draw(st.sampled_from(InterestPaid)),
        )
        later = paid.rest.installments if paid.rest else ()

        assert paid.principal + total(line.principal for line in later) == owed
        assert paid.interest.fen >= 0


class TestInterest:
    @given(st.integers(0, 10**11), st.integers(1, 400), st.data())
    def test_of_a_period_is_that_of_its_parts_within_a_fen(
        self, fen: int, days: int, data: st.DataObject
    ) -> None:
        middle = START + timedelta(days=data.draw(st.integers(0, days)))
        end = START + timedelta(days=days)
        whole, first, second = (
            accrual.interest(
                [Balance(START, Money.of_fen(fen))], path=fixed(), period=part, counting=BANK
            ).fen
            for part in (Period(START, end), Period(START, middle), Period(middle, end))
        )

        assert abs(whole - first - second) <= 1
