"""The forms of acts as records, and their plain JSON.

An `Act` carries its form as plain JSON, so that an office of another maker can read it; here are
the records behind it. Enums travel by value, days as 2026-06-30, absent parts
as null or left out, money as whole fen. A CORRECT act carries the whole mended form of the act
that it answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import cast

from zhirong.core import codec
from zhirong.core.errors import InputError


class FormUnreadableError(InputError):
    """A form that is not in the agreed shape; `detail` names the record and the part."""

    code = "error.form_unreadable"


class ContractKind(StrEnum):
    """For one claim, or for the claims of a period up to a ceiling."""

    ORDINARY = "ordinary"
    MAXIMUM_AMOUNT = "maximum_amount"


class ClaimKind(StrEnum):
    """What kind of claim is secured."""

    LOAN = "loan"
    CREDIT_LINE = "credit_line"
    GUARANTEE_RECOURSE = "guarantee_recourse"
    OTHER = "other"


class Scope(StrEnum):
    """What the pledge secures (Civil Code 389)."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    PENALTY = "penalty"
    DAMAGES = "damages"
    CUSTODY = "custody"
    REALIZATION = "realization"


class Channel(StrEnum):
    """How the act reaches the office."""

    ONLINE = "online"
    POST = "post"
    WINDOW = "window"


class ValueBasis(StrEnum):
    """How the parties came to the value of the rights."""

    APPRAISAL = "appraisal"  # a report is in the package
    AGREED = "agreed"


class CommitmentKind(StrEnum):
    """What a party promises instead of proving it."""

    IDENTITY = "identity"  # identity and authority are true
    DOCUMENTS = "documents"  # documents are true, electronic files equal the originals
    MARKS_TOGETHER = "marks_together"  # all identical and similar marks are pledged together


class CancelGround(StrEnum):
    """Why a registration is canceled."""

    DEBT_PAID = "debt_paid"
    REALIZED = "realized"
    WAIVED = "waived"
    MAIN_CONTRACT_VOID = "main_contract_void"
    OTHER = "other"


