"""Losses of a tranche that are rare: drawn where they happen, if that is worth it.

The same paths are drawn plainly and with a shifted common factor; the shifted ones count only if
the ratio of variances at equal time is large enough, else plain sampling stays. Time is a published
multiple, so that the choice, and so every figure, is the same on every machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from zhirong.application.plans.prepared import (
    SUPPORTED,
    UNSUPPORTED,
    Prepared,
    View,
    commingled,
    events_given,
    supporters_given,
)
from zhirong.application.plans.records import Simulation
from zhirong.parameters.reader import Parameters
from zhirong.securitization.analytics import (
    attachment,
    importance_sampling,
    loss_estimates,
    run_losses,
    variance_reduction,
)
from zhirong.securitization.analytics.importance_sampling import WayToLoss
from zhirong.securitization.analytics.loss_estimates import Estimate, TrancheEstimates
from zhirong.securitization.analytics.tranche_loss import LossSums
from zhirong.securitization.analytics.variance_reduction import Trial
from zhirong.securitization.behavior import obligor_paths
from zhirong.securitization.waterfall.interpreter import run_program

Array = NDArray[np.float64]

PLAIN, SHIFTED = "plain", "shifted_factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which loss is asked for: of a tranche in a view, over so many paths."""

    tranche: str
    view: View
    paths: int
    seed: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RareLoss:
    """A tranche's losses by both methods.

    Attributes:
        shift: How far the common factor was moved.
        plain: Expected loss by plain sampling.
        shifted: The same with the shifted factor, over as many paths.
        ratio: Variance of plain sampling over that of the shifted one at equal time; None where
            no loss was seen.
        least: From which ratio on the shifted paths count.
        is_kept: Whether they do; else plain sampling stays.
        chosen: All estimates by the method that counts.
    """

    tranche: str
    view: str
    paths: int
    shift: float
    plain: Estimate
    shifted: Estimate
    ratio: float | None
    least: float
    is_kept: bool
    chosen: TrancheEstimates


def rare_losses(
    ready: Prepared, tranche: str, simulation: Simulation, parameters: Parameters
) -> tuple[RareLoss, ...]:
    """A tranche with all supports and with none, over the paths of the plan file."""
    return tuple(
        rare_loss(
            ready,
            Asked(
                tranche=tranche,
                view=view,
                paths=simulation.paths,
                seed=simulation.seed,
                confidence=simulation.confidence,
            ),
            parameters,
        )
        for view in ready.views
        if view.key in (SUPPORTED, UNSUPPORTED)
    )


def rare_loss(ready: Prepared, asked: Asked, parameters: Parameters) -> RareLoss:
    """Both methods side by side, each over the paths asked for."""
    on = ready.plan.dates.cut_off
    shift = shift_for(ready, asked)
    plain, shifted = _sums(ready, asked, None), _sums(ready, asked, shift)
    cost = float(parameters.get("securitization.shifted_path_cost", on=on).value)
    ordinary, moved = _trial(PLAIN, plain, asked, 1.0), _trial(SHIFTED, shifted, asked, cost)
    found = variance_reduction.compared(
        replace(ordinary, variance_a_path=loss_estimates.plain_variance(shifted)),
        moved,
        least=variance_reduction.published_least(parameters, on=on),
    )
    return RareLoss(
        tranche=asked.tranche,
        view=asked.view.key,
        paths=asked.paths,
        shift=float(shift[0]),
        plain=ordinary.estimate,
        shifted=moved.estimate,
        ratio=found.ratio,
        least=found.least,
        is_kept=found.is_kept,
        chosen=loss_estimates.of(shifted if found.is_kept else plain, confidence=asked.confidence),
    )


def shift_for(ready: Prepared, asked: Asked) -> Array:
    """Where to draw: by what stands below the tranche and which supports must fail first."""
    behavior = ready.behavior
    flows, brings = behavior.flows, behavior.recoveries
    owed = flows.balance[:, 0]
    in_time = brings.arrives[:, 0] < len(flows.on)
    back = np.minimum(brings.net_fen, owed[:, None]).mean(axis=1) * in_time
    return importance_sampling.common_shift(
        behavior.latent, owed - back, ways_to_loss(ready, asked.tranche, asked.view)
    )


def ways_to_loss(ready: Prepared, tranche: str, view: View) -> tuple[WayToLoss, ...]:
    """Every set of supports that may fail, with the loss that what is left before it bears.

    A support without a limit that has not failed bears everything.
    """
    plan = ready.plan
    balances = [(each.key, each.balance_fen) for each in plan.tranches if each.balance_fen]
    pool = float(ready.behavior.flows.balance[:, 0].sum())
    issued = max(round(pool), sum(fen for _, fen in balances))
    parts = attachment.slices(balances, pool_fen=issued)
    below = next(each.attach for each in parts if each.key == tranche) * issued
    first = len(ready.behavior.flows.balance)
    rows = {key: first + place for place, (key, _) in enumerate(ready.supporters)}
    limits = {
        each.key: np.inf if each.limit_fen is None else float(each.limit_fen)
        for each in plan.supports
        if each.key not in view.without
    }
    return tuple(
        WayToLoss(
            threshold=below + sum(limit for key, limit in limits.items() if key not in failed),
            supporters=tuple(rows[key] for key in failed),
        )
        for failed in _subsets([key for key in limits if key in rows])
    )


def _subsets(keys: Sequence[str]) -> list[tuple[str, ...]]:
    return [some for size in range(len(keys) + 1) for some in combinations(keys, size)]


def _sums(ready: Prepared, asked: Asked, shift: Array | None) -> LossSums:
    balance = {asked.tranche: ready.plan.tranche(asked.tranche).balance_fen}
    blocks = obligor_paths.blocks(ready.behavior, paths=asked.paths, seed=asked.seed, shift=shift)
    rows = []
    for block in blocks:
        run = run_program(
            ready.program,
            commingled(ready, block),
            supporters=supporters_given(ready, block, asked.view),
            happened=events_given(ready, block),
        )
        weight = None if shift is None else block.weight
        rows.append(run_losses.of_run(run, balance, weight=weight))
    return run_losses.merged(rows)[asked.tranche]


def _trial(name: str, sums: LossSums, asked: Asked, cost: float) -> Trial:
    return Trial(
        name=name,
        estimate=loss_estimates.expected_loss(sums, confidence=asked.confidence),
        paths=sums.paths,
        cost_a_path=cost,
    )
