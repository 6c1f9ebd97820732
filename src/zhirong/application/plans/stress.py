"""Stress: a grid of simulations, sizes that keep targets, one firm out, what breaks the senior.

Every cell draws the same factors (the same seed), so differences are those of the assumptions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from zhirong.application.plans.assumed import BehaviorTerms, RecoveryTerms
from zhirong.application.plans.prepared import (
    SUPPORTED,
    UNSUPPORTED,
    Prepared,
    View,
    prepared,
    views_of,
)
from zhirong.application.plans.records import PlanInputs
from zhirong.application.plans.scenario_flows import KINDS
from zhirong.application.plans.simulation import simulate
from zhirong.securitization.analytics import (
    break_even,
    loss_estimates,
    one_firm_out,
    reverse_stress,
    sensitivities,
    sizing,
)
from zhirong.securitization.analytics.break_even import BreakEven
from zhirong.securitization.analytics.loss_estimates import TrancheEstimates
from zhirong.securitization.analytics.one_firm_out import FirmOut
from zhirong.securitization.analytics.reverse_stress import Marks, ReverseStress
from zhirong.securitization.analytics.sensitivities import Bar
from zhirong.securitization.analytics.sizing import SizedByRun
from zhirong.securitization.analytics.tranche_loss import LossSums
from zhirong.securitization.behavior import given_defaults, joint_defaults
from zhirong.securitization.behavior.given_defaults import Course
from zhirong.securitization.collections import Collections
from zhirong.securitization.waterfall.interpreter import run_program
from zhirong.securitization.waterfall.measures import UNLIMITED
from zhirong.securitization.waterfall.results import PlanRun

STEP_FEN = 100_000_00
"""Sizes are multiples of a hundred thousand: a thousand securities of 100."""
_TRIES = 20_000
_MOST_RATE, _PRECISION = 1.0, 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class StressCell:
    """One cell: by view and tranche, the estimates; `recovery` None is the collateral sets.

    `views` are losses by the last payment date, `later` with recoveries that come afterwards: where
    a sale takes longer than the plan lives, only they depend on the recovery.
    """

    pd_multiple: float
    recovery: float | None
    views: Mapping[str, Mapping[str, TrancheEstimates]]
    later: Mapping[str, Mapping[str, TrancheEstimates]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSize:
    """A tranche's target against what it is and what it could be; `largest` None: none keeps it."""

    tranche: str
    target: float
    view: str
    issued_fen: int
    largest: SizedByRun | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaking:
    """What breaks the senior tranche in one view: one firm, the smallest sets, the default rate.

    `firm_out` has every obligor in every period; `break_even` is the share of each obligor's claim
    that fails at once in the first period.
    """

    view: str
    firm_out: tuple[FirmOut, ...]
    reverse: ReverseStress
    break_even: BreakEven


def stress_grid(inputs: PlanInputs, terms: BehaviorTerms, *, seed: int) -> tuple[StressCell, ...]:
    """Every cell of the plan file's grid."""
    grid = inputs.stress
    if grid is None:
        return ()
    cells = []
    for recovery in grid.recoveries:
        for multiple in grid.pd_multiples:
            changed = stressed(terms, multiple=multiple, recovery=recovery)
            ready = chosen(prepared(inputs, changed), (SUPPORTED, UNSUPPORTED))
            found = simulate(ready, paths=grid.paths, seed=seed)
            cells.append(
                StressCell(
                    pd_multiple=multiple,
                    recovery=recovery,
                    views={each.view.key: _estimates(inputs, each.at_end) for each in found.views},
                    later={each.view.key: _estimates(inputs, each.later) for each in found.views},
                )
            )
    return tuple(cells)


def _estimates(inputs: PlanInputs, sums: Mapping[str, LossSums]) -> Mapping[str, TrancheEstimates]:
    confidence = _confidence(inputs)
    return {key: loss_estimates.of(each, confidence=confidence) for key, each in sums.items()}


