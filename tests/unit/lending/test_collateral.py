from decimal import Decimal
from fractions import Fraction

import pytest

from tests.loans import yuan
from zhirong.core.money import CurrencyMismatchError, Money, Rounding
from zhirong.lending import collateral
from zhirong.lending.collateral import CapMissingError, PledgedRight, Security, ShareError

HALF_OF_800_000 = Security(value=yuan(800_000), haircut=Decimal("0.5"))
DOWN = Rounding.TRUNCATE


def right(kind: str, value: str) -> PledgedRight:
    return PledgedRight(number="1", kind=kind, market_value=yuan(value))


class TestCoveredAmount:
    def test_rounds_the_sum_once(self) -> None:
        rights = [right("invention", "0.05"), right("invention", "0.05")]
        found = collateral.covered_amount(rights, caps={"invention": Decimal("0.1")}, rounding=DOWN)

        assert found == yuan("0.01")

    def test_refuses_a_kind_without_a_cap(self) -> None:
        with pytest.raises(CapMissingError):
            collateral.covered_amount([right("design", "1")], caps={}, rounding=DOWN)

    @pytest.mark.parametrize("cap", ["25", "-0.1", "NaN"])
    def test_refuses_a_cap_that_is_no_share(self, cap: str) -> None:
        with pytest.raises(ShareError):
            collateral.covered_amount(
                [right("design", "1")], caps={"design": Decimal(cap)}, rounding=DOWN
            )

    def test_of_no_right_is_nothing(self) -> None:
        assert collateral.covered_amount([], caps={}, rounding=DOWN) == yuan(0)


class TestShortfall:
    def test_is_the_published_one(self) -> None:
        """Loan 1,000,000; security 800,000 with a haircut of one half."""
        found = collateral.shortfall(yuan(1_000_000), [HALF_OF_800_000], rounding=DOWN)

        assert found == yuan(600_000)

    def test_is_none_where_security_carries_all(self) -> None:
        assert collateral.shortfall(yuan(400_000), [HALF_OF_800_000], rounding=DOWN) == yuan(0)

    def test_does_not_mix_currencies(self) -> None:
        other = Security(value=Money(Decimal(1), "USD"), haircut=Decimal(0))

        with pytest.raises(CurrencyMismatchError):
            collateral.shortfall(yuan(1), [other], rounding=DOWN)


class TestLoanToValue:
    def test_divides_by_the_value_behind_haircuts(self) -> None:
        assert collateral.loan_to_value(yuan(300_000), [HALF_OF_800_000]) == Fraction(3, 4)

    def test_is_not_known_without_value(self) -> None:
        nothing = Security(value=yuan(800_000), haircut=Decimal(1))

        assert collateral.loan_to_value(yuan(1), [nothing]) is None
