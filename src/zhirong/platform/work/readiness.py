"""Whether an instance may be sent requests: what it stands on is there."""

import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from zhirong.platform.work import engine

LEAST_FREE = 200_000_000  # bytes: a day's files and the database's own journal
READY, NOT_READY = "ok", "not ready"


def points() -> Mapping[str, bool]:
    """Each thing that must be there, and whether it is."""
    return {
        "database": _answers(),
        "migrations": _is_migrated(),
        "job_engine": _engine_answers(),
        "disk": shutil.disk_usage(settings.DATA).free >= LEAST_FREE,
    }


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _is_migrated() -> bool:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return False
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _engine_answers() -> bool:
    """Whether a worker has made the engine's tables."""
    address = engine.url()
    try:
        if address.startswith(engine.SQLITE):
            place = Path(address.removeprefix(engine.SQLITE)).resolve()
            with sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True) as base:
                base.execute("SELECT 1 FROM workflow_status LIMIT 1")
        else:
            with psycopg.connect(address, connect_timeout=2) as server:
                server.execute("SELECT 1 FROM dbos.workflow_status LIMIT 1")
    except (sqlite3.Error, psycopg.Error):
        return False
    return True
