"""When obligors default: one latent variable each, joined by common factors (a copula).

Obligor i has `x_i = sqrt(s) (a_i . M + sqrt(1 - |a_i|^2) z_i)`, with `M` standard normal factors
and `z_i` its own; `s` is 1 (Gaussian copula) or degrees over a chi-square draw that all share (t
copula: many fail together even at the same correlation). It has defaulted by the end of period p
where the probability of `x_i` is below its cumulative PD of p. Only the events are kept.
Sources: Li (2000); Demarta and McNeil, The t copula and related copulas (2005).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri, stdtrit

from zhirong.core.errors import InputError

Array = NDArray[np.float64]
Index = NDArray[np.int64]

_STAYS = 0.25
"""Share of a block's paths that a shift leaves where they were."""


class LoadingsError(InputError):
    """Loadings whose squares sum to 1 or more, or cumulative PDs that fall: no copula."""

    code = "error.securitization.loadings"

    def __init__(self, row: int) -> None:
        super().__init__(f"Row {row} of the loadings or cumulative PDs is no law.", row=row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Latent:
    """Columns: rows are obligors.

    Attributes:
        cumulative_pd: (obligor, period) probability of default by the end of each period,
            never falling, below 1.
        loadings: (obligor, factor).
        degrees: Of the t copula; None is Gaussian.
    """

    cumulative_pd: Array
    loadings: Array
    degrees: float | None = None

    def __post_init__(self) -> None:
        falls = np.diff(self.cumulative_pd, prepend=0.0, axis=1).min(axis=1, initial=0.0) < 0.0
        bad = (np.sum(self.loadings**2, axis=1) >= 1.0) | falls
        bad |= self.cumulative_pd.max(axis=1, initial=0.0) >= 1.0
        if bad.any():
            raise LoadingsError(int(np.argmax(bad)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Who defaults when: one entry an event, ordered by obligor."""

    obligor: Index
    path: Index
    period: Index


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """The common draws of a block.

    `normals` (factor, path); `scale` (path,) or None; `weight` (path,) the likelihood of each
    draw under the plain law over the law it was drawn from.
    """

    normals: Array
    scale: Array | None
    weight: Array


def flat_hazard(pd_one_year: ArrayLike, years: ArrayLike) -> Array:
    """Cumulative PD `1 - (1 - pd)^t` of each obligor by each time: shape (obligor, time)."""
    survival = 1.0 - np.asarray(pd_one_year, dtype=np.float64)[:, None]
    return np.asarray(1.0 - survival ** np.asarray(years, dtype=np.float64)[None, :])


def common_draws(
    latent: Latent, rng: np.random.Generator, *, paths: int, shift: ArrayLike | None = None
) -> Factors:
    """The factors of a block; `shift` (factor,) moves their means, for importance sampling.

    A quarter of the paths stays where it was, and each is weighed against both laws together, so
    that none counts for more than four (Hesterberg 1995; Veach and Guibas 1995).
    """
    moved = np.zeros(latent.loadings.shape[1]) if shift is None else np.asarray(shift, np.float64)
    stays = round(paths * _STAYS)
    normals = rng.standard_normal((moved.shape[0], paths))
    normals[:, stays:] += moved[:, None]
    scale = None
    if latent.degrees is not None:
        scale = np.sqrt(latent.degrees / rng.chisquare(latent.degrees, paths))
    part = stays / paths
    ratio = np.exp(moved @ normals - 0.5 * (moved @ moved))
    weight = np.ones(paths) if shift is None else 1.0 / (part + (1.0 - part) * ratio)
    return Factors(normals=normals, scale=scale, weight=weight)


def events(latent: Latent, factors: Factors, rng: np.random.Generator) -> Events:
    """Draw the events of a block: a uniform against the PD given the factors, then when.

    The uniform only says whether; a second draw, inside the defaults, says when. So nothing is
    inverted for the many that do not default.
    """
    columns: list[tuple[Index, Index, Index]] = []
    limits = _quantiles(latent.cumulative_pd, latent.degrees)
    seen: tuple[bytes, Array, Array] | None = None
    for i, loadings in enumerate(latent.loadings):
        kind = loadings.tobytes() + latent.cumulative_pd[i].tobytes()
        if seen is None or seen[0] != kind:
            seen = (kind, *_given(latent, factors, i))
        _, chance, drift = seen
        hit = np.flatnonzero(rng.random(chance.shape, dtype=np.float32) < chance)
        x = _latent_values(latent, factors, i, (hit, chance[hit], drift[hit]), rng)
        period = np.minimum(np.searchsorted(limits[i], x), limits.shape[1] - 1)
        columns.append((np.full(hit.shape, i), hit, period))
    obligor, path, period = (np.concatenate(each) for each in zip(*columns, strict=True))
    return Events(obligor=obligor, path=path, period=period)


def _given(latent: Latent, factors: Factors, i: int) -> tuple[Array, Array]:
    """PD by the last period given the factors, and what the factors add to the latent variable."""
    own = np.sqrt(1.0 - np.sum(latent.loadings[i] ** 2))
    drift = latent.loadings[i] @ factors.normals
    limit = _quantile(latent.cumulative_pd[i, -1], latent.degrees)
    scaled = limit if factors.scale is None else limit / factors.scale
    return np.asarray(ndtr((scaled - drift) / own)), np.asarray(drift)


def _latent_values(
    latent: Latent,
    factors: Factors,
    i: int,
    hits: tuple[Index, Array, Array],
    rng: np.random.Generator,
) -> Array:
    """Where the latent variable fell on the paths that fail: its limits by period say when."""
    hit, chance, drift = hits
    own = np.sqrt(1.0 - np.sum(latent.loadings[i] ** 2))
    depth = ndtri(np.maximum(rng.random(hit.shape) * chance, 1e-300))
    x = drift + own * depth
    return np.asarray(x if factors.scale is None else x * factors.scale[hit])


def _quantiles(probability: Array, degrees: float | None) -> Array:
    """The limits of the latent variable, each probability looked up once: a t law is slow."""
    distinct, place = np.unique(probability, return_inverse=True)
    limit = ndtri(distinct) if degrees is None else stdtrit(degrees, distinct)
    return np.asarray(limit[place].reshape(probability.shape))


def _quantile(probability: float, degrees: float | None) -> float:
    return float(ndtri(probability) if degrees is None else stdtrit(degrees, probability))
