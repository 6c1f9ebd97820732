"""Control variates: what is known exactly mends what is drawn.

Beside the loss of a tranche each path gives a control whose mean is known. The estimate is the
mean of the loss less beta times (mean of the control on the paths, less its true mean), with beta
from the same paths. Blocks leave sums only, merged in order.

The control here is the loss that the slice would bear if every default of the pool cost the same
share: its mean follows from the exact law of the defaulted amount (`behavior.defaulted_law`).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from zhirong.securitization.analytics.loss_estimates import Estimate
from zhirong.securitization.analytics.loss_law import LossLaw

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ControlSums:
    """Sums over paths: count, y, x, y^2, x^2, x y."""

    moments: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """A slice that loses `severity` of each defaulted share beyond `attach`, up to `detach`."""

    severity: float
    attach: float
    detach: float

    def of(self, defaulted: Array) -> Array:
        """What the slice loses, as a share of the pool, at defaulted shares of the pool."""
        return np.clip(defaulted * self.severity - self.attach, 0.0, self.detach - self.attach)

    def mean(self, law: LossLaw) -> float:
        """Its mean under the law of the defaulted share."""
        return float(law.probability @ self.of(law.loss))


def of_block(losses: Array, control: Array) -> ControlSums:
    """Sums of one block: losses and controls by path, both as shares."""
    return ControlSums(
        moments=np.array(
            (
                losses.shape[0],
                losses.sum(),
                control.sum(),
                losses @ losses,
                control @ control,
                losses @ control,
            ),
            dtype=np.float64,
        )
    )


def merged(blocks: Iterable[ControlSums]) -> ControlSums:
    """Blocks added in their order."""
    whole = np.zeros(6)
    for each in blocks:
        whole += each.moments
    return ControlSums(moments=whole)


def estimate(sums: ControlSums, *, control_mean: float, confidence: float) -> Estimate:
    """The mean loss, mended by the control; a share, 0 or more."""
    count, y, x, yy, xx, xy = sums.moments.tolist()
    mean, seen = y / count, x / count
    spread, both = xx / count - seen**2, xy / count - mean * seen
    beta = both / spread if spread > 0.0 else 0.0
    variance = max(yy / count - mean**2 - beta * both, 0.0)
    value = max(mean - beta * (seen - control_mean), 0.0)
    error = math.sqrt(variance / count)
    reach = float(ndtri(0.5 + confidence / 2.0)) * error
    return Estimate(
        value=value,
        standard_error=error,
        low=max(value - reach, 0.0),
        high=min(value + reach, 1.0),
    )
