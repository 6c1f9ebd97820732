"""The fair running spread of a slice of a pool of equal names: the field's test of any copula.

Hazard and rate are flat; the spread is paid on what is left of the slice at each date, and
defaults fall, on average, half-way between dates.
Source: Hull and White (2004), section 4 and table 7.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhirong.securitization.behavior import small_pool
from zhirong.securitization.behavior.factor_models import OneFactor

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualNames:
    """`names` equal names with one hazard; rates continuous, yearly, shares."""

    names: int
    hazard: float
    recovery: float
    years: float
    rate: float
    payments_per_year: int = 4


def expected_losses(pool: EqualNames, model: OneFactor, *, attach: float, detach: float) -> Array:
    """Expected loss of the slice by each payment date, as a share of the slice; (date,)."""
    units = [1] * pool.names
    unit = (1.0 - pool.recovery) / pool.names
    return np.array(
        [
            small_pool.tranche_expected_loss(
                small_pool.losses([1.0 - np.exp(-pool.hazard * year)] * pool.names, units, model),
                unit=unit,
                attach=attach,
                detach=detach,
            )
            / (detach - attach)
            for year in _dates(pool)
        ]
    )


def fair_spread(pool: EqualNames, model: OneFactor, *, attach: float, detach: float) -> float:
    """The yearly running spread at which the slice is worth nothing, as a share (0.01 = 100 bp)."""
    year = _dates(pool)
    lost = expected_losses(pool, model, attach=attach, detach=detach)
    before = np.concatenate([[0.0], lost[:-1]])
    step = 1.0 / pool.payments_per_year
    at_end, at_middle = np.exp(-pool.rate * year), np.exp(-pool.rate * (year - step / 2.0))
    protection = at_middle @ (lost - before)
    annuity = step * (at_end @ (1.0 - lost)) + step / 2.0 * (at_middle @ (lost - before))
    return float(protection / annuity)


def _dates(pool: EqualNames) -> Array:
    count = round(pool.years * pool.payments_per_year)
    return np.arange(1, count + 1) / pool.payments_per_year
