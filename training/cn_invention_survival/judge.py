"""Judge the survival model on rights filed after those it was fitted on (numpy only).

    python -m training.cn_invention_survival.judge DATA

prints every figure of the model card. `DATA` may hold other rows of the same form.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.cn_invention_survival import records
from training.cn_invention_survival.records import Application
from zhirong.parameters.reader import model as shipped_model
from zhirong.valuation.survival import conditional_survival
from zhirong.valuation.survival_inputs import SurvivalModel, age_years, survival_model

Array = NDArray[np.float64]
AGES = (8, 10, 12, 15)
# From publication: all rights start at one age, grant date unseen, so that only what an export
# shows tells them apart.
COMMON_START_YEARS = 4
# As used: alive on the day this many years after filing, and granted by then.
VALUATION_AGE_YEARS = 6
BOOTSTRAP_DRAWS = 1000
BOOTSTRAP_SEED = 20010701
NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well the model told apart, and how well its probabilities fitted, at one age.

    `brier_earlier_share` scores the share alive among rights filed before the split, the only
    constant known in time; `brier_own_share` the judged rights' own share, known only afterwards.
    """

    age: int
    rights: int
    alive: float
    predicted: float
    auc: float
    auc_se: float
    auc_se_delong: float
    brier: float
    brier_earlier_share: float
    brier_own_share: float
    brier_gain: float
    brier_gain_low: float
    brier_gain_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One tenth of the judged rights by predicted probability, with Wilson's 95 % interval."""

    rights: int
    predicted: float
    observed: float
    low: float
    high: float


def is_alive(rights: Sequence[Application], age: int) -> Array:
    """1 where no end was announced by the day so many years after filing, else 0.

    An application waived at the grant fee counts as not alive.
    """
    return np.array([float(item.announced_age > age and item.waived is None) for item in rights])


def auc(label: Array, score: Array) -> float:
    """Area under the receiver operating curve; ties count half."""
    return float(_placements(label, score)[0].mean())


def hanley_mcneil(area: float, label: Array) -> float:
    """Standard error of an area (Hanley and McNeil 1982)."""
    n1, n0 = label.sum(), (1 - label).sum()
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (n1 - 1) * (q1 - area**2) + (n0 - 1) * (q2 - area**2)
    return float(np.sqrt(spread / (n1 * n0)))


def delong(label: Array, score: Array) -> float:
    """Standard error of an area from its placements (DeLong 1988)."""
    of_alive, of_ended = _placements(label, score)
    return float(
        np.sqrt(of_alive.var(ddof=1) / len(of_alive) + of_ended.var(ddof=1) / len(of_ended))
    )


def _placements(label: Array, score: Array) -> tuple[Array, Array]:
    alive, ended = score[label == 1][:, None], score[label == 0][None, :]
    wins = (alive > ended) + 0.5 * (alive == ended)
    return wins.mean(axis=1), wins.mean(axis=0)


def score(age: int, *, label: Array, predicted: Array, earlier_share: float) -> Score:
    """All figures of one age."""
    ours, theirs = (label - predicted) ** 2, (label - earlier_share) ** 2
    rng = np.random.default_rng(BOOTSTRAP_SEED)
    draws = rng.integers(0, len(label), (BOOTSTRAP_DRAWS, len(label)))
    low, high = np.quantile((theirs - ours)[draws].mean(axis=1), (0.025, 0.975))
    area, share = auc(label, predicted), label.mean()
    return Score(
        age=age,
        rights=len(label),
        alive=float(share),
        predicted=float(predicted.mean()),
        auc=area,
        auc_se=hanley_mcneil(area, label),
        auc_se_delong=delong(label, predicted),
        brier=float(ours.mean()),
        brier_earlier_share=float(theirs.mean()),
        brier_own_share=float(share * (1 - share)),
        brier_gain=float((theirs - ours).mean()),
        brier_gain_low=float(low),
        brier_gain_high=float(high),
    )


def survival_between(
    rights: Sequence[Application], *, model: SurvivalModel, start: Array, age: int, sees_grant: bool
) -> Array:
    """Probability that a right in force `start` years after filing is not announced dead by `age`.

    The record shows announcements; the model counts due dates, which lie the announcement lag
    earlier.
    """
    lag = model.announcement_lag_years
    begin = np.maximum(start - lag, 0.0)
    if sees_grant:
        begin = np.maximum(begin, [item.grant_age for item in rights])
    fees = np.floor(age - lag) - np.floor(begin)
    paid = conditional_survival(
        records.features(rights, with_grant_date=sees_grant),
        model=model,
        age_at_valuation=begin,
        horizon_years=max(int(fees.max()), 1),
    )
    padded = np.concatenate([np.ones((len(rights), 1)), paid], axis=1)
    column = np.maximum(fees, 0).astype(int)[:, None]
    return np.take_along_axis(padded, column, axis=1)[:, 0]


