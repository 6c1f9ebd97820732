"""The fifteen Georgia-Pacific factors as adjusters of a split or royalty rate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhirong.core.errors import InputError
from zhirong.core.figure import Figure, maximum, minimum
from zhirong.core.sheet import Sheet, number
from zhirong.core.sources import AssumptionOrigin
from zhirong.parameters.reader import Parameters
from zhirong.valuation import published

KEY = "georgia_pacific"
FACTORS = "valuation.georgia_pacific.factors"
LIMITS = "valuation.georgia_pacific.limits"


class UnknownFactorError(InputError):
    """A factor that is not one of the fifteen."""

    code = "error.georgia_pacific_factor"

    def __init__(self, factor: str) -> None:
        super().__init__(f"{factor!r} is none of the Georgia-Pacific factors.", factor=factor)


class AdjustmentTooLargeError(InputError):
    """One factor moves the rate by more than the house allows a single factor to."""

    code = "error.georgia_pacific_adjustment"

    def __init__(self, factor: str, *, adjustment: Decimal, limit: Decimal) -> None:
        super().__init__(
            f"{factor} adjusts by {adjustment}; at most {limit} either way.",
            factor=f"input.adjust_{factor}",
            adjustment=adjustment,
            limit=limit,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """By what share one factor raises (above 0) or lowers the rate, and who says so."""

    change: Decimal
    origin: AssumptionOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the adjusted rate is built from.

    Attributes:
        rate: Split or royalty rate before adjustment, share; (asset) or no axes.
        changes: The changes of the factors that were judged, shares; no axes.
        limit: By how much all factors together may move the rate, share; no axes.
    """

    rate: Figure
    changes: tuple[Figure, ...]
    limit: Figure


def enter(
    sheet: Sheet,
    rate: Figure,
    *,
    adjustments: Mapping[str, Adjustment],
    parameters: Parameters,
    on: date,
) -> Inputs:
    """The judged factors entered as "adjust_<factor>"; a factor not judged leaves the rate alone.

    Raises:
        UnknownFactorError: A key outside the table of factors.
        AdjustmentTooLargeError: A change beyond the limit of a single factor.
    """
    known = parameters.get(FACTORS, on=on).value
    limits = parameters.get(LIMITS, on=on)
    single = limits.value["single_factor"]
    for factor, adjustment in adjustments.items():
        if factor not in known:
            raise UnknownFactorError(factor)
        if abs(adjustment.change) > single:
            raise AdjustmentTooLargeError(factor, adjustment=adjustment.change, limit=single)
    together = (limits.value["all_factors"], "share")
    return Inputs(
        rate=rate,
        changes=tuple(
            sheet.assumption(
                f"adjust_{factor}",
                float(adjustments[factor].change),
                "share",
                origins=adjustments[factor].origin,
            )
            for factor in known
            if factor in adjustments
        ),
        limit=published.enter_part(sheet, "adjust_limit", together, limits, on=on),
    )


def value(sheet: Sheet, *, a: Inputs) -> Figure:
    """The adjusted rate; line "adjusted_split_rate" after those of the factors' effect, share.

    Source:
        Georgia-Pacific Corp. v. United States Plywood Corp., 318 F. Supp. 1116 (S.D.N.Y. 1970).
    """
    return sheet.line(
        "adjusted_split_rate", a.rate * effect(sheet, changes=a.changes, limit=a.limit), "share"
    )


def effect(sheet: Sheet, *, changes: tuple[Figure, ...], limit: Figure) -> Figure:
    """What all factors together multiply a rate by; lines "factor_effect", limited beside it."""
    product = number(1.0)
    for change in changes:
        product = product * (1 + change)
    adjustment = sheet.line("factor_effect", product, "1")
    limited = maximum(minimum(adjustment, 1 + limit), 1 - limit)
    return sheet.line("factor_effect_limited", limited, "1")
