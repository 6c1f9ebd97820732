"""Monte Carlo over the assumptions, with dependence, seeded.

Each uncertain assumption is a two-piece normal through its author's 10 %, 50 % and 90 % points.
Draws come in blocks of fixed size, one spawned seed a block, put together in order: the answer
does not depend on the number of threads. Half of a block is drawn and half is its mirror image
(antithetic variates), so that the scores of a block average to 0 exactly. How many draws are
evaluated at once is another matter: as many as keep one array within the cache of a core.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from zhirong.core.distribution import cell_means
from zhirong.core.errors import InputError
from zhirong.core.operations import Array

BLOCK = 256  # draws that share a seed; the second half mirrors the first
# asset x year x draw: smaller arrays have threads wait for the interpreter more than they compute,
# larger ones leave the cache and what the C library keeps for a thread.
CACHED_CELLS = 360_000
# numpy copies a factor without draws into buffers to make loops of 8,192 cells; loops of 256 are
# long enough without the copies.
BUFFER = 256
KEPT_BYTES = 30_000_000
TINY = 1e-9  # what rounding may leave of a pivot that is 0
EVEN = 4e-15  # the two sides of a range differ by no more than rounding
TENTH = 1.2815515655446004  # the standard normal's 90 % point
Drawn = Mapping[str, Array]
Evaluate = Callable[[Drawn], Array]


class DependenceError(InputError):
    """A matrix that is no correlation matrix, or a loading outside 0 to 1."""

    code = "error.dependence"


class DrawsError(InputError):
    """A simulation without a single draw."""

    code = "error.draws"


class RangeError(InputError):
    """A 10 % point above the middle, a 90 % point below it, or columns that do not match."""

    code = "error.range"


@dataclass(frozen=True, kw_only=True)
class Uncertain:
    """An assumption with its range.

    Bounds cut the draws, so an author's point beyond a bound is not met.

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
        shapes = {self.low.shape, self.central.shape, self.high.shape}
        if len(shapes) > 1 or len(self.drivers) != len(self.central):
            raise RangeError(f"The columns of {self.key!r} do not match.", key=self.key)
        if not np.all((self.low <= self.central) & (self.central <= self.high)):
            raise RangeError(f"The range of {self.key!r} does not hold its middle.", key=self.key)

    @property
    def is_certain(self) -> bool:
        """Whether the range has no width."""
        return bool(np.all(self.low == self.high))

    @cached_property
    def _slopes(self) -> tuple[Array, Array, bool]:
        """Value a unit of score above the middle and below it, and whether they are the same."""
        up, down = (self.high - self.central) / TENTH, (self.central - self.low) / TENTH
        return up, down, bool(np.allclose(up, down, rtol=EVEN, atol=0.0))

    @cached_property
    def _rows(self) -> list[int] | None:
        """The row of scores for each asset; None where each asset has its own, in order."""
        rows = list(self.drivers)
        return None if rows == list(range(len(rows))) else rows

    def at(self, scores: Array) -> Array:
        """The values at normal scores, shape (driver, draw) → (asset[, year], draw).

        In memory the years lie outermost, as figures want it.
        """
        own = scores if self._rows is None else scores[self._rows]
        up, down, is_even = self._slopes
        # Transposed, the assets stand last, with the years, if any, before them.
        rise, fall, central = up.T[..., None], down.T[..., None], self.central.T[..., None]
        if is_even:
            values: Array = rise * own
        else:
            values = rise * np.maximum(own, 0.0)
            values += fall * np.minimum(own, 0.0)
        values += central
        lowest = central + fall * min(float(own.min()), 0.0)
        highest = central + rise * max(float(own.max()), 0.0)
        if not (np.all(lowest >= self.floor) and np.all(highest <= self.ceiling)):
            self.bounded(values)
        return values.swapaxes(0, 1) if self.central.ndim == 2 else values

    def bounded(self, values: Array) -> Array:
        """The values within floor and ceiling; changed in place."""
        if np.isfinite(self.floor):
            np.maximum(values, self.floor, out=values)
        if np.isfinite(self.ceiling):
            np.minimum(values, self.ceiling, out=values)
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
        if matrix.shape != (len(self.keys), len(self.keys)) or len(set(self.keys)) < len(self.keys):
            raise DependenceError("A correlation matrix has one row and column for each key.")
        if not np.allclose(matrix, matrix.T) or not np.allclose(np.diag(matrix), 1):
            raise DependenceError("A correlation matrix is symmetric with ones on its diagonal.")
        return _cholesky(matrix)


def _cholesky(matrix: Array) -> Array:
    """The lower root; correlations of exactly 1 leave a zero on its diagonal, and are allowed.

    Raises:
        DependenceError: The correlations contradict each other.
    """
    root = np.zeros(matrix.shape)
    for row in range(len(matrix)):
        for column in range(row + 1):
            rest = matrix[row, column] - float(np.sum(root[row, :column] * root[column, :column]))
            if row == column:
                root[row, row] = math.sqrt(max(rest, 0.0)) if rest > TINY else 0.0
            elif root[column, column] > 0:
                root[row, column] = rest / root[column, column]
            elif abs(rest) > TINY:
                raise DependenceError("These correlations contradict each other.")
        if abs(float(np.sum(root[row] ** 2)) - 1.0) > TINY:
            raise DependenceError("These correlations contradict each other.")
    return root


