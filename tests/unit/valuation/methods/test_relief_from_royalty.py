import numpy as np
import pytest

from tests.method_inputs import in_draws, valued, worked
from zhirong.valuation.methods import relief_from_royalty

GIVEN = {
    "base_sales": [100e6, 40e6],
    "growth": [[0.10, 0.05, 0.0], [0.0, 0.0, 0.0]],
    "mapped_share": [0.8, 0.5],
    "royalty_rate": [0.03, 0.02],
    "royalty_decay": [0.1, 0.2],
    "life": [3.0, 1.5],
    "upkeep": [[2e4, 3e4, 3e4], [1e4, 1e4, 1e4]],
    "tax_rate": [0.15, 0.15, 0.25],
    "discount_rate": [0.15, 0.16],
    "timing": 0.5,
}


class TestValue:
    def test_discounts_the_royalties_saved_after_upkeep_and_tax(self) -> None:
        # Worked by hand for the second asset: sales 40 m x 0.5 = 20 m.
        first = (20e6 * 0.02 - 1e4) * 0.85 / 1.16**0.5
        second = 0.5 * (20e6 * 0.02 * 0.8 - 1e4) * 0.85 / 1.16**1.5

        value = valued(relief_from_royalty, GIVEN, years=3)

        assert value.values[1] == pytest.approx(first + second, abs=0.01)

    def test_is_zero_at_royalty_zero_though_upkeep_is_due(self) -> None:
        value = valued(relief_from_royalty, GIVEN | {"royalty_rate": [0.0, 0.0]}, years=3)

        assert value.values.tolist() == [0.0, 0.0]

    def test_gives_each_draw_the_central_value_when_draws_are_equal(self) -> None:
        keys = ("growth", "royalty_rate", "life", "discount_rate", "mapped_share")

        drawn = valued(
            relief_from_royalty, in_draws(GIVEN, draws=3, keys=keys), years=3, keep=False
        )

        central = valued(relief_from_royalty, GIVEN, years=3).values
        assert drawn.axes == ("asset", "draw")
        assert drawn.values == pytest.approx(np.repeat(central[:, None], 3, axis=1), rel=1e-12)

    def test_claims_cash_before_upkeep_and_tax(self) -> None:
        claimed = worked(relief_from_royalty, GIVEN, years=3).lines["claimed_cash"].figure

        assert claimed.axes == ("asset", "year")
        assert claimed.values[1] == pytest.approx([400_000, 160_000, 0])
