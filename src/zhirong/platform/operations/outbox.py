"""Work asked for by a transaction, and the steps of it that are done.

The worker may run a step again after a crash: a step's own transaction writes its row here, so the
second run finds the answer instead of acting twice.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from zhirong.platform.operations import clock
from zhirong.platform.operations.actor import Actor
from zhirong.platform.operations.models import Job, Outbox, Step

Answer = dict[str, Any]


def ask(kind: str, payload: Mapping[str, Any], *, by: Actor | None) -> Outbox:
    """Ask for work, inside the transaction that makes it necessary.

    Args:
        kind: Names the handler (`zhirong.platform.work.handlers`).
        payload: What it needs; JSON.
        by: On whose behalf it is done: handlers use the same services with the same rights.
    """
    assert connection.in_atomic_block, "what asks for work and the asking commit together"
    return Outbox.objects.create(
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
    its database comes back by itself.
    """
    is_due = Q(handed_at=None) | Q(handed_at__lt=handed_before)
    return tuple(Outbox.objects.filter(is_due, done_at=None)[:most])


def handed(item: Outbox) -> None:
    """The job engine has taken the work."""
    Outbox.objects.filter(pk=item.pk).update(handed_at=clock.real_now())


def finish(outbox_id: int) -> None:
    """All steps of the work are done."""
    Outbox.objects.filter(pk=outbox_id, done_at=None).update(done_at=clock.real_now())