def _block_scores(
    uncertain: Sequence[Uncertain], dependence: Dependence, seed: np.random.SeedSequence
) -> dict[str, Array]:
    """Normal scores of one block: by key (driver, draw)."""
    half = BLOCK // 2
    generator = np.random.Generator(np.random.SFC64(seed))
    apart = generator.standard_normal((len(dependence.keys), half))
    common = (dependence.root[:, :, None] * apart).sum(axis=1)
    common *= math.sqrt(dependence.within)
    own_weight = math.sqrt(1 - dependence.within)
    scores: dict[str, Array] = {}
    for item in uncertain:
        both = np.empty((max(item.drivers) + 1, BLOCK))
        drawn, mirrored = both[:, :half], both[:, half:]
        np.multiply(generator.standard_normal(drawn.shape), own_weight, out=drawn)
        drawn += common[dependence.keys.index(item.key)]
        np.negative(drawn, out=mirrored)
        scores[item.key] = both
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
        evaluate: From drawn inputs (asset[, year], draw) to values (asset, draw); from none to
            (asset, 1).
        uncertain: The assumptions that move; those without width are left out of the draws.
        dependence: Must name every key of `uncertain`.
        draws: How many.
        seed: Seed of the whole simulation.
        threads: How many blocks run at once; the result does not depend on it.

    Raises:
        DependenceError: A key without a place in the dependence, or no correlation matrix.
        DrawsError: Not a single draw is asked for.
    """
    if draws < 1:
        raise DrawsError(f"{draws} draws make no distribution.", draws=draws)
    moving = [item for item in uncertain if not item.is_certain]
    missing = sorted({item.key for item in moving} - set(dependence.keys))
    if missing:
        raise DependenceError(f"No dependence stated for {missing}.", keys=tuple(missing))
    assert dependence.root.shape == dependence.correlation.shape  # checked before threads start
    if not moving:
        return np.repeat(evaluate({}), draws, axis=-1)
    seeds = np.random.SeedSequence(seed).spawn(-(-draws // BLOCK))
    step = _step(moving)
    _keep_memory()

    def run(start: int, found: Array | None = None) -> Array:
        end = min(draws, start + max(step, BLOCK))
        scores = _scores(moving, dependence, seeds, start, end)
        for at in range(0, end - start, step):
            drawn = {item.key: item.at(scores[item.key][:, at : at + step]) for item in moving}
            values = evaluate(drawn)
            if found is None:  # the first draws tell how many assets there are
                found = np.empty((len(values), draws))
            found[:, start + at : start + at + values.shape[-1]] = values
        assert found is not None, "a run has draws"
        return found

    with ThreadPoolExecutor(threads, initializer=np.setbufsize, initargs=(BUFFER,)) as pool:
        result = pool.submit(run, 0).result()
        others = range(max(step, BLOCK), draws, max(step, BLOCK))
        for _ in pool.map(run, others, [result] * len(others)):
            pass
    return result


def rows_of(drawn: Array, rows: Sequence[int]) -> Array:
    """Some assets of drawn inputs; all of them in order are not copied.

    In memory the years stay outermost.
    """
    if list(rows) == list(range(len(drawn))):
        return drawn
    if drawn.ndim == 3:
        taken: Array = np.take(drawn.swapaxes(0, 1), rows, axis=1).swapaxes(0, 1)
        return taken
    own: Array = np.take(drawn, rows, axis=0)
    return own


def _keep_memory() -> None:
    """Arrays of a block are made and freed thousands of times.

    The C library hands each of them back to the system, and fetching them anew costs as much as
    the arithmetic, until it has once seen a larger one freed (mallopt(3), dynamic threshold).
    """
    np.empty(KEPT_BYTES // 8)


def cells(draws: Array, *, threads: int = 2) -> Array:
    """Cell means of each asset's draws; shape (asset, 200)."""
    with ThreadPoolExecutor(max_workers=threads) as pool:
        return np.array(list(pool.map(cell_means, draws)))


def _step(moving: Sequence[Uncertain]) -> int:
    """How many draws to evaluate at once: a part of a block of seeds, or several whole ones."""
    cells = max(item.central.size for item in moving)
    fitting = max(1, CACHED_CELLS // max(cells, 1))
    if fitting >= BLOCK:
        return fitting // BLOCK * BLOCK
    return next(size for size in (128, 64, 32, 16) if size <= max(fitting, 16))


def _scores(
    moving: Sequence[Uncertain],
    dependence: Dependence,
    seeds: Sequence[np.random.SeedSequence],
    start: int,
    end: int,
) -> Mapping[str, Array]:
    """The normal scores of the draws from start to end, which are whole blocks but for the last."""
    blocks = [
        _block_scores(moving, dependence, seed) for seed in seeds[start // BLOCK : -(-end // BLOCK)]
    ]
    if len(blocks) == 1:
        return {key: scores[:, : end - start] for key, scores in blocks[0].items()}
    return {
        item.key: np.concatenate([block[item.key] for block in blocks], axis=-1)[:, : end - start]
        for item in moving
    }


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
        values[..., 2 * place] = item.bounded(item.low.copy())
        values[..., 2 * place + 1] = item.bounded(item.high.copy())
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
