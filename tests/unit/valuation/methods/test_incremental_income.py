import numpy as np
import pytest

from tests.method_inputs import in_draws, valued, worked
from zhirong.valuation.methods import incremental_income, relief_from_royalty

PATH = {
    "base_sales": [100e6],
    "growth": [[0.10, 0.05, 0.0]],
    "mapped_share": 0.8,
    "life": 2.5,
    "upkeep": [20e3, 30e3, 30e3],
    "tax_rate": [0.15, 0.15, 0.25],
    "discount_rate": 0.15,
    "timing": 0.5,
}
GIVEN = PATH | {
    "price_premium": 0.10,
    "extra_volume": 0.25,
    "contribution_margin": 0.40,
    "cost_saving": 0.01,
    "increment_decay": 0.1,
}


class TestValue:
    def test_is_relief_from_royalty_where_the_royalty_is_the_saving(self) -> None:
        saving = PATH | {
            "price_premium": 0.0,
            "extra_volume": 0.0,
            "contribution_margin": 0.0,
            "cost_saving": 0.03,
            "increment_decay": 0.1,
        }
        royalty = PATH | {"royalty_rate": 0.03, "royalty_decay": 0.1}

        value = valued(incremental_income, saving, years=3).values

        assert value == pytest.approx(
            valued(relief_from_royalty, royalty, years=3).values, rel=1e-12
        )

    def test_adds_price_volume_and_cost_without_counting_twice(self) -> None:
        # With the rights 1,250 units at 1.10, cost 0.60 - 0.011; without 1,000 at 1.00, cost 0.60.
        sales = 1250 * 1.10
        unit = GIVEN | {"base_sales": [sales], "growth": [[0.0] * 3], "mapped_share": 1.0}

        lines = worked(incremental_income, unit, years=3).lines

        cost_with = 0.60 - 0.01 * 1.10
        expected = 1250 * (1.10 - cost_with) - 1000 * (1.00 - 0.60)
        assert lines["claimed_cash"].figure.values[0, 0] == pytest.approx(expected)

    def test_gives_each_draw_the_central_value_when_draws_are_equal(self) -> None:
        drawn = in_draws(GIVEN, draws=2, keys=("price_premium", "growth", "cost_saving"))

        values = valued(incremental_income, drawn, years=3, keep=False).values

        central = valued(incremental_income, GIVEN, years=3).values
        assert values == pytest.approx(np.repeat(central[:, None], 2, axis=1), rel=1e-12)
