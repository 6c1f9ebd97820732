"""Laws that income methods keep for any inputs."""

from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.method_inputs import valued, worked
from zhirong.valuation.methods import (
    incremental_income,
    investment_ratio_split,
    profit_split,
    relief_from_royalty,
    revenue_split,
    with_and_without,
)

YEARS = 4
share = st.floats(0.0, 1.0)
small = st.floats(0.0, 0.3)
paths = st.fixed_dictionaries(
    {
        "base_sales": st.lists(st.floats(0, 1e10), min_size=2, max_size=2),
        "growth": st.lists(st.floats(-0.5, 1.0), min_size=YEARS, max_size=YEARS),
        "mapped_share": share,
        "life": st.floats(0.0, 6.0),
        "upkeep": st.just(0.0),
        "tax_rate": small,
        "discount_rate": st.floats(0.01, 0.6),
        "timing": st.sampled_from([0.5, 1.0]),
    }
)
OWN: dict[ModuleType, dict[str, st.SearchStrategy[Any]]] = {
    relief_from_royalty: {"royalty_rate": small, "royalty_decay": share},
    revenue_split: {
        "split_low": st.floats(0, 0.1),
        "split_high": st.floats(0.1, 0.3),
        "composite_score": st.floats(0, 100).map(lambda points: [points, points]),
        "split_decay": share,
    },
    profit_split: {
        "operating_margin": small,
        "split_rate": share,
        "split_decay": share,
        "printed": st.just(0.0),
    },
    investment_ratio_split: {
        "operating_margin": small,
        "technology_cost": st.floats(0, 1e8).map(lambda cost: [cost, cost]),
        "technology_margin": st.floats(0, 5),
        "enterprise_cost": st.floats(1e6, 1e9).map(lambda cost: [cost, cost]),
        "enterprise_margin": small,
        "printed": st.just(0.0),
    },
    incremental_income: {
        "price_premium": small,
        "extra_volume": small,
        "contribution_margin": share,
        "cost_saving": small,
        "increment_decay": share,
    },
    with_and_without: {
        "operating_margin": st.floats(0.1, 0.3),
        "sales_lost": share,
        "margin_lost": st.floats(0, 0.1),
        "catch_up": share,
    },
}
methods = pytest.mark.parametrize("method", OWN, ids=lambda method: method.KEY)


@methods
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_value_falls_as_the_rate_rises(method: ModuleType, data: st.DataObject) -> None:
    inputs = data.draw(paths) | data.draw(st.fixed_dictionaries(OWN[method]))
    higher = inputs["discount_rate"] + data.draw(st.floats(0.001, 0.5))

    lower_value = valued(method, inputs, years=YEARS).values
    higher_value = valued(method, inputs | {"discount_rate": higher}, years=YEARS).values

    assert np.all(higher_value <= lower_value * (1 + 1e-12))


@methods
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_value_is_never_negative_and_at_most_the_cash_claimed(
    method: ModuleType, data: st.DataObject
) -> None:
    upkeep = data.draw(st.floats(0, 1e6))
    inputs = data.draw(paths) | data.draw(st.fixed_dictionaries(OWN[method])) | {"upkeep": upkeep}

    lines = worked(method, inputs, years=YEARS).lines

    value = lines["value"].figure.values
    claimed = lines["claimed_cash"].figure.values.sum(axis=1)
    assert np.all(value >= 0)
    assert np.all(value <= claimed * (1 + 1e-9) + 1e-9)


@methods
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_value_scales_with_sales(method: ModuleType, data: st.DataObject) -> None:
    inputs = data.draw(paths) | data.draw(st.fixed_dictionaries(OWN[method]))
    factor = data.draw(st.floats(0.1, 10))

    value = valued(method, inputs, years=YEARS).values
    scaled = inputs | {"base_sales": [sales * factor for sales in inputs["base_sales"]]}

    # A millionth of a yuan: a loss of sales of 4e-15 leaves only the rounding of 1 - 4e-15.
    expected = pytest.approx(value * factor, rel=1e-9, abs=1e-6)
    assert valued(method, scaled, years=YEARS).values == expected


@settings(max_examples=40, deadline=None)
@given(path=paths, upkeep=st.floats(0, 1e6))
def test_relief_from_royalty_at_royalty_zero_is_zero(path: dict[str, Any], upkeep: float) -> None:
    free = path | {"royalty_rate": 0.0, "royalty_decay": 0.1, "upkeep": upkeep}

    assert not valued(relief_from_royalty, free, years=YEARS).values.any()


@settings(max_examples=40, deadline=None)
@given(path=paths, royalty=small, decay=share, upkeep=st.floats(0, 1e6))
def test_a_saved_royalty_is_an_increment(
    path: dict[str, Any], royalty: float, decay: float, upkeep: float
) -> None:
    path = path | {"upkeep": upkeep}
    none = {"price_premium": 0.0, "extra_volume": 0.0, "contribution_margin": 0.0}
    saving = path | none | {"cost_saving": royalty, "increment_decay": decay}

    relief = valued(
        relief_from_royalty,
        path | {"royalty_rate": royalty, "royalty_decay": decay},
        years=YEARS,
    )

    increment = valued(incremental_income, saving, years=YEARS).values
    assert increment == pytest.approx(relief.values, rel=1e-9, abs=1e-6)
