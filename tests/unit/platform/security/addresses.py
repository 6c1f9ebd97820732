"""All addresses of the pages from the URL resolver, and the table of who may ask for what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from zhirong.parameters.reader import load_yaml

TABLE = Path(__file__).with_name("permissions.yaml")
# The API has keys instead of sessions; its own table is made from its description.
ELSEWHERE = ("api/",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address by name, with the names of what stands in it."""

    name: str
    facts: tuple[str, ...]

    def path(self, facts: Mapping[str, Any]) -> str:
        return reverse(self.name, kwargs={name: facts[name] for name in self.facts})


def _walk(patterns: list[Any], prefix: str = "", facts: tuple[str, ...] = ()) -> Iterator[Address]:
    for item in patterns:
        whole = f"{prefix}{item.pattern}"
        known = (*facts, *item.pattern.converters)
        if whole.startswith(ELSEWHERE):
            continue
        if isinstance(item, URLResolver):
            yield from _walk(item.url_patterns, whole, known)
        if isinstance(item, URLPattern):
            yield Address(name=item.name or f"nameless {whole}", facts=known)


@cache
def addresses() -> Mapping[str, Address]:
    """Every address of the pages by its name."""
    found = list(_walk(get_resolver().url_patterns))
    assert len({item.name for item in found}) == len(found), "two addresses of one name"
    return {item.name: item for item in found}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who may ask for one address by one method.

    Attributes:
        need: `open`, `signed_in`, or the rights of which one is enough.
        fields: What a form of this address sends, filled in as far as the service's own check.
        has_file: Whether the form sends a file.
        asks_factor: Whether a proof with the second factor is asked for.
        of_house: Only people of the house that runs the platform.
        facts: Examples of what stands in the address, where not the usual ones.
    """

    name: str
    method: str
    need: tuple[str, ...]
    fields: Mapping[str, Any]
    has_file: bool = False
    asks_factor: bool = False
    of_house: bool = False
    facts: Mapping[str, str]

    @property
    def is_open(self) -> bool:
        return self.need == ("open",)

    def allows(self, rights: frozenset[Any]) -> bool:
        if self.need in {("open",), ("signed_in",)}:
            return True
        return any(right.value in self.need for right in rights)


@cache
def rules() -> tuple[Rule, ...]:
    """The rows of the table."""
    rows = load_yaml(TABLE.read_bytes())
    return tuple(
        Rule(
            name=name,
            method=method,
            need=tuple([row["need"]] if isinstance(row["need"], str) else row["need"]),
            fields=row.get("fields", {}),
            has_file=row.get("file", False),
            asks_factor=row.get("factor", False),
            of_house=row.get("house", False),
            facts=row.get("facts", {}),
        )
        for name, methods in rows.items()
        for method, row in methods.items()
    )