def stressed(terms: BehaviorTerms, *, multiple: float, recovery: float | None) -> BehaviorTerms:
    """The assumptions with other probabilities and, where one is given, a flat recovery."""
    defaults = replace(terms.defaults, multiple=terms.defaults.multiple * multiple)
    own = terms.recovery
    if recovery is not None:
        own = RecoveryTerms(flat=recovery, lag_months=own.lag_months, cost_share=own.cost_share)
    return replace(terms, defaults=defaults, recovery=own)


def chosen(ready: Prepared, keys: Sequence[str]) -> Prepared:
    """The same plan with only some of its views."""
    return replace(ready, views=tuple(each for each in ready.views if each.key in keys))


def _confidence(inputs: PlanInputs) -> float:
    assert inputs.simulation is not None  # the caller simulates
    return inputs.simulation.confidence


def target_sizes(inputs: PlanInputs, terms: BehaviorTerms, *, seed: int) -> tuple[TargetSize, ...]:
    """For each target the largest size that keeps it, with the supports and without them.

    Full runs at each size: the tranche grows at the cost of the last one. Paths are those of the
    stress grid, or of the simulation where there is none.
    """
    found = []
    for target in inputs.targets:
        for view in (SUPPORTED, UNSUPPORTED) if inputs.plan.supports else (SUPPORTED,):
            loss = partial(_loss_at_size, inputs, terms, (target.tranche, view, seed))
            found.append(
                TargetSize(
                    tranche=target.tranche,
                    target=target.expected_loss,
                    view=view,
                    issued_fen=inputs.plan.tranche(target.tranche).balance_fen,
                    largest=sizing.by_run(
                        loss,
                        target=target.expected_loss,
                        most_fen=_most(inputs, target.tranche),
                        step_fen=STEP_FEN,
                    ),
                )
            )
    return tuple(found)


def _most(inputs: PlanInputs, tranche: str) -> int:
    """What the tranche could be at most: itself and the last one, less a step."""
    plan = inputs.plan
    return plan.tranche(tranche).balance_fen + plan.tranches[-1].balance_fen - STEP_FEN


def _loss_at_size(
    inputs: PlanInputs, terms: BehaviorTerms, asked: tuple[str, str, int], fen: int
) -> float:
    """Upper end of the interval of the expected loss of a tranche of so many fen."""
    tranche, view, seed = asked
    plan = inputs.plan
    rest = _most(inputs, tranche) + STEP_FEN - fen
    sized = {tranche: fen, plan.tranches[-1].key: rest}
    changed = tuple(
        replace(each, balance_fen=sized.get(each.key, each.balance_fen)) for each in plan.tranches
    )
    ready = prepared(replace(inputs, plan=replace(plan, tranches=changed)), terms)
    found = simulate(chosen(ready, (view,)), paths=_paths(inputs), seed=seed)
    sums = found.views[0].at_end[tranche]
    return loss_estimates.expected_loss(sums, confidence=_confidence(inputs)).value


def _paths(inputs: PlanInputs) -> int:
    assert inputs.simulation is not None  # the caller simulates
    return inputs.simulation.paths if inputs.stress is None else inputs.stress.paths


def breaking(inputs: PlanInputs, terms: BehaviorTerms) -> tuple[Breaking, ...]:
    """What breaks the most senior tranche, with the supports and without them."""
    ready = prepared(inputs, terms)
    views = [each for each in views_of(ready.plan) if each.key in (SUPPORTED, UNSUPPORTED)]
    return tuple(_breaking(ready, view, inputs) for view in views)


def _breaking(ready: Prepared, view: View, inputs: PlanInputs) -> Breaking:
    flows = ready.behavior.flows
    obligors = [each.obligor_id for each in inputs.pool.obligors]
    came, run = _courses(ready, view, given_defaults.one_by_one(len(obligors), len(flows.on)))
    return Breaking(
        view=view.key,
        firm_out=one_firm_out.read(ready.plan, obligors, came, run),
        reverse=_reverse(ready, view, obligors),
        break_even=break_even.default_rate(
            lambda rate: _loss_at_rate(ready, view, rate), most=_MOST_RATE, precision=_PRECISION
        ),
    )


