"""The steps of the issue: each done with its document; the last one issues the plan."""

from datetime import date
from typing import Any

from django.db import transaction

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents.services import NewFile, check_upload, keep
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.visibility import NotFoundError
from zhirong.platform.operations import clock, journal
from zhirong.platform.plans.access import Part, plan_for
from zhirong.platform.plans.blocking import blocks
from zhirong.platform.plans.models import Plan, PlanStep
from zhirong.platform.plans.services import PlanActError

USE = "plan_step"


def lay_out(matter: Matter, steps: list[dict[str, Any]]) -> None:
    """Keep the steps that the plan file names; those that are done stay as they were done."""
    named = [str(step["key"]) for step in steps]
    PlanStep.objects.filter(matter=matter, done_on=None).exclude(key__in=named).delete()
    for place, step in enumerate(steps):
        PlanStep.objects.update_or_create(
            matter=matter,
            key=step["key"],
            defaults={
                "place": place,
                "label": step["label"],
                "due_on": date.fromisoformat(step["on"]),
                "by": step["by"],
                "documents": list(step["documents"]),
            },
        )


@transaction.atomic
def finish(number: str, key: str, *, files: tuple[NewFile, ...], note: str, actor: Viewer) -> None:
    """A step is done, with the document that shows it; the steps follow each other in order.

    Raises:
        NotFoundError: No such step.
        PlanActError: It is done, one before it is not, nothing was published, something blocks it,
            or no document came.
    """
    matter = plan_for(number, actor, Part.ARRANGER)
    steps = list(PlanStep.objects.select_for_update().filter(matter=matter))
    step = next((item for item in steps if item.key == key), None)
    if step is None:
        raise NotFoundError(f"No step {key}.", what="model.planstep")
    plan = Plan.objects.get(matter=matter)
    if plan.state == Plan.State.DRAFT:
        raise PlanActError("not_offered")
    if step.done_on is not None:
        raise PlanActError("step_done")
    before = next((item for item in steps if item.done_on is None), step)
    if before.pk != step.pk:
        raise PlanActError("step_before")
    if blocks(matter.pk, steps, key):
        raise PlanActError("step_blocked")
    if len(files) != 1:
        raise PlanActError("step_document")
    check_upload(files[0])
    step.file = keep(matter, files[0], use=USE, by=actor)
    step.done_on, step.done_by_id, step.note = clock.today(), actor.user_id, note
    step.save()
    facts = {"step": step.label, "sha256": step.file.sha256, "note": note}
    journal.record("plan_step_done", by=actor, matter_id=matter.pk, facts=facts)
    if all(item.done_on is not None or item.pk == step.pk for item in steps):
        Plan.objects.filter(pk=plan.pk).update(state=Plan.State.ISSUED, issued_on=clock.today())
        journal.record("plan_issued", by=actor, matter_id=matter.pk, facts={})
