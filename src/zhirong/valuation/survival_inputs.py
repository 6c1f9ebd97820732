"""What the survival of Chinese inventions is computed from: characteristics and coefficients.

Both are frozen records of columns or numbers; the formula is in `survival.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhirong.core.calendar import anniversary, whole_years
from zhirong.core.errors import InputError, ModelError

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

COVARIATES = (
    "foreign",
    "company",
    "university",
    "priority",
    "pct",
    "agency",
    "log_claims",
    "log_inventors",
    "log_ipc",
    "medicines",
    "other_medical",
)
TIMING = (
    "fee_year",
    "fee_year_after_knot",
    "first_fees_after_grant",
    "third_fee_after_grant",
    "foreign_by_fee_year",
)
INDICATORS = (
    "is_domestic",
    "has_company",
    "has_university",
    "has_priority",
    "is_pct",
    "has_agency",
)
COUNTS = ("claims", "inventors", "ipc_symbols")


class SurvivalInputError(InputError):
    """A characteristic of a right that cannot be: out of range, or columns of unequal length."""

    code = "error.survival_input"

    def __init__(self, column: str, *, reason: str) -> None:
        super().__init__(
            f"Survival of rights: {column}: {reason}.",
            column=f"survival.{column}",
            reason=f"survival.reason.{reason}",
        )


class NotAnInventionError(InputError):
    """The model was fitted on inventions; it says nothing about another kind of right."""

    code = "error.survival_not_an_invention"

    def __init__(self, rows: tuple[int, ...]) -> None:
        super().__init__(
            f"Survival of rights is for granted inventions only; rows {rows} are no inventions.",
            rows=tuple(str(row) for row in rows),
            count=len(rows),
        )


class SurvivalModelError(ModelError):
    """The coefficients do not fit this version of the formula."""

    code = "error.survival_model"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurvivalFeatures:
    """What a patent export says about granted inventions; one entry a right, NaN where unknown.

    Attributes:
        is_invention: Whether the right is an invention patent.
        is_domestic: 1 where the first applicant is from China, else 0.
        has_company: 1 where an applicant is a company, else 0.
        has_university: 1 where an applicant is a university, else 0.
        has_priority: 1 where priority is claimed, else 0.
        is_pct: 1 where the application entered by the PCT, else 0.
        has_agency: 1 where a patent agency acts, else 0.
        claims: Number of claims, from 1.
        inventors: Number of inventors, from 1.
        ipc_symbols: Number of IPC symbols, from 1.
        main_ipc: Main IPC symbol, such as "A61K33/14"; empty where unknown.
        grant_lag_years: Years from filing to grant (see `age_years`).
    """

    is_invention: BoolArray
    is_domestic: FloatArray
    has_company: FloatArray
    has_university: FloatArray
    has_priority: FloatArray
    is_pct: FloatArray
    has_agency: FloatArray
    claims: FloatArray
    inventors: FloatArray
    ipc_symbols: FloatArray
    main_ipc: tuple[str, ...]
    grant_lag_years: FloatArray

    def __post_init__(self) -> None:
        for item in fields(self):
            column = getattr(self, item.name)
            if len(column) != len(self.is_invention):
                raise SurvivalInputError(item.name, reason="length")
            if isinstance(column, np.ndarray):
                own = column.copy()
                own.setflags(write=False)
                object.__setattr__(self, item.name, own)
        for name in INDICATORS:
            known = _known(getattr(self, name))
            if not np.isin(known, (0.0, 1.0)).all():
                raise SurvivalInputError(name, reason="not_0_or_1")
        for name in COUNTS:
            if (_known(getattr(self, name)) < 1).any():
                raise SurvivalInputError(name, reason="below_one")
        if (_known(self.grant_lag_years) < 0).any():
            raise SurvivalInputError("grant_lag_years", reason="negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class SurvivalModel:
    """One fit of the hazard and what has to be said about it.

    Attributes:
        intercept: Logit of the hazard where all covariates and timing terms are 0.
        covariates: Coefficients of `COVARIATES`, on the logit.
        timing: Coefficients of `TIMING`, on the logit.
        reference: Mean of each covariate over the fitted rights; stands in where one is unknown.
        first_fee_year: First fee year that the fit saw; earlier ones are read as this one.
        last_fee_year: Last fee year that the fit saw; later ones are read as this one.
        center: Fee year from which `fee_year` counts.
        knot: Fee year at which the slope may change.
        first_fees_share: By fee year, first to last: share of fitted fees that were the first or
            second after grant; stands in where the grant date is unknown.
        third_fee_share: The same for the third fee after grant.
        section: IPC section of the fitted rights; another section is read as an unknown field.
        medicines: IPC prefixes of `medicines`.
        medical: IPC prefixes of which what is no medicine is `other_medical`.
        announcement_lag_years: Years from the unpaid fee's due date to the gazette's announcement.
        filed_from: First filing date of the fitted rights.
        filed_to: Last filing date of the fitted rights.
        observed_until: Day of the record; what ended later is not known.
        rights: Number of fitted rights.
        domestic_auc: Lowest and highest area under the curve, over the judged ages, among Chinese
            applicants alone and out of time.
    """

    intercept: float
    covariates: tuple[float, ...]
    timing: tuple[float, ...]
    reference: tuple[float, ...]
    first_fee_year: int
    last_fee_year: int
    center: int
    knot: int
    first_fees_share: tuple[float, ...]
    third_fee_share: tuple[float, ...]
    section: str
    medicines: tuple[str, ...]
    medical: tuple[str, ...]
    announcement_lag_years: float
    filed_from: date
    filed_to: date
    observed_until: date
    rights: int
    domestic_auc: tuple[float, float]


def survival_model(document: Mapping[str, Any], *, fit: str = "shipped") -> SurvivalModel:
    """The record of one fit in the shipped `coefficients.json`.

    Args:
        document: The decoded file.
        fit: `shipped` (all rows), or `before_split`: fitted only on rights filed before the day
            from which the model was judged.

    Raises:
        SurvivalModelError: The fit is missing, or was made for another formula.
    """
    if fit not in document["fits"]:
        raise SurvivalModelError(f"The survival model has no fit {fit!r}.", fit=fit)
    shape, chosen = document["shape"], document["fits"][fit]
    areas = [row["auc"] for row in document["judged"]["domestic_from_publication"]]
    named = chosen["coefficients"]
    if tuple(named) != ("intercept", *COVARIATES, *TIMING):
        raise SurvivalModelError("The survival model's terms are not this formula's.", fit=fit)
    return SurvivalModel(
        intercept=named["intercept"],
        covariates=tuple(named[name] for name in COVARIATES),
        timing=tuple(named[name] for name in TIMING),
        reference=tuple(chosen["reference"][name] for name in COVARIATES),
        first_fee_year=shape["first_fee_year"],
        last_fee_year=shape["last_fee_year"],
        center=shape["center"],
        knot=shape["knot"],
        first_fees_share=tuple(chosen["first_fees_share"]),
        third_fee_share=tuple(chosen["third_fee_share"]),
        section=shape["section"],
        medicines=tuple(shape["medicines"]),
        medical=tuple(shape["medical"]),
        announcement_lag_years=shape["announcement_lag_years"],
        filed_from=date.fromisoformat(chosen["filed_from"]),
        filed_to=date.fromisoformat(chosen["filed_to"]),
        observed_until=date.fromisoformat(document["observed_until"]),
        rights=chosen["rights"],
        domestic_auc=(min(areas), max(areas)),
    )


def age_years(filed: date, *, on: date) -> float:
    """Age of a right: whole anniversaries of filing passed, and the part of the running year.

    >>> age_years(date(2016, 3, 1), on=date(2026, 3, 1))
    10.0
    """
    whole = whole_years(filed, on)
    start, end = anniversary(filed, whole), anniversary(filed, whole + 1)
    return whole + (on - start).days / (end - start).days


def _known(column: FloatArray) -> FloatArray:
    return column[~np.isnan(column)]
