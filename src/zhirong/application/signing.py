"""What is signed, by whom, in which order; and what is found when signatures are verified.

The records are shared by the adapters that sign and verify, by the command line and by pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from zhirong.core.messages import Fact, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """A party that signs: organization, credit code, and in which role, in words of the contract.

    `person` is who acts for the organization; empty where the seal alone signs.
    """

    organization: str
    identifier: str
    role: str
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningRequest:
    """One signature to be made.

    Attributes:
        signatories: All parties of the contract, in the order in which they sign.
        signatory: Whose turn the caller believes it is.
        expected_sha256: Of the file as it was last stored; another file is refused.
        reason: Why the party signs, in words of the contract.
        at: The clock's time, aware.
    """

    signatories: tuple[Signatory, ...]
    signatory: Signatory
    expected_sha256: str
    reason: str
    at: datetime


class Kind(StrEnum):
    """What kind of file was verified."""

    PDF = "pdf"
    EVIDENCE = "evidence"
    MANIFEST = "manifest"
    UNKNOWN = "unknown"


class Clock(StrEnum):
    """Where the time of a time stamp comes from."""

    REAL = "real"
    DEMONSTRATION = "demonstration"
    UNKNOWN = "unknown"


class Coverage(StrEnum):
    """How much of the file a signature covers."""

    WHOLE_FILE = "whole_file"
    REVISION = "revision"
    UNCLEAR = "unclear"


class Change(StrEnum):
    """What was done to the file after a signature."""

    NONE = "none"
    SIGNATURES_ONLY = "signatures_only"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why something is not valid: the code of its words, and their facts."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def message(self) -> Message:
        """The problem as a message of the catalog."""
        return Message(self.code, self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStamp:
    """A time stamp that was verified: when, by whom, and by which clock."""

    at: datetime
    authority: str
    clock: Clock
    is_trusted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureCheck:
    """What is found of one signature.

    Attributes:
        number: Place in the order of signing, from 1.
        is_stamp: A time stamp over the whole file, not a party's signature.
        organization: Holder of the certificate.
        identifier: Its credit code; empty where the certificate has none.
        person: Who acted, as the signature claims.
        chain: Names from the issuer of the certificate up to the trusted root.
        is_demonstration: The certificate was issued by a demonstration authority.
        claimed_at: The signer's own clock.
        stamp: The time stamp of the signature; None where it has none.
        is_revocation_checked: A list of revoked certificates was at hand for the chain.
        revision: Revision of the file that the signature made, from 1, of `revisions`.
        problems: Why it is not valid; empty where it is.
    """

    number: int
    is_stamp: bool = False
    organization: str
    identifier: str = ""
    person: str = ""
    role: str = ""
    reason: str = ""
    issuer: str = ""
    chain: tuple[str, ...] = ()
    serial: str = ""
    is_demonstration: bool = False
    claimed_at: datetime | None = None
    stamp: TimeStamp | None = None
    is_revocation_checked: bool = False
    coverage: Coverage = Coverage.UNCLEAR
    revision: int = 0
    revisions: int = 0
    change: Change = Change.NONE
    problems: tuple[Problem, ...] = ()

    @property
    def is_valid(self) -> bool:
        """The bottom line of this signature."""
        return not self.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCheck:
    """What is found of one file that a manifest names."""

    name: str
    size: int
    sha256: str
    sm3: str
    problems: tuple[Problem, ...] = ()
    inner: "Verification | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What is found of a file: the bottom line, each signature, each file inside."""

    kind: Kind
    name: str
    size: int
    sha256: str
    sm3: str
    signatures: tuple[SignatureCheck, ...] = ()
    files: tuple[FileCheck, ...] = ()
    stamp: TimeStamp | None = None
    sm2_key: str = ""
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether not a byte was changed and every signature holds."""
        signed = bool(self.signatures)
        parts = all(check.is_valid for check in self.signatures)
        files = all(
            not check.problems and (check.inner is None or check.inner.is_valid)
            for check in self.files
        )
        return signed and parts and files and not self.problems

    @property
    def is_demonstration(self) -> bool:
        """Whether any certificate or clock is of a demonstration: without legal effect."""
        stamps = [self.stamp, *(check.stamp for check in self.signatures)]
        return any(check.is_demonstration for check in self.signatures) or any(
            stamp is not None and stamp.clock is Clock.DEMONSTRATION for stamp in stamps
        )
