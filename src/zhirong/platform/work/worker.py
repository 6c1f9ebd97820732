"""The worker: does what the relay hands over, again after a crash, and never half."""

import logging
import threading
from datetime import timedelta
from typing import Any

from dbos import DBOS
from django.conf import settings
from django.db import close_old_connections

from zhirong.core.errors import ZhirongError
from zhirong.filing.office import OfficeDownError
from zhirong.ledger.rails import RailDownError
from zhirong.platform.operations import outbox
from zhirong.platform.operations.models import Outbox
from zhirong.platform.webhooks.sending import ReceiverDownError
from zhirong.platform.work import engine
from zhirong.platform.work.handlers import HANDLERS

TRIES = 6  # with pauses of 1, 2, 4, 8, 16 s: half a minute for what mends itself
DEATHS = 5  # of the worker itself under one piece of work
AWAY = (OfficeDownError, RailDownError, ReceiverDownError)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=5)
LOOK = 2.0  # seconds between looks at the engine's database
log = logging.getLogger(__name__)


class WorkFailedError(Exception):
    """A fault of the house in some work, as text: the engine keeps it where no class is known."""


@DBOS.step(name="handle", retries_allowed=True, max_attempts=TRIES, interval_seconds=1.0)
def handle(outbox_id: int) -> str:
    """Run the handler of one piece of work; each of its own steps happens once.

    What people can mend is said at once; a counterparty that is away is tried again later; a fault
    is tried again by the engine.

    Raises:
        WorkFailedError: A fault; the engine counts the tries.
    """
    close_old_connections()
    item = Outbox.objects.get(pk=outbox_id)
    if item.done_at is not None or item.failed_at is not None:
        return item.kind
    try:
        HANDLERS[item.kind](item)
        outbox.finish(outbox_id)
    except AWAY:
        outbox.put_off(outbox_id, pause=_pause(item.attempt))
    except ZhirongError as known:
        log.warning("Work %s (%s) cannot be done: %s", outbox_id, item.kind, known)
        outbox.fail(outbox_id, code=known.code, facts=_facts(known))
    except Exception as fault:
        log.exception("Work %s (%s) failed.", outbox_id, item.kind)
        raise WorkFailedError(f"{type(fault).__name__}: {fault}") from fault
    return item.kind


def _pause(attempt: int) -> timedelta:
    """Longer and longer; in a demonstration short, since its days last as long as a click."""
    if settings.IS_DEMONSTRATION:
        return FIRST_PAUSE
    return min(FIRST_PAUSE * (1 << min(attempt, 10)), LONGEST_PAUSE)


def _facts(error: ZhirongError) -> dict[str, Any]:
    """An error's facts as JSON keeps them."""
    return {
        name: [str(part) for part in value]
        if isinstance(value, tuple | list)
        else value
        if isinstance(value, int | float | str)
        else str(value)
        for name, value in {**error.facts, "detail": str(error)}.items()
    }


@DBOS.step(name="give_up", retries_allowed=True, max_attempts=TRIES, interval_seconds=1.0)
def give_up(outbox_id: int, problem: str) -> None:
    """Say that the work is given up, and why."""
    close_old_connections()
    outbox.fail(outbox_id, code="job.gave_up", facts={"problem": problem})


@DBOS.workflow(name=engine.WORKFLOW, max_recovery_attempts=DEATHS)
def perform(outbox_id: int) -> str:
    """One piece of work."""
    try:
        return handle(outbox_id)
    except Exception as error:  # noqa: BLE001 - whatever it is, somebody must be told
        give_up(outbox_id, _problem(error))
        return "failed"


def _problem(error: Exception) -> str:
    """The last fault behind the engine's own error."""
    faults = getattr(error, "errors", None) or [error]
    return str(faults[-1])[:200]


def launch(executor: str, *, concurrency: int) -> None:
    """Begin to take work."""
    DBOS(config=engine.configuration(executor))
    DBOS.launch()
    DBOS.register_queue(
        engine.QUEUE,
        worker_concurrency=concurrency,
        polling_interval_sec=engine.POLLING,
        on_conflict="always_update",
    )


def work_until(stop: threading.Event) -> bool:
    """Take work until told to stop; False where the engine's database went away.

    The process then ends and is started anew: the engine begins with an empty database and the
    relay hands over all that is not done.
    """
    mark = engine.file_mark()
    while not stop.wait(LOOK):
        try:
            is_there = engine.file_mark() == mark and DBOS.retrieve_queue(engine.QUEUE) is not None
        except Exception:
            log.exception("The job engine does not answer.")
            is_there = False
        if not is_there:
            return False
    return True
