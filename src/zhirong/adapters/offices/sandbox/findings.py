"""What an examiner has before him, and what he finds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from zhirong.adapters.offices.sandbox.reading import Application, ListedRight, Person
from zhirong.adapters.offices.sandbox.records import PledgeRecord, RightRecord, key, same_name
from zhirong.core.messages import Fact


class Weight(StrEnum):
    """What follows from a finding."""

    REFUSE = "refuse"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An act as the examiner sees it on the day.

    Attributes:
        documents: Kinds of documents in the package.
        listed: Numbers written in the electronic list, as they stand there.
        records: What the register holds of the listed rights, by key.
        pledged: Live registrations on a right, by key.
        pledge: The registration that a change, extension or cancellation is about.
        filed_on: The day on which the act came in.
    """

    registry: str
    application: Application
    documents: frozenset[str]
    listed: str
    records: Mapping[str, RightRecord]
    pledged: Mapping[str, tuple[str, ...]]
    pledge: PledgeRecord | None
    filed_on: date
    day: date

    def known(self) -> Iterator[tuple[ListedRight, RightRecord]]:
        """The listed rights that are in the register, each with its record."""
        for right in self.application.rights:
            record = self.records.get(right.key)
            if record is not None:
                yield right, record

    @property
    def parties(self) -> tuple[Person, ...]:
        """Those who apply together."""
        return (*self.application.pledgors, self.application.pledgee)

    def pledges_for(self, owner: str, number: str) -> bool:
        """Whether an owner pledges too, or has consented for the right."""
        if any(same_name(owner, party.name) for party in self.application.pledgors):
            return True
        return any(
            right == key(number) and same_name(owner, by) for right, by in self.application.consents
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A ground that holds: for a right as listed, or for the act as a whole."""

    code: str
    weight: Weight
    right: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


def refuse(code: str, right: str | None = None, **facts: Fact) -> Found:
    """A ground on which the office refuses."""
    return Found(code, Weight.REFUSE, right, facts)


def correct(code: str, right: str | None = None, **facts: Fact) -> Found:
    """A defect that may be mended, or a fact on which the parties may insist."""
    return Found(code, Weight.CORRECT, right, facts)
