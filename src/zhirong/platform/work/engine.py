"""The job engine: DBOS on a database of its own, which may be deleted at any time.

What must happen stands in the platform's outbox; the engine only remembers how far it is. The
version and the name of the executor are pinned, so that a restarted worker takes up what a killed
one left.
"""

from pathlib import Path

from dbos import DBOSConfig
from django.conf import settings

APPLICATION = "zhirong"
VERSION = "1"  # of the workflow's shape, not of the house: raise it when the steps change
QUEUE = "work"
WORKFLOW = "perform"
POLLING = 0.5  # seconds between a worker's looks at the queue
SQLITE = "sqlite:///"


def url() -> str:
    """Where the engine keeps its state: beside the platform's data, or in its PostgreSQL."""
    return settings.JOBS_URL or f"{SQLITE}{settings.DATA / 'jobs.sqlite'}"


def file_mark() -> tuple[int, int] | None:
    """What tells the engine's file from one that took its place; None where it is no file.

    A process keeps a deleted file open and would go on working in it, seen by nobody.
    """
    address = url()
    if not address.startswith(SQLITE):
        return None
    try:
        found = Path(address.removeprefix(SQLITE)).stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


def workflow_id(outbox_id: int, attempt: int) -> str:
    """The number under which the engine knows a piece of work; an attempt anew has its own."""
    return f"outbox-{outbox_id}-{attempt}"


def configuration(executor: str) -> DBOSConfig:
    """The engine's settings for one worker."""
    return DBOSConfig(
        name=APPLICATION,
        system_database_url=url(),
        application_version=VERSION,
        executor_id=executor,
        log_level="WARNING",
        enable_otlp=False,
    )
