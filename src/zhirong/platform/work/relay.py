"""The relay: hands committed work to the job engine, and seals the action log."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from dbos import DBOSClient
from django.db import DatabaseError, close_old_connections
from sqlalchemy.exc import SQLAlchemyError

from zhirong.platform.operations import clock, journal, outbox
from zhirong.platform.operations.models import Outbox
from zhirong.platform.work import engine

HAND_AGAIN_AFTER = timedelta(seconds=20)
PAUSE = 0.5  # seconds between rounds
BROKEN = {"ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"}
log = logging.getLogger(__name__)


class Line:
    """The line to the engine, drawn anew when the engine's database is another one."""

    def __init__(self) -> None:
        self._client: DBOSClient | None = None
        self._mark: tuple[int, int] | None = None

    def client(self) -> DBOSClient:
        """A client of the engine as it is now.

        Raises:
            SQLAlchemyError: The engine's database does not answer.
        """
        mark = engine.file_mark()
        if self._client is None or mark != self._mark:
            self.drop()
            self._client = DBOSClient(
                system_database_url=engine.url(),
                application_name=engine.APPLICATION,
                retry_connection_errors=False,
            )
            self._mark = mark
        return self._client

    def drop(self) -> None:
        """Give the client up; the next round draws a new one."""
        if self._client is not None:
            self._client.destroy()
            self._client = None


def hand(client: DBOSClient) -> int:
    """One round: give the engine what waits; the work's number makes a second time harmless."""
    items = outbox.waiting(handed_before=clock.real_now() - HAND_AGAIN_AFTER)
    for item in items:
        if item.handed_at is not None and _is_broken(client, item):
            # The worker died so often, or so badly, that it could not even say so.
            outbox.fail(item.pk, code="job.gave_up", facts={"problem": item.kind})
            continue
        client.enqueue(
            {
                "workflow_name": engine.WORKFLOW,
                "queue_name": engine.QUEUE,
                "workflow_id": engine.workflow_id(item.pk, item.attempt),
                "app_version": engine.VERSION,
            },
            item.pk,
        )
        outbox.handed(item)
    return len(items)


def _is_broken(client: DBOSClient, item: Outbox) -> bool:
    found = client.list_workflows(
        workflow_ids=[engine.workflow_id(item.pk, item.attempt)], load_input=False
    )
    return any(status.status in BROKEN for status in found)


def run(should_stop: Callable[[], bool]) -> None:
    """Rounds until told to stop; a database that is away for a while stops nothing."""
    line = Line()
    while not should_stop():
        try:
            journal.seal(settled_by=clock.real_now() - journal.SETTLED_AFTER)
            hand(line.client())
        except DatabaseError as error:
            log.warning("The database does not answer; the relay tries again: %s", error)
            close_old_connections()
        except SQLAlchemyError:
            # Gone, or not yet made by the first worker.
            log.warning("The job engine does not answer; the relay tries again.")
            line.drop()
        except Exception:
            log.exception("A round of the relay failed; it tries again.")
            line.drop()
        time.sleep(PAUSE)
    line.drop()
