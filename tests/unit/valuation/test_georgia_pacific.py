from datetime import date
from decimal import Decimal

import pytest

from tests.method_inputs import ORIGIN, figure
from zhirong.core.sheet import Sheet
from zhirong.parameters.reader import Parameters, catalog
from zhirong.valuation import georgia_pacific
from zhirong.valuation.georgia_pacific import (
    Adjustment,
    AdjustmentTooLargeError,
    UnknownFactorError,
)

ON = date(2026, 6, 30)


def adjusted(**changes: str) -> float:
    sheet = Sheet("georgia_pacific")
    judged = {
        key: Adjustment(change=Decimal(change), origin=ORIGIN) for key, change in changes.items()
    }
    a = georgia_pacific.enter(
        sheet, figure(sheet, "split_rate", 0.02), adjustments=judged, parameters=Parameters(), on=ON
    )
    return float(georgia_pacific.value(sheet, a=a))


class TestValue:
    def test_multiplies_the_changes(self) -> None:
        assert adjusted(license_scope="0.10", remaining_term="-0.05") == pytest.approx(
            0.02 * 1.10 * 0.95
        )

    def test_leaves_the_rate_where_nothing_is_judged(self) -> None:
        assert adjusted() == pytest.approx(0.02)

    def test_stops_at_the_limit_of_all_factors(self) -> None:
        up = adjusted(advantage="0.2", extent_of_use="0.2", product_success="0.2")

        assert up == pytest.approx(0.02 * 1.5)


class TestEnter:
    def test_refuses_a_change_beyond_the_limit_of_one_factor(self) -> None:
        with pytest.raises(AdjustmentTooLargeError, match="advantage"):
            adjusted(advantage="-0.25")

    def test_refuses_a_factor_of_its_own_making(self) -> None:
        with pytest.raises(UnknownFactorError, match="sympathy"):
            adjusted(sympathy="0.1")

    def test_knows_fifteen_factors_with_words(self) -> None:
        factors = Parameters().get(georgia_pacific.FACTORS, on=ON).value

        assert [int(factor["number"]) for factor in factors.values()] == list(range(1, 16))
        assert all(catalog().has(f"input.adjust_{key}") for key in factors)
