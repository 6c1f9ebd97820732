"""From deals to a royalty range: lump sums turned into rates, rates adjusted, the range read.

The same arithmetic run backwards gives the lump sum that equals a rate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod

from zhirong.core.errors import InputError
from zhirong.core.messages import Fact, Message
from zhirong.parameters.reader import Parameters
from zhirong.valuation.comparables_book import Comparable, Payment
from zhirong.valuation.methods.market_comparables import FACTORS

_SLACK = 1e-9  # a factor of 1.3 lies 0.3 from 1, whatever its last bit says


class ConversionError(InputError):
    """A lump sum that cannot be turned into a rate."""

    code = "error.lump_conversion"

    def __init__(self, *, term_years: float | None, sales_years: int) -> None:
        super().__init__(
            f"A term of {term_years} years and expected sales of {sales_years} years make no rate.",
            term_years=term_years,
            sales_years=sales_years,
        )


class AdjustmentError(InputError):
    """A factor of the adjustment grid that is missing, unknown or not above 0."""

    code = "error.adjustment"

    def __init__(self, factor: str) -> None:
        super().__init__(
            f"The adjustment grid has no factor {factor!r} above 0, or one too many.",
            factor=factor,
            factors=FACTORS,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentLimits:
    """How far adjustments may go before the deal is no comparable.

    Attributes:
        single: Farthest that one factor may lie from 1.
        combined: Farthest that their product may lie from 1.
    """

    single: float
    combined: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentGrid:
    """One deal's factors, by name, and its weight; a judgment with author and reason."""

    comparable: str
    factors: Mapping[str, float]
    weight: float
    author: str
    reason: str

    def __post_init__(self) -> None:
        for factor in {*FACTORS, *self.factors}:
            if factor not in FACTORS or not self.factors.get(factor, 0.0) > 0:
                raise AdjustmentError(factor)
        if not self.weight >= 0:
            raise AdjustmentError("weight")

    @property
    def combined(self) -> float:
        """The product of all factors."""
        return prod(self.factors.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class RoyaltyRange:
    """The range of adjusted royalty rates, shares of sales before tax.

    Attributes:
        low: The lowest adjusted rate that has weight.
        central: The weighted mean.
        high: The highest adjusted rate that has weight.
        count: Number of deals with weight.
        notes: That they are few, or adjusted far.
    """

    low: float
    central: float
    high: float
    count: int
    notes: tuple[Message, ...]


def read_limits(parameters: Parameters, *, on: date) -> AdjustmentLimits:
    """The house's limits of adjustment in force on a day."""
    table = parameters.get("valuation.comparables.adjustment_limits", on=on).value
    return AdjustmentLimits(single=float(table["single"]), combined=float(table["combined"]))


def exclusivity_factor(parameters: Parameters, *, deal: str, wanted: str, on: date) -> float:
    """What the house's table proposes from a deal's exclusivity to the wanted one, multiple."""
    table = parameters.get("valuation.comparables.exclusivity", on=on).value
    return float(table[wanted]) / float(table[deal])


def sales_value(
    sales: Sequence[float], *, term_years: float, discount_rate: float, timing: float
) -> float:
    """Present value at signing of the sales within the term, CNY.

    Args:
        sales: Expected sales by contract year, CNY.
        term_years: Term; the last year counts by its part.
        discount_rate: Yearly rate, share.
        timing: 0.5 mid-year, 1.0 year-end.

    Raises:
        ConversionError: No term, or the sales end before the term does.

    >>> round(sales_value([100.0, 100.0], term_years=1.5, discount_rate=0.1, timing=1.0), 4)
    132.2314
    """
    if not term_years > 0 or len(sales) < term_years:
        raise ConversionError(term_years=term_years, sales_years=len(sales))
    return float(
        sum(
            sold * min(max(term_years - year, 0.0), 1.0) * (1 + discount_rate) ** -(year + timing)
            for year, sold in enumerate(sales)
        )
    )


def lump_to_rate(lump: float, *, present_sales: float) -> float:
    """The running royalty that equals a lump sum, share of sales.

    Raises:
        ConversionError: No sales to spread it on.
    """
    if not present_sales > 0:
        raise ConversionError(term_years=None, sales_years=0)
    return lump / present_sales


def rate_to_lump(rate: float, *, present_sales: float) -> float:
    """The lump sum that equals a running royalty, CNY."""
    return rate * present_sales


def running_rate(deal: Comparable, *, discount_rate: float, timing: float) -> float:
    """A deal's royalty as a share of sales, its lump part spread over the expected sales.

    Raises:
        ConversionError: A lump part without term or expected sales.
    """
    rate = deal.rate or 0.0
    if deal.payment == Payment.RUNNING:
        return rate
    if deal.term_years is None or deal.lump is None:
        raise ConversionError(term_years=deal.term_years, sales_years=len(deal.expected_sales))
    present = sales_value(
        deal.expected_sales,
        term_years=deal.term_years,
        discount_rate=discount_rate,
        timing=timing,
    )
    spread = lump_to_rate(deal.lump, present_sales=present)
    return spread + rate if deal.payment == Payment.MIXED else spread


def royalty_range(
    rates: Mapping[str, float],
    *,
    grids: Sequence[AdjustmentGrid],
    limits: AdjustmentLimits,
    count_min: int,
) -> RoyaltyRange:
    """The range of the adjusted rates.

    Args:
        rates: Running rate by the deal's name, share of sales.
        grids: The adjustments of the deals that are used.
        limits: Beyond which an adjustment is noted.
        count_min: Fewest deals that support a range.

    Raises:
        AdjustmentError: No deal with weight.
    """
    used = [grid for grid in grids if grid.weight > 0]
    if not used:
        raise AdjustmentError("weight")
    adjusted = [rates[grid.comparable] * grid.combined for grid in used]
    weighted = sum(grid.weight * rate for grid, rate in zip(used, adjusted, strict=True))
    notes = [note for grid in used for note in adjustment_notes(grid, limits=limits)]
    if len(used) < count_min:
        notes.append(Message("comparable.too_few", {"count": len(used), "count_min": count_min}))
    return RoyaltyRange(
        low=min(adjusted),
        central=weighted / sum(grid.weight for grid in used),
        high=max(adjusted),
        count=len(used),
        notes=tuple(notes),
    )


def adjustment_notes(grid: AdjustmentGrid, *, limits: AdjustmentLimits) -> tuple[Message, ...]:
    """Where a deal was adjusted farther than the house thinks a comparable may be."""
    notes = [
        Message(
            "comparable.factor_far",
            {
                "id": grid.comparable,
                "factor": f"adjustment.{factor}",
                "value": grid.factors[factor],
                "limit": limits.single,
            },
        )
        for factor in FACTORS
        if abs(grid.factors[factor] - 1) > limits.single + _SLACK
    ]
    if abs(grid.combined - 1) > limits.combined + _SLACK:
        facts: dict[str, Fact] = {
            "id": grid.comparable,
            "value": grid.combined,
            "limit": limits.combined,
        }
        notes.append(Message("comparable.combined_far", facts))
    return tuple(notes)
