"""What the methods stand on: sales, the signed matrix, tax, scores, discount rates, adjusters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from zhirong.application.case.assumption_book import origin_of
from zhirong.application.case.context import Context, fact_origin, legal_life, parameter_origin
from zhirong.application.case.groups import FeatureCover
from zhirong.application.case.sales_basis import SalesBasis
from zhirong.application.inputs.rate_factors import RateFactors
from zhirong.application.inputs.rates import Rates
from zhirong.core.calendar import anniversary
from zhirong.core.figure import total_by
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ComputedOrigin, Origin
from zhirong.valuation import projection, tax

MATRIX = "product_matrix"
RENEWAL = "high_tech_renewal"
HIGH_TECH = "high_tech"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the methods share.

    Args:
        matrix, tax: Sheets with lines "mapped_share" (asset, year) and "tax_rate" (year).
        scores: Composite score of each group, points.
        rates: Discount rates that are built or taken from the market.
        factors: What the Georgia-Pacific factors make of royalty and split rates.
    """

    context: Context
    bases: Mapping[str, SalesBasis]
    matrix: Sheet
    tax: Sheet
    scores: Sequence[float]
    years: int
    rates: Rates
    factors: RateFactors


def year_labels(count: int, valuation_date: date) -> tuple[str, ...]:
    """The forecast years as their first days."""
    return tuple(anniversary(valuation_date, year).isoformat() for year in range(count))


def matrix_sheet(context: Context, years: int) -> Sheet:
    """The part of each group's product that its rights serve; line "mapped_share" (asset, year).

    A place of axis "right" is a feature that the group's rights cover. It counts in a year for the
    part of it in which at least one of these rights is still in its term: the firm's sales may go
    on, but nobody need pay a license for what is free.
    """
    groups = context.groups
    rows = [(index, cover) for index, group in enumerate(groups) for cover in group.covers]
    sheet = Sheet(
        MATRIX,
        labels={
            "asset": tuple(group.name for group in groups),
            "right": tuple(f"{groups[n].group} / {cover.feature.name}" for n, cover in rows),
            "year": year_labels(years, context.valuation_date),
        },
    )
    weights = sheet.fact(
        "feature_weight",
        [float(cover.feature.weight) for _, cover in rows],
        "share",
        axes=("right",),
        origins=[fact_origin(cover.feature.source, "features") for _, cover in rows],
    )
    life = sheet.computed(
        "feature_legal_life",
        [_legal_life(context, cover) for _, cover in rows],
        "year",
        axes=("right",),
        origins=ComputedOrigin(by="longest_term_of_feature"),
    )
    in_term = sheet.line("in_term", projection.in_life(life, sheet.years(years)), "share")
    index = tuple(index for index, _ in rows)
    mapped = total_by(weights * in_term, index=index, assets=len(groups))
    sheet.line("mapped_share", mapped, "share")
    return sheet


def _legal_life(context: Context, cover: FeatureCover) -> float:
    """Years to the end of the longest term among the rights that cover a feature."""
    places = {patent.app_no: place for place, patent in enumerate(context.case.patents)}
    return max(legal_life(context.statuses[places[cell.right]]) for cell in cover.cells)


def tax_sheet(context: Context, years: int) -> Sheet:
    """The tax rate of each forecast year; line "tax_rate" (year)."""
    on = context.valuation_date
    sheet = Sheet(tax.KEY, labels={"year": year_labels(years, on)})
    certificates = [c for c in context.case.certificates if c.kind == HIGH_TECH]
    shares = tax.certified_shares(
        [tax.Validity(first_day=c.valid_from, last_day=c.valid_to) for c in certificates],
        valuation_date=on,
        years=years,
        renewal=_renewal(context, years),
    )
    standard = context.parameters.get(tax.STANDARD_RATE, on=on)
    reduced = context.parameters.get(tax.HIGH_TECH_RATE, on=on)
    certified: list[Origin] = [
        fact_origin(c.source, f"certificate {c.number}") for c in certificates
    ]
    renewal = context.book.find(RENEWAL, ("",))
    inputs = tax.Inputs(
        standard_rate=sheet.parameter(
            "standard_rate", float(standard.number), "share", origins=parameter_origin(standard, on)
        ),
        high_tech_rate=sheet.parameter(
            "high_tech_rate", float(reduced.number), "share", origins=parameter_origin(reduced, on)
        ),
        certified=sheet.enter(
            "certified",
            np.array(shares.certified),
            "share",
            axes=("year",),
            origins=certified[:1] or [ComputedOrigin(by="no_certificate")],
        ),
        renewed=sheet.enter(
            "renewed",
            np.array(shares.renewed),
            "share",
            axes=("year",),
            origins=[origin_of(renewal) if renewal else ComputedOrigin(by="no_renewal")],
        ),
    )
    tax.rate(sheet, a=inputs)
    return sheet


def _renewal(context: Context, years: int) -> tax.Renewal | None:
    found = context.book.find(RENEWAL, ("",))
    if found is None or found.central != 1:
        return None
    return tax.Renewal(last_day=anniversary(context.valuation_date, years), origin=origin_of(found))
