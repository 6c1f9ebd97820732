"""All that stands in the platform's tables and in its counterparties' files, to be compared."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

Rows = list[tuple[Any, ...]]
# Sessions and the framework's own tables; seals depend on the second; handing is the engine's.
LEFT_OUT = frozenset({"Seal", "Session", "ContentType", "Permission", "Migration"})
# How often an act was sent is the counterparty's own count.
ATTEMPTS = frozenset({"attempts", "sqlite_sequence"})


def platform_state() -> Mapping[str, Rows]:
    """Every row of every table; of moments only whether they were."""
    return {
        model._meta.label: _rows(model)
        for config in apps.get_app_configs()
        if config.name.startswith("zhirong.")
        for model in config.get_models()
        if model.__name__ not in LEFT_OUT
    }


def _rows(model: type[models.Model]) -> Rows:
    fields = [field for field in model._meta.concrete_fields if field.name != "digest"]
    plain = [was if isinstance(field, models.DateTimeField) else repr for field in fields]
    rows = model._default_manager.order_by("pk").values_list(*(field.attname for field in fields))
    return [tuple(form(value) for form, value in zip(plain, row, strict=True)) for row in rows]


def was(value: Any) -> Any:
    """Of a moment, only whether it was."""
    return value is not None


def file_state(file: Path) -> Mapping[str, Rows]:
    """Every row of a SQLite file."""
    with sqlite3.connect(file) as line:
        names = [
            row[0] for row in line.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        found = {
            name: sorted(line.execute(f"SELECT * FROM {name}").fetchall())  # noqa: S608 - own names
            for name in names
            if name not in ATTEMPTS
        }
    line.close()
    return found


def differences(left: Mapping[str, Rows], right: Mapping[str, Rows]) -> list[str]:
    """The rows that stand on one side only, table by table."""
    found = []
    for name in sorted({*left, *right}):
        one, other = left.get(name, []), right.get(name, [])
        if one == other:
            continue
        found += [f"{name} only without a crash: {row}" for row in one if row not in other]
        found += [f"{name} only with the crash: {row}" for row in other if row not in one]
        if not found and len(one) != len(other):
            found.append(f"{name}: {len(one)} rows and {len(other)}")
    return found
