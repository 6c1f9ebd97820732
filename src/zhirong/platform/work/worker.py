"""The worker: does what the relay hands over, again after a crash, and never half."""

import logging

from dbos import DBOS
from django.db import close_old_connections

from zhirong.platform.operations import outbox
from zhirong.platform.operations.models import Outbox
from zhirong.platform.work import engine
from zhirong.platform.work.handlers import HANDLERS

RETRIES = 8
log = logging.getLogger(__name__)


@DBOS.step(name="handle", retries_allowed=True, max_attempts=RETRIES, interval_seconds=1.0)
def handle(outbox_id: int) -> str:
    """Run the handler of one piece of work; each of its own steps happens once."""
    close_old_connections()
    item = Outbox.objects.get(pk=outbox_id)
    if item.done_at is None:
        HANDLERS[item.kind](item)
        outbox.finish(outbox_id)
    return item.kind


@DBOS.workflow(name=engine.WORKFLOW)
def perform(outbox_id: int) -> str:
    """One piece of work."""
    return handle(outbox_id)


def launch(executor: str, *, concurrency: int) -> None:
    """Take work until the process ends."""
    DBOS(config=engine.configuration(executor))
    DBOS.launch()
    DBOS.register_queue(engine.QUEUE, worker_concurrency=concurrency)
