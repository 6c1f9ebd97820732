"""Work asked for by a transaction, and the steps of it that are done.

The worker may run a step again after a crash: a step's own transaction writes its row here, so the
second run finds the answer instead of acting twice.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q

from zhirong.core.errors import StateError
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.actor import Actor
from zhirong.platform.operations.models import Job, Outbox, Step
from zhirong.platform.operations.progress import OPEN, end
from zhirong.platform.operations.writing import write

Answer = dict[str, Any]


class NotGivenUpError(StateError):
    """Work that cannot be begun anew: it runs, is done, or is not there."""

    code = "error.work_not_given_up"


def ask(kind: str, payload: Mapping[str, Any], *, by: Actor | None) -> Outbox:
    """Ask for work, inside the transaction that makes it necessary; arguments as `item`."""
    return write(item(kind, payload, by=by))


def item(kind: str, payload: Mapping[str, Any], *, by: Actor | None) -> Outbox:
    """Work as it is asked for together with what makes it necessary (`write_together`).

    Args:
        kind: Names the handler (`zhirong.platform.work.handlers`).
        payload: What it needs; JSON.
        by: On whose behalf it is done: handlers use the same services with the same rights.
    """
    assert connection.in_atomic_block, "what asks for work and the asking commit together"
    return Outbox(
        kind=kind,
        payload=dict(payload),
        actor_id=by.user_id if by else None,
        created_at=clock.real_now(),
    )


def ask_watched(
    kind: str, payload: Mapping[str, Any], *, by: Actor, title: str, matter_id: int | None
) -> Job:
    """Ask for long work that people watch; `title` is the code of its words."""
    item = ask(kind, payload, by=by)
    return Job.objects.create(
        outbox=item, matter_id=matter_id, title=title, created_at=clock.real_now()
    )


def once(outbox_id: int, name: str, act: Callable[[], Answer]) -> Answer:
    """The answer of a step, done now or found: one transaction holds the act and its mark."""
    known = Step.objects.filter(outbox_id=outbox_id, name=name).first()
    if known is not None:
        return dict(known.answer)
    try:
        with transaction.atomic():
            mark = Step.objects.create(outbox_id=outbox_id, name=name)
            mark.answer = act()
            mark.save(update_fields=["answer"])
            return dict(mark.answer)
    except IntegrityError:
        done = Step.objects.filter(outbox_id=outbox_id, name=name).first()
        if done is None:
            raise
        return dict(done.answer)


def waiting(*, handed_before: datetime, most: int = 500) -> tuple[Outbox, ...]:
    """Work that is not done: never handed to the job engine, or handed before a moment.

    Handing twice is harmless: the engine knows the work by its number. So what an engine lost with
    its database comes back by itself. Work that was given up waits for a person.
    """
    is_due = Q(handed_at=None) | Q(handed_at__lt=handed_before)
    is_time = Q(not_before=None) | Q(not_before__lte=clock.real_now())
    return tuple(Outbox.objects.filter(is_due, is_time, done_at=None, failed_at=None)[:most])


def handed(item: Outbox) -> None:
    """The job engine has taken the work."""
    Outbox.objects.filter(pk=item.pk).update(handed_at=clock.real_now())


def finish(outbox_id: int) -> None:
    """All steps of the work are done."""
    Outbox.objects.filter(pk=outbox_id, done_at=None).update(done_at=clock.real_now())


@transaction.atomic
def put_off(outbox_id: int, *, pause: timedelta) -> None:
    """A counterparty was away: the work begins anew after a pause, as often as it takes."""
    Outbox.objects.filter(pk=outbox_id, done_at=None, failed_at=None).update(
        attempt=F("attempt") + 1, handed_at=None, not_before=clock.real_now() + pause
    )
    Job.objects.filter(outbox_id=outbox_id, state__in=OPEN).update(
        message={"code": "job.put_off", "facts": {}}
    )


@transaction.atomic
def fail(outbox_id: int, *, code: str, facts: Mapping[str, Any]) -> None:
    """The work is given up: said on its job and in the log, and kept for a person to begin anew."""
    item = Outbox.objects.select_for_update().get(pk=outbox_id)
    if item.done_at is not None or item.failed_at is not None:
        return
    item.failed_at = clock.real_now()
    item.failure = {"code": code, "facts": dict(facts)}
    item.save(update_fields=["failed_at", "failure"])
    job = Job.objects.filter(outbox=item).first()
    if job is not None:
        end(job.pk, state="failed", code=code, facts=facts)
    journal.record(
        "work_failed",
        by=None,
        matter_id=job.matter_id if job else None,
        facts={"work": item.pk, "kind": item.kind},
    )


@transaction.atomic
def begin_anew(outbox_id: int, *, by: Actor | None) -> None:
    """Let work that was given up run again; what of it was done stays done.

    Raises:
        NotGivenUpError: There is no such work, or it was not given up.
    """
    item = Outbox.objects.select_for_update().filter(pk=outbox_id).first()
    if item is None or item.failed_at is None:
        raise NotGivenUpError(f"Work {outbox_id} was not given up.", work=outbox_id)
    item.attempt += 1
    item.handed_at = item.not_before = item.failed_at = None
    item.failure = {}
    item.save()
    job = Job.objects.filter(outbox=item).first()
    if job is not None:
        job.state, job.message, job.ended_at = Job.State.WAITING, {}, None
        job.is_cancel_asked = False
        job.save()
    journal.record(
        "work_begun_anew",
        by=by,
        matter_id=job.matter_id if job else None,
        facts={"work": item.pk, "kind": item.kind},
    )


def given_up() -> tuple[Outbox, ...]:
    """Work that waits for a person, oldest first."""
    return tuple(Outbox.objects.exclude(failed_at=None).order_by("failed_at", "id"))