def observed_to(rights: Sequence[Application], age: int) -> tuple[Application, ...]:
    """Those whose record reaches the day so many years after filing."""
    until = records.OBSERVED_UNTIL
    return tuple(item for item in rights if age_years(item.filed, on=until) >= age)


def from_publication(
    rights: Sequence[Application], earlier: Sequence[Application], model: SurvivalModel
) -> tuple[Score, ...]:
    """Alive at each age, from what is known at publication: the grant date is not seen."""
    return tuple(
        score(
            age,
            label=is_alive(observed_to(rights, age), age),
            predicted=survival_between(
                judged := observed_to(rights, age),
                model=model,
                start=np.full(len(judged), float(COMMON_START_YEARS)),
                age=age,
                sees_grant=False,
            ),
            earlier_share=float(is_alive(earlier, age).mean()),
        )
        for age in AGES
    )


def from_grant(
    rights: Sequence[Application], earlier: Sequence[Application], model: SurvivalModel
) -> tuple[Score, ...]:
    """Alive at each age, from the day of grant, for rights granted before that age."""
    results = []
    for age in AGES:
        judged = [item for item in observed_to(rights, age) if item.grant_age < age]
        before = [item for item in earlier if item.grant_age < age]
        results.append(
            score(
                age,
                label=is_alive(judged, age),
                predicted=survival_between(
                    judged, model=model, start=np.zeros(len(judged)), age=age, sees_grant=True
                ),
                earlier_share=float(is_alive(before, age).mean()),
            )
        )
    return tuple(results)


def as_used(
    rights: Sequence[Application], earlier: Sequence[Application], model: SurvivalModel
) -> tuple[Score, ...]:
    """Alive at each age, given alive and granted on the valuation day: S(t) / S(valuation)."""
    return tuple(
        score(
            age,
            label=is_alive(observed_to(_in_force(rights), age), age),
            predicted=_as_used(rights, model, age)[1],
            earlier_share=float(is_alive(_in_force(earlier), age).mean()),
        )
        for age in AGES
    )


def calibration(
    rights: Sequence[Application], model: SurvivalModel, *, age: int
) -> tuple[Bin, ...]:
    """Predicted against observed by tenths of the predicted probability, as used."""
    judged, predicted = _as_used(rights, model, age)
    label = is_alive(judged, age)
    tenths = np.array_split(np.argsort(predicted, kind="stable"), 10)
    return tuple(_bin(predicted[rows], label[rows]) for rows in tenths)


def _in_force(rights: Sequence[Application]) -> tuple[Application, ...]:
    age = VALUATION_AGE_YEARS
    return tuple(item for item in rights if item.grant_age < age < item.announced_age)


def _as_used(
    rights: Sequence[Application], model: SurvivalModel, age: int
) -> tuple[tuple[Application, ...], Array]:
    judged = observed_to(_in_force(rights), age)
    start = np.full(len(judged), float(VALUATION_AGE_YEARS))
    return judged, survival_between(judged, model=model, start=start, age=age, sees_grant=True)


def _bin(predicted: Array, label: Array) -> Bin:
    n, share, z2 = len(label), label.mean(), NORMAL_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = NORMAL_95 / (1 + z2 / n) * np.sqrt(share * (1 - share) / n + z2 / (4 * n**2))
    return Bin(
        rights=n,
        predicted=float(predicted.mean()),
        observed=float(share),
        low=float(max(middle - half, 0.0)),
        high=float(min(middle + half, 1.0)),
    )


def judge(applications: Sequence[Application], model: SurvivalModel) -> dict[str, Any]:
    """Every published figure, for a model fitted only on what was filed before the split."""
    later = [item for item in applications if item.filed >= records.SPLIT]
    earlier = [item for item in applications if item.filed < records.SPLIT]
    rights = [item for item in later if item.is_right_of_known_end]
    before = [item for item in earlier if item.is_right_of_known_end]
    home = [[item for item in group if item.is_domestic] for group in (rights, before)]
    return {
        "from_publication": [asdict(row) for row in from_publication(rights, before, model)],
        "as_the_baseline": [asdict(row) for row in from_publication(later, earlier, model)],
        "domestic_from_publication": [asdict(row) for row in from_publication(*home, model)],
        "domestic_as_used": [asdict(row) for row in as_used(*home, model)],
        "as_used": [asdict(row) for row in as_used(rights, before, model)],
        "from_grant": [asdict(row) for row in from_grant(rights, before, model)],
        "calibration": {
            str(age): [asdict(row) for row in calibration(rights, model, age=age)]
            for age in (10, 15)
        },
    }


def main() -> None:
    """Print the figures of the shipped fit that never saw the judged rights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the public data")
    applications = records.read(parser.parse_args().data)
    fit = survival_model(shipped_model("cn_invention_survival"), fit="before_split")
    print(json.dumps(judge(applications, fit), indent=2))


if __name__ == "__main__":
    main()
