import numpy as np
import pytest

from tests.method_inputs import in_draws, valued, worked
from zhirong.valuation.methods import relief_from_royalty, with_and_without

PATH = {
    "base_sales": [100e6],
    "growth": [[0.10, 0.05]],
    "mapped_share": 0.8,
    "life": 2.0,
    "upkeep": 20e3,
    "tax_rate": [0.15, 0.25],
    "discount_rate": 0.15,
    "timing": 0.5,
}
GIVEN = PATH | {
    "operating_margin": 0.15,
    "sales_lost": 0.30,
    "margin_lost": 0.05,
    "catch_up": 0.5,
}


class TestValue:
    def test_compares_two_forecasts(self) -> None:
        # By hand, of 88 m then 92.4 m sales: without 61.6 m at 10 %, then 78.54 m at 12.5 %.
        lines = worked(with_and_without, GIVEN, years=2).lines

        without = lines["profit_without"].figure.values
        assert without == pytest.approx(np.array([[6.16e6, 9.8175e6]]))
        claimed = lines["claimed_cash"].figure.values
        assert claimed == pytest.approx(np.array([[13.2e6 - 6.16e6, 13.86e6 - 9.8175e6]]))

    def test_is_relief_from_royalty_where_only_margin_is_lost(self) -> None:
        margin = GIVEN | {"sales_lost": 0.0, "margin_lost": 0.03, "catch_up": 0.2}
        royalty = PATH | {"royalty_rate": 0.03, "royalty_decay": 0.2}

        value = valued(with_and_without, margin, years=2).values

        assert value == pytest.approx(
            valued(relief_from_royalty, royalty, years=2).values, rel=1e-9
        )

    def test_is_zero_where_nothing_is_lost(self) -> None:
        nothing = GIVEN | {"sales_lost": 0.0, "margin_lost": 0.0}

        assert valued(with_and_without, nothing, years=2).values.tolist() == [0.0]

    def test_gives_each_draw_the_central_value_when_draws_are_equal(self) -> None:
        drawn = in_draws(GIVEN, draws=2, keys=("sales_lost", "growth", "life"))

        values = valued(with_and_without, drawn, years=2, keep=False).values

        central = valued(with_and_without, GIVEN, years=2).values
        assert values == pytest.approx(np.repeat(central[:, None], 2, axis=1), rel=1e-12)
