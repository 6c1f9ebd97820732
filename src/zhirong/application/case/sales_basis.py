"""The sales a value starts from: the last full year's, reconciled to VAT filings.

Where the sales that the firm states and those of its VAT filings differ by more than the house's
limit, the lower figure is taken until the difference is explained; an analyst may decide otherwise
by an assumption with a reason.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhirong.application.case.assumption_book import AssumptionBook
from zhirong.application.case.case_file import CaseFile
from zhirong.core.calendar import last_full_year
from zhirong.core.sources import Source
from zhirong.firms.records import ProductYear
from zhirong.parameters.reader import Parameters

KEEP_STATED = "stated_sales_accepted"  # assumption 1: the analyst accepts the stated figure


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesBasis:
    """Sales of a product in the last full year before the valuation date, CNY.

    `used` is the stated figure, or the filed one where the gap is above the limit and nobody
    accepted the stated one.
    """

    product: str
    year: int
    stated: Decimal
    filed: Decimal | None
    used: Decimal
    source: Source | None

    @property
    def is_lowered(self) -> bool:
        """Whether the filed figure took the place of the stated one."""
        return self.used < self.stated


def sales_bases(
    case: CaseFile, *, book: AssumptionBook, parameters: Parameters, valuation_date: date
) -> dict[str, SalesBasis]:
    """The basis of each product that has sales in a full year before the valuation date."""
    limit = parameters.number("diligence.sales_gap_share_max", on=valuation_date)
    last_year = last_full_year(valuation_date)
    latest: dict[str, ProductYear] = {}
    for row in case.sales:
        if row.year <= last_year and (
            row.product not in latest or row.year > latest[row.product].year
        ):
            latest[row.product] = row
    return {product: _basis(row, limit, book) for product, row in latest.items()}


def _basis(row: ProductYear, limit: Decimal, book: AssumptionBook) -> SalesBasis:
    used = row.sales
    filed = row.vat_sales
    if filed is not None and row.sales > 0 and filed < row.sales:
        gap = (row.sales - filed) / row.sales
        accepted = book.find(KEEP_STATED, (row.product, ""))
        if gap > limit and (accepted is None or accepted.central != 1):
            used = filed
    return SalesBasis(
        product=row.product,
        year=row.year,
        stated=row.sales,
        filed=filed,
        used=used,
        source=row.source,
    )
