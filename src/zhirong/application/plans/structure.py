"""A plan structured: pool tests, base case, scenarios, losses, stress, sizes, costs, one record."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from zhirong.application.plans import cover, firm_costs, loss_results, pool_tests, stress
from zhirong.application.plans.assumed import BehaviorTerms
from zhirong.application.plans.cover import Cover, CoverTests
from zhirong.application.plans.firm_costs import CostTables
from zhirong.application.plans.loss_results import LossResults
from zhirong.application.plans.pool_tests import PoolTests, Proposal
from zhirong.application.plans.prepared import prepared
from zhirong.application.plans.rare_losses import RareLoss, rare_losses
from zhirong.application.plans.records import PlanInputs, Scenario, Simulation
from zhirong.application.plans.scenario_run import ScenarioRun, run_scenario
from zhirong.application.plans.simulation import simulate
from zhirong.application.plans.stress import Breaking, StressCell, TargetSize
from zhirong.application.plans.tranche_facts import TrancheFacts, plan_cost, tranche_facts
from zhirong.parameters.reader import Parameters
from zhirong.securitization.analytics.sensitivities import Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioResult:
    """A scenario's run with what it says of cover and of each tranche."""

    found: ScenarioRun
    cover: tuple[Cover, ...]
    tranches: tuple[TrancheFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Everything that the arranger is shown, and documents are written from.

    The first of `scenarios` is the base case. What rests on assumptions is None or empty where the
    plan file makes none: losses, stress, sizes, breaking, tornado.

    Attributes:
        rare: The most senior tranche's losses drawn plainly and where they happen, side by side.
        retained: Share of the issue that the last tranche is, which the originator keeps.
        plan_cost: What the plan pays a year for the money raised outside, all in.
    """

    inputs: PlanInputs
    pool: PoolTests
    cover_tests: CoverTests
    scenarios: tuple[ScenarioResult, ...]
    plan_cost: float
    retained: float
    losses: LossResults | None
    rare: tuple[RareLoss, ...]
    stress: tuple[StressCell, ...]
    sizes: tuple[TargetSize, ...]
    breaking: tuple[Breaking, ...]
    tornado: tuple[Bar, ...]
    costs: CostTables | None
    proposal: Proposal | None = None


def structure(
    inputs: PlanInputs,
    parameters: Parameters,
    *,
    paths: int | None = None,
    note: Callable[[str], None] = lambda _: None,
) -> Structure:
    """The plan structured.

    Args:
        inputs: The plan folder as read.
        parameters: Rules, levels and scales in force.
        paths: In place of those of the file.
        note: Told the word of each part as it begins.

    Raises:
        PoolRulesError: The pool breaks a rule that the plan file does not waive.
    """
    note("pool")
    pool_tests.check_rules(inputs, parameters)
    pool = pool_tests.pool_tests(inputs, parameters)
    note("scenarios")
    scenarios = tuple(_scenario(inputs, each) for each in inputs.scenarios)
    terms, simulation = inputs.behavior, inputs.simulation
    senior = inputs.plan.tranches[0].key
    losses: LossResults | None = None
    rare: tuple[RareLoss, ...] = ()
    cells: tuple[StressCell, ...] = ()
    sizes: tuple[TargetSize, ...] = ()
    broken: tuple[Breaking, ...] = ()
    bars: tuple[Bar, ...] = ()
    if terms is not None and simulation is not None:
        note("simulation")
        losses = _losses(inputs, terms, simulation, paths or simulation.paths, parameters)
        drawn = replace(simulation, paths=paths or simulation.paths)
        rare = rare_losses(prepared(inputs, terms), senior, drawn, parameters)
        note("stress")
        cells = stress.stress_grid(inputs, terms, seed=simulation.seed)
        sizes = stress.target_sizes(inputs, terms, seed=simulation.seed)
        broken = stress.breaking(inputs, terms)
        bars = stress.tornado(inputs, terms, seed=simulation.seed)
    issued = sum(each.balance_fen for each in inputs.plan.tranches)
    return Structure(
        inputs=inputs,
        pool=pool,
        cover_tests=cover.in_force(parameters, on=inputs.plan.dates.cut_off),
        scenarios=scenarios,
        plan_cost=plan_cost(inputs, scenarios[0].found),
        retained=inputs.plan.tranches[-1].balance_fen / issued,
        losses=losses,
        rare=rare,
        stress=cells,
        sizes=sizes,
        breaking=broken,
        tornado=bars,
        costs=firm_costs.cost_tables(inputs),
        proposal=pool_tests.proposal(inputs),
    )


def _scenario(inputs: PlanInputs, scenario: Scenario) -> ScenarioResult:
    found = run_scenario(inputs, scenario)
    return ScenarioResult(
        found=found,
        cover=cover.of_run(inputs, found),
        tranches=tranche_facts(inputs, found),
    )


def _losses(
    inputs: PlanInputs,
    terms: BehaviorTerms,
    simulation: Simulation,
    paths: int,
    parameters: Parameters,
) -> LossResults:
    found = simulate(prepared(inputs, terms), paths=paths, seed=simulation.seed)
    return loss_results.loss_results(
        inputs,
        found,
        seed=simulation.seed,
        confidence=simulation.confidence,
        parameters=parameters,
    )
