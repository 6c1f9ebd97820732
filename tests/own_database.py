"""A database of a test's own: real transactions, real threads, nothing rolled back after.

The framework would empty one database behind each test, which our own triggers refuse.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

IS_EMBEDDED = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@contextmanager
def database_in(name: str) -> Iterator[None]:
    """The default database is this one inside the block: a SQLite file, or one of the server."""
    terms = connections["default"].settings_dict
    before, held = terms["NAME"], connection.connection
    connection.connection = None
    terms["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        terms["NAME"], connection.connection = before, held


def _on_server(statement: str) -> None:
    with database_in("postgres"), connection.cursor() as cursor:
        cursor.execute(statement)


def make_template(place: Path) -> str:
    """An empty database with every table; gives its name."""
    name = str(place / "platform.sqlite") if IS_EMBEDDED else "proof_template"
    if not IS_EMBEDDED:
        _on_server(f"CREATE DATABASE {name}")
    with database_in(name):
        call_command("migrate", verbosity=0)
    return name


@contextmanager
def copy_of(template: str, place: Path) -> Iterator[None]:
    """The default database is a copy of the template inside the block."""
    if IS_EMBEDDED:
        file = place / "platform.sqlite"
        shutil.copy(template, file)
        with database_in(str(file)):
            yield
        return
    _on_server(f"CREATE DATABASE proof_of_one TEMPLATE {template}")
    try:
        with database_in("proof_of_one"):
            yield
    finally:
        _on_server("DROP DATABASE proof_of_one WITH (FORCE)")
