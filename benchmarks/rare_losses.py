"""Whether fewer paths would do: variance of rare losses at equal time, by method."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from benchmarks.measuring import Measure
from benchmarks.securities import FEN, ready
from zhirong.application.plans.prepared import Prepared
from zhirong.parameters.reader import Parameters
from zhirong.securitization.analytics import (
    control_variate,
    importance_sampling,
    loss_estimates,
    loss_law,
    tranche_loss,
    variance_reduction,
)
from zhirong.securitization.analytics.control_variate import Slope
from zhirong.securitization.analytics.importance_sampling import WayToLoss
from zhirong.securitization.analytics.loss_estimates import Estimate
from zhirong.securitization.analytics.variance_reduction import Trial
from zhirong.securitization.behavior import defaulted_law, latent, obligor_paths
from zhirong.securitization.behavior.latent import Latent
from zhirong.securitization.waterfall.interpreter import run_program

PATHS, SEED, CONFIDENCE = 200_000, 11, 0.95
SEVERITY, ATTACH = 0.8, 1 / 3
"""What a default costs about, and where the tranche attaches: here only to say where to draw."""


@dataclass(frozen=True, slots=True)
class _Paths:
    """Losses of the first tranche on every path, with weights and defaulted shares."""

    estimate: Estimate
    sums: control_variate.ControlSums
    seconds: float


def _simulated(plan: Prepared, slope: Slope, shift: np.ndarray | None = None) -> _Paths:
    begun = time.process_time()
    tranche = plan.plan.tranches[1]
    issued = tranche.balance_fen
    rows, controls = [], []
    for block in obligor_paths.blocks(plan.behavior, paths=PATHS, seed=SEED, shift=shift):
        run = run_program(plan.program, block.collections)
        lost = np.asarray(sum(run.tranches[tranche.key].loss))
        fails = block.supporters[0] < len(plan.ended) if len(block.supporters) else True
        lost = np.where(fails, lost, 0.0)
        rows.append(tranche_loss.of_block(lost, balance_fen=issued, weight=block.weight))
        defaulted = np.asarray(sum(block.collections.defaulted)) / FEN
        controls.append(control_variate.of_block(lost / issued, slope.of(defaulted)))
    sums = tranche_loss.merged(rows)
    return _Paths(
        loss_estimates.expected_loss(sums, confidence=CONFIDENCE),
        control_variate.merged(controls),
        time.process_time() - begun,
    )


def _shifted(plan: Prepared, slope: Slope, supporters: tuple[int, ...]) -> _Paths:
    behavior = plan.behavior
    shift = importance_sampling.common_shift(
        behavior.latent,
        behavior.flows.balance[:, 0] * SEVERITY,
        [WayToLoss(threshold=ATTACH * FEN, supporters=supporters)],
    )
    return _simulated(plan, slope, shift)


def _guaranteed(plan: Prepared) -> Prepared:
    """The same with a guarantor of PD 0.05 % who pays everything unless it fails."""
    law = plan.behavior.latent
    years = np.cumsum(plan.period_days) / 365
    joined = Latent(
        cumulative_pd=np.vstack([law.cumulative_pd, latent.flat_hazard([0.0005], years)]),
        loadings=np.vstack([law.loadings, law.loadings[:1]]),
    )
    return replace(plan, behavior=replace(plan.behavior, latent=joined))


def _printed(name: str, plain: _Paths, other: _Paths, estimate: Estimate) -> Iterator[Measure]:
    least = variance_reduction.published_least(Parameters(), on=date(2026, 1, 1))
    found = variance_reduction.compared(
        Trial(
            name="plain",
            estimate=plain.estimate,
            paths=PATHS,
            cost_a_path=plain.seconds / PATHS,
        ),
        Trial(name=name, estimate=estimate, paths=PATHS, cost_a_path=other.seconds / PATHS),
        least=least,
    )
    kept = "kept" if found.is_kept else "plain sampling stays"
    ratio = "no loss seen" if found.ratio is None else f"{found.ratio:.1f} x"
    yield Measure(what=f"{name}: {kept}", figure=ratio, target=f"{least:.0f} x")


def run() -> Iterator[Measure]:
    """Expected loss of the middle of three tranches; time is processor time."""
    plan = ready(10, 60, 12, 3, None)
    flows = plan.behavior.flows
    slope = Slope(severity=SEVERITY, attach=ATTACH, detach=2 * ATTACH)
    plain = _simulated(plan, slope)
    law = defaulted_law.defaulted(plan.behavior.latent, flows)
    exact = loss_law.of_units(law, unit=defaulted_law.unit_of(flows) / FEN)
    mended = control_variate.estimate(
        plain.sums, control_mean=slope.mean(exact), confidence=CONFIDENCE
    )
    yield from _printed("control variate, exact law of defaults", plain, plain, mended)
    moved = _shifted(plan, slope, ())
    yield from _printed("shifted factor, no guarantor", plain, moved, moved.estimate)
    guaranteed = _guaranteed(plan)
    behind = _simulated(guaranteed, slope)
    moved = _shifted(guaranteed, slope, (10,))
    yield from _printed("shifted factor, behind a guarantor", behind, moved, moved.estimate)
