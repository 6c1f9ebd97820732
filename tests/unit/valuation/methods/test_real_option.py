import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.market_inputs import assert_draws_equal_central, worked
from zhirong.valuation.methods import real_option

# Golden vector G8.
G8: dict[str, Any] = {
    "underlying_value": 120.0,
    "development_cost": 100.0,
    "life": 10.0,
    "risk_free_rate": 0.025,
    "delay_cost": 0.10,
    "volatility": 0.40,
}
# Published row V10: Avonex (Damodaran, illustration 12.5), million USD.
V10: dict[str, Any] = {
    "underlying_value": 3422.0,
    "development_cost": 2875.0,
    "life": 17.0,
    "risk_free_rate": 0.067,
    "delay_cost": 1 / 17,
    "volatility": math.sqrt(0.224),
}


def lines_of(changes: dict[str, Any]) -> dict[str, float]:
    _, sheet = worked(real_option.value, real_option.Inputs, changes)
    return {key: float(line.figure.values[0]) for key, line in sheet.lines.items()}


class TestValue:
    def test_meets_the_golden_vector(self) -> None:
        lines = lines_of(G8)

        assert lines["d1"] == pytest.approx(0.183666, abs=5e-7)
        assert lines["d2"] == pytest.approx(-1.081245, abs=5e-7)
        assert lines["value"] == pytest.approx(14.4021, abs=5e-5)

    def test_meets_the_published_drug(self) -> None:
        lines = lines_of(V10)

        assert lines["value"] == pytest.approx(906.87, abs=0.01)
        assert round(lines["value"]) == 907
        assert lines["net_present_value"] == 547
        assert round(lines["time_premium"]) == 360

    def test_is_the_net_present_value_when_the_choice_ends_today(self) -> None:
        assert lines_of(G8 | {"life": 0.0})["value"] == pytest.approx(20.0)

    def test_is_nothing_when_it_ends_today_below_cost(self) -> None:
        assert lines_of(G8 | {"life": 0.0, "underlying_value": 90.0})["value"] == 0.0

    def test_is_a_forward_without_volatility(self) -> None:
        given = G8 | {"volatility": 0.0, "delay_cost": 0.0}

        assert lines_of(given)["value"] == pytest.approx(120 - 100 * math.exp(-0.25))

    def test_is_nothing_over_a_worthless_product(self) -> None:
        assert lines_of(G8 | {"underlying_value": 0.0})["value"] == 0.0

    def test_keeps_put_call_parity(self) -> None:
        # N(-d) for the put: C - P = S e^-yT - X e^-rT.
        lines = lines_of(G8)
        forward = 120 * lines["delay_factor"] - 100 * lines["discount_factor"]
        put = forward - lines["value"]

        assert -put == pytest.approx(
            100 * lines["discount_factor"] * _cdf(-lines["d2"])
            - 120 * lines["delay_factor"] * _cdf(-lines["d1"])
        )

    def test_rises_with_the_risk_free_rate(self) -> None:
        values = [lines_of(G8 | {"risk_free_rate": r})["value"] for r in (0.0, 0.02, 0.06)]

        assert values == sorted(values)

    @settings(max_examples=60, deadline=None)
    @given(
        underlying=st.floats(1, 1e9),
        cost=st.floats(1, 1e9),
        life=st.floats(0, 20),
        volatility=st.floats(0.01, 1.5),
    )
    def test_stays_between_nothing_and_the_underlying(
        self, underlying: float, cost: float, life: float, volatility: float
    ) -> None:
        changes = {"underlying_value": underlying, "development_cost": cost, "life": life}

        value = lines_of(G8 | changes | {"volatility": volatility})["value"]

        assert 0 <= value <= underlying * (1 + 1e-12)

    def test_gives_each_equal_draw_the_central_value(self) -> None:
        assert_draws_equal_central(real_option.value, real_option.Inputs, G8)


def _cdf(x: float) -> float:
    return float(0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2))))
