"""Sales of products against VAT filings or invoices, year by year."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from zhirong.core.sources import Source
from zhirong.firms.records import ProductYear


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesGap:
    """Stated sales of a product in a year beside what was declared or invoiced, CNY.

    Attributes:
        gap: Distance of the two as a share of the larger; 0 when both are 0.
        is_beyond: Whether the gap is above the tolerance.
        proposed: The sales to be used: the lower figure where the gap is beyond, else as stated.
    """

    product: str
    year: int
    sales: Decimal
    vat_sales: Decimal
    gap: Decimal
    is_beyond: bool
    proposed: Decimal
    source: Source | None = None


def gap_share(stated: Decimal, declared: Decimal) -> Decimal:
    """Distance of two amounts as a share of the larger.

    >>> gap_share(Decimal(100), Decimal(92))
    Decimal('0.08')
    """
    larger = max(abs(stated), abs(declared))
    return abs(stated - declared) / larger if larger else Decimal(0)


def reconcile(sales: Iterable[ProductYear], *, tolerance: Decimal) -> tuple[SalesGap, ...]:
    """Each product and year for which a declared or invoiced amount was given, in their order.

    Args:
        sales: Years of products; those without `vat_sales` are left out, being not known.
        tolerance: Largest gap that is no finding, share of the larger amount.
    """
    return tuple(
        _gap(year, year.vat_sales, tolerance) for year in sales if year.vat_sales is not None
    )


def _gap(year: ProductYear, declared: Decimal, tolerance: Decimal) -> SalesGap:
    gap = gap_share(year.sales, declared)
    is_beyond = gap > tolerance
    return SalesGap(
        product=year.product,
        year=year.year,
        sales=year.sales,
        vat_sales=declared,
        gap=gap,
        is_beyond=is_beyond,
        proposed=min(year.sales, declared) if is_beyond else year.sales,
        source=year.source,
    )
