"""One thing wrong with a plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhirong.core.messages import Fact


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that a plan breaks: code of the words, place in the file, facts."""

    code: str
    place: tuple[str, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)
