"""The steps of an issue as data: where each stands, and what blocks it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhirong.application.plans.records import IssueStep, PlanInputs, StepState
from zhirong.core.messages import Fact, Message
from zhirong.parameters.reader import Parameters

_ORDER = "securitization.issue_order"
POOL, PLEDGES = "pool", "pledges"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is at hand on a day.

    Attributes:
        on: The day.
        documents: Names of documents kept, by step.
        broken: Rules of the pool that are broken and not waived.
        open_pledges: Rights whose pledge would be open (`money.pledges.blocks_closing`).
    """

    on: date
    documents: Mapping[str, frozenset[str]]
    broken: tuple[Message, ...] = ()
    open_pledges: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStanding:
    """A step with what keeps it from being done, or, where it is done, from having been."""

    step: IssueStep
    blocked_by: tuple[Message, ...]
    is_overdue: bool

    @property
    def is_ready(self) -> bool:
        """Whether it can be done now."""
        return self.step.state is StepState.OPEN and not self.blocked_by


def standing(
    inputs: PlanInputs, evidence: Evidence, parameters: Parameters
) -> tuple[StepStanding, ...]:
    """Every step of the plan file, in its order."""
    return of_steps(inputs.steps, inputs.plan.dates.closing, evidence, parameters)


def of_steps(
    steps: Sequence[IssueStep], closing: date, evidence: Evidence, parameters: Parameters
) -> tuple[StepStanding, ...]:
    """Every step of an issue that closes on the day, in the order given."""
    order = parameters.get(_ORDER, on=closing).value
    known = {each.key: each for each in steps}
    return tuple(
        StepStanding(
            step=each,
            blocked_by=tuple(_blocks(each, known, evidence, order.get(each.key))),
            is_overdue=each.state is StepState.OPEN and each.on < evidence.on,
        )
        for each in steps
    )


def _blocks(
    step: IssueStep,
    steps: Mapping[str, IssueStep],
    evidence: Evidence,
    rule: Any,  # noqa: ANN401 - an entry of a parameter table
) -> Iterator[Message]:
    facts: dict[str, Fact] = {"step": step.label}
    for key in () if rule is None else rule["after"]:
        before = steps.get(key)
        if before is None:
            yield Message("plan.step.blocked.unnamed", {**facts, "before": key})
        elif before.state is not StepState.DONE:
            yield Message("plan.step.blocked.before", {**facts, "before": before.label})
        elif before.on > step.on:
            late: dict[str, Fact] = {"before": before.label, "on": before.on}
            yield Message("plan.step.blocked.later", {**facts, **late})
    for name in step.documents:
        if name not in evidence.documents.get(step.key, frozenset()):
            yield Message("plan.step.blocked.document", {**facts, "document": name})
    if step.state is StepState.OPEN and rule is not None:
        yield from evidence.broken if POOL in rule["holds"] else ()
        yield from evidence.open_pledges if PLEDGES in rule["holds"] else ()
