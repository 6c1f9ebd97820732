"""How long a Chinese invention patent is kept: a discrete-time hazard on granted rights.

Each year's fee falls due on an anniversary of the filing date and is paid or not; a right not paid
for ends on that day. The hazard of fee year k is the probability that the fee due on the k-th
anniversary is not paid, given that all earlier ones were. The chance that a right in force on the
valuation date is still in force later is the product of the chances that each fee in between is
paid: S(t) / S(valuation date), falling in time by construction.

Coefficients are fitted elsewhere and passed in; see docs/methods/survival.md.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from zhirong.core.messages import Message
from zhirong.valuation.survival_inputs import (
    COUNTS,
    INDICATORS,
    NotAnInventionError,
    SurvivalFeatures,
    SurvivalInputError,
    SurvivalModel,
)

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def conditional_survival(
    features: SurvivalFeatures,
    *,
    model: SurvivalModel,
    age_at_valuation: FloatArray,
    horizon_years: int,
) -> FloatArray:
    """Probability that a right in force on the valuation date is in force j years later.

    The right is taken to be in force: every fee due up to the valuation date is paid. The end of
    the term is not in the model; multiply by the term where the horizon passes it.

    Args:
        features: What is known of the rights; all of them granted inventions.
        model: The fitted coefficients.
        age_at_valuation: Years since filing on the valuation date, shape (right,).
        horizon_years: Number of years.

    Returns:
        S(valuation + j years) / S(valuation), j = 1 .. horizon; shape (right, year), share.

    Raises:
        NotAnInventionError: A right is of another kind.
        SurvivalInputError: An age is unknown, negative or before the grant; horizon below 1.
    """
    hazard = annual_hazard(
        features,
        model=model,
        first_fee_year=_next_fee_year(features, age_at_valuation, horizon_years),
        fee_years=horizon_years,
    )
    survival: FloatArray = np.multiply.accumulate(1.0 - hazard, axis=1)
    return survival


def mean_in_force(survival: FloatArray, *, age_at_valuation: FloatArray) -> FloatArray:
    """Expected share of each year after the valuation date during which the right is in force.

    A right can end only on an anniversary of filing, so within year j it is in force with
    probability S(j-1) before that day and S(j) from it on. This is what a cash flow spread over
    the year is multiplied by.

    Args:
        survival: Result of `conditional_survival`, shape (right, year).
        age_at_valuation: The same ages, shape (right,).

    Returns:
        Shape (right, year), share.
    """
    after = (age_at_valuation - np.floor(age_at_valuation))[:, None]
    start = np.concatenate([np.ones((len(survival), 1)), survival[:, :-1]], axis=1)
    return start * (1.0 - after) + survival * after


def annual_hazard(
    features: SurvivalFeatures,
    *,
    model: SurvivalModel,
    first_fee_year: IntArray,
    fee_years: int,
) -> FloatArray:
    """Probability that the fee due on an anniversary is not paid, given that all earlier ones were.

    Args:
        features: What is known of the rights; all of them granted inventions.
        model: The fitted coefficients.
        first_fee_year: Number of the first anniversary asked for, shape (right,).
        fee_years: How many anniversaries from there.

    Returns:
        Shape (right, fee year), share.

    Raises:
        NotAnInventionError: A right is of another kind.
    """
    others = np.flatnonzero(~features.is_invention)
    if others.size:
        raise NotAnInventionError(tuple(int(row) for row in others))
    known = covariates(features, model=model)
    filled = np.where(np.isnan(known), np.array(model.reference), known)
    logit = np.full(len(filled), model.intercept)
    # Column by column: a matrix product may differ in its last bit between machines.
    for column, coefficient in zip(filled.T, model.covariates, strict=True):
        logit = logit + coefficient * column
    result = np.repeat(logit[:, None], fee_years, axis=1)
    fee_year = first_fee_year[:, None] + np.arange(fee_years)
    terms = timing(features, model=model, fee_year=fee_year, foreign=filled[:, 0])
    for term, coefficient in zip(terms, model.timing, strict=True):
        result = result + coefficient * term
    hazard: FloatArray = expit(result)
    return hazard


def covariates(features: SurvivalFeatures, *, model: SurvivalModel) -> FloatArray:
    """The columns of `COVARIATES`, shape (right, covariate); NaN where unknown."""
    return np.column_stack(
        [
            1.0 - features.is_domestic,
            features.has_company,
            features.has_university,
            features.has_priority,
            features.is_pct,
            features.has_agency,
            np.log(features.claims),
            np.log(features.inventors),
            np.log(features.ipc_symbols),
            *_field_of_technology(features.main_ipc, model),
        ]
    )


def timing(
    features: SurvivalFeatures, *, model: SurvivalModel, fee_year: IntArray, foreign: FloatArray
) -> tuple[FloatArray, ...]:
    """The terms of `TIMING`, each of shape (right, fee year)."""
    seen = np.clip(fee_year, model.first_fee_year, model.last_fee_year)
    position = seen - model.first_fee_year
    granted = np.floor(features.grant_lag_years)[:, None]
    unknown = np.isnan(granted)
    since_grant = fee_year - granted
    counted = (seen - model.center).astype(np.float64)
    return (
        counted,
        np.maximum(seen - model.knot, 0).astype(np.float64),
        np.where(unknown, np.array(model.first_fees_share)[position], since_grant <= 2),
        np.where(unknown, np.array(model.third_fee_share)[position], since_grant == 3),
        foreign[:, None] * counted,
    )


def notes(
    features: SurvivalFeatures,
    *,
    model: SurvivalModel,
    age_at_valuation: FloatArray,
    horizon_years: int,
) -> tuple[Message, ...]:
    """What a report that uses the model must print: era, bias, and what was unknown.

    Codes of `messages_survival.yaml`; the first six always, the others where they apply.
    """
    found = [
        Message(
            "survival.note.era",
            {
                "filed_from": model.filed_from,
                "filed_to": model.filed_to,
                "observed_until": model.observed_until,
                "rights": model.rights,
            },
        ),
        Message("survival.note.field"),
        Message(
            "survival.note.weak_within_china",
            {"lowest": model.domestic_auc[0], "highest": model.domestic_auc[1]},
        ),
        Message("survival.note.owners_decisions"),
        Message("survival.note.conditional"),
        Message("survival.note.unmapped_rights_only"),
    ]
    found += [
        Message("survival.note.unknown", {"covariate": f"survival.{name}", "rights": count})
        for name, count in _unknown_counts(features).items()
    ]
    outside = sum(1 for ipc in features.main_ipc if ipc and not ipc.startswith(model.section))
    if outside:
        found.append(Message("survival.note.outside_field", {"rights": outside}))
    last = np.floor(age_at_valuation) + horizon_years
    beyond = int((last > model.last_fee_year).sum())
    if beyond:
        facts = {"rights": beyond, "fee_year": model.last_fee_year}
        found.append(Message("survival.note.extrapolated", facts))
    return tuple(found)


def _next_fee_year(features: SurvivalFeatures, age: FloatArray, horizon_years: int) -> IntArray:
    if horizon_years < 1:
        raise SurvivalInputError("horizon_years", reason="below_one")
    if len(age) != len(features.is_invention):
        raise SurvivalInputError("age_at_valuation", reason="length")
    if not (age >= 0).all():
        raise SurvivalInputError("age_at_valuation", reason="unknown_or_negative")
    if (age < features.grant_lag_years).any():
        raise SurvivalInputError("age_at_valuation", reason="before_grant")
    return np.floor(age).astype(np.int64) + 1


def _field_of_technology(
    main_ipc: tuple[str, ...], model: SurvivalModel
) -> tuple[FloatArray, FloatArray]:
    seen = np.array([ipc.startswith(model.section) for ipc in main_ipc], dtype=np.bool_)
    medicine = np.array([ipc.startswith(model.medicines) for ipc in main_ipc], dtype=np.bool_)
    medical = np.array([ipc.startswith(model.medical) for ipc in main_ipc], dtype=np.bool_)
    return np.where(seen, medicine, np.nan), np.where(seen, medical & ~medicine, np.nan)


def _unknown_counts(features: SurvivalFeatures) -> dict[str, int]:
    counts = {
        name: int(np.isnan(getattr(features, name)).sum())
        for name in (*INDICATORS, *COUNTS, "grant_lag_years")
    }
    counts["main_ipc"] = sum(1 for ipc in features.main_ipc if not ipc)
    return {name: count for name, count in counts.items() if count}
