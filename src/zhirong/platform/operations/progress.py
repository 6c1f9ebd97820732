"""How far a job is, as people see it."""

from collections.abc import Mapping
from statistics import median
from typing import Any

from django.db import transaction

from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.actor import Actor
from zhirong.platform.operations.models import Job

COMPARED = 9  # earlier jobs that an estimate of time rests on
OPEN = (Job.State.WAITING, Job.State.RUNNING)


def say(job_id: int, *, done: int, total: int, code: str) -> None:
    """A job has come so far; `code` is that of the words."""
    Job.objects.filter(pk=job_id, state__in=OPEN).update(
        state=Job.State.RUNNING, done=done, total=total, message={"code": code, "facts": {}}
    )


def end(job_id: int, *, state: str, code: str, facts: Mapping[str, Any]) -> None:
    """A job has ended, in the transaction of its last step."""
    Job.objects.filter(pk=job_id, state__in=OPEN).update(
        state=Job.State(state),
        message={"code": code, "facts": dict(facts)},
        ended_at=clock.real_now(),
    )


def seconds_left(job_id: int) -> int | None:
    """How long a job will still take by the median of the last ones of its kind.

    None where no earlier one was done, or the job has ended; 0 or less where it takes longer.
    """
    job = Job.objects.filter(pk=job_id, state__in=OPEN).first()
    if job is None:
        return None
    done = Job.objects.filter(title=job.title, state=Job.State.DONE).exclude(ended_at=None)
    spans = [
        (ended - created).total_seconds()
        for created, ended in done.values_list("created_at", "ended_at")[:COMPARED]
        if ended is not None
    ]
    if not spans:
        return None
    return round(median(spans) - (clock.real_now() - job.created_at).total_seconds())


def is_cancelled(job_id: int) -> bool:
    """Whether somebody asked to stop; the job's last transaction then ends it."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if not job.is_cancel_asked:
        return False
    end(job_id, state="cancelled", code="job.cancelled", facts={})
    return True


@transaction.atomic
def ask_cancel(job_id: int, *, by: Actor) -> None:
    """Ask a job to stop; one that has ended stays as it ended."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state in OPEN and not job.is_cancel_asked:
        Job.objects.filter(pk=job_id).update(is_cancel_asked=True)
        journal.record("job_cancel_asked", by=by, matter_id=job.matter_id, facts={"job": job.title})
