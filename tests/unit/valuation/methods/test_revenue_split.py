import numpy as np
import pytest

from tests.method_inputs import in_draws, valued, worked
from zhirong.valuation.methods import relief_from_royalty, revenue_split

PATH = {
    "base_sales": [80e6, 30e6],
    "growth": [0.08, 0.05, 0.02],
    "mapped_share": [0.6, 1.0],
    "life": [3.0, 2.5],
    "upkeep": 12_000.0,
    "tax_rate": [0.15, 0.20, 0.25],
    "discount_rate": [0.14, 0.17],
    "timing": 0.5,
}
GIVEN = PATH | {
    "split_low": 0.02,
    "split_high": 0.035,
    "composite_score": [60.0, 20.0],
    "split_decay": 0.1,
}


class TestValue:
    def test_is_relief_from_royalty_at_the_split_rate(self) -> None:
        royalty = PATH | {"royalty_rate": [0.029, 0.023], "royalty_decay": 0.1}

        value = valued(revenue_split, GIVEN, years=3)

        expected = valued(relief_from_royalty, royalty, years=3).values
        assert value.values == pytest.approx(expected, rel=1e-12)

    def test_stays_within_the_range_from_score_0_to_100(self) -> None:
        given = GIVEN | {"composite_score": [0.0, 100.0]}

        split = worked(revenue_split, given, years=3).lines["split_rate"].figure

        assert split.values == pytest.approx([0.02, 0.035])

    def test_gives_each_draw_the_central_value_when_draws_are_equal(self) -> None:
        drawn = in_draws(GIVEN, draws=2, keys=("composite_score", "growth", "discount_rate"))

        values = valued(revenue_split, drawn, years=3, keep=False).values

        central = valued(revenue_split, GIVEN, years=3).values
        assert values == pytest.approx(np.repeat(central[:, None], 2, axis=1), rel=1e-12)
