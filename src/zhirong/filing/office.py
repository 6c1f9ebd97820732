"""The protocol of a registration office: acts go in, notices come out.

Whoever stands behind it (a sandbox over HTTP, a package carried by hand) keeps three promises: an
act is done once for a client reference; `find` tells whether an act has arrived, so that a caller
can ask before it sends again; and notices are numbered by the office, but may come twice or out of
order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from zhirong.core.errors import RegisterError
from zhirong.core.hashes import sha256, sm3


class Registry(StrEnum):
    """The register that takes the pledge."""

    PATENT = "patent"
    TRADEMARK = "trademark"
    COPYRIGHT = "copyright"
    DATA = "data"  # a provincial platform: a record, no effect in rem


class ActKind(StrEnum):
    """What is asked of the office."""

    ESTABLISH = "establish"
    CHANGE = "change"
    EXTEND = "extend"
    CANCEL = "cancel"
    CORRECT = "correct"  # answers a correction notice


class NoticeKind(StrEnum):
    """What the office says."""

    ACCEPTED = "accepted"
    CORRECTION = "correction"
    REGISTERED = "registered"
    REFUSED = "refused"
    CHANGED = "changed"
    EXTENDED = "extended"
    CANCELLED = "cancelled"
    REVOKED = "revoked"  # void from the start
    RIGHT_EVENT = "right_event"  # invalidation filed, fee unpaid, right ended: not an answer


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file of a package: its name and its bytes."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, lower-case hexadecimal."""
        return sha256(self.content)

    @property
    def sm3(self) -> str:
        """SM3 (GB/T 32905) of the bytes, lower-case hexadecimal."""
        return sm3(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act before an office.

    Attributes:
        client_reference: Ours; the office echoes it and does the act once.
        form: The application as plain JSON; `forms` writes and reads it.
        registration_no: Of the registration that is changed, extended or canceled.
        answers: For a CORRECT, the office reference of the act that it mends; its form is the
            whole mended form of that act.
    """

    client_reference: str
    registry: Registry
    kind: ActKind
    form: Mapping[str, object]
    files: tuple[PackageFile, ...] = ()
    registration_no: str | None = None
    answers: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The office has the act; nothing is decided yet."""

    client_reference: str
    office_reference: str
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Why the office refuses, revokes or asks for a correction.

    `code` is the office's own (461.11.4, 358.8.1 ...); `words` are as the office wrote them.
    """

    code: str
    right_number: str | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What an office says about an act, or of itself.

    Attributes:
        notice_no: The office's number; the same number twice is the same notice.
        office_reference: Of the act it answers.
        client_reference: Ours, of that act; "" where the office echoes none.
        respond_by: The last day for an answer, on a correction notice.
        effective_on: The day of registration, change, cancellation ...; from then the law counts.
        registered: What the register says now: `registered_of` reads it.
        content: The notice itself (PDF), where the office sends one.
    """

    notice_no: str
    office_reference: str
    client_reference: str
    kind: NoticeKind
    dated_on: date
    registration_no: str | None = None
    grounds: tuple[Ground, ...] = ()
    respond_by: date | None = None
    effective_on: date | None = None
    registered: Mapping[str, object] = field(default_factory=dict)
    content: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What the register says of a pledge.

    Attributes:
        amount_fen: Secured amount, or the ceiling of a maximum-amount pledge.
        rights: Numbers of the rights, as registered.
        expires_on: Last day of the registration's own period (marks); None where it has none.
    """

    amount_fen: int | None
    rights: tuple[str, ...]
    expires_on: date | None = None


class OfficeDownError(RegisterError):
    """The office does not answer now; the act may or may not have arrived: ask, then try again."""

    code = "error.office_down"

    def __init__(self, office: str, reason: str) -> None:
        super().__init__(
            f"{office} does not answer ({reason}): ask for the receipt before sending again.",
            office=office,
            reason=reason,
        )


class OfficeRejectedError(RegisterError):
    """The office could not read the act; nothing was taken in, and sending it again is useless."""

    code = "error.office_rejected"

    def __init__(self, office: str, reason: str) -> None:
        super().__init__(f"{office} rejects the act: {reason}.", office=office, reason=reason)


class NoticeUnreadableError(RegisterError):
    """A notice whose register entry is not in the agreed form."""

    code = "error.notice_unreadable"

    def __init__(self, notice_no: str, part: str) -> None:
        super().__init__(
            f"Notice {notice_no}: {part} cannot be read; enter it by hand from the notice.",
            notice_no=notice_no,
            part=part,
        )


class Office(Protocol):
    """A registration office as seen from here."""

    def submit(self, act: Act) -> Receipt:
        """Put an act before the office; the same reference again gives the same receipt.

        Raises:
            OfficeDownError: No answer: ask `find`, then try again later.
            OfficeRejectedError: The act is malformed; the error says what.
        """
        ...

    def find(self, client_reference: str) -> Receipt | None:
        """The receipt of an act that has arrived; None where it has not.

        Raises:
            OfficeDownError: No answer.
        """
        ...

    def notices(self, *, after: int) -> tuple[tuple[int, Notice], ...]:
        """Notices behind a cursor, each with its own cursor, in the order the office gives them.

        They may be duplicated or out of order.

        Raises:
            OfficeDownError: No answer.
        """
        ...


def registered_of(notice: Notice) -> Registered:
    """What a notice says is now in the register.

    Its body is `{"amount_fen": int | null, "rights": [number ...], "expires_on": "2027-06-30"}`.

    Raises:
        NoticeUnreadableError: A part is missing or of another kind.
    """
    body = notice.registered
    amount = body.get("amount_fen")
    rights = body.get("rights")
    expires = body.get("expires_on")
    if not (amount is None or (isinstance(amount, int) and not isinstance(amount, bool))):
        raise NoticeUnreadableError(notice.notice_no, "amount_fen")
    if not isinstance(rights, list | tuple) or not all(isinstance(item, str) for item in rights):
        raise NoticeUnreadableError(notice.notice_no, "rights")
    return Registered(
        amount_fen=amount,
        rights=tuple(rights),
        expires_on=None if expires is None else _day(notice, str(expires)),
    )


def _day(notice: Notice, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise NoticeUnreadableError(notice.notice_no, "expires_on") from wrong
