"""Triggers: when a condition turns one on, and which waterfall they ask for."""

from collections.abc import Iterator
from dataclasses import dataclass

from zhirong.securitization.plan import formulas as f
from zhirong.securitization.plan.formulas import Condition
from zhirong.securitization.plan.records import STAGES, Plan, Trigger, WhenTested
from zhirong.securitization.waterfall.carriers import Cell
from zhirong.securitization.waterfall.measures import Names, Reading, amount_of, condition_of
from zhirong.securitization.waterfall.state import State


@dataclass(frozen=True, slots=True)
class TriggerTest:
    """One trigger ready to be tested."""

    index: int
    trigger: Trigger
    condition: Reading

    def run(self, state: State, mask: Cell) -> None:
        """Tests the condition and sets the flag on the paths of the mask."""
        trigger, index = self.trigger, self.index
        old = state.flags[index]
        holds = self.condition(state)
        if trigger.in_a_row > 1:
            count = (state.in_a_row[index] + 1) * holds
            if mask is not None:
                count = state.carrier.where(mask, count, state.in_a_row[index])
            state.in_a_row[index] = count
            holds = count >= trigger.in_a_row
        new = holds if trigger.is_curable else old | holds
        state.flags[index] = new if mask is None else state.carrier.where(mask, new, old)


def trigger_tests(plan: Plan, names: Names) -> tuple[TriggerTest, ...]:
    """Every trigger of a plan, in its order."""
    return tuple(
        TriggerTest(index, trigger, condition_of(trigger.condition, names))
        for index, trigger in enumerate(plan.triggers)
    )


def run_tests(tests: tuple[TriggerTest, ...], state: State, tested: WhenTested) -> None:
    """Tests the triggers of one moment, in their order."""
    for test in tests:
        if test.trigger.tested is tested:
            test.run(state, None)


def events_named(plan: Plan) -> frozenset[str]:
    """The events of the outside world that the plan asks about."""
    conditions = [each.condition for each in plan.triggers]
    for stage in STAGES:
        conditions += [each.when for each in plan.actions(stage) if each.when is not None]
    return frozenset(event for each in conditions for event in _events(each))


def _events(condition: Condition) -> Iterator[str]:
    match condition:
        case f.Happened(event):
            yield event
        case f.Negation(inner):
            yield from _events(inner)
        case f.AllOf(conditions) | f.AnyOf(conditions):
            for each in conditions:
                yield from _events(each)


def measured(plan: Plan, names: Names, state: State) -> dict[str, tuple[Cell, Cell]]:
    """By trigger the two amounts that its condition compares; nothing for other conditions."""
    found = {}
    for each in plan.triggers:
        match each.condition:
            case f.RatioTest(first, second) | f.AmountTest(first, _, second):
                found[each.key] = (amount_of(first, names)(state), amount_of(second, names)(state))
    return found


def stage_levels(tests: tuple[TriggerTest, ...], state: State) -> Cell:
    """The place in STAGES of the waterfall that the triggers ask for: the worst."""
    level: Cell = 0
    for test in tests:
        if test.trigger.stage is not None:
            asked = STAGES.index(test.trigger.stage) * state.flags[test.index]
            level = state.carrier.greatest(level, asked)
    return level
