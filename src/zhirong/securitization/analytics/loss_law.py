"""The law of a pool's loss as atoms, and what slices of the pool lose under it.

Losses are shares of the pool's balance. Over [attach, detach] a slice loses on average the mean of
P(loss > x) over x in it, so its expected loss falls as it moves up: what sizing rests on.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhirong.securitization.analytics.tranche_loss import LossSums

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LossLaw:
    """Losses as shares of the pool, ascending, and their probabilities, which sum to 1."""

    loss: Array
    probability: Array

    def __post_init__(self) -> None:
        assert np.all(np.diff(self.loss) >= 0.0), "losses ascend"
        assert abs(float(self.probability.sum()) - 1.0) < 1e-9, "probabilities sum to 1"


def of_sums(sums: LossSums) -> LossLaw:
    """The law that simulated paths left: one atom a part of the histogram, at its mean.

    Expected losses of slices that begin and end at multiples of 1/1000 of the pool are those of
    the paths exactly.
    """
    held = sums.mass > 0.0
    mean = np.asarray(sums.mass_loss[held] / sums.mass[held], dtype=np.float64)
    return LossLaw(
        loss=np.asarray(mean / sums.balance_fen, dtype=np.float64),
        probability=sums.mass[held] / sums.mass.sum(),
    )


def of_units(law: ArrayLike, *, unit: float) -> LossLaw:
    """The law of a pool that loses k units with probability `law[k]`; `unit` is a share of it.

    >>> of_units([0.9, 0.1], unit=0.5).loss.tolist()
    [0.0, 0.5]
    """
    probability = np.asarray(law, dtype=np.float64)
    return LossLaw(
        loss=np.arange(probability.shape[0], dtype=np.float64) * unit,
        probability=probability / probability.sum(),
    )


def expected_loss(law: LossLaw, *, attach: float, detach: float) -> float:
    """Expected loss of a slice, a share of the slice; 0 for a slice of nothing."""
    if detach <= attach:
        return 0.0
    lost = np.clip(law.loss - attach, 0.0, detach - attach)
    return float(law.probability @ lost) / (detach - attach)


def probability_of_loss(law: LossLaw, *, attach: float) -> float:
    """Probability that the pool loses more than `attach`."""
    return float(law.probability[law.loss > attach * (1.0 + 1e-12)].sum())


def quantile(law: LossLaw, probability: float) -> float:
    """The loss of the pool that is not exceeded with the probability."""
    place = int(np.searchsorted(np.cumsum(law.probability), probability * (1.0 - 1e-12)))
    return float(law.loss[min(place, law.loss.shape[0] - 1)])
