"""Inputs of the cost, market and option methods for tests; what is not listed is a pure number."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.core.sources import AssumptionOrigin

ORIGIN = AssumptionOrigin(author="A. Tester", reason="worked example")
AMOUNTS = frozenset(
    (
        *("labor", "materials", "equipment", "overhead", "filing_fees", "other_costs"),
        *("monthly_cost", "excess_operating_cost", "price", "sales_value"),
        *("underlying_value", "development_cost", "market_capitalization"),
        *("fee", "median_return", "paid_fee"),
    )
)
DEALS = frozenset(
    (
        *("price", "rate", "weight", "comparable_score", "date_factor", "territory_factor"),
        *("exclusivity_factor", "term_factor", "field_factor", "scale_factor", "quality_factor"),
    )
)
YEARLY = frozenset(("fee",))


def axes_of(key: str, dimensions: int) -> tuple[str, ...]:
    if dimensions == 0:
        return ()
    if key in YEARLY:
        return ("asset", "year")
    return ("right",) if key in DEALS else ("asset",)


def entered(sheet: Sheet, record: type[Any], given: Mapping[str, Any], *, draws: int = 0) -> Any:
    """The record of inputs; numbers become one asset, lists several; draws repeat them all."""
    made: dict[str, Any] = {}
    for item in fields(record):
        if item.type not in (Figure, "Figure"):
            made[item.name] = given[item.name]
            continue
        if item.name == "year":
            made["year"] = sheet.years(np.asarray(given["fee"]).shape[-1])
            continue
        array = np.atleast_1d(np.asarray(given[item.name], dtype=np.float64))
        axes = axes_of(item.name, array.ndim)
        if draws:
            array, axes = np.repeat(array[..., None], draws, axis=-1), (*axes, "draw")
        unit = "CNY" if item.name in AMOUNTS else "1"
        made[item.name] = sheet.assumption(item.name, array, unit, origins=ORIGIN, axes=axes)
    assert not set(given) - set(made), f"{record} reads no {sorted(set(given) - set(made))}"
    return record(**made)


def worked(
    value: Callable[..., Figure], record: type[Any], given: Mapping[str, Any], *, draws: int = 0
) -> tuple[Figure, Sheet]:
    """The value and the sheet it was worked on; without trace where there are draws."""
    sheet = Sheet("test", keep=not draws)
    return value(sheet, a=entered(sheet, record, given, draws=draws)), sheet


def assert_draws_equal_central(
    value: Callable[..., Figure], record: type[Any], given: Mapping[str, Any]
) -> None:
    """Equal draws give each draw the central value."""
    central, _ = worked(value, record, given)
    drawn, _ = worked(value, record, given, draws=3)
    assert drawn.axes == (*central.axes, "draw")
    repeated = np.repeat(central.values[..., None], 3, axis=-1)
    np.testing.assert_allclose(drawn.values, repeated, rtol=1e-12)
