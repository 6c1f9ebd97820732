"""Fit the survival of Chinese inventions and write what the package ships.

    python -m training.cn_invention_survival.train DATA

writes coefficients.json, card.md and golden.csv under src/zhirong/models/cn_invention_survival.
Two fits: `before_split`, on rights filed before 2001-07-01, which every published figure judges on
those filed later; and `shipped`, on all rights, which the product uses.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from training.cn_invention_survival import card, golden, judge, records
from training.cn_invention_survival.records import Application
from zhirong.valuation import survival
from zhirong.valuation.survival_inputs import (
    COVARIATES,
    TIMING,
    SurvivalModel,
    age_years,
    survival_model,
)

Array = NDArray[np.float64]
OUT = Path(__file__).resolve().parents[2] / "src/zhirong/models/cn_invention_survival"
FIRST_FEE_YEAR, LAST_FEE_YEAR, CENTER, KNOT = 3, 16, 8, 6
SECTION, MEDICINES, MEDICAL = "A", ("A61K",), ("A61",)
DECIMALS = 10
# Until it is judged, a fit tells rights apart no better than a coin.
NOT_JUDGED = {"domestic_from_publication": [{"auc": 0.5}]}


def shape(rights: Sequence[Application]) -> dict[str, Any]:
    """What both fits share; the announcement lag is the median over rights whose end is known."""
    lags = [
        item.announced_age - item.unpaid_fee_year
        for item in rights
        if item.unpaid_fee_year is not None
    ]
    return {
        "first_fee_year": FIRST_FEE_YEAR,
        "last_fee_year": LAST_FEE_YEAR,
        "center": CENTER,
        "knot": KNOT,
        "section": SECTION,
        "medicines": list(MEDICINES),
        "medical": list(MEDICAL),
        "announcement_lag_years": round(float(np.median(lags)), 4),
    }


def fees_due(rights: Sequence[Application]) -> tuple[Array, Array]:
    """Which fee years are at risk, and which were not paid; shape (right, fee year from 1).

    A right is at risk from the first anniversary after grant until its unpaid one, or until the
    record could no longer show that a fee was not paid.
    """
    years = np.arange(1, records.TERM_YEARS)
    grant = np.array([np.floor(item.grant_age) for item in rights])[:, None]
    unpaid = np.array(
        [np.inf if item.unpaid_fee_year is None else item.unpaid_fee_year for item in rights]
    )[:, None]
    age = np.array([age_years(r.filed, on=records.OBSERVED_UNTIL) for r in rights])
    seen = years + records.LATEST_ANNOUNCEMENT_YEARS <= age[:, None]
    at_risk = (years > grant) & (years <= unpaid) & seen
    return at_risk, at_risk & (years == unpaid)


def fit(rights: Sequence[Application], blank: SurvivalModel) -> dict[str, Any]:
    """One maximum-likelihood fit over the person-years of the rights, without penalty."""
    at_risk, unpaid = fees_due(rights)
    features = records.features(rights)
    fixed = survival.covariates(features, model=blank)
    fee_year = np.broadcast_to(np.arange(1, records.TERM_YEARS), at_risk.shape)
    timing = survival.timing(features, model=blank, fee_year=fee_year, foreign=fixed[:, 0])
    columns = [np.broadcast_to(c[:, None], at_risk.shape)[at_risk] for c in fixed.T]
    columns += [np.asarray(term, dtype=float)[at_risk] for term in timing]
    design, event = np.column_stack(columns), unpaid[at_risk]
    solver = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-10, max_iter=500)
    solver.fit(design, event)
    return {
        **_described(rights, at_risk, event),
        **_estimates(solver, design),
        "reference": _named(COVARIATES, fixed.mean(axis=0)),
        "first_fees_share": _share_by_fee_year(timing[2], at_risk),
        "third_fee_share": _share_by_fee_year(timing[3], at_risk),
    }


def _described(rights: Sequence[Application], at_risk: Array, event: Array) -> dict[str, Any]:
    return {
        "filed_from": min(item.filed for item in rights).isoformat(),
        "filed_to": max(item.filed for item in rights).isoformat(),
        "rights": len(rights),
        "fees_due": int(at_risk.sum()),
        "fees_not_paid": int(event.sum()),
    }


def _estimates(solver: LogisticRegression, design: Array) -> dict[str, Any]:
    names = ("intercept", *COVARIATES, *TIMING)
    hazard = solver.predict_proba(design)[:, 1]
    padded = np.column_stack([np.ones(len(design)), design])
    information = padded.T @ (padded * (hazard * (1 - hazard))[:, None])
    errors = np.sqrt(np.diag(np.linalg.inv(information)))
    values = np.concatenate([solver.intercept_, solver.coef_[0]])
    return {"coefficients": _named(names, values), "standard_errors": _named(names, errors)}


def _share_by_fee_year(term: Array, at_risk: Array) -> list[float]:
    years = range(FIRST_FEE_YEAR, LAST_FEE_YEAR + 1)
    value = np.asarray(term, dtype=float)
    shares = [value[:, k - 1][at_risk[:, k - 1]].mean() for k in years]
    return [round(float(share), DECIMALS) for share in shares]


def _named(names: Sequence[str], values: Array) -> dict[str, float]:
    return {k: round(float(v), DECIMALS) for k, v in zip(names, values, strict=True)}


def blank_model(form: Mapping[str, Any]) -> SurvivalModel:
    """The formula's shape with all coefficients 0: it builds the design matrix."""
    width = LAST_FEE_YEAR - FIRST_FEE_YEAR + 1
    return SurvivalModel(
        intercept=0.0,
        covariates=(0.0,) * len(COVARIATES),
        timing=(0.0,) * len(TIMING),
        reference=(0.0,) * len(COVARIATES),
        first_fees_share=(0.0,) * width,
        third_fee_share=(0.0,) * width,
        filed_from=date.min,
        filed_to=date.max,
        observed_until=records.OBSERVED_UNTIL,
        rights=0,
        domestic_auc=(0.5, 0.5),
        **{k: tuple(v) if isinstance(v, list) else v for k, v in form.items()},
    )


