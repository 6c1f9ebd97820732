"""Expected loss, probability of loss, loss given default: with the interval of the simulation.

Estimates are read from the sums of `tranche_loss`; all are shares of the tranche's balance or
probabilities. Where no path showed an event, the interval still reaches up to what so many paths
cannot exclude: a million paths without a loss do not prove a probability of 0.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from zhirong.securitization.analytics.tranche_loss import BINS, LossSums, Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A share or probability, its standard error, and the interval at the asked confidence."""

    value: float
    standard_error: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheEstimates:
    """All of one tranche. `loss_given_default` is None where no path lost anything."""

    paths: int
    expected_loss: Estimate
    probability_of_loss: Estimate
    probability_of_late_interest: Estimate
    probability_of_unpaid_interest: Estimate
    loss_given_default: Estimate | None


def of(sums: LossSums, *, confidence: float) -> TrancheEstimates:
    """Every estimate of a tranche; `confidence` is that of the intervals, such as 0.95."""
    return TrancheEstimates(
        paths=sums.paths,
        expected_loss=expected_loss(sums, confidence=confidence),
        probability_of_loss=_probability(sums, Moment.HIT, confidence),
        probability_of_late_interest=_probability(sums, Moment.LATE, confidence),
        probability_of_unpaid_interest=_probability(sums, Moment.SHORT, confidence),
        loss_given_default=loss_given_default(sums, confidence=confidence),
    )


def expected_loss(sums: LossSums, *, confidence: float) -> Estimate:
    """Expected loss of principal, a share of the balance at issue."""
    if not sums.moments[Moment.HIT]:
        # A loss is at most the balance, so it is at most as likely as any loss is.
        return _probability(sums, Moment.HIT, confidence)
    scale = 1.0 / sums.balance_fen
    mean = float(sums.moments[Moment.LOSS]) * scale / sums.paths
    error = _error(mean, float(sums.moments[Moment.LOSS_SQUARED]) * scale**2, sums.paths)
    reach = _reach(confidence) * error
    return Estimate(
        value=mean, standard_error=error, low=max(mean - reach, 0.0), high=min(mean + reach, 1.0)
    )


def probability_of_loss(sums: LossSums, *, confidence: float) -> Estimate:
    """Probability that any principal is lost."""
    return _probability(sums, Moment.HIT, confidence)


def loss_given_default(sums: LossSums, *, confidence: float) -> Estimate | None:
    """Mean loss of the paths that lose principal, a share of the balance; None without any."""
    hit = float(sums.moments[Moment.HIT])
    if not hit:
        return None
    scale = 1.0 / sums.balance_fen
    mean = float(sums.moments[Moment.LOSS]) * scale / hit
    # The ratio's error by the variance of w (l - mean) where hit, over the weight of hits.
    rest = (
        float(sums.moments[Moment.LOSS_SQUARED]) * scale**2
        - 2.0 * mean * float(sums.moments[Moment.LOSS_WHERE_HIT]) * scale
        + mean**2 * float(sums.moments[Moment.HIT_SQUARED])
    )
    error = max(rest, 0.0) ** 0.5 / hit
    reach = _reach(confidence) * error
    return Estimate(
        value=mean, standard_error=error, low=max(mean - reach, 0.0), high=min(mean + reach, 1.0)
    )


def plain_variance(sums: LossSums) -> float:
    """Variance of the loss of one path of plain sampling, a share squared; from weighted ones too.

    Where losses are rare, shifted paths know it better than plain ones.
    """
    scale = 1.0 / sums.balance_fen
    mean = float(sums.moments[Moment.LOSS]) * scale / sums.paths
    square = float(sums.moments[Moment.SQUARED_LOSS]) * scale**2 / sums.paths
    return max(square - mean**2, 0.0)


def quantile(sums: LossSums, probability: float) -> float:
    """The loss that is not exceeded with the probability, a share of the balance.

    It is the upper edge of the part in which the probability is reached: too high by at most
    1/1000 of the balance, never too low. Losses of 0 are exact.
    """
    law = np.cumsum(sums.mass)
    place = int(np.searchsorted(law, probability * law[-1] * (1.0 - 1e-12), side="left"))
    return min(place, BINS) / BINS


def expected_shortfall(sums: LossSums, probability: float) -> float:
    """Mean loss of the worst `1 - probability` of paths, a share of the balance."""
    wanted = (1.0 - probability) * float(sums.mass.sum())
    if wanted <= 0.0:
        return quantile(sums, 1.0)
    taken = np.clip(wanted - (np.cumsum(sums.mass[::-1]) - sums.mass[::-1]), 0.0, sums.mass[::-1])
    mean = np.divide(
        sums.mass_loss[::-1], sums.mass[::-1], out=np.zeros(BINS + 1), where=sums.mass[::-1] > 0
    )
    return float(taken @ mean) / wanted / sums.balance_fen


def _probability(sums: LossSums, event: Moment, confidence: float) -> Estimate:
    """A probability with its score interval (Wilson, 1927), on as many paths as weights leave."""
    mean = float(sums.moments[event]) / sums.paths
    error = _error(mean, float(sums.moments[event + 1]), sums.paths)
    weight, squared = sums.moments[Moment.WEIGHT], sums.moments[Moment.WEIGHT_SQUARED]
    count = mean * (1.0 - mean) / error**2 if error else float(weight**2 / squared)
    reach = _reach(confidence) ** 2 / count
    middle = (mean + reach / 2.0) / (1.0 + reach)
    half = (reach * mean * (1.0 - mean) + reach**2 / 4.0) ** 0.5 / (1.0 + reach)
    return Estimate(
        value=mean,
        standard_error=error,
        low=max(middle - half, 0.0) if mean else 0.0,
        high=min(middle + half, 1.0),
    )


def _error(mean: float, squares: float, paths: int) -> float:
    return math.sqrt(max(squares / paths - mean**2, 0.0) / paths)


def _reach(confidence: float) -> float:
    return float(ndtri(0.5 + confidence / 2.0))
