"""What a tranche loses over many paths, gathered block by block as running sums.

A block of paths leaves a few sums and a histogram, never its paths. Blocks are merged in their
order, so that the same blocks give the same bytes, whoever computed them. Every path carries its
weight (1, unless the draws were shifted for importance sampling): estimates are plain averages of
weight times what happened, unbiased, and their variance is that of the same products.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from zhirong.core.errors import InputError

Array = NDArray[np.float64]

BINS = 1_000
"""Parts of the balance by which losses above 0 are told apart; losses of 0 are counted alone."""


class LossSumsError(InputError):
    """Sums that do not belong together, or none."""

    code = "error.securitization.loss_sums"


class Moment(IntEnum):
    """Places of `LossSums.moments`: sums over paths of w (weight), l (loss, fen) and events."""

    WEIGHT = 0
    WEIGHT_SQUARED = 1
    LOSS = 2
    LOSS_SQUARED = 3
    LOSS_WHERE_HIT = 4
    HIT = 5
    HIT_SQUARED = 6
    LATE = 7
    LATE_SQUARED = 8
    SHORT = 9
    SHORT_SQUARED = 10
    SQUARED_LOSS = 11


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LossSums:
    """Running sums of one tranche (or of the pool).

    Attributes:
        balance_fen: What the tranche was issued at, above 0; losses are shares of it.
        paths: How many paths are in.
        moments: (12,) by `Moment`: w, w^2, w l, (w l)^2, w^2 l, then w and w^2 where principal is
            lost, where interest was late on some date, where interest was never paid; last w l^2.
        mass: (BINS + 1,) weight by loss: none, then equal parts of the balance, upper edge in.
        mass_loss: (BINS + 1,) weight times loss in fen, by the same parts.
    """

    balance_fen: int
    paths: int
    moments: Array
    mass: Array
    mass_loss: Array

    def to_bytes(self) -> bytes:
        """All sums as bytes, little-endian: equal sums, equal bytes."""
        head = np.array([self.balance_fen, self.paths], dtype="<i8").tobytes()
        columns = (self.moments, self.mass, self.mass_loss)
        return head + b"".join(each.astype("<f8").tobytes() for each in columns)


def of_block(
    loss_fen: Array,
    *,
    balance_fen: int,
    weight: Array | None = None,
    is_late: NDArray[np.bool_] | None = None,
    is_short: NDArray[np.bool_] | None = None,
) -> LossSums:
    """The sums of one block.

    Args:
        loss_fen: (path,) principal lost by the end, fen, 0 or more.
        balance_fen: What the tranche was issued at.
        weight: (path,) likelihood weights; None is 1 for all.
        is_late: (path,) whether interest was unpaid after some payment date; None is nowhere.
        is_short: (path,) whether interest was never paid; None is nowhere.

    Raises:
        LossSumsError: The balance is not above 0.
    """
    if balance_fen <= 0:
        raise LossSumsError(f"A tranche of {balance_fen} fen has no loss.")
    count = loss_fen.shape[0]
    hit = np.flatnonzero(loss_fen > 0.0)
    lost = loss_fen[hit]
    own = np.ones(lost.shape) if weight is None else weight[hit]
    weighed = own * lost
    total = float(count) if weight is None else float(weight.sum())
    squared = float(count) if weight is None else float(weight @ weight)
    moments = np.array(
        (
            total,
            squared,
            weighed.sum(),
            weighed @ weighed,
            own @ weighed,
            own.sum(),
            own @ own,
            *_happened(is_late, weight),
            *_happened(is_short, weight),
            weighed @ lost,
        )
    )
    place = np.clip(np.ceil(lost * (BINS / balance_fen)), 1, BINS).astype(np.int64)
    mass = np.bincount(place, weights=own, minlength=BINS + 1).astype(np.float64)
    mass[0] = total - moments[Moment.HIT]
    mass_loss = np.bincount(place, weights=weighed, minlength=BINS + 1).astype(np.float64)
    return LossSums(
        balance_fen=balance_fen, paths=count, moments=moments, mass=mass, mass_loss=mass_loss
    )


def _happened(event: NDArray[np.bool_] | None, weight: Array | None) -> tuple[float, float]:
    if event is None:
        return 0.0, 0.0
    if weight is None:
        count = float(np.count_nonzero(event))
        return count, count
    own = weight[event]
    return float(own.sum()), float(own @ own)


def merged(blocks: Iterable[LossSums]) -> LossSums:
    """The sums of all blocks, added in the order given.

    Raises:
        LossSumsError: No block, or blocks of different balances.
    """
    rows = list(blocks)
    if not rows or len({each.balance_fen for each in rows}) != 1:
        raise LossSumsError("Only sums of one tranche, and at least one block, can be merged.")
    moments, mass, lost = (
        np.zeros(len(Moment)),
        np.zeros(BINS + 1),
        np.zeros(BINS + 1),
    )
    for each in rows:
        moments += each.moments
        mass += each.mass
        lost += each.mass_loss
    return LossSums(
        balance_fen=rows[0].balance_fen,
        paths=sum(each.paths for each in rows),
        moments=moments,
        mass=mass,
        mass_loss=lost,
    )
