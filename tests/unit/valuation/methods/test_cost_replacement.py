from typing import Any

import pytest

from tests.market_inputs import assert_draws_equal_central, worked
from zhirong.valuation.methods import cost_replacement

GIVEN: dict[str, Any] = {
    "person_months": 40.0,
    "monthly_cost": 25_000.0,
    "materials": 200_000.0,
    "overhead_rate": 0.2,
    "filing_fees": 10_000.0,
    "development_years": 1.0,
    "capital_rate": 0.0404,
    "margin": 0.10,
    "excess_operating_cost": 60_000.0,
    "tax_rate": 0.15,
    "discount_rate": 0.12,
    "used_years": 2.0,
    "remaining_years": 6.0,
    "functional_by_age": 0.0,
    "utilization": 0.8,
    "scale_exponent": 0.6,
    "additive": 0.0,
}
# 40 x 25,000 x 1.2 + 200,000 + 10,000 = 1,410,000, and half a year's capital and margin on it.
NEW = 1_410_000 * (1.0404**0.5 + 0.10)


def value_of(**changes: float) -> float:
    figure, _ = worked(cost_replacement.value, cost_replacement.Inputs, GIVEN | changes)
    return float(figure.values[0])


class TestValue:
    def test_takes_excess_operating_cost_and_idle_capacity_off(self) -> None:
        loss = 60_000 * 0.85 * (1 - 1.12**-6) / 0.12

        assert value_of() == pytest.approx((NEW - loss) * 0.8**0.6)

    def test_is_cost_new_at_full_use_without_excess_cost(self) -> None:
        assert value_of(excess_operating_cost=0.0, utilization=1.0) == pytest.approx(NEW)

    def test_discounts_nothing_at_rate_zero(self) -> None:
        undiscounted = value_of(discount_rate=0.0, utilization=1.0)

        assert undiscounted == pytest.approx(NEW - 60_000 * 0.85 * 6)

    def test_ends_at_zero_where_the_substitute_saves_more_than_it_costs(self) -> None:
        assert value_of(excess_operating_cost=1e7) == 0.0

    def test_uses_age_where_told(self) -> None:
        aged = value_of(functional_by_age=1.0, utilization=1.0)

        assert aged == pytest.approx(NEW * 0.75)

    def test_gives_each_equal_draw_the_central_value(self) -> None:
        assert_draws_equal_central(cost_replacement.value, cost_replacement.Inputs, GIVEN)
