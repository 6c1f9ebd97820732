"""Simulated losses as they are shown: estimates with intervals, grades, the pool's distribution."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhirong.application.plans.records import PlanInputs
from zhirong.application.plans.simulation import Simulated, ViewLosses
from zhirong.parameters.reader import Parameters
from zhirong.securitization.analytics import loss_estimates, rating_scale
from zhirong.securitization.analytics.loss_estimates import TrancheEstimates
from zhirong.securitization.analytics.rating_scale import Grading, RatingScale
from zhirong.securitization.analytics.tranche_loss import BINS, LossSums

_DAYS = 365
_QUANTILES = (0.5, 0.9, 0.95, 0.99, 0.999)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheLosses:
    """A tranche in one view: by the last payment date, and once later recoveries are in.

    The grade is of the house's scale, read from the expected loss at the end; no agency's.
    """

    key: str
    at_end: TrancheEstimates
    later: TrancheEstimates
    grade: Grading


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A support: probability that it is drawn, and mean amount paid over all paths, in fen."""

    probability: float
    mean_fen: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewResults:
    """All tranches and supports in one view."""

    key: str
    without: tuple[str, ...]
    tranches: tuple[TrancheLosses, ...]
    supports: Mapping[str, Use]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolDistribution:
    """The pool's loss as shares of its balance.

    `histogram` are (upper edge, probability) of the parts that hold anything, the first one being
    no loss; `quantiles` and `shortfalls` are (probability, loss); `defaults` the probability of 0,
    1, 2 ... obligors in default.
    """

    estimates: TrancheEstimates
    histogram: tuple[tuple[float, float], ...]
    quantiles: tuple[tuple[float, float], ...]
    shortfalls: tuple[tuple[float, float], ...]
    defaults: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LossResults:
    """What a simulation says.

    `by_attachment` are losses of principal alone, cut where the tranches attach: what an exact
    small pool gives, without interest, excess spread or supports.
    """

    paths: int
    seed: int
    confidence: float
    pool: PoolDistribution
    by_attachment: Mapping[str, TrancheEstimates]
    views: tuple[ViewResults, ...]


def loss_results(
    inputs: PlanInputs,
    found: Simulated,
    *,
    seed: int,
    confidence: float,
    parameters: Parameters,
) -> LossResults:
    """The results of a simulation."""
    dates = inputs.plan.dates
    scale = rating_scale.published(parameters, on=dates.cut_off)
    years = (dates.payments[-1] - dates.closing).days / _DAYS
    return LossResults(
        paths=found.paths,
        seed=seed,
        confidence=confidence,
        pool=_pool(found, confidence),
        by_attachment={
            key: loss_estimates.of(sums, confidence=confidence)
            for key, sums in found.by_attachment.items()
        },
        views=tuple(_view(each, found.paths, (scale, years), confidence) for each in found.views),
    )


def _view(
    found: ViewLosses, paths: int, graded: tuple[RatingScale, float], confidence: float
) -> ViewResults:
    scale, years = graded
    rows = []
    for key, sums in found.at_end.items():
        at_end = loss_estimates.of(sums, confidence=confidence)
        rows.append(
            TrancheLosses(
                key=key,
                at_end=at_end,
                later=loss_estimates.of(found.later[key], confidence=confidence),
                grade=rating_scale.graded(at_end.expected_loss, scale, years=years),
            )
        )
    return ViewResults(
        key=found.view.key,
        without=found.view.without,
        tranches=tuple(rows),
        supports={
            key: Use(probability=use.paths_drawn / paths, mean_fen=use.paid_fen / paths)
            for key, use in found.supports.items()
        },
    )


def _pool(found: Simulated, confidence: float) -> PoolDistribution:
    sums = found.pool
    return PoolDistribution(
        estimates=loss_estimates.of(sums, confidence=confidence),
        histogram=_histogram(sums),
        quantiles=tuple((each, loss_estimates.quantile(sums, each)) for each in _QUANTILES),
        shortfalls=tuple(
            (each, loss_estimates.expected_shortfall(sums, each)) for each in _QUANTILES
        ),
        defaults=tuple(each / found.paths for each in found.defaults),
    )


def _histogram(sums: LossSums) -> tuple[tuple[float, float], ...]:
    whole = float(sums.mass.sum())
    return tuple(
        (place / BINS, float(mass) / whole) for place, mass in enumerate(sums.mass) if mass > 0.0
    )
