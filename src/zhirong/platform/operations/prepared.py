"""Queries that are put into SQL once, for acts that are many a second.

The framework makes up the text of a query anew each time, which takes ten times what the database
takes for it. Here the same query set is compiled once, with marks where its arguments stand; after
that only the arguments change.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models import QuerySet

Row = TypeVar("Row", bound=models.Model)
Values = tuple[Any, ...]
# What no argument is, so that it is found again among the parameters of the compiled query.
_WORD, _NUMBER = "\ufffdargument-%d", 7_313_131_313_000_000


@dataclass(frozen=True, slots=True)
class _Compiled:
    """SQL, its parameters as (place of an argument, or a value), names and readers of columns."""

    sql: str
    parameters: tuple[tuple[int | None, Any], ...]
    names: tuple[str, ...]
    readers: tuple[tuple[int, Any], ...]


class Prepared(Generic[Row]):
    """A query for one row; `make` gives it for arguments, which are whole numbers or texts."""

    def __init__(self, make: Callable[..., QuerySet[Row, Any]], *kinds: type) -> None:
        self._make, self._kinds = make, kinds
        self._compiled: dict[str, _Compiled] = {}

    def row(self, *given: int | str) -> Row | None:
        """The first row for the arguments as a record of its table."""
        values = self.values(*given)
        if values is None:
            return None
        names = self._compiled[connection.vendor].names
        return self._model.from_db(connection.alias, names, values)

    def values(self, *given: int | str) -> Values | None:
        """The values of the first row for the arguments."""
        assert tuple(map(type, given)) == self._kinds, "the query was compiled for others"
        known = self._compiled.get(connection.vendor)
        if known is None:
            known = self._compiled[connection.vendor] = self._compile()
        asked = [value if place is None else given[place] for place, value in known.parameters]
        with connection.cursor() as cursor:
            cursor.execute(known.sql, asked)
            found = cursor.fetchone()
        if found is None:
            return None
        values = list(found)
        for place, (readers, column) in known.readers:
            for read in readers:
                values[place] = read(values[place], column, connection)
        return tuple(values)

    def _compile(self) -> _Compiled:
        marks = [_WORD % n if kind is str else _NUMBER + n for n, kind in enumerate(self._kinds)]
        rows = self._make(*marks)[:1]
        self._model = rows.model
        compiler = rows.query.get_compiler(connection.alias)
        sql, parameters = compiler.as_sql()
        found = tuple((marks.index(p), None) if p in marks else (None, p) for p in parameters)
        assert {place for place, _ in found} >= set(range(len(marks))), "each argument is asked for"
        columns = [column for column, _, _ in compiler.select]
        names = (getattr(getattr(column, "target", None), "attname", "") for column in columns)
        readers = compiler.get_converters(columns)
        return _Compiled(sql, found, tuple(names), tuple(readers.items()))
