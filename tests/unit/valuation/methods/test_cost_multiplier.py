import pytest

from tests.market_inputs import assert_draws_equal_central, worked
from zhirong.valuation.methods import cost_multiplier

# Published row V7: (15 + 20 + 30 x 1.2) / (1 - 0.4) x (1 + 20 %), age 3, 5 years left; in 万元.
V7 = {
    "materials": 15.0,
    "other_costs": 20.0,
    "labor": 30.0,
    "labor_multiplier": 0.2,
    "failure_rate": 0.4,
    "return_rate": 0.2,
    "used_years": 3.0,
    "remaining_years": 5.0,
    "functional": 0.0,
    "functional_by_age": 1.0,
    "economic": 0.0,
    "additive": 0.0,
}


class TestValue:
    def test_meets_the_published_example(self) -> None:
        value, sheet = worked(cost_multiplier.value, cost_multiplier.Inputs, V7)

        assert sheet.lines["replacement_cost_new"].figure.values[0] == pytest.approx(142.0)
        assert value.values[0] == pytest.approx(88.75)

    def test_is_plain_cost_without_multipliers_and_age(self) -> None:
        plain = V7 | {"labor_multiplier": 0.0, "failure_rate": 0.0, "return_rate": 0.0}

        value, _ = worked(
            cost_multiplier.value, cost_multiplier.Inputs, plain | {"used_years": 0.0}
        )

        assert value.values[0] == pytest.approx(65.0)

    def test_takes_the_judged_rate_where_age_does_not_stand_for_it(self) -> None:
        judged = V7 | {"functional_by_age": 0.0, "functional": 0.1, "economic": 0.5}

        value, _ = worked(cost_multiplier.value, cost_multiplier.Inputs, judged)

        assert value.values[0] == pytest.approx(142.0 * 0.9 * 0.5)

    def test_gives_each_equal_draw_the_central_value(self) -> None:
        assert_draws_equal_central(cost_multiplier.value, cost_multiplier.Inputs, V7)