def _reverse(ready: Prepared, view: View, obligors: Sequence[str]) -> ReverseStress:
    """Sets of obligors, and of supports that are there to fail, all before the last payment."""
    count, periods = len(obligors), len(ready.behavior.flows.on)
    able = [
        (count + row, key)
        for row, (key, _) in enumerate(ready.supporters)
        if key not in view.without
    ]
    rows = [*range(count), *(row for row, _ in able)]
    senior = ready.plan.tranches[0].key

    def hurts(marks: Marks) -> Marks:
        course = given_defaults.together(marks[:count], period=periods - 1, periods=periods)
        failed = {key: marks[count + place] for place, (_, key) in enumerate(able)}
        return np.asarray(_lost(_courses(ready, view, course, failed)[1], senior) > 0.0)

    return reverse_stress.to_first_loss(
        [*obligors, *(key for _, key in able)],
        hurts,
        lambda chosen: joint_defaults.probability(
            ready.behavior.latent, [rows[each] for each in chosen]
        ),
        tries_max=_TRIES,
    )


def _courses(
    ready: Prepared, view: View, course: Course, failed: Mapping[str, Marks] | None = None
) -> tuple[Collections, PlanRun]:
    """Courses of named defaults through the waterfall, supports of the view paying as they can.

    `failed` says on which paths a support pays nothing, on no date.
    """
    came = given_defaults.collected(ready.behavior.flows, ready.behavior.recoveries, course)
    dates = len(ready.ended)
    gone = {key: [np.zeros(course.paths)] * dates for key in view.without}
    for key, marks in (failed or {}).items():
        gone[key] = [np.where(marks, 0.0, float(UNLIMITED))] * dates
    return came, run_program(ready.program, came, supporters=gone)


def _lost(run: PlanRun, tranche: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.asarray(sum(np.atleast_1d(np.asarray(each)) for each in run.tranches[tranche].loss))


def _loss_at_rate(ready: Prepared, view: View, rate: float) -> float:
    """What the most senior tranche loses where a share of every claim fails in the first period."""
    none = given_defaults.together(
        np.zeros((len(ready.behavior.flows.balance), 1), dtype=np.bool_),
        period=0,
        periods=len(ready.behavior.flows.on),
    )
    whole = replace(none, fails_in=np.zeros_like(none.fails_in))
    living, _ = _courses(ready, view, none)
    failing, _ = _courses(ready, view, whole)
    mixed = {
        kind: tuple(
            np.floor(a * (1.0 - rate) + b * rate)
            for a, b in zip(getattr(living, kind), getattr(failing, kind), strict=True)
        )
        for kind in KINDS
    }
    gone = {key: [np.zeros(1)] * len(ready.ended) for key in view.without}
    run = run_program(ready.program, Collections(on=living.on, **mixed), supporters=gone)
    return float(_lost(run, ready.plan.tranches[0].key)[0])


def tornado(inputs: PlanInputs, terms: BehaviorTerms, *, seed: int) -> tuple[Bar, ...]:
    """Expected loss of the most senior tranche, bare, as each assumption halves and doubles."""
    senior = inputs.plan.tranches[0].key

    def measure(assumed: Mapping[str, float]) -> float:
        changed = stressed(terms, multiple=assumed["pd_multiple"], recovery=None)
        changed = replace(changed, correlation=assumed["correlation"])
        ready = chosen(prepared(inputs, changed), (views_of(inputs.plan)[-1].key,))
        sums = simulate(ready, paths=_paths(inputs), seed=seed).views[0].at_end[senior]
        return loss_estimates.expected_loss(sums, confidence=_confidence(inputs)).value

    highest = min(2.0 * terms.correlation, 0.95 - terms.industry_correlation)
    base = {"pd_multiple": 1.0, "correlation": terms.correlation}
    moves = {"pd_multiple": (0.5, 2.0), "correlation": (0.5 * terms.correlation, highest)}
    return sensitivities.tornado(measure, base, moves)
