"""What a sale after default brings, as a distribution, from the few figures that a tape states.

A share of cells is zero, where nobody buys. The others are lognormal: by mean and coefficient of
variation of what is got where a sale is made, or through three quantiles of the whole.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from zhirong.core.distribution import CELLS, Meaning, ValueDistribution
from zhirong.core.errors import InputError

Array = NDArray[np.float64]
_FINE = 50
"""Points in a cell; the mean of a cell is their average."""


class ProceedsError(InputError):
    """Figures that make no distribution of proceeds; `rule` says which rule they break."""

    code = "error.securitization.proceeds"

    def __init__(self, rule: str) -> None:
        super().__init__(f"No distribution of proceeds: {rule}.", rule=rule)
        self.rule = rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantiles:
    """Proceeds in CNY not exceeded with 10, 50 and 90 %, no sale counted in."""

    p10: float
    p50: float
    p90: float


def meaning(*, lag_months: int, are_costs_deducted: bool = False) -> Meaning:
    """Proceeds of a collateral set after default, so many months later."""
    return Meaning(
        premise="gone_concern",
        condition="default",
        horizon_years=lag_months / 12,
        are_costs_deducted=are_costs_deducted,
        account="collateral_set",
    )


def from_mean(mean: float, *, variation: float, no_sale: float, of: Meaning) -> ValueDistribution:
    """Lognormal above a share of no sale; the mean of the whole is `mean`.

    Args:
        mean: Expected proceeds in CNY, no sale counted in.
        variation: Standard deviation over mean of what is got where a sale is made; 0 for one sum.
        no_sale: Probability that nobody buys, below 1.
        of: What the distribution is of.

    Raises:
        ProceedsError: A negative figure, or no sale for sure.
    """
    if mean < 0 or variation < 0:
        raise ProceedsError("negative")
    if not 0 <= no_sale < 1:
        raise ProceedsError("no_sale")
    spread = float(np.sqrt(np.log1p(variation**2)))
    # The mean between two levels of a lognormal has a closed form, so the whole keeps its mean.
    edges = np.clip((np.arange(CELLS + 1) / CELLS - no_sale) / (1 - no_sale), 0.0, 1.0)
    below = ndtr(ndtri(edges) - spread)
    cells = mean * CELLS * np.diff(below)
    return ValueDistribution(cells=_ascending(cells), meaning=of)


def from_quantiles(quantiles: Quantiles, *, no_sale: float, of: Meaning) -> ValueDistribution:
    """Log-linear in the normal score through the quantiles above zero, zero below `no_sale`.

    Beyond the outer quantiles the slope of the nearest pair goes on, with one quantile above zero
    none; quantiles that are zero must lie in the share of no sale, and those above it outside.

    Raises:
        ProceedsError: Quantiles that fall, that are negative, or that `no_sale` contradicts.
    """
    given = {0.1: quantiles.p10, 0.5: quantiles.p50, 0.9: quantiles.p90}
    values = list(given.values())
    if min(values) < 0:
        raise ProceedsError("negative")
    if values != sorted(values):
        raise ProceedsError("falling")
    if not 0 <= no_sale < 1 or any((p <= no_sale) != (v == 0) for p, v in given.items()):
        raise ProceedsError("no_sale")
    positive = {p: v for p, v in given.items() if v > 0}
    if not positive:
        raise ProceedsError("no_sale")
    scores, logs = ndtri(np.array(list(positive))), np.log(np.array(list(positive.values())))
    levels = (np.arange(CELLS * _FINE) + 0.5) / (CELLS * _FINE)
    at = np.exp(_through(ndtri(levels), scores, logs))
    fine = np.where(levels <= no_sale, 0.0, at)
    return ValueDistribution(cells=_ascending(fine.reshape(CELLS, _FINE).mean(axis=1)), meaning=of)


def _through(at: Array, x: Array, y: Array) -> Array:
    """Straight lines through the points, their outer slopes going on."""
    if len(x) == 1:
        return np.full_like(at, y[0])
    slopes = np.diff(y) / np.diff(x)
    inside: Array = np.interp(at, x, y)
    low, high = at < x[0], at > x[-1]
    inside[low] = y[0] + slopes[0] * (at[low] - x[0])
    inside[high] = y[-1] + slopes[-1] * (at[high] - x[-1])
    return inside


def _ascending(cells: Array) -> tuple[float, ...]:
    """The cells without the last bits by which rounding may let them fall."""
    return tuple(np.maximum.accumulate(np.maximum(cells, 0.0)).tolist())
