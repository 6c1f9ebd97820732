"""A plan file as entries that know their line: each reads itself as the kind of value asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, TypeVar

import yaml

from zhirong.core.errors import InputError
from zhirong.core.messages import Fact, Message

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Word = TypeVar("Word")
DEEPEST = 40


class PlanEntryError(InputError):
    """One thing in a plan file that cannot be read, with its line."""

    code = "error.plan_entry"

    def __init__(self, message: Message) -> None:
        super().__init__(f"{message.code}: {dict(message.facts)}", detail=message.code)
        self.message = message


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the file: its line, its way from the top, and what stands there."""

    node: Any
    path: tuple[str, ...]
    key_line: int | None = None

    @property
    def line(self) -> int:
        """The line, counted from 1: of the key, where there is one."""
        return self.key_line or int(self.node.start_mark.line) + 1

    def wrong(self, code: str, **facts: Fact) -> PlanEntryError:
        """An error of this place, to be raised."""
        where = ".".join(self.path) or "-"
        return PlanEntryError(Message(code, {"line": self.line, "where": where, **facts}))

    @property
    def is_mapping(self) -> bool:
        """Whether keys with values stand here."""
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        """Whether a list stands here."""
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_nothing(self) -> bool:
        """Whether the place is empty."""
        return isinstance(self.node, yaml.ScalarNode) and self.node.tag.endswith(":null")

    def text(self) -> str:
        """A single value as text."""
        if not isinstance(self.node, yaml.ScalarNode) or self.is_nothing:
            raise self.wrong("plan.problem.single")
        return str(self.node.value).strip()

    def word(self, words: Mapping[str, Word]) -> Word:
        """One of the words of the market that may stand here."""
        text = self.text()
        if text not in words:
            raise self.unknown(text, words)
        return words[text]

    def unknown(self, text: str, words: Mapping[str, object]) -> PlanEntryError:
        """The error of a word that is none of those known here, with the nearest."""
        near = get_close_matches(text, list(words), n=1)
        if near:
            return self.wrong("plan.problem.word_near", word=text, near=near[0])
        return self.wrong("plan.problem.word", word=text, known=tuple(sorted(words)))

    def number(self) -> Fraction:
        """An exact number; `3%` is 0.03."""
        text = self.text().replace("_", "").replace(",", "")
        share = text.endswith("%")
        try:
            number = Fraction(Decimal(text.rstrip("%").strip()))
        except (ArithmeticError, ValueError):
            raise self.wrong("plan.problem.number", value=text) from None
        return number / 100 if share else number

    def share(self) -> Fraction:
        """A share or yearly rate, from -1 to 10."""
        number = self.number()
        if not -1 <= number <= 10:
            raise self.wrong("plan.problem.share", value=self.text())
        return number

    def fen(self, unit: int) -> int:
        """An amount, 0 or more, in whole fen; `unit` is the fen of one unit of the file."""
        amount = self.number() * unit
        if amount < 0 or amount.denominator != 1:
            raise self.wrong("plan.problem.amount", value=self.text())
        return int(amount)

    def count(self) -> int:
        """A whole number, 1 or more."""
        number = self.number()
        if number < 1 or number.denominator != 1:
            raise self.wrong("plan.problem.count", value=self.text())
        return int(number)

    def day(self) -> date:
        """A day, written 2025-02-27."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.wrong("plan.problem.day", value=self.text()) from None

    def flag(self) -> bool:
        """Yes or no."""
        return self.word({"true": True, "yes": True, "false": False, "no": False})

    def items(self) -> tuple["Entry", ...]:
        """The members of a list; a single value is a list of one."""
        if not self.is_list:
            return () if self.is_nothing else (self,)
        return tuple(
            Entry(node, (*self.path, str(place))) for place, node in enumerate(self.node.value, 1)
        )

    def names(self) -> tuple[str, ...]:
        """A list of keys."""
        return tuple(item.text() for item in self.items())

    def keyed(self) -> dict[str, "Entry"]:
        """Keys with their values, each key once."""
        if self.is_nothing:
            return {}
        if not self.is_mapping:
            raise self.wrong("plan.problem.mapping")
        found: dict[str, Entry] = {}
        for key, value in self.node.value:
            name = str(key.value)
            # The line of a key is the line that people look at.
            entry = Entry(value, (*self.path, name), int(key.start_mark.line) + 1)
            if name in found:
                raise entry.wrong("plan.problem.twice", word=name)
            found[name] = entry
        return found

    def fields(self, *known: str) -> "Fields":
        """Keys with their values, none but those known."""
        found = self.keyed()
        for name, entry in found.items():
            if name not in known:
                raise entry.unknown(name, dict.fromkeys(known))
        return Fields(self, found)


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands under one place, by key."""

    place: Entry
    found: Mapping[str, Entry]

    def needed(self, name: str) -> Entry:
        """A value that must be there."""
        entry = self.found.get(name)
        if entry is None or entry.is_nothing:
            raise self.place.wrong("plan.problem.missing", word=name)
        return entry

    def get(self, name: str) -> Entry | None:
        """A value, or None where the file leaves it out."""
        entry = self.found.get(name)
        return None if entry is None or entry.is_nothing else entry


def parsed(data: bytes) -> Entry:
    """The file as its topmost entry.

    Raises:
        PlanEntryError: It is no YAML, holds nothing, or is nested without end.
    """
    try:
        node = yaml.compose(data.decode("utf-8-sig"), Loader=_LOADER)
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        line = 1 if mark is None else mark.line + 1
        problem = str(getattr(wrong, "problem", None) or "YAML")
        facts: dict[str, Fact] = {"line": line, "where": "-", "detail": problem}
        raise PlanEntryError(Message("plan.problem.yaml", facts)) from None
    except UnicodeDecodeError:
        facts = {"line": 1, "where": "-"}
        raise PlanEntryError(Message("plan.problem.encoding", facts)) from None
    if node is None:
        raise PlanEntryError(Message("plan.problem.empty", {"line": 1, "where": "-"}))
    _check_depth(node, ())
    return Entry(node, ())


def _check_depth(node: Any, above: tuple[Any, ...]) -> None:  # noqa: ANN401 - a node of the library
    if node in above or len(above) > DEEPEST:
        raise Entry(node, ()).wrong("plan.problem.nested")
    children: Sequence[Any] = []
    if isinstance(node, yaml.SequenceNode):
        children = node.value
    elif isinstance(node, yaml.MappingNode):
        children = [each for pair in node.value for each in pair]
    for child in children:
        _check_depth(child, (*above, node))


def lines(entry: Entry) -> Mapping[tuple[str, ...], int]:
    """The line of every place, by its way from the top."""
    return dict(_lines(entry))


def _lines(entry: Entry) -> Iterator[tuple[tuple[str, ...], int]]:
    yield entry.path, entry.line
    if isinstance(entry.node, yaml.MappingNode):
        for key, value in entry.node.value:
            line = int(key.start_mark.line) + 1
            yield from _lines(Entry(value, (*entry.path, str(key.value)), line))
    elif entry.is_list:
        for item in entry.items():
            yield from _lines(item)
