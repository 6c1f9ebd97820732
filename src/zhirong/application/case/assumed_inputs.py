"""Which inputs of the methods are judged, under which keys the judgment is looked for, its bounds.

Every other input is a fact, a parameter or a line of another sheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedInput:
    """An input that is an assumption.

    Args:
        unit: Of the register.
        keys: Keys of the assumption, the first found counts; empty for the input's own name.
        is_yearly: Whether it runs over the forecast years.
        floor, ceiling: Bounds that no statement and no draw crosses.
    """

    unit: str = "share"
    keys: tuple[str, ...] = ()
    is_yearly: bool = False
    floor: float = 0.0
    ceiling: float = np.inf


_DECAY = ("royalty_decay",)
_INCOME: Mapping[str, AssumedInput] = {
    "growth": AssumedInput(is_yearly=True, floor=-1.0, ceiling=10.0),
    "life": AssumedInput(unit="year", keys=("economic_life",)),
    "discount_rate": AssumedInput(ceiling=1.0),
    "royalty_rate": AssumedInput(ceiling=1.0),
    "royalty_decay": AssumedInput(ceiling=0.99),
    "split_low": AssumedInput(ceiling=1.0),
    "split_high": AssumedInput(ceiling=1.0),
    "split_rate": AssumedInput(keys=("profit_split_rate",), ceiling=1.0),
    "split_decay": AssumedInput(keys=("split_decay", *_DECAY), ceiling=0.99),
    "technology_cost": AssumedInput(unit="CNY"),
    "technology_margin": AssumedInput(),
    "enterprise_cost": AssumedInput(unit="CNY"),
    "enterprise_margin": AssumedInput(),
    "price_premium": AssumedInput(),
    "extra_volume": AssumedInput(),
    "contribution_margin": AssumedInput(ceiling=1.0),
    "cost_saving": AssumedInput(ceiling=1.0),
    "increment_decay": AssumedInput(keys=("increment_decay", *_DECAY), ceiling=0.99),
    "sales_lost": AssumedInput(ceiling=1.0),
    "margin_lost": AssumedInput(ceiling=1.0),
    "catch_up": AssumedInput(ceiling=1.0),
    "obsolescence": AssumedInput(keys=("obsolescence", *_DECAY), ceiling=0.99),
}
_EXCESS: Mapping[str, AssumedInput] = {
    "working_capital_return_on_rate": AssumedInput(keys=("working_capital_return",)),
    "fixed_assets_return_on_rate": AssumedInput(keys=("fixed_assets_return",)),
    "working_capital_intensity": AssumedInput(),
    "fixed_assets_intensity": AssumedInput(),
    "workforce_intensity": AssumedInput(),
    "workforce_return_on_rate": AssumedInput(keys=("workforce_return",)),
    "other_intangibles_intensity": AssumedInput(),
    "other_intangibles_return_on_rate": AssumedInput(keys=("other_intangibles_return",)),
}
_COST: Mapping[str, AssumedInput] = {
    "labor_index": AssumedInput(unit="multiple"),
    "goods_index": AssumedInput(unit="multiple"),
    "development_years": AssumedInput(unit="year"),
    "capital_rate": AssumedInput(),
    "margin": AssumedInput(keys=("developer_margin", "margin")),
    "functional": AssumedInput(ceiling=1.0),
    "functional_by_age": AssumedInput(unit="1", ceiling=1.0),
    "economic": AssumedInput(ceiling=1.0),
    "labor_multiplier": AssumedInput(),
    "failure_rate": AssumedInput(ceiling=0.95),
    "return_rate": AssumedInput(),
    "person_months": AssumedInput(unit="month"),
    "monthly_cost": AssumedInput(unit="CNY"),
    "replacement_materials": AssumedInput(unit="CNY"),
    "overhead_rate": AssumedInput(),
    "excess_operating_cost": AssumedInput(unit="CNY"),
    "utilization": AssumedInput(ceiling=1.0),
    "scale_exponent": AssumedInput(unit="1"),
}
_OPTION: Mapping[str, AssumedInput] = {
    "underlying_value": AssumedInput(unit="CNY"),
    "development_cost": AssumedInput(unit="CNY"),
    "volatility": AssumedInput(),
    "risk_free_rate": AssumedInput(),
    "delay_cost": AssumedInput(),
    "median_return": AssumedInput(unit="CNY"),
    "spread": AssumedInput(keys=("return_spread",), unit="1"),
    "return_decline": AssumedInput(ceiling=0.95),
}
# Read by checks and purposes, not by methods.
_OTHERS: Mapping[str, AssumedInput] = {
    "royalty_share_max": AssumedInput(ceiling=1.0),
    "intangible_premium": AssumedInput(ceiling=1.0),
    "discount_rate_spread": AssumedInput(ceiling=1.0),
    "enterprise_value": AssumedInput(unit="CNY"),
    "buyer_value_multiple": AssumedInput(unit="multiple"),
    "wacc": AssumedInput(ceiling=1.0),
}
ASSUMED: Mapping[str, AssumedInput] = {**_INCOME, **_EXCESS, **_COST, **_OPTION}


def bounds_of(key: str) -> tuple[float, float]:
    """Between which numbers an assumption may be stated; infinite where nothing bounds it."""
    for name, spec in (*ASSUMED.items(), *_OTHERS.items()):
        if key in (spec.keys or (name,)):
            return spec.floor, spec.ceiling
    return -np.inf, np.inf
