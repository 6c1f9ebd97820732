"""What the registers say of a right on the day of filing: the linter's input, mapped from outside.

Whether a patent's legal state allows a pledge is decided once, by the gates of due diligence; the
outcome comes in here as data (`GateOutcome`) and is not decided again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class GateAnswer(StrEnum):
    """Whether a rule lets the pledge be registered."""

    NO = "no"
    NOT_KNOWN = "not_known"
    CONDITIONAL = "conditional"
    YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateOutcome:
    """A rule of the gates, as to registering a pledge.

    Attributes:
        row: State, overlay or check that the rule is of.
        law: Code of its legal source; the linter's grounds are found by it.
        condition: What is asked for; "" where nothing is.
        is_fulfilled: The condition is met by a paper on file.
    """

    row: str
    answer: GateAnswer
    law: str
    condition: str = ""
    is_fulfilled: bool = False


class RightState(StrEnum):
    """State in the register of a right that the gates do not cover (marks, copyright, data)."""

    IN_FORCE = "in_force"
    PENDING = "pending"
    EXPIRED = "expired"
    CANCELED = "canceled"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """An owner as the register spells it."""

    name: str
    identifier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightView:
    """A right as the registers show it on a day.

    Attributes:
        term_end: Last day of the right or certificate; of a mark, unless renewed.
        gates: Outcome of the gates for a patent; empty where due diligence has not run.
        state: Of a mark, copyright or data certificate; None where it is not known.
        is_seized: Preserved or frozen by a court; None where it is not known.
        live_pledges: Registration numbers of other pledges that live on the right.
        family: Numbers of the same owner's identical and similar marks on same or similar goods,
            this one included; empty where they were not searched.
        licenses: Licenses granted before, by contract number.
        filing_date: As registered, of a patent; None where it was not read.
        grant_date: As registered; None where it was not read.
        hash_matches: Whether the deposited data's fingerprint was recomputed and agrees.
    """

    number: str
    owners: tuple[Owner, ...]
    seen_on: date
    term_end: date | None
    gates: tuple[GateOutcome, ...] = ()
    state: RightState | None = None
    is_seized: bool | None = None
    live_pledges: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    licenses: tuple[str, ...] = ()
    filing_date: date | None = None
    grant_date: date | None = None
    hash_matches: bool | None = None

    def under(self, laws: Iterable[str]) -> tuple[GateOutcome, ...]:
        """The gate outcomes that rest on one of the legal sources."""
        wanted = frozenset(laws)
        return tuple(item for item in self.gates if item.law in wanted)
