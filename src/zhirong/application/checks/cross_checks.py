"""The 25 per cent rule beside a profit split: no evidence, shown with its warning."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhirong.application.inputs.ground import Ground
from zhirong.application.runs.income import METHODS, MethodRun, income_plan
from zhirong.core.messages import Fact, Message
from zhirong.core.sheet import Sheet
from zhirong.valuation.methods import profit_split

KEY = "profit_split_check"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossChecks:
    """The workings at the rule's share, and what must be said of them."""

    sheet: Sheet | None = None
    notes: tuple[Message, ...] = ()


def cross_checks(ground: Ground, runs: Sequence[MethodRun]) -> CrossChecks:
    """The rule on the groups of the profit split, where that was run."""
    run = next((run for run in runs if run.key == profit_split.KEY), None)
    if run is None:
        return CrossChecks()
    method = next(item for item in METHODS if item.key == profit_split.KEY)
    plan = income_plan(KEY, method.names, run.rows, ground, method.worked)
    sheet = Sheet(KEY, labels=plan.labels)
    found = profit_split.cross_check(
        sheet,
        a=profit_split.Inputs(**plan.builder.enter(sheet, method.names)),
        parameters=ground.context.parameters,
        on=ground.context.valuation_date,
    )
    notes = [found.warning]
    for place, row in enumerate(run.rows):
        facts: dict[str, Fact] = {
            "group": ground.context.groups[row].name,
            "share": found.split_rate,
            "value": round(float(found.value.values[place]), 2),
            "ours": round(float(run.values[place]), 2),
        }
        notes.append(Message("note.twenty_five_percent_value", facts))
    return CrossChecks(sheet=sheet, notes=tuple(notes))
