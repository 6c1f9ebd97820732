from datetime import date
from decimal import Decimal

import pytest

from tests.loans import yuan
from zhirong.lending import payments
from zhirong.lending.payments import (
    PRINCIPAL_FIRST,
    Across,
    Claim,
    ClaimKind,
    LoanClass,
    PaymentError,
    PaymentOrder,
    PaymentOrderError,
)
from zhirong.parameters.reader import ParameterNotFoundError, Parameters

MARCH, JUNE = date(2025, 3, 21), date(2025, 6, 21)


def claim(kind: ClaimKind, amount: str, due_on: date = MARCH) -> Claim:
    return Claim(kind=kind, due_on=due_on, amount=yuan(amount))


CLAIMS = (
    claim(ClaimKind.PRINCIPAL, "100", JUNE),
    claim(ClaimKind.PRINCIPAL, "100"),
    claim(ClaimKind.INTEREST, "10", JUNE),
    claim(ClaimKind.INTEREST, "10"),
    claim(ClaimKind.PENALTY, "3"),
    claim(ClaimKind.COMPOUND, "2"),
    claim(ClaimKind.COST, "5"),
)


def paid(cash: str, order: PaymentOrder) -> list[tuple[str, date, Decimal]]:
    found = payments.pay_in_order(yuan(cash), CLAIMS, order=order)
    return [
        (str(item.claim.kind), item.claim.due_on, item.paid.amount)
        for item in found.payments
        if item.paid
    ]


class TestPaymentOrder:
    @pytest.mark.parametrize("kinds", [(), PRINCIPAL_FIRST[1:], (*PRINCIPAL_FIRST, ClaimKind.COST)])
    def test_names_each_kind_once(self, kinds: tuple[ClaimKind, ...]) -> None:
        with pytest.raises(PaymentOrderError):
            PaymentOrder(kinds=kinds)


class TestPayInOrder:
    def test_pays_costs_then_interest_then_principal_by_law(self) -> None:
        assert paid("25.50", PaymentOrder()) == [
            ("cost", MARCH, Decimal("5.00")),
            ("compound", MARCH, Decimal("2.00")),
            ("penalty", MARCH, Decimal("3.00")),
            ("interest", MARCH, Decimal("10.00")),
            ("interest", JUNE, Decimal("5.50")),
        ]

    def test_pays_principal_first_by_contract(self) -> None:
        assert paid("150", PaymentOrder(kinds=PRINCIPAL_FIRST)) == [
            ("principal", MARCH, Decimal("100.00")),
            ("principal", JUNE, Decimal("50.00")),
        ]

    def test_pays_the_oldest_installment_whole_where_agreed(self) -> None:
        assert paid("121", PaymentOrder(across=Across.INSTALLMENT))[-2:] == [
            ("principal", MARCH, Decimal("100.00")),
            ("interest", JUNE, Decimal("1.00")),
        ]

    def test_hands_back_what_nobody_is_owed(self) -> None:
        found = payments.pay_in_order(yuan(240), CLAIMS, order=PaymentOrder())

        assert found.rest == yuan(10)
        assert all(not item.unpaid for item in found.payments)
        assert found.paid(ClaimKind.PRINCIPAL) == yuan(200)

    def test_refuses_what_is_below_zero(self) -> None:
        with pytest.raises(PaymentError):
            payments.pay_in_order(yuan(-1), CLAIMS, order=PaymentOrder())
        with pytest.raises(PaymentError):
            payments.pay_in_order(yuan(1), [claim(ClaimKind.COST, "-1")], order=PaymentOrder())


class TestOverdueDays:
    def test_count_from_the_oldest_unpaid_due_date(self) -> None:
        assert payments.overdue_days(CLAIMS, on=date(2025, 6, 30)) == 101

    def test_are_none_on_the_due_date_or_where_all_is_paid(self) -> None:
        assert payments.overdue_days(CLAIMS, on=MARCH) == 0
        assert payments.overdue_days((), on=MARCH) == 0

    def test_leave_out_costs_and_what_is_paid(self) -> None:
        claims = (claim(ClaimKind.COST, "5"), claim(ClaimKind.INTEREST, "0"))

        assert payments.overdue_days(claims, on=JUNE) == 0


def floor(days: int, *, impaired: bool = False, share: str | None = None) -> LoanClass:
    return payments.class_floor(
        days_overdue=days,
        is_credit_impaired=impaired,
        loss_share=None if share is None else Decimal(share),
        on=date(2025, 1, 1),
        parameters=Parameters(),
    )


class TestClassFloor:
    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            (0, LoanClass.NORMAL),
            (1, LoanClass.SPECIAL_MENTION),
            (90, LoanClass.SPECIAL_MENTION),
            (91, LoanClass.SUBSTANDARD),
            (270, LoanClass.SUBSTANDARD),
            (271, LoanClass.DOUBTFUL),
            (360, LoanClass.DOUBTFUL),
            (361, LoanClass.LOSS),
        ],
    )
    def test_goes_by_days_overdue(self, days: int, expected: LoanClass) -> None:
        assert floor(days) is expected

    def test_is_substandard_once_impaired(self) -> None:
        assert floor(0, impaired=True) is LoanClass.SUBSTANDARD
        assert floor(300, impaired=True) is LoanClass.DOUBTFUL

    @pytest.mark.parametrize(
        ("share", "expected"),
        [
            ("0.49", LoanClass.NORMAL),
            ("0.50", LoanClass.DOUBTFUL),
            ("0.90", LoanClass.LOSS),
        ],
    )
    def test_goes_by_the_expected_loss(self, share: str, expected: LoanClass) -> None:
        assert floor(0, share=share) is expected

    def test_has_no_thresholds_before_the_measures(self) -> None:
        with pytest.raises(ParameterNotFoundError):
            payments.class_floor(
                days_overdue=0,
                is_credit_impaired=False,
                loss_share=None,
                on=date(2023, 6, 30),
                parameters=Parameters(),
            )
