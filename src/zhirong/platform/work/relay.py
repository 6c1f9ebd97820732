"""The relay: hands committed work to the job engine, and seals the action log."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from dbos import DBOSClient
from django.db import OperationalError, close_old_connections

from zhirong.platform.operations import clock, journal, outbox
from zhirong.platform.work import engine

HAND_AGAIN_AFTER = timedelta(seconds=20)
PAUSE = 0.5  # seconds between rounds
log = logging.getLogger(__name__)


def hand(client: DBOSClient) -> int:
    """One round: give the engine what waits; the work's number makes a second time harmless."""
    items = outbox.waiting(handed_before=clock.real_now() - HAND_AGAIN_AFTER)
    for item in items:
        client.enqueue(
            {
                "workflow_name": engine.WORKFLOW,
                "queue_name": engine.QUEUE,
                "workflow_id": f"outbox-{item.pk}",
                "app_version": engine.VERSION,
            },
            item.pk,
        )
        outbox.handed(item)
    return len(items)


def run(should_stop: Callable[[], bool]) -> None:
    """Rounds until told to stop; a database that is away for a while stops nothing."""
    client: DBOSClient | None = None
    while not should_stop():
        try:
            client = client or DBOSClient(system_database_url=engine.url())
            hand(client)
            journal.seal(settled_by=clock.real_now() - journal.SETTLED_AFTER)
        except OperationalError:
            log.warning("The database does not answer; the relay tries again.")
            close_old_connections()
        except Exception:
            # The engine's own database may be gone: begin with a new connection.
            log.exception("A round of the relay failed; it tries again.")
            client = None
        time.sleep(PAUSE)
