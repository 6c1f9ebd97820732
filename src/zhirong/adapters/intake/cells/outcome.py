"""What reading a cell gives: a value with notes, or a reason why it was not read."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhirong.adapters.intake.grid import Raw
from zhirong.core.messages import Fact, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a reader is given: the raw cell, the unit of its column, the choices of its field."""

    raw: Raw
    unit: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value; the notes say what was corrected."""

    value: object
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Bad:
    """A reason not to read the cell, by its code, and the facts of the reason and its mend."""

    code: str
    facts: Mapping[str, Fact]

    @property
    def reason(self) -> Message:
        """Why the cell was not read."""
        return Message(f"intake.refused.{self.code}", self.facts)

    @property
    def mend(self) -> Message:
        """What would make it readable."""
        return Message(f"intake.refused.{self.code}.mend", self.facts)


Outcome = Value | Bad


def note(code: str, **facts: Fact) -> Message:
    """A note on a corrected cell."""
    return Message(f"intake.corrected.{code}", facts)
