"""Reading many entries of a plan file, each problem kept with its line."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from zhirong.adapters.intake.plans.nodes import Entry, Fields, PlanEntryError
from zhirong.core.messages import Message

Made = TypeVar("Made")


@dataclass(slots=True)
class Attempts:
    """What went wrong so far; what could be read goes on."""

    problems: list[Message] = field(default_factory=list)

    def make(self, make: Callable[[], Made]) -> Made | None:
        """What is made, or None with its problem kept."""
        try:
            return make()
        except PlanEntryError as wrong:
            self.problems.append(wrong.message)
            return None

    def section(self, fields: Fields, name: str, make: Callable[[Entry], Made]) -> Made | None:
        """A section of the file; None where it is left out or cannot be read."""
        entry = fields.get(name)
        return None if entry is None else self.make(lambda: make(entry))

    def each(self, entry: Entry | None, make: Callable[[str, Entry], Made]) -> tuple[Made, ...]:
        """The members of a place with keys, those that could be read."""
        keyed = {} if entry is None else self.make(entry.keyed) or {}
        found = [
            self.make(lambda key=key, value=value: make(key, value))  # type: ignore[misc]
            for key, value in keyed.items()
        ]
        return tuple(each for each in found if each is not None)


def probability(entry: Entry) -> float:
    """A probability or correlation: 0 or more, below 1."""
    value = float(entry.share())
    if not 0.0 <= value < 1.0:
        raise entry.wrong("plan.problem.probability", value=entry.text())
    return value


def part(entry: Entry) -> float:
    """A part of a whole: from 0 to 1."""
    value = float(entry.share())
    if not 0.0 <= value <= 1.0:
        raise entry.wrong("plan.problem.part", value=entry.text())
    return value


def whole(entry: Entry) -> int:
    """A whole number, 0 or more."""
    number = entry.number()
    if number < 0 or number.denominator != 1:
        raise entry.wrong("plan.problem.whole", value=entry.text())
    return int(number)


def one_of(entry: Entry, known: set[str], section: str) -> str:
    """A name that another part of the plan has."""
    text = entry.path[-1] if entry.key_line is not None else entry.text()
    if text not in known:
        raise entry.wrong("plan.problem.unknown_name", word=text, section=section)
    return text
