"""Queries that are put into SQL once, for pages and acts that are many a second.

The framework makes up the text of a query anew each time, which takes ten times what the database
takes for it. Here the same query set is compiled once, with marks where its arguments stand; after
that only the arguments change. Rows are read by the framework as ever.
"""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models import QuerySet

from zhirong.platform.operations.statements import Served

Row = TypeVar("Row", bound=models.Model)
Values = tuple[Any, ...]
Given = int | str | date
# What no argument is, so that it is found again among the parameters of the compiled query.
_WORD, _NUMBER, _DAY = "\ufffdargument-%d", 7_313_131_313_000_000, date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """SQL, its parameters as (place of an argument, or a value), and what reads its rows."""

    sql: str
    parameters: tuple[tuple[int | None, Any], ...]
    rows: Any  # the query set that was compiled
    compiler: Any
    converters: Any


class Prepared(Generic[Row]):
    """A query; `make` gives it for arguments, which are whole numbers, texts or days."""

    def __init__(self, make: Callable[..., QuerySet[Row, Any]], *kinds: type) -> None:
        self._make, self._kinds = make, kinds
        self._compiled: dict[tuple[str, bool], _Compiled] = {}

    def rows(self, *given: Given) -> list[Row]:
        """All rows for the arguments as records of their table, in the query's order."""
        return list(self._asked(given, is_one=False))

    def each(self, *given: Given, chunk: int = 100) -> Iterator[Row]:
        """The rows one by one, fetched some at a time: whoever has enough stops."""
        rows = self._asked(given, is_one=False)
        found: Iterator[Row] = iter(
            rows._iterable_class(rows, chunked_fetch=True, chunk_size=chunk)  # noqa: SLF001 - what its `iterator` does
        )
        return found

    def row(self, *given: Given) -> Row | None:
        """The first row for the arguments as a record of its table."""
        return next(iter(self._asked(given, is_one=True)), None)

    def all_values(self, *given: Given) -> list[Values]:
        """The values of all rows for the arguments."""
        return list(self._values(given, is_one=False))

    def values(self, *given: Given) -> Values | None:
        """The values of the first row for the arguments."""
        return next(self._values(given, is_one=True), None)

    def _values(self, given: tuple[Given, ...], *, is_one: bool) -> Any:  # noqa: ANN401 - the framework's iterator
        return self._ready(given, is_one=is_one)[1].results_iter(tuple_expected=True)

    def _asked(self, given: tuple[Given, ...], *, is_one: bool) -> Any:  # noqa: ANN401 - a query set of records
        known, compiler = self._ready(given, is_one=is_one)
        query = copy(known.rows.query)
        query.get_compiler = lambda *_, **__: compiler
        rows: Any = QuerySet(known.rows.model, query=query, using=connection.alias)
        for name in ("_iterable_class", "_fields", "_prefetch_related_lookups"):
            setattr(rows, name, getattr(known.rows, name))
        return rows

    def _ready(self, given: tuple[Given, ...], *, is_one: bool) -> tuple[_Compiled, Any]:
        """What was compiled, and a compiler that answers for these arguments on this thread."""
        assert tuple(map(type, given)) == self._kinds, "the query was compiled for others"
        key = (connection.vendor, is_one)
        known = self._compiled.get(key)
        if known is None:
            known = self._compiled[key] = self._compile(is_one=is_one)
        asked = tuple(
            value if place is None else _adapted(given[place]) for place, value in known.parameters
        )
        compiler = copy(known.compiler)
        compiler.connection = Served()
        compiler.as_sql = lambda *_, **__: (known.sql, asked)
        compiler.get_converters = lambda _: known.converters
        return known, compiler

    def _compile(self, *, is_one: bool) -> _Compiled:
        marks = [_mark(kind, n) for n, kind in enumerate(self._kinds)]
        rows = self._make(*marks)
        if is_one:
            rows = rows[:1]
        compiler = rows.query.get_compiler(connection.alias)
        sql, parameters = compiler.as_sql()
        places = {_adapted(mark): n for n, mark in enumerate(marks)}
        found = tuple((places.get(p), None if p in places else p) for p in parameters)
        assert {n for n, _ in found} >= set(range(len(marks))), "each argument is asked for"
        converters = compiler.get_converters([column for column, _, _ in compiler.select])
        return _Compiled(sql, found, rows, compiler, converters)


def _mark(kind: type, place: int) -> Given:
    if kind is date:
        return _DAY + timedelta(days=place)
    return _WORD % place if kind is str else _NUMBER + place


def _adapted(value: Given) -> Any:  # noqa: ANN401 - as the database's own library takes it
    """An argument as the database takes it."""
    return connection.ops.adapt_datefield_value(value) if type(value) is date else value
