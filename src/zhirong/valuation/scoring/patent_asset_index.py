"""Patent Asset Index: the sum of competitive impacts of active families.

CI = technology relevance × market coverage; TR = citations received ÷ mean of the cohort (field,
year and office); an inactive family counts 0. Source: Ernst and Omland (2011), LexisNexis IP.
"""

from dataclasses import dataclass

import numpy as np

from zhirong.core.errors import InputError
from zhirong.valuation.scoring.columns import BoolArray, FloatArray


class PatentAssetIndexError(InputError):
    """Columns of unequal length, or a negative count or size."""

    code = "error.scoring_patent_asset_index"

    def __init__(self, column: str) -> None:
        super().__init__(f"Patent Asset Index: {column} does not fit.", column=column)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatentAssetIndex:
    """The index of a portfolio.

    Attributes:
        index: Sum of the competitive impacts that are known.
        competitive_impact: CI of each family, 0 where inactive, NaN where a fact is missing; shape
            (right,).
        technology_relevance: TR of each family.
        unknown: Number of active families whose impact is not known and is not in the index.
    """

    index: float
    competitive_impact: FloatArray
    technology_relevance: FloatArray
    unknown: int


def patent_asset_index(
    citations: FloatArray,
    *,
    cohort_mean: FloatArray,
    market_coverage: FloatArray,
    is_active: BoolArray,
) -> PatentAssetIndex:
    """The index of families.

    Args:
        citations: Citations received; NaN where unknown.
        cohort_mean: Mean citations of the family's cohort; NaN or 0 where unknown.
        market_coverage: Size of the protected markets against the reference market, which is 1.
        is_active: Whether a member is in force or pending.

    Raises:
        PatentAssetIndexError: Columns of unequal length or negative numbers.
    """
    facts = {
        "citations": citations,
        "cohort_mean": cohort_mean,
        "market_coverage": market_coverage,
    }
    for name, column in facts.items():
        if column.shape != is_active.shape or (column < 0).any():
            raise PatentAssetIndexError(name)
    blank = np.full(len(citations), np.nan)
    relevance: FloatArray = np.divide(citations, cohort_mean, out=blank, where=cohort_mean > 0)
    impact: FloatArray = np.where(is_active, relevance * market_coverage, 0.0)
    return PatentAssetIndex(
        index=float(np.nansum(impact)),
        competitive_impact=impact,
        technology_relevance=relevance,
        unknown=int(np.isnan(impact).sum()),
    )
