"""Many paths of a plan: what the pool and every tranche lose, with and without their supports.

Blocks have their own seeds and are summed in order, so the answer does not depend on how many
threads share them. Two laws hold on every path and are asserted: what tranches lost is what cash
did not reach, to the fen; and cut by attachment, the tranches' losses sum to the pool's.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhirong.application.plans.engine import Engine
from zhirong.application.plans.prepared import (
    Prepared,
    View,
    commingled,
    events_given,
    supporters_given,
)
from zhirong.securitization.analytics import run_losses, tranche_loss
from zhirong.securitization.analytics.tranche_loss import LossSums
from zhirong.securitization.behavior import obligor_paths
from zhirong.securitization.behavior.obligor_paths import BLOCK, Block
from zhirong.securitization.collections import Collections, Fen
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.plan.tranches import PrincipalKind
from zhirong.securitization.waterfall.interpreter import run_program
from zhirong.securitization.waterfall.results import PlanRun

Array = NDArray[np.float64]

_CASH = ("interest", "principal", "prepaid", "recovered")
_GROWING = {PrincipalKind.ACCRUAL, PrincipalKind.INTEREST_ONLY}


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportUse:
    """How often and how much a support paid, over all paths; fen."""

    paths_drawn: float
    paid_fen: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLosses:
    """Losses by tranche in one view.

    `at_end` is what is unpaid after the last payment date, `later` the same once recoveries that
    come afterwards are shared out: to all tranches but the last, to supports that paid, to the
    last.
    """

    view: View
    at_end: Mapping[str, LossSums]
    later: Mapping[str, LossSums]
    supports: Mapping[str, SupportUse]


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What a simulation leaves: sums, never paths.

    Attributes:
        pool: Principal of the pool lost in the end, recoveries after the last date counted.
        by_attachment: The pool's loss cut where the tranches attach: principal only, so neither
            interest, excess spread nor supports.
        views: The waterfall's losses, with all supports first.
        defaults: How many paths had 0, 1, 2 ... obligors in default.
    """

    paths: int
    pool: LossSums
    by_attachment: Mapping[str, LossSums]
    views: tuple[ViewLosses, ...]
    defaults: tuple[float, ...]


