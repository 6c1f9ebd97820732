from typing import Any

import pytest

from tests.market_inputs import assert_draws_equal_central, worked
from zhirong.valuation.methods import market_comparables
from zhirong.valuation.methods.market_comparables import Inputs, RateInputs, ScoreInputs

ONES = {f"{factor}_factor": [1.0, 1.0, 1.0] for factor in market_comparables.FACTORS}
# Two deals against the first asset, one against the second.
GIVEN: dict[str, Any] = {
    **ONES,
    "price": [2e6, 3e6, 1e6],
    "weight": [0.6, 0.4, 0.5],
    "date_factor": [1.05, 1.0, 1.0],
    "exclusivity_factor": [0.9, 1.2, 1.0],
    "asset_of": (0, 0, 1),
    "assets": 2,
}
RATES: dict[str, Any] = {
    **ONES,
    "rate": [0.02, 0.03, 0.01],
    "weight": [1.0, 3.0, 1.0],
    "quality_factor": [1.1, 1.0, 1.0],
    "sales_value": [1e8, 5e7],
    "tax_rate": [0.15, 0.25],
    "asset_of": (0, 0, 1),
    "assets": 2,
}


class TestValue:
    def test_weighs_adjusted_prices_of_each_asset(self) -> None:
        value, _ = worked(market_comparables.value, Inputs, GIVEN)

        first = 0.6 * 2e6 * 1.05 * 0.9 + 0.4 * 3e6 * 1.2
        assert value.values == pytest.approx([first, 1e6])

    def test_gives_an_asset_without_deals_nothing(self) -> None:
        value, _ = worked(market_comparables.value, Inputs, GIVEN | {"assets": 3})

        assert value.values[2] == 0.0

    def test_stays_between_the_adjusted_prices(self) -> None:
        value, sheet = worked(market_comparables.value, Inputs, GIVEN)

        adjusted = sheet.lines["adjusted_price"].figure.values[:2]
        assert min(adjusted) <= value.values[0] <= max(adjusted)

    def test_gives_each_equal_draw_the_central_value(self) -> None:
        assert_draws_equal_central(market_comparables.value, Inputs, GIVEN)


class TestValueByScore:
    def test_is_the_mean_of_prices_scaled_by_scores(self) -> None:
        given = {
            "price": [100.0, 200.0],
            "weight": [1.0, 1.0],
            "comparable_score": [50.0, 80.0],
            "score": [60.0],
            "asset_of": (0, 0),
        }

        value, _ = worked(market_comparables.value_by_score, ScoreInputs, given)

        assert value.values[0] == pytest.approx((100 * 60 / 50 + 200 * 60 / 80) / 2)

    def test_equals_the_grid_with_only_a_quality_factor(self) -> None:
        scores = {"comparable_score": [50.0, 80.0, 40.0], "score": [60.0, 30.0]}
        kept = {key: GIVEN[key] for key in ("price", "weight", "asset_of")}
        grid = {**GIVEN, **ONES, "quality_factor": [60 / 50, 60 / 80, 30 / 40]}

        by_score, _ = worked(market_comparables.value_by_score, ScoreInputs, kept | scores)
        by_grid, _ = worked(market_comparables.value, Inputs, grid)

        assert by_score.values == pytest.approx(by_grid.values)


class TestValueByRate:
    def test_puts_the_market_rate_on_own_sales_after_tax(self) -> None:
        value, sheet = worked(market_comparables.value_by_rate, RateInputs, RATES)

        rate = (0.022 + 3 * 0.03) / 4
        assert sheet.lines["market_royalty_rate"].figure.values[0] == pytest.approx(rate)
        assert value.values == pytest.approx([1e8 * rate * 0.85, 5e7 * 0.01 * 0.75])

    def test_gives_each_equal_draw_the_central_value(self) -> None:
        assert_draws_equal_central(market_comparables.value_by_rate, RateInputs, RATES)
