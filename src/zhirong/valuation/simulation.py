"""Monte Carlo over the assumptions, with dependence, seeded.

Each uncertain assumption is a two-piece normal through its author's 10 %, 50 % and 90 % points.
Draws come in blocks of fixed size, one spawned seed a block, summed up in order: the answer does
not depend on the number of threads.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from zhirong.core.errors import InputError
from zhirong.core.operations import Array

# A block of 256 draws of 100 rights over 10 years fits the cache; 1,024 is slower.
BLOCK = 256
TENTH = 1.2815515655446004  # the standard normal's 90 % point
Drawn = Mapping[str, Array]
Evaluate = Callable[[Drawn], Array]


class DependenceError(InputError):
    """A matrix that is no correlation matrix, or a loading outside 0 to 1."""

    code = "error.dependence"


class RangeError(InputError):
    """A 10 % point above the middle, or a 90 % point below it."""

    code = "error.range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """An assumption with its range.

    Args:
        key: Name of the input.
        low, central, high: 10 %, 50 % and 90 % points; shape (asset,) or (asset, year).
        drivers: For each asset the row of the driver that moves it (assets of one product share
            the growth of the product).
        floor, ceiling: Bounds that no draw crosses (a rate is not negative).
    """

    key: str
    low: Array
    central: Array
    high: Array
    drivers: tuple[int, ...]
    floor: float = -np.inf
    ceiling: float = np.inf

    def __post_init__(self) -> None:
        if np.any(self.low > self.central) or np.any(self.high < self.central):
            raise RangeError(f"The range of {self.key!r} does not hold its middle.", key=self.key)

    @property
    def is_certain(self) -> bool:
        """Whether the range has no width."""
        return bool(np.all(self.low == self.high))

    def at(self, scores: Array) -> Array:
        """The values at normal scores, shape (driver, draw) → (asset[, year], draw)."""
        own = scores[list(self.drivers)]
        if self.central.ndim == 2:
            own = own[:, None, :]
        up = ((self.high - self.central) / TENTH)[..., None]
        down = ((self.central - self.low) / TENTH)[..., None]
        values: Array = self.central[..., None] + np.where(own > 0, up, down) * own
        if np.isfinite(self.floor) or np.isfinite(self.ceiling):
            return np.clip(values, self.floor, self.ceiling)
        return values


@dataclass(frozen=True, kw_only=True)
class Dependence:
    """How assumptions move together: an assumption of its own, with an author.

    Args:
        keys: The assumptions' keys, in the order of the matrix.
        correlation: Correlation of the keys' common drivers; shape (key, key).
        within: Share of one key's variance that is common to all its drivers, 0 to 1.
    """

    keys: tuple[str, ...]
    correlation: Array
    within: float

    @cached_property
    def root(self) -> Array:
        """The Cholesky root of the correlation matrix.

        Raises:
            DependenceError: The matrix is none, or `within` is no share.
        """
        matrix = self.correlation
        if not 0 <= self.within <= 1:
            raise DependenceError(f"The common share is {self.within}, not 0 to 1.")
        if not np.allclose(matrix, matrix.T) or not np.allclose(np.diag(matrix), 1):
            raise DependenceError("A correlation matrix is symmetric with ones on its diagonal.")
        try:
            root: Array = np.asarray(np.linalg.cholesky(matrix), dtype=np.float64)
        except np.linalg.LinAlgError as wrong:
            raise DependenceError("These correlations contradict each other.") from wrong
        return root


def _block_scores(
    uncertain: Sequence[Uncertain], dependence: Dependence, seed: np.random.SeedSequence, size: int
) -> dict[str, Array]:
    generator = np.random.default_rng(seed)
    common = dependence.root @ generator.standard_normal((len(dependence.keys), size))
    scores: dict[str, Array] = {}
    shared_weight, own_weight = math.sqrt(dependence.within), math.sqrt(1 - dependence.within)
    for item in uncertain:
        own: Array = generator.standard_normal((max(item.drivers) + 1, size))
        shared: Array = common[dependence.keys.index(item.key)]
        scores[item.key] = shared_weight * shared + own_weight * own
    return scores


def simulate(
    evaluate: Evaluate,
    uncertain: Sequence[Uncertain],
    *,
    dependence: Dependence,
    draws: int,
    seed: int,
    threads: int = 2,
) -> Array:
    """Values of all assets in joint draws; shape (asset, draws), CNY.

    Args:
        evaluate: From drawn inputs (asset[, year], draw) to values (asset, draw).
        uncertain: The assumptions that move; those without width are left out of the draws.
        dependence: Must name every key of `uncertain`.
        draws: How many.
        seed: Seed of the whole simulation.
        threads: How many blocks run at once; the result does not depend on it.

    Raises:
        DependenceError: A key without a place in the dependence, or no correlation matrix.
    """
    moving = [item for item in uncertain if not item.is_certain]
    missing = sorted({item.key for item in moving} - set(dependence.keys))
    if missing:
        raise DependenceError(f"No dependence stated for {missing}.", keys=tuple(missing))
    sizes = [min(BLOCK, draws - start) for start in range(0, draws, BLOCK)]
    seeds = np.random.SeedSequence(seed).spawn(len(sizes))
    assert dependence.root.shape == dependence.correlation.shape  # checked before threads start

    def run(block: int) -> Array:
        scores = _block_scores(moving, dependence, seeds[block], sizes[block])
        return evaluate({item.key: item.at(scores[item.key]) for item in moving})

    with ThreadPoolExecutor(max_workers=threads) as pool:
        return np.concatenate(list(pool.map(run, range(len(sizes)))), axis=-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TornadoBar:
    """The value of the whole at one assumption's 10 % and 90 % points, all others central, CNY."""

    key: str
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far the assumption moves the value."""
        return abs(self.at_high - self.at_low)


def tornado(evaluate: Evaluate, uncertain: Sequence[Uncertain]) -> tuple[TornadoBar, ...]:
    """One bar an assumption, widest first.

    All ends are evaluated at once: each is a column of the draw axis.
    """
    moving = [item for item in uncertain if not item.is_certain]
    if not moving:
        return ()
    columns = 2 * len(moving)
    drawn: dict[str, Array] = {}
    for place, item in enumerate(moving):
        values = np.repeat(item.central[..., None], columns, axis=-1)
        values[..., 2 * place] = item.low
        values[..., 2 * place + 1] = item.high
        drawn[item.key] = values
    totals = evaluate(drawn).sum(axis=0)
    bars = (
        TornadoBar(
            key=item.key,
            at_low=float(totals[2 * place]),
            at_high=float(totals[2 * place + 1]),
        )
        for place, item in enumerate(moving)
    )
    return tuple(sorted(bars, key=lambda bar: (-bar.width, bar.key)))
