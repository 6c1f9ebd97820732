"""What reading a number gives, and how it fails."""

from dataclasses import dataclass
from enum import StrEnum

from zhirong.core.errors import InputError
from zhirong.core.messages import Message


class Scheme(StrEnum):
    """The families of numbers that are told apart."""

    PATENT_APPLICATION = "patent_application"
    PATENT_PUBLICATION = "patent_publication"
    PCT_APPLICATION = "pct_application"
    PCT_PUBLICATION = "pct_publication"
    HAGUE_REGISTRATION = "hague_registration"
    TRADEMARK = "trademark"
    CREDIT_CODE = "credit_code"
    ORGANIZATION_CODE = "organization_code"
    SOFTWARE_CERTIFICATE = "software_certificate"
    HIGH_TECH_CERTIFICATE = "high_tech_certificate"


class Check(StrEnum):
    """What the check digit said."""

    PASSED = "passed"
    FAILED = "failed"
    ADDED = "added"  # the text had none; it was computed
    NONE = "none"  # the scheme has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number as read.

    Attributes:
        canonical: For storage and joins: no dots, no prefix that says nothing.
        display: As people write it.
        kind: Kind of right where the number tells it (invention, utility_model, design, ...).
        stage: For publications: application, grant, partly_invalid, correction.
        year: Year of filing or registration where the number tells it.
        check_given: The check digit in the text; empty where there was none.
        check_expected: The check digit by computation; empty where the scheme has none.
        mend: A spelling that would pass, where the text fails; a proposal, not a fact.
    """

    scheme: Scheme
    canonical: str
    display: str
    check: Check = Check.NONE
    kind: str = ""
    stage: str = ""
    year: int | None = None
    check_given: str = ""
    check_expected: str = ""
    mend: str = ""
    warnings: tuple[Message, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing speaks against the number."""
        return self.check is not Check.FAILED

    @property
    def is_refused(self) -> bool:
        """Whether the failed check digit speaks against taking the number.

        Some genuine early credit codes fail theirs: of these a failure is a warning only.
        """
        warned = (Scheme.CREDIT_CODE, Scheme.ORGANIZATION_CODE)
        return not self.is_sound and self.scheme not in warned


class IdentifierError(InputError):
    """A text that is no number of the scheme asked for.

    `mend` proposes what to do or a spelling that would pass; it may be empty.
    """

    code = "error.identifier"

    def __init__(self, text: str, *, scheme: str, mend: str = "") -> None:
        hint = f" Did you mean {mend}?" if mend else ""
        super().__init__(
            f"{text!r} is not a number of the scheme {scheme}.{hint}",
            text=text,
            scheme=f"identifier.scheme.{scheme}",
            mend=mend,
        )


class CheckDigitError(IdentifierError):
    """The check digit does not agree with the other digits."""

    code = "error.check_digit"

    def __init__(self, text: str, *, expected: str, given: str, scheme: str) -> None:
        super().__init__(text, scheme=scheme)
        self.facts = {**self.facts, "expected": expected, "given": given}


class LostDigitsError(IdentifierError):
    """A spreadsheet saved the number as a power of ten: its last digits are gone."""

    code = "error.lost_digits"


class UnknownIdentifierError(IdentifierError):
    """The text follows none of the schemes."""

    code = "error.unknown_identifier"

    def __init__(self, text: str) -> None:
        super().__init__(text, scheme="any")
