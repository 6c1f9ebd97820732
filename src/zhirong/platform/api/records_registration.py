"""What goes in and out about deeds, registrations, rights that are pledged and their changes."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import Field

from zhirong.filing.changing import ChangedPart
from zhirong.filing.correcting import CorrectedPart
from zhirong.filing.documents import DocumentKind
from zhirong.filing.forms import ValueBasis
from zhirong.filing.office import NoticeKind, Registry
from zhirong.filing.register_view import RightState
from zhirong.platform.api.fields import Day, Line, Number, Said, Text, Yuan, YuanGiven
from zhirong.platform.filing.selectors import FilingPage

PLAIN = r"^[^\x00-\x1f\x7f]*$"
RightNumber = Annotated[str, Field(min_length=1, max_length=40, pattern=PLAIN)]
RightNumbers = Annotated[list[RightNumber], Field(max_length=500)]


class Place(Schema):
    """A place for a signature; without a name it is still open."""

    place: int
    organization: str
    organization_id: int
    role: str
    signed_by: str
    signed_on: date | None


class Deed(Schema):
    """A document that parties sign in order; its bytes are those of `file`."""

    number: str
    kind: str
    title: str
    file: int
    is_signed: bool
    made_on: date
    waits_for: int | None
    places: list[Place]


class Proved(Schema):
    """How many rights' fees were open and are proved now."""

    rights: int


class Act(Schema):
    """An act before the office; without its reference it is still on its way."""

    client_reference: str
    kind: str
    office_reference: str
    made_on: date


class Notice(Schema):
    """A notice of the office; `file` holds it where it came as one."""

    notice_no: str
    kind: str
    dated_on: date
    file: int | None


class Change(Schema):
    """One thing that changes: what the register says, and what it shall say."""

    subject: str
    before: str
    after: str


class Amendment(Schema):
    """A change or an extension of a registration, under way or ended."""

    act: str
    kind: str
    state: str
    event_on: date
    due_on: date | None
    ended_on: date | None
    changes: list[Change]
    period_to: date | None
    is_signed: bool


class CorrectedFact(Schema):
    """A fact that was corrected, and the document that shows it."""

    subject: str
    field: str
    before: str
    after: str
    source_id: int
    made_on: date


class Filing(Schema):
    """The registration of one pledge contract as it stands."""

    number: str
    registry: str
    state: str
    registration_no: str
    registered_on: date | None
    expires_on: date | None
    decision_due_on: date | None
    respond_by: date | None
    rights: list[str]
    acts: list[Act]
    notices: list[Notice]
    amendments: list[Amendment]
    corrected: list[CorrectedFact]

    @staticmethod
    def resolve_rights(filing: FilingPage) -> list[str]:
        """The rights by their numbers."""
        return [right.number for right in filing.rights]


class Ground(Schema):
    """A ground that holds against a filing, and how to mend it."""

    ground: str
    severity: str
    right: str | None
    title: Said
    found: Said
    mend: Said


class GivenPaper(Schema):
    """A document of the matter that goes into a package as a kind of paper."""

    kind: DocumentKind
    document: Number


class Insistence(Schema):
    """A ground on which the parties insist."""

    right: RightNumber
    ground: Line


class Consent(Schema):
    """A co-owner's consent to the pledge of a right."""

    right: RightNumber
    by: Line


class FactCorrection(Schema):
    """A fact as it shall read; `document` shows it. Days as 2027-06-30, classes by blanks."""

    subject: RightNumber
    part: CorrectedPart
    after: Line
    document: Number


class Mending(Schema):
    """What a filing shall say from now on, and what is added to it."""

    same_day_statement: bool = True
    insists: Annotated[list[Insistence], Field(max_length=500)] = Field(default_factory=list)
    consents: Annotated[list[Consent], Field(max_length=500)] = Field(default_factory=list)
    papers: Annotated[list[GivenPaper], Field(max_length=50)] = Field(default_factory=list)
    corrections: Annotated[list[FactCorrection], Field(max_length=500)] = Field(
        default_factory=list
    )


class Mended(Schema):
    """Numbers of the deeds that must be signed again."""

    deeds: list[str]


class Chosen(Schema):
    """Numbers of the rights that a filing shall pledge."""

    rights: RightNumbers


class Settled(Schema):
    """Whether the approval stands; where not, the matter is back at its proposal."""

    approval_stands: bool


class ChangeItem(Schema):
    """A part that changes: a name, an address, whole fen, a day, or the rights that stay."""

    # Several numbers or scopes are joined by blanks; `of` is the party of a name or an address.
    part: ChangedPart
    after: Annotated[str, Field(min_length=1, max_length=20_000, pattern=PLAIN)]
    of: Annotated[str, Field(max_length=20, pattern=PLAIN)] = ""


class NewChange(Schema):
    """A change of a registration, since the day of the agreement or event."""

    changed_on: Day
    items: Annotated[list[ChangeItem], Field(min_length=1, max_length=20)]


class NewExtension(Schema):
    """The new last day of a registration with its own period."""

    period_to: Day
    is_creditor_alone: bool = False


class HeldRight(Schema):
    """A mark, copyright or data certificate as it was entered."""

    number: str
    registry: str
    name: str
    kind: str
    classes: list[int]
    registered_on: date
    term_end: date
    owners: list[str]
    state: str
    value: Annotated[Yuan, Field(validation_alias="value_fen")]
    basis: str
    seen_on: date
    extract_id: int


class NewHeldRight(Schema):
    """A right by the extract of its register, a document of the matter."""

    registry: Registry
    number: RightNumber
    name: Line
    kind: Annotated[str, Field(max_length=24, pattern=r"^[a-z_]+$")]
    registered_on: Day
    term_end: Day
    owners: Annotated[list[Line], Field(min_length=1, max_length=20)]
    state: RightState
    is_seized: bool
    value: YuanGiven
    basis: ValueBasis
    valued_on: Day
    seen_on: Day
    extract: Number
    classes: Annotated[list[Annotated[int, Field(ge=1, le=45)]], Field(max_length=45)] = Field(
        default_factory=list
    )
    family: RightNumbers = Field(default_factory=list)
    fingerprint_holds: bool | None = None
    report_number: Annotated[str, Field(max_length=60, pattern=PLAIN)] = ""


class NewPledge(Schema):
    """Rights of one register to be pledged under the line; without an amount, for its limit."""

    registry: Registry
    rights: RightNumbers
    amount: YuanGiven | None = None


class NoticeText(Schema):
    """The whole text of an office's notice."""

    text: Text


class TypedNotice(Schema):
    """A notice as it stands on paper; the rights are those that the office registered."""

    kind: NoticeKind
    notice_no: Annotated[str, Field(min_length=1, max_length=60, pattern=PLAIN)]
    dated_on: Day
    registration_no: Annotated[str, Field(max_length=60, pattern=PLAIN)] = ""
    amount: YuanGiven | None = None
    respond_by: Day | None = None
    expires_on: Day | None = None
    rights: RightNumbers = Field(default_factory=list)
    ground: Text = ""
