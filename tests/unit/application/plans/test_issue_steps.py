"""What blocks the steps of the issue of the example plan."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zhirong import bootstrap_plans
from zhirong.application.plans.issue_steps import Evidence, StepStanding, standing
from zhirong.application.plans.records import PlanInputs, StepState
from zhirong.core.messages import Message
from zhirong.parameters.reader import Parameters

EXAMPLE = Path(__file__).resolve().parents[4] / "examples/ningbo-plan/plan.yaml"
OPEN = Message("securitization.pledge.open", {"right": "R", "set": "K", "state": "filed"})


@pytest.fixture(scope="module")
def inputs() -> PlanInputs:
    return bootstrap_plans.read_plan(EXAMPLE)


def evidence(inputs: PlanInputs, **changes: Any) -> Evidence:
    kept = {each.key: frozenset(each.documents) for each in inputs.steps}
    return Evidence(**({"on": date(2024, 12, 31), "documents": kept} | changes))


def reopened(inputs: PlanInputs, *keys: str) -> PlanInputs:
    return replace(
        inputs,
        steps=tuple(
            replace(each, state=StepState.OPEN) if each.key in keys else each
            for each in inputs.steps
        ),
    )


def of(found: tuple[StepStanding, ...], key: str) -> StepStanding:
    return next(each for each in found if each.step.key == key)


class TestStanding:
    def test_blocks_nothing_where_all_is_done_and_kept(self, inputs: PlanInputs) -> None:
        found = standing(inputs, evidence(inputs), Parameters())

        assert len(found) == len(inputs.steps) > 7
        assert [each.blocked_by for each in found if each.blocked_by] == []

    def test_waits_for_the_no_objection_letter(self, inputs: PlanInputs) -> None:
        open_ = reopened(inputs, "no_objection", "bookbuilding")

        found = of(standing(open_, evidence(inputs), Parameters()), "bookbuilding")

        assert [each.code for each in found.blocked_by] == ["plan.step.blocked.before"]
        assert found.is_overdue
        assert not found.is_ready

    def test_lacks_a_document(self, inputs: PlanInputs) -> None:
        open_ = reopened(inputs, "listing")
        kept = dict(evidence(inputs).documents) | {"listing": frozenset[str]()}

        found = of(standing(open_, evidence(inputs, documents=kept), Parameters()), "listing")

        assert {each.code for each in found.blocked_by} == {"plan.step.blocked.document"}

    def test_does_not_close_with_an_open_pledge(self, inputs: PlanInputs) -> None:
        open_ = reopened(inputs, "closing")

        found = standing(open_, evidence(inputs, open_pledges=(OPEN,)), Parameters())

        assert of(found, "closing").blocked_by == (OPEN,)
        ready = standing(open_, evidence(inputs), Parameters())
        assert of(ready, "closing").is_ready

    def test_names_a_step_that_the_file_leaves_out(self, inputs: PlanInputs) -> None:
        without = tuple(each for each in inputs.steps if each.key != "application")

        found = standing(replace(inputs, steps=without), evidence(inputs), Parameters())

        assert [each.code for each in of(found, "no_objection").blocked_by] == [
            "plan.step.blocked.unnamed"
        ]
