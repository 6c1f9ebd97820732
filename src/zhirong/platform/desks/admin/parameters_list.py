"""The published values that the platform goes by, as they are in force on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhirong.core.messages import Language
from zhirong.parameters.reader import (
    TREE,
    ParameterNotFoundError,
    Parameters,
    description,
    tree_files,
)

ROOMS = ("platform", "lending", "pledge", "filing")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterLine:
    """A value in force; `entries` are the lines of a table, one line where it is a single value."""

    path: str
    description: str
    entries: tuple[tuple[str, str], ...]
    unit: str
    valid_from: date
    source: str
    is_unverified: bool


def in_force(on: date, lang: Language) -> tuple[ParameterLine, ...]:
    """The values in force on a day, by path."""
    return tuple(_lines(on, lang))


def _lines(on: date, lang: Language) -> Iterator[ParameterLine]:
    parameters = Parameters()
    for file in tree_files():
        path = ".".join(file.relative_to(TREE).with_suffix("").parts)
        if path.partition(".")[0] not in ROOMS:
            continue
        try:
            found = parameters.get(path, on=on)
        except ParameterNotFoundError:
            continue  # its first value starts later
        yield ParameterLine(
            path=path,
            description=description(path)[lang],
            entries=tuple(_entries(found.value)),
            unit=found.unit,
            valid_from=found.valid_from,
            source=found.source,
            is_unverified=found.is_unverified,
        )


def _entries(value: Any, name: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any type
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _entries(part, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        yield name, ", ".join(str(item) for item in value)
    else:
        yield name, "" if value is None else str(value)
