"""What the office holds: rights and pledges in its register, acts on its desk, notices it gave."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

_PREFIX = re.compile(r"^(?:CN)?(?:ZL)?(?:CN)?")
_SPACE = re.compile(r"[\s.\-]")


class RightStatus(StrEnum):
    """State of a right in the register."""

    PENDING = "pending"
    GRANTED = "granted"
    ENDED = "ended"
    INVALIDATED = "invalidated"
    CANCELLED = "cancelled"


class Stage(StrEnum):
    """Where an act stands on the office's desk."""

    EXAMINING = "examining"
    AWAITING = "awaiting_correction"
    DONE = "done"
    MERGED = "merged"  # a correction, taken into the act that it answers


@dataclass(frozen=True, slots=True, kw_only=True)
class RightRecord:
    """A right in the office's own register.

    Attributes:
        expires_on: First day without protection; None where none is foreseen.
        fees_paid_until: Last day for which fees are paid; None where none is owed.
        has_same_day_invention: Of a utility model: the same applicant filed the same invention.
        agreed_freely: The co-owners have agreed that each may pledge.
        similar: Numbers of the same owner's identical or similar marks.
    """

    registry: str
    number: str
    name: str
    kind: str
    owners: tuple[str, ...]
    status: RightStatus = RightStatus.GRANTED
    filing_date: date | None = None
    granted_on: date | None = None
    expires_on: date | None = None
    fees_paid_until: date | None = None
    is_disputed: bool = False
    is_preserved: bool = False
    is_under_invalidation: bool = False
    has_same_day_invention: bool = False
    agreed_freely: bool = False
    similar: tuple[str, ...] = ()

    def is_ended(self, day: date) -> bool:
        """Whether the right is over on the day, by its state or by its term."""
        is_over = self.expires_on is not None and self.expires_on <= day
        return is_over or self.status not in (RightStatus.GRANTED, RightStatus.PENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeRecord:
    """A pledge in the office's own register.

    Attributes:
        rights: Numbers as the parties wrote them.
        expires_on: Last day of the registration's own period; None where it has none.
        ended_by: cancelled or revoked; "" while it stands.
    """

    registration_no: str
    registry: str
    rights: tuple[str, ...]
    pledgors: tuple[str, ...]
    pledgee: str
    amount_fen: int | None
    registered_on: date
    claim_kind: str = ""
    contract_kind: str = ""
    scope: str = ""
    debt_to: date | None = None
    expires_on: date | None = None
    ended_by: str = ""
    ended_on: date | None = None
    client_reference: str = ""
    office_reference: str = ""

    def is_live(self, day: date) -> bool:
        """Whether the registration stands on the day."""
        return not self.ended_by and (self.expires_on is None or day <= self.expires_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRecord:
    """An act as it came in.

    Attributes:
        told: Grounds already notified for correction, as code and number of the right.
    """

    office_reference: str
    client_reference: str
    registry: str
    kind: str
    form: Mapping[str, object]
    registration_no: str | None
    answers: str | None
    received_on: date
    stage: Stage
    told: tuple[tuple[str, str], ...] = ()
    round: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundRecord:
    """A ground as the office writes it into a notice."""

    code: str
    right_number: str | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRecord:
    """A notice as the office sends it; `text` is its page."""

    notice_no: str
    office_reference: str
    client_reference: str
    kind: str
    dated_on: date
    registration_no: str | None = None
    grounds: tuple[GroundRecord, ...] = ()
    respond_by: date | None = None
    effective_on: date | None = None
    registered: Mapping[str, object] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightEvent:
    """Something that happens to a right, or to a registration, on a day.

    Attributes:
        kind: A kind of `right_events`.
        owners: The new ones, of a transfer.
        until: Of fees paid: for which time.
        ground: Of a revocation: the ground's code.
    """

    on: date
    registry: str
    right: str
    kind: str
    owners: tuple[str, ...] = ()
    until: date | None = None
    ground: str = ""


def key(number: str) -> str:
    """The number by which the office finds a right: capitals, without letters of kind and dots.

    >>> key("ＺＬ 201710601862.3")
    '2017106018623'
    """
    return _PREFIX.sub("", _SPACE.sub("", unicodedata.normalize("NFKC", number)).upper())


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name: brackets and spaces do not tell names apart.

    >>> same_name("甬江精密（宁波）有限公司", "甬江精密(宁波)有限公司 ")
    True
    """
    return _spelled(one) == _spelled(other)


def _spelled(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def day_before(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)
