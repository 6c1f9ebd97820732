"""What scoring reads: one column a fact, one entry a right, NaN where nobody said.

A column that nobody filled is None and takes no memory, so that one right and ten million rights go
through the same code.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhirong.core.errors import InputError
from zhirong.rights.portfolios import KINDS
from zhirong.rights.records import PatentKind

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
KindArray = NDArray[np.int8]

# Places in the column `report_conclusion`.
UNFAVORABLE, PARTLY_FAVORABLE, FAVORABLE = 0.0, 1.0, 2.0

_CLAIMS_OF_FACT = (
    "is_in_force",
    "is_challenged",
    "is_partly_invalid",
    "has_evaluation_report",
    "covers_product",
    "covers_method",
    "is_pledged",
    "is_preserved",
    "is_exclusively_licensed",
)


class ScoringColumnError(InputError):
    """A column that cannot be: another number of rights, a negative count, neither yes nor no."""

    code = "error.scoring_column"

    def __init__(self, column: str, *, reason: str) -> None:
        super().__init__(
            f"Scoring: {column}: {reason}.", column=column, reason=f"score.column.{reason}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringColumns:
    """Facts of the register and the case file about rights; shape (right,), NaN where unknown.

    Claims of fact are 1 or 0. None says that nobody filled the column.

    Attributes:
        kind: Place of the kind in `KINDS`.
        is_in_force: Whether the right is granted and alive on the valuation date.
        invalidations_survived: Invalidation requests closed with the right left whole.
        is_challenged: Whether an invalidation request is open.
        is_partly_invalid: Whether part of the claims was invalidated.
        has_evaluation_report: Whether an evaluation report was issued.
        report_conclusion: Its conclusion: UNFAVORABLE, PARTLY_FAVORABLE or FAVORABLE.
        claims_total: Number of claims in force.
        claims_independent: Number of independent claims.
        claim_length: Average length of a claim, characters.
        first_claim_length: Length of the first claim, characters.
        covers_product: Whether a claim is for a product.
        covers_method: Whether a claim is for a method.
        foreign_countries: Countries other than China where the family has a member.
        owners: Number of registered owners.
        is_pledged: Whether a pledge is registered on the valuation date.
        is_preserved: Whether it is preserved by a court, or its ownership proceedings suspended.
        is_exclusively_licensed: Whether an exclusive license is in force.
        citations_forward: Number of later documents that cite it.
        cohort_citations: Mean number of citations of its cohort (field and year).
        age_years: Years since filing.
        subclasses: Number of distinct IPC subclasses, of Locarno classes for designs.
        products_served: Number of the firm's products whose features it covers.
        mapped_sales_share: Share of the firm's sales that the signed matrix maps to it.
        remaining_life_years: Years of legal life left on the valuation date.
        licenses: Licenses recorded so far.
        transfers: Transfers recorded so far.
        pledges: Pledges registered so far.
        suits_won: Infringement suits or administrative cases won on it.
        awards: Prizes for it (China Patent Award, science prizes).
    """

    kind: KindArray
    is_in_force: FloatArray
    invalidations_survived: FloatArray | None = None
    is_challenged: FloatArray | None = None
    is_partly_invalid: FloatArray | None = None
    has_evaluation_report: FloatArray | None = None
    report_conclusion: FloatArray | None = None
    claims_total: FloatArray | None = None
    claims_independent: FloatArray | None = None
    claim_length: FloatArray | None = None
    first_claim_length: FloatArray | None = None
    covers_product: FloatArray | None = None
    covers_method: FloatArray | None = None
    foreign_countries: FloatArray | None = None
    owners: FloatArray | None = None
    is_pledged: FloatArray | None = None
    is_preserved: FloatArray | None = None
    is_exclusively_licensed: FloatArray | None = None
    citations_forward: FloatArray | None = None
    cohort_citations: FloatArray | None = None
    age_years: FloatArray | None = None
    subclasses: FloatArray | None = None
    products_served: FloatArray | None = None
    mapped_sales_share: FloatArray | None = None
    remaining_life_years: FloatArray | None = None
    licenses: FloatArray | None = None
    transfers: FloatArray | None = None
    pledges: FloatArray | None = None
    suits_won: FloatArray | None = None
    awards: FloatArray | None = None

    def __post_init__(self) -> None:
        if self.kind.dtype != np.int8 or not _within(self.kind, 0, len(KINDS) - 1):
            raise ScoringColumnError("kind", reason="not_a_kind")
        for name in FACTS:
            column = getattr(self, name)
            if column is not None:
                _check(name, column, self.count)
        if self.report_conclusion is not None and not _within(
            self.report_conclusion, UNFAVORABLE, FAVORABLE
        ):
            raise ScoringColumnError("report_conclusion", reason="not_a_conclusion")

    @property
    def count(self) -> int:
        """The number of rights."""
        return len(self.kind)

    def fact(self, name: str) -> FloatArray:
        """The column of a fact; all NaN where nobody filled it."""
        column: FloatArray | None = getattr(self, name)
        if column is None:
            return np.broadcast_to(np.float64(np.nan), (self.count,))
        return column

    def take(self, places: NDArray[np.intp]) -> "ScoringColumns":
        """The columns of some of the rights, in the order of their places."""
        columns = {name: getattr(self, name) for name in FACTS}
        taken = {name: item[places] for name, item in columns.items() if item is not None}
        return ScoringColumns(kind=self.kind[places], **taken)

    def is_kind(self, *kinds: PatentKind) -> BoolArray:
        """Which rights are of one of the kinds."""
        places = [KINDS.index(kind) for kind in kinds]
        found: BoolArray = np.isin(self.kind, places)
        return found


FACTS = tuple(item.name for item in fields(ScoringColumns) if item.name != "kind")


def _within(column: NDArray[Any], low: float, high: float) -> bool:
    return not bool(((column < low) | (column > high)).any())


def _check(name: str, column: FloatArray, count: int) -> None:
    if column.shape != (count,):
        raise ScoringColumnError(name, reason="count_differs")
    if np.isinf(column).any() or (column < 0).any():
        raise ScoringColumnError(name, reason="negative")
    if name in _CLAIMS_OF_FACT and not ((column == 0) | (column == 1) | np.isnan(column)).all():
        raise ScoringColumnError(name, reason="not_yes_or_no")
    if column.flags.owndata:
        column.setflags(write=False)
