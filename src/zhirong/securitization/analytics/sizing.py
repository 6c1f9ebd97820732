"""How thick tranches may be for the expected loss that is aimed at.

Two ways. From the law of the pool's loss: fast, but only principal counts. Against the whole
waterfall: a callable runs the plan for a size and gives the expected loss; excess spread,
reserves, supports and triggers are then in. Sizes are whole steps, so that an issue has the
amounts that can be sold.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zhirong.securitization.analytics import loss_law
from zhirong.securitization.analytics.attachment import Slice
from zhirong.securitization.analytics.loss_law import LossLaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A tranche to be sized: the most expected loss that it may have, a share of itself."""

    key: str
    expected_loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized:
    """A tranche as sized: its fen, its slice of the pool, and the expected loss that is left."""

    key: str
    fen: int
    slice: Slice
    expected_loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SizedByRun:
    """The largest size that keeps the target; `next_loss` is that of one step more, if tried."""

    fen: int
    expected_loss: float
    next_loss: float | None
    runs: int


def by_law(
    law: LossLaw, targets: Sequence[Target], *, pool_fen: int, step_fen: int, rest: str
) -> tuple[Sized, ...]:
    """Tranches from senior to junior, each as thick as its target allows; `rest` takes the rest.

    A target that not even one step keeps leaves the tranche with 0 fen.

    Args:
        law: Of the pool's loss.
        targets: From senior to junior.
        pool_fen: Balance of the pool, all of which is issued.
        step_fen: Sizes are multiples of it, but for the rest.
        rest: Key of the tranche that bears losses first.
    """
    found, top = [], pool_fen
    for target in targets:
        fen = _thickest(law, target, top=top, pool_fen=pool_fen, step_fen=step_fen)
        found.append(_sized(law, target.key, top - fen, top, pool_fen))
        top -= fen
    found.append(_sized(law, rest, 0, top, pool_fen))
    return tuple(found)


def _thickest(law: LossLaw, target: Target, *, top: int, pool_fen: int, step_fen: int) -> int:
    def keeps(steps: int) -> bool:
        attach = (top - steps * step_fen) / pool_fen
        lost = loss_law.expected_loss(law, attach=attach, detach=top / pool_fen)
        return lost <= target.expected_loss

    return _last_kept(keeps, top // step_fen) * step_fen


def _last_kept(keeps: Callable[[int], bool], most: int) -> int:
    """The largest count from 0 to `most` that keeps, where counts keep up to some point."""
    low, high = 0, most + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if keeps(middle) else (low, middle)
    return low


def _sized(law: LossLaw, key: str, low: int, high: int, pool_fen: int) -> Sized:
    attach, detach = low / pool_fen, high / pool_fen
    return Sized(
        key=key,
        fen=high - low,
        slice=Slice(key=key, attach=attach, detach=detach),
        expected_loss=loss_law.expected_loss(law, attach=attach, detach=detach),
    )


def by_run(
    expected_loss: Callable[[int], float], *, target: float, most_fen: int, step_fen: int
) -> SizedByRun | None:
    """The largest size whose expected loss in full runs keeps the target; None if none does.

    The callable must draw the same paths for every size (the same seed), so that its answers rise
    with the size and do not jump about. It is asked about once for each doubling of the number of
    steps.

    Args:
        expected_loss: Runs the plan with a tranche of so many fen; its expected loss, or the
            upper end of its interval where caution is wanted.
        target: The most expected loss, a share.
        most_fen: The largest size that may be tried, at most the pool.
        step_fen: Sizes are multiples of it.
    """
    seen: dict[int, float] = {}

    def keeps(steps: int) -> bool:
        seen[steps] = expected_loss(steps * step_fen)
        return seen[steps] <= target

    steps = _last_kept(keeps, most_fen // step_fen)
    if not steps:
        return None
    return SizedByRun(
        fen=steps * step_fen,
        expected_loss=seen[steps],
        next_loss=seen.get(steps + 1),
        runs=len(seen),
    )
