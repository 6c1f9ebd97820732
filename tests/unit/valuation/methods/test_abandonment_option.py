import math

import pytest

from tests.method_inputs import valued, worked
from zhirong.valuation.methods import abandonment_option, real_option

MARKET = {"life": 5.0, "risk_free_rate": 0.07, "delay_cost": 1 / 30, "volatility": 0.36}
GIVEN = MARKET | {"underlying_value": [480.0], "abandonment_value": [400.0]}


class TestValue:
    def test_keeps_the_parity_of_put_and_call(self) -> None:
        call = valued(
            real_option, MARKET | {"underlying_value": [480.0], "development_cost": [400.0]}
        )
        put = valued(abandonment_option, GIVEN)

        forward = 480 * math.exp(-5 / 30) - 400 * math.exp(-0.35)
        assert call.values - put.values == pytest.approx([forward])

    def test_is_nothing_where_giving_up_brings_nothing(self) -> None:
        assert valued(abandonment_option, GIVEN | {"abandonment_value": [0.0]}).values == (
            pytest.approx([0.0], abs=1e-3)
        )

    def test_falls_as_the_risk_free_rate_rises(self) -> None:
        dear = valued(abandonment_option, GIVEN | {"risk_free_rate": 0.09}).values

        assert dear < valued(abandonment_option, GIVEN).values

    def test_stands_beside_the_project_with_the_choice(self) -> None:
        lines = worked(abandonment_option, GIVEN).lines
        option = lines["value"].figure.values

        assert lines["value_with_choice"].figure.values == pytest.approx(480 + option)