def trained(data: Path) -> dict[str, Any]:
    """The whole content of coefficients.json."""
    applications = records.read(data)
    rights = [item for item in applications if item.is_right_of_known_end]
    before = [item for item in rights if item.filed < records.SPLIT]
    form = shape(before)
    blank = blank_model(form)
    document = {
        "name": "cn_invention_survival",
        "formula": "logit hazard of a fee year = intercept + covariates + timing",
        "data_sha256": records.fingerprint(data),
        "observed_until": records.OBSERVED_UNTIL.isoformat(),
        "split": records.SPLIT.isoformat(),
        "shape": form,
        "fits": {"shipped": fit(rights, blank), "before_split": fit(before, blank)},
        "dropped": _dropped(applications),
        "judged": NOT_JUDGED,
    }
    held_to = judge.judge(applications, survival_model(document, fit="before_split"))
    document["judged"] = _rounded(held_to)
    return document


def _dropped(applications: Sequence[Application]) -> dict[str, int]:
    rights = [item for item in applications if item.granted is not None]
    return {
        "called_granted": len(applications),
        "waived_never_granted": len(applications) - len(rights),
        "end_unknown": sum(
            r.announced is None and r.status == records.NOT_IN_FORCE for r in rights
        ),
        "end_contradicted": sum(
            r.announced is not None and r.status == records.IN_FORCE for r in rights
        ),
    }


def _rounded(value: Any) -> Any:  # noqa: ANN401 - a JSON value is any of its types
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return value


def main() -> None:
    """Fit, judge, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the public data")
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    document = trained(asked.data)
    asked.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    (asked.out / "coefficients.json").write_text(text, encoding="utf-8")
    (asked.out / "card.md").write_text(card.written(document), encoding="utf-8")
    golden.write(asked.out / "golden.csv", survival_model(document))
    print(card.table(document["judged"]["from_publication"]))


if __name__ == "__main__":
    main()
