"""Whether the sales stand: product by product, the firm's accounts, sums (E1, E7, E8)."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from zhirong.diligence.grounds import Grounds
from zhirong.diligence.outcomes import fails, is_silent, passes
from zhirong.diligence.records import Evidence, Outcome
from zhirong.diligence.sales import gap_share, reconcile
from zhirong.firms.records import AccountYear, ProductYear


def _of_sales(year: ProductYear) -> Evidence:
    return Evidence(fact="sales", reference=f"{year.product} {year.year}", source=year.source)


def _of_account(year: AccountYear) -> Evidence:
    return Evidence(fact="accounts", reference=str(year.year), source=year.source)


def in_runs(years: Iterable[int]) -> tuple[str, ...]:
    """Years in words, those that follow each other joined.

    >>> in_runs((2021, 2022, 2023, 2025))
    ('2021–2023', '2025')
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return tuple(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def agrees_with_tax_filings(grounds: Grounds, subject: str) -> Outcome:
    """E1: the product's sales agree with VAT filings or invoices within the tolerance."""
    years = [item for item in grounds.dossier.sales if item.product == subject]
    tolerance = grounds.limit("sales_gap_share_max")
    beyond = [gap for gap in reconcile(years, tolerance=tolerance) if gap.is_beyond]
    if beyond:
        worst = max(beyond, key=lambda item: (item.gap, item.year))
        marked = {gap.year for gap in beyond}
        return fails(
            *(_of_sales(item) for item in years if item.year in marked),
            condition="use_lower_sales",
            year=worst.year,
            sales=worst.sales,
            vat_sales=worst.vat_sales,
            gap=worst.gap,
            tolerance=tolerance,
            proposed=worst.proposed,
            years=tuple(str(year) for year in sorted(marked)),
        )
    missing = tuple(str(item.year) for item in years if item.vat_sales is None)
    # Forecasts start from the last year: without it the others prove nothing of the base.
    last = max(years, key=lambda item: item.year, default=None)
    if last is None or last.vat_sales is None:
        return is_silent(years=missing, condition="tax_filings")
    checked = in_runs(item.year for item in years if item.vat_sales is not None)
    return passes(*(_of_sales(item) for item in years), years=checked, tolerance=tolerance)


def has_accounts_as_filed(grounds: Grounds, _: str) -> Outcome:
    """E7: the firm's revenue agrees with its VAT filings within the tolerance."""
    tolerance = grounds.limit("sales_gap_share_max")
    years = [
        (item, item.revenue, item.vat_revenue)
        for item in grounds.dossier.accounts
        if item.revenue is not None and item.vat_revenue is not None
    ]
    if not years:
        return is_silent(condition="tax_filings")
    worst, revenue, declared = max(years, key=lambda item: gap_share(item[1], item[2]))
    gap = gap_share(revenue, declared)
    if gap > tolerance:
        return fails(
            _of_account(worst),
            condition="explain_accounts",
            tolerance=tolerance,
            year=worst.year,
            revenue=revenue,
            vat_revenue=declared,
            gap=gap,
        )
    checked = in_runs(item.year for item, _, _ in years)
    return passes(*(_of_account(item) for item, _, _ in years), years=checked, tolerance=tolerance)


def fits_into_revenue(grounds: Grounds, _: str) -> Outcome:
    """E8: the products' sales of a year are together not above the firm's revenue."""
    revenue = {item.year: item for item in grounds.dossier.accounts if item.revenue is not None}
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for item in grounds.dossier.sales:
        sums[item.year] += item.sales
    both = sorted(set(revenue) & set(sums))
    if not both:
        return is_silent()
    for year in reversed(both):
        stated = revenue[year].revenue
        if stated is not None and sums[year] > stated:
            return fails(
                _of_account(revenue[year]),
                condition="explain_accounts",
                year=year,
                sales=sums[year],
                revenue=stated,
            )
    return passes(*(_of_account(revenue[year]) for year in both), years=in_runs(both))
