"""The columns that are facts, parameters or published schedules: sales, margin, tax, fees."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from zhirong.application.case.context import Context, fact_origin, parameter_origin
from zhirong.application.case.groups import Group
from zhirong.application.case.sales_basis import SalesBasis
from zhirong.application.case.upkeep import fees_by_year
from zhirong.application.inputs.columns import Column, fixed
from zhirong.core.calendar import last_full_year
from zhirong.core.sources import ComputedOrigin, FactOrigin

TIMING = "valuation.convention.timing"


def base_sales(groups: Sequence[Group], bases: Mapping[str, SalesBasis]) -> Column:
    """Sales of each group's product in the last full year, as reconciled."""
    rows = [bases[group.product.product] for group in groups]
    origins = [fact_origin(row.source, f"product_sales {row.product}") for row in rows]
    values = [float(row.used) for row in rows]
    return fixed("base_sales", values, "CNY", axes=("asset",), origins=origins)


def operating_margin(groups: Sequence[Group], context: Context) -> Column | None:
    """Operating margin of each group's product, else that of the firm's last accounts."""
    found: list[tuple[Decimal, FactOrigin]] = []
    for group in groups:
        margin = margin_of(group.product.product, context)
        if margin is None:
            return None
        found.append(margin)
    return fixed(
        "operating_margin",
        [float(value) for value, _ in found],
        "share",
        axes=("asset",),
        origins=[origin for _, origin in found],
    )


def margin_of(product: str, context: Context) -> tuple[Decimal, FactOrigin] | None:
    """Operating margin of a product as stated, else of the whole firm in its last full year."""
    for item in context.case.products:
        if item.product == product and item.operating_margin is not None:
            return item.operating_margin, fact_origin(item.source, f"product {product}")
    last_year = last_full_year(context.valuation_date)
    years = sorted(context.case.accounts, key=lambda row: row.year, reverse=True)
    for row in years:
        if row.year <= last_year and row.revenue and row.operating_profit is not None:
            margin = row.operating_profit / row.revenue
            return margin, fact_origin(row.source, f"accounts {row.year}")
    return None


def upkeep(groups: Sequence[Group], context: Context, years: int) -> Column:
    """Annual fees of each group's rights by forecast year, from the published schedule.

    The fees of a right that serves several groups are paid once, in equal parts.
    """
    serving = Counter(place for group in context.groups for place in group.rights)
    paid = {
        place: fees_by_year(context.fees[place], valuation_date=context.valuation_date, years=years)
        / serving[place]
        for place in {place for group in groups for place in group.rights}
    }
    values = np.array([np.sum([paid[place] for place in group.rights], axis=0) for group in groups])
    origin = ComputedOrigin(by="annual_fee_schedule", inputs=("patent.fee.annual",))
    return fixed("upkeep", values, "CNY", axes=("asset", "year"), origins=(origin,))


def timing(context: Context) -> Column:
    """The house's convention of when in its year a flow falls."""
    found = context.parameters.get(TIMING, on=context.valuation_date)
    origin = parameter_origin(found, context.valuation_date)
    return fixed("timing", float(found.number), "year", axes=(), origins=(origin,))


def printed() -> Column:
    """Exact discount factors, not those of a printed table with four decimals."""
    return fixed("printed", 0.0, "1", axes=(), origins=(ComputedOrigin(by="exact_factors"),))
