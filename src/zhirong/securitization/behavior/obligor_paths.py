"""A block of paths: defaults obligor by obligor become collections, period by period.

Only events are kept, never a dense table of obligors and paths. A default takes away all dues of
its period and after, and brings its recovery when the collateral is sold. Blocks have a fixed
size and their own spawned seed, so the answer does not depend on how many work on them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhirong.securitization.behavior import latent, recoveries
from zhirong.securitization.behavior.latent import Events, Factors, Latent
from zhirong.securitization.behavior.obligor_flows import ObligorFlows
from zhirong.securitization.behavior.recoveries import Recoveries
from zhirong.securitization.collections import Collections

Array = NDArray[np.float64]
Index = NDArray[np.int64]

BLOCK = 8192
"""Paths of a block: its arrays stay in the cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behavior:
    """How a pool behaves: what is owed, when its obligors fail, what that brings back.

    Rows of `latent` are the obligors of `flows`, then any supporters (a shortfall payer, a
    guarantor), which owe nothing to the pool but fail by the same factors.
    """

    flows: ObligorFlows
    latent: Latent
    recoveries: Recoveries


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of paths.

    Attributes:
        collections: Arrays (path,) for each period.
        supporters: (supporter, path) the period in which each fails, or the number of periods.
        weight: (path,) likelihood against the plain law: 1 without a shift.
        defaults: (path,) how many obligors fail.
        after_end_fen: (path,) recoveries that come after the last period.
    """

    collections: Collections
    supporters: Array
    weight: Array
    defaults: Array
    after_end_fen: Array


def blocks(
    behavior: Behavior, *, paths: int, seed: int, shift: ArrayLike | None = None
) -> Iterator[Block]:
    """Blocks of `BLOCK` paths, the last one shorter; the same for any number of workers."""
    children = np.random.SeedSequence(seed).spawn(-(-paths // BLOCK))
    for i, child in enumerate(children):
        yield block(behavior, paths=min(BLOCK, paths - i * BLOCK), seed=child, shift=shift)


def block(
    behavior: Behavior, *, paths: int, seed: np.random.SeedSequence, shift: ArrayLike | None = None
) -> Block:
    """One block from its own seed; `shift` (factor,) moves the factors for importance sampling."""
    rng = np.random.Generator(np.random.SFC64(seed))
    factors = latent.common_draws(behavior.latent, rng, paths=paths, shift=shift)
    happened = latent.events(behavior.latent, factors, rng)
    return _collected(behavior, happened, factors, rng)


def _collected(
    behavior: Behavior, all_events: Events, factors: Factors, rng: np.random.Generator
) -> Block:
    flows, paths = behavior.flows, factors.normals.shape[1]
    count, periods = flows.interest.shape
    owing = all_events.obligor < count
    owing &= flows.balance[np.minimum(all_events.obligor, count - 1), all_events.period] > 0.0
    own = _chosen(all_events, owing)
    exposure = flows.balance[own.obligor, own.period]
    cash = _recovered(behavior, own, factors, rng)
    arrives = behavior.recoveries.arrives[own.obligor, own.period]
    settled = np.minimum(arrives, periods - 1)
    shape = (periods, paths)
    defaulted = _by_period(own.period, own.path, exposure, shape)
    in_turn = _by_turn(own, periods)
    principal = _remaining(flows.principal, in_turn, shape)
    prepaid = np.zeros(shape)
    if flows.prepaid.any():
        prepaid = _remaining(flows.prepaid, in_turn, shape)
    within = arrives < periods
    gone = np.cumsum(principal + prepaid + defaulted, axis=0)
    return Block(
        collections=Collections(
            on=flows.on,
            interest=tuple(_remaining(flows.interest, in_turn, shape)),
            principal=tuple(principal),
            prepaid=tuple(prepaid),
            recovered=tuple(_by_period(arrives[within], own.path[within], cash[within], shape)),
            defaulted=tuple(defaulted),
            lost=tuple(_by_period(settled, own.path, np.maximum(exposure - cash, 0.0), shape)),
            balance=tuple(flows.balance[:, 0].sum() - gone),
        ),
        supporters=_supporters(all_events, count, behavior.latent, shape),
        weight=factors.weight,
        defaults=np.bincount(own.path, minlength=paths).astype(np.float64),
        after_end_fen=_by_period(
            np.zeros_like(own.path[~within]), own.path[~within], cash[~within], (1, paths)
        )[0],
    )


def _chosen(happened: Events, mask: NDArray[np.bool_]) -> Events:
    return Events(
        obligor=happened.obligor[mask], path=happened.path[mask], period=happened.period[mask]
    )


def _recovered(
    behavior: Behavior, own: Events, factors: Factors, rng: np.random.Generator
) -> Array:
    """Cash of each event: at most its principal and the interest due when it failed."""
    flows = behavior.flows
    claim = flows.balance[own.obligor, own.period] + flows.interest[own.obligor, own.period]
    return recoveries.drawn(
        behavior.recoveries,
        own.obligor,
        factors.normals[0, own.path],
        rng.standard_normal(own.path.shape),
        claim,
    )


def _by_period(
    period: NDArray[np.int64], path: NDArray[np.int64], amount: Array, shape: tuple[int, int]
) -> Array:
    place = period * shape[1] + path
    sums = np.bincount(place, weights=amount, minlength=shape[0] * shape[1])
    return np.asarray(sums, dtype=np.float64).reshape(shape)


def _by_turn(own: Events, periods: int) -> tuple[Index, Index, Index]:
    """Obligors and paths of the events in the order of periods, and how many are in by each."""
    order = np.argsort(own.period.astype(np.int16), kind="stable")  # few digits: sorted by radix
    ended = np.cumsum(np.bincount(own.period, minlength=periods))
    return own.obligor[order], own.path[order], ended


def _remaining(
    scheduled: Array, in_turn: tuple[Index, Index, Index], shape: tuple[int, int]
) -> Array:
    """What is still paid of a schedule (obligor, period) on each path: shape (period, path)."""
    obligor, path, ended = in_turn
    whole = scheduled.sum(axis=0)
    columns = np.ascontiguousarray(scheduled.T)
    paid = np.empty(shape)
    for p, count in enumerate(ended):
        lost = np.bincount(
            path[:count], weights=columns[p].take(obligor[:count]), minlength=shape[1]
        )
        np.subtract(whole[p], lost, out=paid[p])
    return paid


def _supporters(happened: Events, count: int, joined: Latent, shape: tuple[int, int]) -> Array:
    fails = np.full((joined.cumulative_pd.shape[0] - count, shape[1]), float(shape[0]))
    theirs = happened.obligor >= count
    fails[happened.obligor[theirs] - count, happened.path[theirs]] = happened.period[theirs]
    return fails
