"""Rows about one thing made one: what the first left out the next may add, a contradiction not."""

from collections.abc import Callable, Iterable

from zhirong.adapters.intake.cells.outcome import Bad
from zhirong.adapters.intake.reading import TypedRow, field_words, shown

Key = tuple[object, ...]


def merged(rows: Iterable[TypedRow], key: Callable[[TypedRow], Key]) -> list[TypedRow]:
    """The rows without repetitions: the first of each key, filled up from the later ones.

    A later row that contradicts the first is refused.
    """
    first: dict[Key, TypedRow] = {}
    for row in rows:
        if row.is_refused:
            continue
        known = first.setdefault(key(row), row)
        if known is row:
            continue
        clash = contradiction(known, row)
        if clash:
            row.refuse(clash, conflict(known, row, clash))
            continue
        for name, value in row.values.items():
            known.values.setdefault(name, value)
    return list(first.values())


def contradiction(known: TypedRow, row: TypedRow) -> str:
    """The first field on which two rows differ ("" if none)."""
    return next(
        (n for n, value in row.values.items() if n in known.values and known.values[n] != value), ""
    )


def conflict(known: TypedRow, row: TypedRow, name: str) -> Bad:
    """The reason to refuse a row that contradicts another one."""
    facts = field_words(row.reading.layout.spec.field(name))
    return Bad(
        "conflict",
        {
            **facts,
            "text": shown(row.values[name])[:80],
            "known": shown(known.values[name])[:80],
            "place": known.source.place(),
        },
    )
