"""The job engine: DBOS on a database of its own, which may be deleted at any time.

What must happen stands in the platform's outbox; the engine only remembers how far it is. The
version and the name of the executor are pinned, so that a restarted worker takes up what a killed
one left.
"""

from dbos import DBOSConfig
from django.conf import settings

APPLICATION = "zhirong"
VERSION = "1"  # of the workflow's shape, not of the house: raise it when the steps change
QUEUE = "work"
WORKFLOW = "perform"


def url() -> str:
    """Where the engine keeps its state: beside the platform's data, or in its PostgreSQL."""
    return settings.JOBS_URL or f"sqlite:///{settings.DATA / 'jobs.sqlite'}"


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
