"""What happened to a right, in the register's words made one, with two clocks.

`true_on` is the day from which the event has effect, `known_on` the day on which it could be read
(gazette, notice, retrieval). A table that the package ships turns offices' codes into kinds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhirong.core.sources import Source
from zhirong.parameters.reader import table


class EventKind(StrEnum):
    """The kinds of register events."""

    PUBLISHED = "published"
    EXAMINATION_STARTED = "examination_started"
    GRANTED = "granted"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    TRANSFERRED = "transferred"
    BIBLIOGRAPHIC_CHANGED = "bibliographic_changed"
    CORRECTED = "corrected"
    DECLASSIFIED = "declassified"
    PLEDGE_REGISTERED = "pledge_registered"
    PLEDGE_CHANGED = "pledge_changed"
    PLEDGE_CANCELED = "pledge_canceled"
    LICENSE_RECORDED = "license_recorded"
    LICENSE_CHANGED = "license_changed"
    LICENSE_CANCELED = "license_canceled"
    OPEN_LICENSE_DECLARED = "open_license_declared"
    OPEN_LICENSE_WITHDRAWN = "open_license_withdrawn"
    PRESERVED = "preserved"
    PRESERVATION_RELEASED = "preservation_released"
    OWNERSHIP_SUSPENDED = "ownership_suspended"
    OWNERSHIP_RESUMED = "ownership_resumed"
    INVALIDATION_REQUESTED = "invalidation_requested"
    INVALIDATION_CLOSED = "invalidation_closed"  # right upheld, or request withdrawn
    PARTLY_INVALID = "partly_invalid"
    INVALID_ALL = "invalid_all"
    ABANDONED = "abandoned"
    SAME_DAY_CLOSED = "same_day_closed"  # the invention of the same day was refused or withdrawn
    CEASED_FEE = "ceased_fee"
    TERMINATED = "terminated"  # ended before its term; the register gives no reason
    EXPIRED = "expired"
    RESTORED = "restored"
    FEE_PAID = "fee_paid"
    TERM_ADJUSTED = "term_adjusted"
    TERM_EXTENDED = "term_extended"
    OTHER = "other"


class LicenseKind(StrEnum):
    """Who may use the invention under the license."""

    EXCLUSIVE = "exclusive"
    SOLE = "sole"
    NON_EXCLUSIVE = "non_exclusive"
    COMPULSORY = "compulsory"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEvent:
    """One event of the register.

    Attributes:
        right: Canonical number of the right.
        true_on: First day on which it has effect.
        known_on: First day on which it could be known; may be later (a lapse for unpaid fees) or
            earlier (a license that will start).
        code: The office's own code, where it came with one.
        reference: Contract, notice or decision number; joins a registration and its cancellation.
        contract_from: Day from which a recorded license contract has effect, where it is stated;
            the recordal itself is `true_on`.
        until: First day without effect, where the event states one (license, preservation).
        patent_year: The year whose fee was paid (FEE_PAID only).
        days: Days granted (TERM_ADJUSTED, TERM_EXTENDED only).
    """

    right: str
    kind: EventKind
    true_on: date
    known_on: date
    code: str | None = None
    reference: str | None = None
    party: str | None = None
    license_kind: LicenseKind | None = None
    contract_from: date | None = None
    until: date | None = None
    patent_year: int | None = None
    days: int | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeCode:
    """What an office's code means: kind, and where that meaning was read."""

    code: str
    kind: EventKind
    source: str


def office_codes(authority: str = "CN") -> dict[str, OfficeCode]:
    """The event codes of an authority that have a kind, by code."""
    rows = table("register_event_codes")[authority]
    return {
        str(code): OfficeCode(code=str(code), kind=EventKind(row["kind"]), source=row["source"])
        for code, row in rows.items()
    }


def kind_of(code: str, authority: str = "CN") -> EventKind:
    """The kind of an office's code; OTHER where the table is silent.

    >>> str(kind_of("PE01"))
    'pledge_registered'
    """
    found = office_codes(authority).get(code.strip().upper())
    return found.kind if found else EventKind.OTHER


def known_by(events: Iterable[RegisterEvent], day: date, right: str) -> tuple[RegisterEvent, ...]:
    """The events of a right that could be known on the day, by effect and then by knowledge."""
    known = (event for event in events if event.right == right and event.known_on <= day)
    return tuple(sorted(known, key=lambda event: (event.true_on, event.known_on, event.kind)))
