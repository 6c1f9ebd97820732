"""Reverse stress: which obligors must fail together before a tranche first loses.

Sets are tried by size, all of one size at once; a set that holds one found before is left out, so
what remains are the smallest ways to the loss. A loss must not heal when one more obligor fails.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Marks: TypeAlias = NDArray[np.bool_]
"""(obligor, path): who fails on each path."""
Hurts: TypeAlias = Callable[[Marks], Marks]
"""Whether the tranche loses on each path, shape (path,)."""

_AT_ONCE = 8_192


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakingSet:
    """Obligors whose failure together hurts, while none of them can be left out of it."""

    obligors: tuple[str, ...]
    joint_probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseStress:
    """The ways to the first loss.

    Attributes:
        sets: Every smallest way found, the likeliest first.
        smallest: Of those with the fewest obligors the likeliest; None where nothing hurts.
        likeliest: The likeliest of all; no larger set can be likelier. None likewise.
        tried: How many sets were run.
        is_complete: Whether every set that could matter was tried; otherwise sets of more
            obligors may exist.
    """

    sets: tuple[BreakingSet, ...]
    smallest: BreakingSet | None
    likeliest: BreakingSet | None
    tried: int
    is_complete: bool


def to_first_loss(
    obligors: Sequence[str],
    hurts: Hurts,
    joint_probability: Callable[[Sequence[int]], float],
    *,
    tries_max: int,
) -> ReverseStress:
    """Looks for the smallest sets of obligors whose failure hurts the tranche.

    Args:
        obligors: Ids, in the order of the rows of marks.
        hurts: Runs the plan where the marked obligors fail.
        joint_probability: That the rows given all fail, such as `joint_defaults.probability`.
        tries_max: How many sets may be run in all; the search ends there.
    """
    found: list[tuple[int, ...]] = []
    tried, is_complete = 0, True
    for size in range(len(obligors) + 1):
        waiting = _open_sets(len(obligors), size, found)
        hit: list[tuple[int, ...]] = []
        while batch := list(islice(waiting, min(_AT_ONCE, tries_max - tried))):
            hit += _hurting(batch, hurts, len(obligors))
            tried += len(batch)
        if next(waiting, None) is not None:
            is_complete = False
        found += hit
        if not is_complete or () in found:
            break
    sets = [
        BreakingSet(
            obligors=tuple(obligors[row] for row in rows),
            joint_probability=joint_probability(rows),
        )
        for rows in found
    ]
    sets.sort(key=lambda each: (-each.joint_probability, len(each.obligors), each.obligors))
    return ReverseStress(
        sets=tuple(sets),
        smallest=min(sets, key=lambda each: len(each.obligors), default=None),
        likeliest=sets[0] if sets else None,
        tried=tried,
        is_complete=is_complete,
    )


def _open_sets(
    count: int, size: int, found: Sequence[tuple[int, ...]]
) -> Iterator[tuple[int, ...]]:
    """Sets of a size that hold none of those found before."""
    known = [frozenset(each) for each in found]
    for rows in combinations(range(count), size):
        members = frozenset(rows)
        if not any(each <= members for each in known):
            yield rows


def _hurting(batch: Sequence[tuple[int, ...]], hurts: Hurts, count: int) -> list[tuple[int, ...]]:
    marks = np.zeros((count, len(batch)), dtype=np.bool_)
    for path, rows in enumerate(batch):
        marks[list(rows), path] = True
    return [rows for rows, is_hurt in zip(batch, hurts(marks), strict=True) if is_hurt]
