"""What the API takes and gives: deeds, registrations and pledged rights.

Dictionaries with known keys, made from the API's description. Amounts are yuan with two decimals
as text, days are ISO dates.
"""

from typing import Literal, NotRequired, TypedDict

from zhirong.client_matters import Said


class Act(TypedDict):
    """An act before the office; without its reference it is still on its way."""

    client_reference: str
    kind: str
    office_reference: str
    made_on: str


class Change(TypedDict):
    """One thing that changes: what the register says, and what it shall say."""

    subject: str
    before: str
    after: str


ChangedPart = Literal["name", "address", "amount", "claim_kind", "scope", "term", "rights"]


class Chosen(TypedDict):
    """Numbers of the rights that a filing shall pledge."""

    rights: list[str]


class Consent(TypedDict):
    """A co-owner's consent to the pledge of a right."""

    right: str
    by: str


class CorrectedFact(TypedDict):
    """A fact that was corrected, and the document that shows it."""

    subject: str
    field: str
    before: str
    after: str
    source_id: int
    made_on: str


CorrectedPart = Literal["name", "filing_date", "grant_date", "term_end", "classes", "address"]


class Place(TypedDict):
    """A place for a signature; without a name it is still open."""

    place: int
    organization: str
    organization_id: int
    role: str
    signed_by: str
    signed_on: str | None


DocumentKind = Literal[
    "application",
    "pledge_contract",
    "main_contract",
    "identity",
    "commitment",
    "authorization",
    "same_day_statement",
    "electronic_list",
    "appraisal",
    "value_agreement",
    "consent",
    "insistence",
    "licenses",
    "translation",
    "certificate",
    "source_statement",
    "effect_statement",
    "change_agreement",
    "proof",
    "guarantee_letter",
]


class Notice(TypedDict):
    """A notice of the office; `file` holds it where it came as one."""

    notice_no: str
    kind: str
    dated_on: str
    file: int | None


class HeldRight(TypedDict):
    """A mark, copyright or data certificate as it was entered."""

    number: str
    registry: str
    name: str
    kind: str
    classes: list[int]
    registered_on: str
    term_end: str
    owners: list[str]
    state: str
    value: str
    basis: str
    seen_on: str
    extract_id: int


class Insistence(TypedDict):
    """A ground on which the parties insist."""

    right: str
    ground: str


class Mended(TypedDict):
    """Numbers of the deeds that must be signed again."""

    deeds: list[str]


class NewExtension(TypedDict):
    """The new last day of a registration with its own period."""

    period_to: str
    is_creditor_alone: NotRequired[bool]


Registry = Literal["patent", "trademark", "copyright", "data"]


RightState = Literal["in_force", "pending", "expired", "canceled", "invalid"]


ValueBasis = Literal["appraisal", "agreed"]


NoticeKind = Literal[
    "accepted",
    "correction",
    "registered",
    "refused",
    "changed",
    "extended",
    "cancelled",
    "revoked",
    "right_event",
]


class NoticeText(TypedDict):
    """The whole text of an office's notice."""

    text: str


class Proved(TypedDict):
    """How many rights' fees were open and are proved now."""

    rights: int


class Settled(TypedDict):
    """Whether the approval stands; where not, the matter is back at its proposal."""

    approval_stands: bool


class Amendment(TypedDict):
    """A change or an extension of a registration, under way or ended."""

    act: str
    kind: str
    state: str
    event_on: str
    due_on: str | None
    ended_on: str | None
    changes: list[Change]
    period_to: str | None
    is_signed: bool


class ChangeItem(TypedDict):
    """A part that changes: a name, an address, whole fen, a day, or the rights that stay."""

    part: ChangedPart
    after: str
    of: NotRequired[str]


class FactCorrection(TypedDict):
    """A fact as it shall read; `document` shows it. Days as 2027-06-30, classes by blanks."""

    subject: str
    part: CorrectedPart
    after: str
    document: int


class Deed(TypedDict):
    """A document that parties sign in order; its bytes are those of `file`."""

    number: str
    kind: str
    title: str
    file: int
    is_signed: bool
    made_on: str
    waits_for: int | None
    places: list[Place]


class GivenPaper(TypedDict):
    """A document of the matter that goes into a package as a kind of paper."""

    kind: DocumentKind
    document: int


class Ground(TypedDict):
    """A ground that holds against a filing, and how to mend it."""

    ground: str
    severity: str
    right: str | None
    title: Said
    found: Said
    mend: Said


class NewPledge(TypedDict):
    """Rights of one register to be pledged under the line; without an amount, for its limit."""

    registry: Registry
    rights: list[str]
    amount: NotRequired[str | None]


class NewHeldRight(TypedDict):
    """A right by the extract of its register, a document of the matter."""

    registry: Registry
    number: str
    name: str
    kind: str
    registered_on: str
    term_end: str
    owners: list[str]
    state: RightState
    is_seized: bool
    value: str
    basis: ValueBasis
    valued_on: str
    seen_on: str
    extract: int
    classes: NotRequired[list[int]]
    family: NotRequired[list[str]]
    fingerprint_holds: NotRequired[bool | None]
    report_number: NotRequired[str]


class TypedNotice(TypedDict):
    """A notice as it stands on paper; the rights are those that the office registered."""

    kind: NoticeKind
    notice_no: str
    dated_on: str
    registration_no: NotRequired[str]
    amount: NotRequired[str | None]
    respond_by: NotRequired[str | None]
    expires_on: NotRequired[str | None]
    rights: NotRequired[list[str]]
    ground: NotRequired[str]


class Filing(TypedDict):
    """The registration of one pledge contract as it stands."""

    number: str
    registry: str
    state: str
    registration_no: str
    registered_on: str | None
    expires_on: str | None
    decision_due_on: str | None
    respond_by: str | None
    rights: list[str]
    acts: list[Act]
    notices: list[Notice]
    amendments: list[Amendment]
    corrected: list[CorrectedFact]


class NewChange(TypedDict):
    """A change of a registration, since the day of the agreement or event."""

    changed_on: str
    items: list[ChangeItem]


class Mending(TypedDict):
    """What a filing shall say from now on, and what is added to it."""

    same_day_statement: NotRequired[bool]
    insists: NotRequired[list[Insistence]]
    consents: NotRequired[list[Consent]]
    papers: NotRequired[list[GivenPaper]]
    corrections: NotRequired[list[FactCorrection]]
