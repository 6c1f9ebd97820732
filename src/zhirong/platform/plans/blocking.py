"""What blocks a step of an issue: by the steps that are done, and by pledges that are open."""

from collections.abc import Sequence
from datetime import date

from zhirong.application.plans.issue_steps import Evidence, of_steps
from zhirong.application.plans.records import IssueStep, StepState
from zhirong.core.codec import decode
from zhirong.core.messages import Message
from zhirong.parameters.reader import Parameters
from zhirong.platform.operations import clock
from zhirong.platform.plans.models import PlanRun, PlanStep


def blocks(matter_id: int, rows: Sequence[PlanStep], key: str) -> tuple[Message, ...]:
    """What keeps a step from being done today; nothing before a structure is published.

    Pledges count where the plan file says how they go over. The document of a step is asked for
    with the act, so that none is missed here.
    """
    run = PlanRun.objects.filter(
        matter_id=matter_id, kind=PlanRun.Kind.STRUCTURE, published_on__isnull=False
    ).first()
    if run is None:
        return ()
    today = clock.today()
    steps = [_step(row, today) for row in rows]
    evidence = Evidence(
        on=today,
        documents={each.key: frozenset(each.documents) for each in steps},
        open_pledges=tuple(decode(Message, each) for each in run.summary.get("open_pledges", ())),
    )
    closing = date.fromisoformat(run.summary["documents"]["zh"]["dates"]["closing"])
    standing = of_steps(steps, closing, evidence, Parameters())
    return next((each.blocked_by for each in standing if each.step.key == key), ())


def _step(row: PlanStep, today: date) -> IssueStep:
    """A step as it was done, or as if it were done today."""
    return IssueStep(
        key=row.key,
        label=row.label,
        on=row.done_on or today,
        by=row.by,
        documents=tuple(row.documents),
        state=StepState.OPEN if row.done_on is None else StepState.DONE,
    )
