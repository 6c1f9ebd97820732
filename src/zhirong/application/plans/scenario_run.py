"""A plan run through one named scenario: every obligor, account, tranche and step by date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhirong.application.plans import scenario_flows
from zhirong.application.plans.prepared import with_capacities
from zhirong.application.plans.records import PlanInputs, Scenario
from zhirong.application.plans.scenario_flows import ObligorCash
from zhirong.core.errors import InputError
from zhirong.securitization.collections import Collections
from zhirong.securitization.plan.records import Plan
from zhirong.securitization.waterfall import interpreter
from zhirong.securitization.waterfall.measures import UNLIMITED
from zhirong.securitization.waterfall.results import PlanRun


class UnknownScenarioError(InputError):
    """A scenario that the plan file does not have."""

    code = "error.plans.unknown_scenario"

    def __init__(self, key: str, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no scenario {key}; there are {', '.join(known)}.",
            scenario=key,
            known=tuple(known),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioRun:
    """One scenario's run: what came in from whom, and who got what."""

    scenario: Scenario
    obligors: tuple[ObligorCash, ...]
    collections: Collections
    run: PlanRun


def scenario_of(inputs: PlanInputs, key: str) -> Scenario:
    """The scenario of that name.

    Raises:
        UnknownScenarioError: The file has none of that name.
    """
    found = {each.key: each for each in inputs.scenarios}
    if key not in found:
        raise UnknownScenarioError(key, tuple(found))
    return found[key]


def run_scenario(inputs: PlanInputs, scenario: Scenario) -> ScenarioRun:
    """The plan run over what the pool brings in the scenario: one path, exact fen."""
    terms = inputs.behavior
    obligors = scenario_flows.obligors_of(
        inputs.pool,
        inputs.collected_on,
        scenario,
        prepayment=None if terms is None else terms.prepayment,
        recovery=None if terms is None else terms.recovery,
    )
    collections = scenario_flows.together(obligors, inputs.collected_on)
    plan = inputs.plan if terms is None else with_capacities(inputs.plan, terms)
    run = interpreter.run(
        plan,
        collections,
        rates=inputs.rates,
        supporters=supporters_given(plan, scenario.failed),
        happened=events_given(inputs.plan, scenario.events),
    )
    return ScenarioRun(scenario=scenario, obligors=obligors, collections=collections, run=run)


def supporters_given(plan: Plan, failed: Sequence[tuple[str, date]]) -> dict[str, tuple[int, ...]]:
    """What each failed supporter can pay by payment date: nothing from its day on."""
    limits = {each.key: each.limit_fen for each in plan.supports}
    return {
        key: tuple(0 if day >= since else limits[key] or UNLIMITED for day in plan.dates.payments)
        for key, since in failed
    }


def events_given(plan: Plan, events: Sequence[tuple[str, date]]) -> dict[str, tuple[bool, ...]]:
    """Whether each event has happened by each payment date."""
    return {key: tuple(day >= since for day in plan.dates.payments) for key, since in events}
