"""Price and yield of a security's cash, and how the one moves with the other.

Cash comes as two arrays: `times` in years from settlement, ascending and above 0, and `cash`
(the same shape), in one currency unit. Yields are shares a year, compounded `frequency` times; the
frequency 0 stands for continuous compounding. Prices are dirty: what is paid at settlement.
Source: Fabozzi, The Handbook of Fixed Income Securities; Bond Market Association, SF-41 to SF-50.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from zhirong.core.errors import InputError

Array = NDArray[np.float64]

_BRACKETS = ((-1.0, 1.0), (-3.0, 4.0), (-6.0, 12.0))
"""Where a yield is looked for, continuously compounded: the likely place first."""
_PRECISION = 1e-14


class NoYieldError(InputError):
    """Cash that no yield makes equal to the price: all of one sign, or nothing paid back."""

    code = "error.securitization.no_yield"

    def __init__(self, price: float) -> None:
        super().__init__(f"No yield makes the cash worth {price}.", price=price)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """How a price answers to its yield.

    Attributes:
        macaulay_years: Average time of the cash, weighted by its present value.
        modified_years: Relative fall of the price for a rise of the yield of 1 (100 %).
        convexity: Second derivative over the price, years squared.
    """

    macaulay_years: float
    modified_years: float
    convexity: float


def discount(times: ArrayLike, rate: float, *, frequency: int) -> Array:
    """What 1 at each time is worth today."""
    years = np.asarray(times, dtype=np.float64)
    if frequency == 0:
        return np.asarray(np.exp(-rate * years))
    return np.asarray((1.0 + rate / frequency) ** (-frequency * years))


def price(times: ArrayLike, cash: ArrayLike, rate: float, *, frequency: int = 1) -> float:
    """Present value at a yield.

    >>> round(price([1.0, 2.0], [5.0, 105.0], 0.05), 6)
    100.0
    """
    return float(discount(times, rate, frequency=frequency) @ np.asarray(cash, np.float64))


def yield_of(times: ArrayLike, cash: ArrayLike, paid: float, *, frequency: int = 1) -> float:
    """The yield at which the cash is worth what was paid for it.

    Raises:
        NoYieldError: when there is none.
    """

    def gap(rate: float) -> float:
        return price(times, cash, rate, frequency=0) - paid

    for low, high in _BRACKETS:
        if paid > 0.0 and gap(low) > 0.0 > gap(high):
            found = float(brentq(gap, low, high, xtol=_PRECISION))
            return converted(found, frequency=0, into=frequency)
    raise NoYieldError(paid)


def converted(rate: float, *, frequency: int, into: int) -> float:
    """The same yield, compounded otherwise: from monthly to half-yearly is 12 into 2.

    >>> round(converted(0.0893863, frequency=12, into=2), 6)
    0.091067
    """
    logarithm = rate if frequency == 0 else frequency * np.log1p(rate / frequency)
    return float(logarithm if into == 0 else into * np.expm1(logarithm / into))


def sensitivity(
    times: ArrayLike, cash: ArrayLike, rate: float, *, frequency: int = 1
) -> Sensitivity:
    """Durations and convexity at a yield, the flows taken as they are."""
    years = np.asarray(times, dtype=np.float64)
    value = discount(years, rate, frequency=frequency) * np.asarray(cash, np.float64)
    whole = float(value.sum())
    macaulay = float(years @ value) / whole
    if frequency == 0:
        return Sensitivity(
            macaulay_years=macaulay,
            modified_years=macaulay,
            convexity=float(years**2 @ value) / whole,
        )
    step = 1.0 + rate / frequency
    bend = float((years * (years + 1.0 / frequency)) @ value) / whole
    return Sensitivity(
        macaulay_years=macaulay, modified_years=macaulay / step, convexity=bend / step**2
    )


def weighted_average_life(times: ArrayLike, principal: ArrayLike) -> float:
    """Average time of principal in years, weighted by what is repaid; 0 where nothing is."""
    paid = np.asarray(principal, dtype=np.float64)
    whole = float(paid.sum())
    return float(np.asarray(times, np.float64) @ paid) / whole if whole else 0.0


def effective_duration(*, down: float, base: float, up: float, shift: float) -> float:
    """Duration from prices after the market moved down and up by `shift`, flows flowed anew."""
    return (down - up) / (2.0 * base * shift)


def effective_convexity(*, down: float, base: float, up: float, shift: float) -> float:
    """Convexity likewise: the second difference over the price."""
    return (down + up - 2.0 * base) / (base * shift**2)
