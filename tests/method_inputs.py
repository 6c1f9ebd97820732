"""Inputs of valuation methods for tests: plain numbers entered on a sheet under their keys."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.core.sources import AssumptionOrigin

ORIGIN = AssumptionOrigin(author="A. Tester", reason="worked example")
# Units and axes of inputs by key; what is not listed is a share of each asset.
AMOUNTS = {"base_sales", "technology_cost", "enterprise_cost", "net_assets", "earnings"}
AMOUNTS |= {"equity", "debt", "working_capital", "fixed_assets", "other_intangibles", "intangibles"}
AMOUNTS |= {"unit_income", "book_cost", "lost_income", "added_cost"}
AMOUNTS |= {"underlying_value", "development_cost", "abandonment_value"}
AMOUNTS |= {"labor", "materials", "other_costs", "equipment", "overhead", "filing_fees"}
YEARS = {"life", "year", "timing", "amortization_years", "used_years", "remaining_years"}
YEARLY = {"growth", "upkeep", "tax_rate", "operating_margin", "year", "volume"}
PURE = {"printed", "beta", "unlevered_beta", "volume", "goes_on", "functional_by_age", "additive"}
PURE |= {"licensee_capacity", "all_capacity"}


def unit_of(key: str) -> str:
    if key in AMOUNTS or key == "upkeep":
        return "CNY"
    if key in YEARS:
        return "year"
    return "1" if key in PURE else "share"


def axes_of(key: str, dimensions: int) -> tuple[str, ...]:
    """(), (year) or (asset) for lists, (asset, year) for lists of lists."""
    if dimensions == 2:
        return ("asset", "year")
    return () if dimensions == 0 else ("year",) if key in YEARLY else ("asset",)


def figure(sheet: Sheet, key: str, given: Any) -> Figure:
    """Enter one input: a number, nested lists, or {value, unit, axes} where the key says less."""
    if isinstance(given, Mapping):
        values, unit, axes = given["value"], given["unit"], tuple(given["axes"])
    else:
        values, unit = np.asarray(given, dtype=np.float64), unit_of(key)
        axes = axes_of(key, values.ndim)
    return sheet.assumption(key, values, unit, origins=ORIGIN, axes=axes)


def entered(sheet: Sheet, inputs: Any, given: Mapping[str, Any], *, years: int = 1) -> Any:
    """The method's Inputs from plain numbers; the forecast years are counted here."""
    made = {
        field.name: sheet.years(years)
        if field.name == "year"
        else figure(sheet, field.name, given[field.name])
        for field in fields(inputs)
    }
    unused = set(given) - set(made)
    assert not unused, f"{inputs} reads no {sorted(unused)}"
    return inputs(**made)


def valued(method: Any, given: Mapping[str, Any], *, years: int = 1, keep: bool = True) -> Figure:
    """The method's value on a sheet of its own."""
    sheet = Sheet(getattr(method, "KEY", "test"), keep=keep)
    figured: Figure = method.value(sheet, a=entered(sheet, method.Inputs, given, years=years))
    return figured


def worked(method: Any, given: Mapping[str, Any], *, years: int = 1) -> Sheet:
    """The sheet with the method's workings."""
    sheet = Sheet(getattr(method, "KEY", "test"))
    method.value(sheet, a=entered(sheet, method.Inputs, given, years=years))
    return sheet


def in_draws(given: Mapping[str, Any], *, draws: int, keys: tuple[str, ...]) -> dict[str, Any]:
    """The same inputs, those of `keys` repeated along axis "draw"."""
    result = dict(given)
    for key in keys:
        values = np.asarray(given[key], dtype=np.float64)
        repeated = np.repeat(values[..., None], draws, axis=-1)
        axes = (*axes_of(key, values.ndim), "draw")
        result[key] = {"value": repeated, "unit": unit_of(key), "axes": axes}
    return result


def growth_of(flows: list[float], *, base: float) -> list[float]:
    """The growth rates that give the flows from the base."""
    return [later / earlier - 1 for earlier, later in zip([base, *flows], flows, strict=False)]
