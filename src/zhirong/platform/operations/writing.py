"""New rows in one statement that is made up once a table, for acts that are many a second."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Field
from django.db.models.signals import post_save

from zhirong.platform.operations.statements import cursor

Row = TypeVar("Row", bound=models.Model)
Names = tuple[str, ...]  # of fields
_NOTHING: Mapping[models.Model, Names] = {}


@cache
def _statement(model: type[models.Model]) -> tuple[str, "tuple[Field[Any, Any], ...]"]:
    columns = tuple(f for f in model._meta.concrete_fields if not f.primary_key)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in columns)
    marks = ", ".join("%s" for _ in columns)
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    return f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING {key}", columns  # noqa: S608 - our names


@cache
def _change(
    model: type[models.Model], names: tuple[str, ...]
) -> tuple[str, "tuple[Field[Any, Any], ...]"]:
    quote, meta = connection.ops.quote_name, model._meta
    by_name = {field.name: field for field in meta.concrete_fields}
    fields = tuple(by_name[name] for name in names)
    told = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    table, key = quote(meta.db_table), quote(str(meta.pk.column))
    return f"UPDATE {table} SET {told} WHERE {key} = %s", fields  # noqa: S608 - our names


def change(row: models.Model, *names: str) -> None:
    """Write some fields of a row that is locked; nobody listens to changes."""
    with cursor() as asked:
        asked.execute(*_changing(row, names))


def write(row: Row) -> Row:
    """Insert a new row as `save` does: its number is set, and who listens is told."""
    write_together(row)
    return row


def write_together(*rows: models.Model, changed: Mapping[models.Model, Names] = _NOTHING) -> None:
    """Insert new rows as `save` does, and write fields of locked ones; at once where that goes.

    None of the rows may need the number of another.
    """
    if connection.vendor != "postgresql":
        for row, names in changed.items():
            change(row, *names)
    with cursor() as asked:
        if connection.vendor == "postgresql":
            _write_at_once(asked, rows, changed)
        else:
            for row in rows:
                asked.execute(*_insertion(row))
                (row.pk,) = asked.fetchone()
    for row in rows:
        row._state.adding = False  # noqa: SLF001 - what the framework's own `save` leaves behind
        post_save.send(
            sender=type(row), instance=row, created=True, update_fields=None, raw=False,
            using=connection.alias,
        )  # fmt: skip


def _write_at_once(
    asked: Any,  # noqa: ANN401 - the framework's own cursor
    rows: tuple[models.Model, ...],
    changed: Mapping[models.Model, Names],
) -> None:
    """One statement: every row and every change is a part of it."""
    parts = [_changing(row, names) for row, names in changed.items()]
    parts += [_insertion(row) for row in rows]
    named = ", ".join(f"w{place} AS ({text})" for place, (text, _) in enumerate(parts))
    numbers = (f"(SELECT * FROM w{n})" for n in range(len(changed), len(parts)))  # noqa: S608 - our names
    given = [value for _, values in parts for value in values]
    asked.execute(f"WITH {named} SELECT {', '.join(numbers)}", given)
    for row, number in zip(rows, asked.fetchone(), strict=True):
        row.pk = number


def _insertion(row: models.Model) -> tuple[str, list[Any]]:
    statement, columns = _statement(type(row))
    return statement, [
        field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in columns
    ]


def _changing(row: models.Model, names: Names) -> tuple[str, list[Any]]:
    statement, fields = _change(type(row), names)
    given = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields]
    return statement, [*given, row.pk]
