"""The joint law of who fails: obligors, then supporters, then the servicer, in one latent model."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zhirong.application.plans.assumed import BehaviorTerms, DefaultTerms
from zhirong.core.errors import InputError
from zhirong.securitization.behavior import latent, migration
from zhirong.securitization.behavior.latent import Latent
from zhirong.securitization.pool.records import Obligor, Pool

Array = NDArray[np.float64]

_DAYS = 365
_HIGHEST = 1.0 - 1e-9
"""A stressed probability stays below 1, where a copula ends."""


class GradeMissingError(InputError):
    """An obligor without a grade in a plan whose probabilities follow grades."""

    code = "error.plans.grade_missing"

    def __init__(self, obligor: str) -> None:
        super().__init__(f"{obligor} has no grade of the matrix.", obligor=obligor)


def joint_law(pool: Pool, terms: BehaviorTerms, on: Sequence[date]) -> Latent:
    """Rows: the pool's obligors, the supporters in their order, the servicer where there is one.

    Factor 0 is common to all; the others stand for the industries of the obligors.

    Raises:
        GradeMissingError: Probabilities follow grades, and an obligor has none.
        LoadingsError: Correlations or probabilities that make no law.
    """
    years = [(day - pool.cut_off).days / _DAYS for day in on]
    others = [each.pd_one_year for each in terms.supporters]
    correlations = [each.correlation for each in terms.supporters]
    if terms.servicer is not None:
        others.append(terms.servicer.pd_one_year)
        correlations.append(terms.servicer.correlation)
    rows = [_cumulative(each, terms.defaults, years) for each in pool.obligors]
    theirs = latent.flat_hazard(others, years) if others else np.zeros((0, len(years)))
    return Latent(
        cumulative_pd=np.concatenate([np.array(rows), theirs]),
        loadings=_loadings(pool, terms, correlations),
        degrees=terms.degrees,
    )


def one_year(obligor: Obligor, terms: DefaultTerms) -> float:
    """The probability of default in a year that holds for an obligor, stressed by the multiple."""
    grade = obligor.grade or ""
    if obligor.obligor_id in terms.by_obligor:
        found = terms.by_obligor[obligor.obligor_id]
    elif grade in terms.by_grade:
        found = terms.by_grade[grade]
    elif terms.for_all is not None:
        found = terms.for_all
    else:
        found = obligor.pd_one_year
    return min(found * terms.multiple, _HIGHEST)


def _cumulative(obligor: Obligor, terms: DefaultTerms, years: Sequence[float]) -> Array:
    if terms.migration is None or obligor.obligor_id in terms.by_obligor:
        return np.asarray(latent.flat_hazard([one_year(obligor, terms)], years)[0])
    if obligor.grade not in terms.migration.grades:
        raise GradeMissingError(obligor.obligor_id)
    row = terms.migration.grades.index(obligor.grade)
    found = migration.cumulative_pd(terms.migration.matrix, years)[row]
    return np.asarray(np.minimum(found * terms.multiple, _HIGHEST))


def _loadings(pool: Pool, terms: BehaviorTerms, others: Sequence[float]) -> Array:
    industries = list(dict.fromkeys(each.industry for each in pool.obligors))
    has_industries = terms.industry_correlation > 0.0
    count = len(pool.obligors)
    loadings = np.zeros((count + len(others), 1 + (len(industries) if has_industries else 0)))
    loadings[:count, 0] = terms.correlation**0.5
    if has_industries:
        for row, each in enumerate(pool.obligors):
            loadings[row, 1 + industries.index(each.industry)] = terms.industry_correlation**0.5
    loadings[count:, 0] = np.sqrt(np.asarray(others, dtype=np.float64))
    return loadings
