from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.market_inputs import assert_draws_equal_central, worked
from zhirong.valuation.methods import cost_multiplier, cost_reproduction

GIVEN: dict[str, Any] = {
    "labor": 800_000.0,
    "materials": 150_000.0,
    "equipment": 100_000.0,
    "overhead": 50_000.0,
    "filing_fees": 20_000.0,
    "labor_index": 1.10,
    "goods_index": 1.02,
    "development_years": 2.0,
    "capital_rate": 0.05,
    "margin": 0.12,
    "used_years": 3.0,
    "remaining_years": 7.0,
    "functional": 0.15,
    "functional_by_age": 0.0,
    "economic": 0.10,
    "additive": 0.0,
}


def value_of(**changes: float) -> float:
    figure, _ = worked(cost_reproduction.value, cost_reproduction.Inputs, GIVEN | changes)
    return float(figure.values[0])


class TestValue:
    def test_trends_costs_and_takes_obsolescence_off(self) -> None:
        # By hand: 880,000 + 306,000 + 20,000 = 1,206,000; half of two years at 5 % = 60,300;
        # margin 144,720; cost new 1,411,020; left 0.85 x 0.90.
        assert value_of() == pytest.approx(1_411_020 * 0.765)

    def test_uses_age_where_it_stands_for_functional_obsolescence(self) -> None:
        assert value_of(functional_by_age=1.0) == pytest.approx(1_411_020 * 0.7 * 0.9)

    def test_adds_obsolescence_where_the_convention_says_so(self) -> None:
        assert value_of(additive=1.0) == pytest.approx(1_411_020 * 0.75)

    def test_equals_the_form_with_multipliers_of_one(self) -> None:
        # No trend, time or margin here; no multiplier, failure or return there.
        flat = {"labor_index": 1.0, "goods_index": 1.0, "development_years": 0.0, "margin": 0.0}
        kept = ("used_years", "remaining_years", "functional", "functional_by_age", "economic")
        other = {key: GIVEN[key] for key in (*kept, "additive", "labor", "materials")}
        other |= {"other_costs": 170_000.0, "labor_multiplier": 0.0, "failure_rate": 0.0}

        figure, _ = worked(
            cost_multiplier.value, cost_multiplier.Inputs, other | {"return_rate": 0.0}
        )

        assert value_of(**flat) == pytest.approx(float(figure.values[0]))

    def test_gives_each_equal_draw_the_central_value(self) -> None:
        assert_draws_equal_central(cost_reproduction.value, cost_reproduction.Inputs, GIVEN)

    @settings(max_examples=50, deadline=None)
    @given(
        functional=st.floats(0, 1), economic=st.floats(0, 1), additive=st.sampled_from([0.0, 1.0])
    )
    def test_lies_between_zero_and_cost_new(
        self, functional: float, economic: float, additive: float
    ) -> None:
        value = value_of(functional=functional, economic=economic, additive=additive)

        assert 0 <= value <= 1_411_020 * (1 + 1e-12)