def simulate(
    ready: Prepared, *, paths: int, seed: int, workers: int = 1, engine: Engine | None = None
) -> Simulated:
    """A simulation of so many paths; the same seed gives the same sums for any `workers`.

    An `engine` takes the place of this machine's threads, and gives the same sums as well.
    """
    children = np.random.SeedSequence(seed).spawn(-(-paths // BLOCK))
    items = [(child, min(BLOCK, paths - n * BLOCK)) for n, child in enumerate(children)]

    def work(item: tuple[np.random.SeedSequence, int]) -> Simulated:
        return block_losses(ready, *item)

    if engine is not None:
        return merged(engine.in_order(work, items))
    if workers == 1:
        return merged(work(item) for item in items)
    with ThreadPoolExecutor(workers) as pool:
        return merged(pool.map(work, items))


def block_losses(ready: Prepared, seed: np.random.SeedSequence, paths: int) -> Simulated:
    """One block from its own seed."""
    block = obligor_paths.block(ready.behavior, paths=paths, seed=seed)
    return losses_of(ready, block)


def losses_of(ready: Prepared, block: Block) -> Simulated:
    """What a block of paths leaves."""
    came = commingled(ready, block)
    count = len(ready.behavior.flows.balance)
    pool_fen = int(ready.behavior.flows.balance[:, 0].sum())
    lost = _sum(came.lost)
    defaults = np.bincount(block.defaults.astype(np.int64), minlength=count + 1)
    return Simulated(
        paths=len(block.weight),
        pool=tranche_loss.of_block(lost, balance_fen=pool_fen),
        by_attachment=_by_attachment(ready, lost, pool_fen),
        views=tuple(_view(ready, block, came, view) for view in ready.views),
        defaults=tuple(float(each) for each in defaults),
    )


def merged(blocks: Iterable[Simulated]) -> Simulated:
    """All blocks, added in their order."""
    rows = list(blocks)
    return Simulated(
        paths=sum(each.paths for each in rows),
        pool=tranche_loss.merged(each.pool for each in rows),
        by_attachment=run_losses.merged(each.by_attachment for each in rows),
        views=tuple(
            ViewLosses(
                view=same[0].view,
                at_end=run_losses.merged(each.at_end for each in same),
                later=run_losses.merged(each.later for each in same),
                supports={
                    key: SupportUse(
                        paths_drawn=sum(each.supports[key].paths_drawn for each in same),
                        paid_fen=sum(each.supports[key].paid_fen for each in same),
                    )
                    for key in same[0].supports
                },
            )
            for same in zip(*(each.views for each in rows), strict=True)
        ),
        defaults=tuple(map(sum, zip(*(each.defaults for each in rows), strict=True))),
    )


def _view(ready: Prepared, block: Block, came: Collections, view: View) -> ViewLosses:
    run = run_program(
        ready.program,
        came,
        supporters=supporters_given(ready, block, view),
        happened=events_given(ready, block),
    )
    check_cash(ready.plan, came, run)
    balances = {each.key: each.balance_fen for each in ready.plan.tranches if each.balance_fen}
    return ViewLosses(
        view=view,
        at_end=run_losses.of_run(run, balances),
        later={
            key: tranche_loss.of_block(loss, balance_fen=balances[key])
            for key, loss in _later(ready, run, block.after_end_fen).items()
        },
        supports={
            key: SupportUse(
                paths_drawn=float(np.count_nonzero(_sum(each.paid))),
                paid_fen=float(_sum(each.paid).sum()),
            )
            for key, each in run.supports.items()
        },
    )


def _later(ready: Prepared, run: PlanRun, cash: Array) -> dict[str, Array]:
    """Losses once recoveries after the last date have gone where they belong."""
    keys = [each.key for each in ready.plan.tranches if each.balance_fen]
    left, found = cash, {}
    for place, key in enumerate(keys):
        if place == len(keys) - 1:
            for support in run.supports.values():
                left = left - np.minimum(left, support.owed_after[-1])
        loss = _sum(run.tranches[key].loss)
        taken = np.minimum(loss, left)
        found[key], left = loss - taken, left - taken
    return found


def _by_attachment(ready: Prepared, lost: Array, pool_fen: int) -> dict[str, LossSums]:
    """The pool's loss cut into the tranches, the last one first, behind what none of them holds."""
    tranches = [each for each in ready.plan.tranches if each.balance_fen]
    attach = float(pool_fen - sum(each.balance_fen for each in tranches))
    first = np.minimum(lost, max(attach, 0.0))
    found, borne = {}, first
    for each in reversed(tranches):
        part = np.clip(lost - attach, 0.0, float(each.balance_fen))
        found[each.key] = tranche_loss.of_block(part, balance_fen=each.balance_fen)
        borne = borne + part
        attach += each.balance_fen
    assert np.array_equal(borne, np.minimum(lost, attach))  # tranches bear what the pool loses
    return dict(reversed(list(found.items())))


def check_cash(plan: Plan, came: Collections, run: PlanRun) -> None:
    """Nothing, if on every path what tranches lost is what cash did not reach, to the fen.

    A plan that buys or sells assets has cash of its own, and balances that grow are not issued.
    """
    if plan.call is not None or any(np.any(each) for each in run.bought):
        return
    tranches = list(run.tranches.values())
    cash: list[Fen] = [_sum(getattr(came, kind)) for kind in _CASH]
    cash += [_sum(each.paid) - _sum(each.repaid) for each in run.supports.values()]
    cash += [_sum(each.received) - _sum(each.paid) for each in run.hedges.values()]
    inside = _sum(cash) + sum(each.opening_fen for each in plan.accounts)
    used: list[Fen] = [_sum(run.residual), *(_sum(each.interest_paid) for each in tranches)]
    used += [_sum(each.paid) for each in run.fees.values()]
    used += [each.balance[-1] for each in run.accounts.values()]
    principal = _sum([_sum(each.principal_paid) for each in tranches])
    assert np.array_equal(inside, _sum(used) + principal)  # the books, seen from outside
    if not _GROWING & {each.principal.kind for each in plan.tranches}:
        issued = sum(each.balance_fen for each in plan.tranches)
        lost = _sum([_sum(each.loss) for each in tranches])
        assert np.array_equal(issued - lost, principal)  # what is not repaid is lost, once


def _sum(amounts: Sequence[Fen]) -> Array:
    whole: Fen = 0
    for each in amounts:
        whole = whole + each
    return np.atleast_1d(np.asarray(whole, dtype=np.float64))