class ChangeSubject(StrEnum):
    """What a change is about."""

    PARTY = "party"  # name or address
    AMOUNT = "amount"
    CLAIM_KIND = "claim_kind"
    SCOPE = "scope"
    TERM = "term"
    RIGHTS = "rights"  # partial release or substitution


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who takes part.

    Attributes:
        identifier: Unified social credit code, or number of the identity document.
        is_abroad: Foreign, without residence or office in the mainland: needs an agency.
    """

    name: str
    identifier: str
    address: str
    is_abroad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Agency that files for a party, and the person who handles it."""

    name: str
    identifier: str
    address: str
    handled_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractItems:
    """What the pledge contract says, item by item (announcement 461, art. 8).

    Attributes:
        main_number: Number of the loan or facility contract that is secured.
        amount_fen: Secured amount; of a maximum-amount pledge the ceiling, which carries all.
        debt_to: Last day of the debt term, or of the period in which secured claims arise.
        rights_count: How many rights the contract says it pledges.
        scope: What the pledge secures.
        scope_words: The clause on scope, where the parties wrote their own.
    """

    number: str
    main_number: str
    signed_on: date | None
    kind: ContractKind
    claim_kind: ClaimKind | None
    amount_fen: int | None
    debt_from: date | None
    debt_to: date | None
    rights_count: int | None
    scope: tuple[Scope, ...]
    scope_words: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RightItem:
    """A right as the contract and the application list it.

    Attributes:
        kind: invention, utility_model, design, trademark, collective_mark, certification_mark,
            copyright, software, data_ip.
        filing_date: Of a patent.
        grant_date: Day of the grant's announcement; of another right the day of registration.
        classes: Classes of goods and services, of a mark.
        term_end: Last day of the right, of a mark or a certificate.
    """

    number: str
    name: str
    kind: str
    filing_date: date | None
    grant_date: date | None
    classes: tuple[int, ...] = ()
    term_end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueStatement:
    """The value of the rights, where the parties state one."""

    amount_fen: int
    how: ValueBasis
    dated_on: date | None = None
    report_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insistence:
    """Both parties, told of a ground, insist (same_day_invention, under_invalidation)."""

    right: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A co-owner's signed consent to pledge a right."""

    right: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A signed promise of a party (its identifier)."""

    by: str
    kind: CommitmentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OnBehalf:
    """Who files, and for whom, under a signed authorization (case: the bank for its client)."""

    filer: str
    authorized_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishForm:
    """Application to register a pledge.

    Attributes:
        debtor: May differ from the pledgors.
        same_day_statement: Whether the statement on same-day filings is signed and in the package.
        electronic_list: Name of the file that lists the rights; None where there is none.
        period_from: First day of the registration's own period, where the register knows one.
        period_to: Last day of it; the debt's last day unless the parties chose another.
    """

    pledgors: tuple[Party, ...]
    pledgee: Party
    debtor: Party
    agent: Agent | None
    contract: ContractItems
    rights: tuple[RightItem, ...]
    value: ValueStatement | None
    same_day_statement: bool
    insists: tuple[Insistence, ...]
    consents: tuple[Consent, ...]
    commitments: tuple[Commitment, ...]
    channel: Channel
    on_behalf: OnBehalf | None
    electronic_list: str | None = None
    period_from: date | None = None
    period_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that changes: what the register says, and what it shall say, in words.

    Of AMOUNT both are whole fen as text; of TERM days as 2027-06-30; of RIGHTS the numbers joined
    by a space.
    """

    subject: ChangeSubject
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeForm:
    """Application to change a registration, within the days of the agreement or event."""

    registration_no: str
    pledgors: tuple[Party, ...]
    pledgee: Party
    agent: Agent | None
    changed_on: date
    changes: tuple[Change, ...]
    channel: Channel
    on_behalf: OnBehalf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendForm:
    """Application to extend a registration that has its own period.

    `is_creditor_alone`: the creditor files by itself with a letter of guarantee, the debt unpaid.
    """

    registration_no: str
    pledgors: tuple[Party, ...]
    pledgee: Party
    agent: Agent | None
    period_to: date
    new_period_to: date
    is_creditor_alone: bool
    channel: Channel
    on_behalf: OnBehalf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelForm:
    """Application to cancel a registration.

    `rights`: numbers that are released; all of the registration for a full release.
    """

    registration_no: str
    pledgors: tuple[Party, ...]
    pledgee: Party
    agent: Agent | None
    ground: CancelGround
    ground_on: date
    rights: tuple[str, ...]
    channel: Channel
    on_behalf: OnBehalf | None = None


Form = EstablishForm | ChangeForm | ExtendForm | CancelForm


def encode_form(form: Form) -> Mapping[str, object]:
    """The form as plain JSON: what an `Act` carries."""
    return cast("Mapping[str, object]", codec.encode(form))


def decode_establish(body: Mapping[str, object]) -> EstablishForm:
    """The application to register behind its plain JSON.

    Raises:
        FormUnreadableError: A part is missing, unknown or of another kind.
    """
    return cast("EstablishForm", _decoded(EstablishForm, body))


def decode_change(body: Mapping[str, object]) -> ChangeForm:
    """The application to change behind its plain JSON; errors as `decode_establish`."""
    return cast("ChangeForm", _decoded(ChangeForm, body))


def decode_extend(body: Mapping[str, object]) -> ExtendForm:
    """The application to extend behind its plain JSON; errors as `decode_establish`."""
    return cast("ExtendForm", _decoded(ExtendForm, body))


def decode_cancel(body: Mapping[str, object]) -> CancelForm:
    """The application to cancel behind its plain JSON; errors as `decode_establish`."""
    return cast("CancelForm", _decoded(CancelForm, body))


def _decoded(kind: type[Form], body: Mapping[str, object]) -> object:
    try:
        return codec.decode(kind, dict(body))
    except codec.CodecError as wrong:
        raise FormUnreadableError(str(wrong), detail=str(wrong)) from wrong
