"""What a security pays above the market: nominal, static (Z) and discount margin.

A curve is zero rates by time, continuously compounded, read between its points on a straight
line and flat beyond its ends. Conventions of cash and times are those of `yields`.
Source: Fabozzi, The Handbook of Fixed Income Securities, chapters on spreads and floaters.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from zhirong.securitization.analytics import yields
from zhirong.securitization.analytics.yields import NoYieldError

Array = NDArray[np.float64]

_WIDEST = 10.0
_PRECISION = 1e-13


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Zero rates at times in years, both ascending in time, as tuples of one length."""

    years: tuple[float, ...]
    zero_rates: tuple[float, ...]

    def zero(self, times: ArrayLike) -> Array:
        """The zero rate to each time."""
        return np.asarray(np.interp(np.asarray(times, np.float64), self.years, self.zero_rates))

    def discount(self, times: ArrayLike, *, spread: float = 0.0) -> Array:
        """What 1 at each time is worth, with a spread on every zero rate."""
        years = np.asarray(times, dtype=np.float64)
        return np.asarray(np.exp(-(self.zero(years) + spread) * years))


def nominal(curve: Curve, *, rate: float, frequency: int, average_life: float) -> float:
    """The yield less the curve's at the average life, both compounded as the yield is."""
    of_curve = yields.converted(float(curve.zero(average_life)), frequency=0, into=frequency)
    return rate - of_curve


def static(curve: Curve, times: ArrayLike, cash: ArrayLike, paid: float) -> float:
    """The Z-spread: added to every zero rate, it makes the cash worth what was paid."""
    amounts = np.asarray(cash, dtype=np.float64)

    def gap(spread: float) -> float:
        return float(curve.discount(times, spread=spread) @ amounts) - paid

    return _root(gap, paid)


def discount_margin(*, times: ArrayLike, cash: ArrayLike, index: ArrayLike, paid: float) -> float:
    """The margin over the index that a floater's price gives.

    Cash is projected at the assumed index; each period is discounted at `index + margin`, simple.

    Args:
        times: End of each period in years from settlement, ascending.
        cash: Interest and principal at each time.
        index: The index assumed in each period, a share a year.
        paid: Dirty price.
    """
    years = np.asarray(times, dtype=np.float64)
    length = np.diff(years, prepend=0.0)
    assumed, amounts = np.asarray(index, np.float64), np.asarray(cash, np.float64)

    def gap(margin: float) -> float:
        growth = np.cumprod(1.0 + (assumed + margin) * length)
        return float((amounts / growth).sum()) - paid

    low = -0.9 / float(length.max()) - float(assumed.min())
    return _root(gap, paid, low=max(low, -1.0))


def _root(gap: Callable[[float], float], paid: float, *, low: float = -1.0) -> float:
    if not gap(low) > 0.0 > gap(_WIDEST):
        raise NoYieldError(paid)
    return float(brentq(gap, low, _WIDEST, xtol=_PRECISION))
