"""Invented rights and coefficients small enough to work out by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from zhirong.valuation.survival_inputs import SurvivalFeatures, SurvivalModel

COIN = SurvivalModel(
    intercept=0.0,
    covariates=(0.0,) * 11,
    timing=(0.0,) * 5,
    reference=(0.5, 0.5, 0.1, 0.4, 0.3, 0.8, 1.5, 0.7, 0.6, 0.4, 0.2),
    first_fee_year=3,
    last_fee_year=6,
    center=5,
    knot=4,
    first_fees_share=(1.0, 0.75, 0.5, 0.25),
    third_fee_share=(0.0, 0.25, 0.5, 0.25),
    section="A",
    medicines=("A61K",),
    medical=("A61",),
    announcement_lag_years=1.17,
    filed_from=date(2000, 1, 1),
    filed_to=date(2002, 6, 27),
    observed_until=date(2017, 8, 25),
    rights=1689,
    domestic_auc=(0.6, 0.66),
)


def with_covariate(position: int, value: float, **changes: Any) -> SurvivalModel:
    """The coin with one coefficient of `COVARIATES`."""
    weights = [0.0] * 11
    weights[position] = value
    return replace(COIN, covariates=tuple(weights), **changes)


def with_timing(position: int, value: float) -> SurvivalModel:
    """The coin with one coefficient of `TIMING`."""
    weights = [0.0] * 5
    weights[position] = value
    return replace(COIN, timing=tuple(weights))


def rights(count: int = 1, **changes: Any) -> SurvivalFeatures:
    """Granted inventions of one Chinese company, changed where asked."""
    columns: dict[str, Any] = {
        "is_invention": np.ones(count, dtype=np.bool_),
        "main_ipc": ("A47J27/08",) * count,
    }
    values = {
        "is_domestic": 1.0,
        "has_company": 1.0,
        "has_university": 0.0,
        "has_priority": 0.0,
        "is_pct": 0.0,
        "has_agency": 1.0,
        "claims": 1.0,
        "inventors": 1.0,
        "ipc_symbols": 1.0,
        "grant_lag_years": 3.2,
    }
    columns |= {name: np.full(count, value) for name, value in values.items()}
    return SurvivalFeatures(**(columns | changes))
