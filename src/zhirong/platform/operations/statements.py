"""Statements that are many a second: PostgreSQL plans them once and gets their arguments apart.

The framework puts arguments into the text of a statement, so that the server reads and plans each
anew. What goes through here it is given as it stands, and keeps after the second time.
"""

from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections


def cursor(of: Any = None) -> Any:  # noqa: ANN401 - the framework's own cursor
    """A cursor as the framework makes it; on PostgreSQL one that leaves arguments to the server."""
    made: Any = of or connections[DEFAULT_DB_ALIAS]
    if made.vendor != "postgresql":
        return made.cursor()
    made.ensure_connection()
    bare = psycopg.Cursor(made.connection)
    return made.make_debug_cursor(bare) if made.queries_logged else made.make_cursor(bare)


class Served:
    """A connection whose cursors are those of `cursor`; the rest of it is as it was."""

    __slots__ = ("_of",)

    def __init__(self) -> None:
        self._of = connections[DEFAULT_DB_ALIAS]

    def cursor(self) -> Any:  # noqa: ANN401 - the framework's own cursor
        """A cursor that leaves arguments to the server."""
        return cursor(self._of)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the framework asks for
        return getattr(self._of, name)
