"""New rows in one statement that is made up once a table, for acts that are many a second."""

from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Field
from django.db.models.signals import post_save

Row = TypeVar("Row", bound=models.Model)


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
    statement, fields = _change(type(row), names)
    given = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, row.pk])


def write(row: Row) -> Row:
    """Insert a new row as `save` does: its number is set, and who listens is told."""
    statement, columns = _statement(type(row))
    given = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in columns]
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        (row.pk,) = cursor.fetchone()
    row._state.adding = False  # noqa: SLF001 - what the framework's own `save` leaves behind
    post_save.send(
        sender=type(row), instance=row, created=True, update_fields=None, raw=False,
        using=connection.alias,
    )  # fmt: skip
    return row
