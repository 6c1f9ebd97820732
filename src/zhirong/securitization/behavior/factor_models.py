"""One common factor drives the defaults of all: Gaussian, or with heavier tails.

Obligor i defaults before t when `a_i M + sqrt(1 - a_i^2) Z_i` is below a threshold whose
probability is PD(t). `M` and `Z` have mean 0 and variance 1; either may be a Student t scaled to
it (the double-t model). `correlation` is that of two obligors of one loading, `a^2`.
Sources: Vasicek 1987; Hull and White, Valuation of a CDO and an nth to default CDS (2004).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from zhirong.core.errors import InputError

Array = NDArray[np.float64]

_NODES = 400
"""Points of the factor: the tail beyond the last holds less than 1e-5 of it."""


class CorrelationError(InputError):
    """A correlation from which no model follows, or tails without variance."""

    code = "error.securitization.correlation"

    def __init__(self, correlation: float, degrees: float | None) -> None:
        super().__init__(
            f"No factor model has correlation {correlation} and {degrees} degrees of freedom.",
            correlation=correlation,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFactor:
    """A one-factor model; `None` degrees of freedom is the normal law, else above 2."""

    correlation: float
    market_degrees: float | None = None
    own_degrees: float | None = None

    def __post_init__(self) -> None:
        for degrees in (self.market_degrees, self.own_degrees):
            if not 0.0 <= self.correlation < 1.0 or (degrees is not None and degrees <= 2.0):
                raise CorrelationError(self.correlation, degrees)

    def threshold(self, pd: ArrayLike) -> Array:
        """Where the latent variable must fall for default of probability `pd`, any shape."""
        wanted = np.asarray(pd, dtype=np.float64)
        if self.market_degrees is None and self.own_degrees is None:
            return np.asarray(ndtri(wanted))
        grid, probability = _latent_law(self)
        return np.asarray(np.interp(ndtri(wanted), ndtri(probability), grid))

    def conditional_pd(self, pd: ArrayLike, factor: ArrayLike) -> Array:
        """PD given the factor: `pd` against `factor` as numpy broadcasts them."""
        loading, own = np.sqrt(self.correlation), np.sqrt(1.0 - self.correlation)
        distance = (self.threshold(pd) - loading * np.asarray(factor)) / own
        return cumulative(distance, self.own_degrees)

    def factor_nodes(self) -> tuple[Array, Array]:
        """Values of the factor and their weights, which sum to 1: shapes (node,)."""
        position, weight = _unit_nodes(_NODES)
        return quantile(position, self.market_degrees), weight


def cumulative(x: ArrayLike, degrees: float | None) -> Array:
    """Probability below `x` of the normal law, or of a t law scaled to variance 1."""
    at = np.asarray(x, dtype=np.float64)
    if degrees is None:
        return np.asarray(ndtr(at))
    return np.asarray(stdtr(degrees, at * np.sqrt(degrees / (degrees - 2.0))))


def quantile(probability: ArrayLike, degrees: float | None) -> Array:
    """The inverse of `cumulative`."""
    wanted = np.asarray(probability, dtype=np.float64)
    if degrees is None:
        return np.asarray(ndtri(wanted))
    return np.asarray(stdtrit(degrees, wanted) / np.sqrt(degrees / (degrees - 2.0)))


@lru_cache(maxsize=8)
def _unit_nodes(count: int) -> tuple[Array, Array]:
    """Points of (0, 1), closer together at both ends, where defaults of a whole pool happen."""
    node, weight = np.polynomial.legendre.leggauss(count)
    inner = (node + 1.0) / 2.0
    position = inner**2 * (3.0 - 2.0 * inner)
    return position, weight / 2.0 * 6.0 * inner * (1.0 - inner)


@lru_cache(maxsize=32)
def _latent_law(model: OneFactor) -> tuple[Array, Array]:
    """The law of the latent variable on a grid: it has no closed form where a tail is a t."""
    factor, weight = model.factor_nodes()
    loading, own = np.sqrt(model.correlation), np.sqrt(1.0 - model.correlation)
    grid = np.sinh(np.linspace(-4.5, 4.5, 4001))
    below = np.array(
        [weight @ cumulative((x - loading * factor) / own, model.own_degrees) for x in grid]
    )
    inside = (below > 1e-12) & (below < 1.0 - 1e-12)
    return grid[inside], below[inside]
