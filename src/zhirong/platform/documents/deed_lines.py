"""What pages and programs ask about deeds: who signs in which order, whose turn, do they hold."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from zhirong.application.signing import Verification
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents import store
from zhirong.platform.documents.models import Deed, SignaturePlace
from zhirong.platform.documents.signing_house import desk
from zhirong.platform.matters.visibility import visible
from zhirong.platform.operations import clock
from zhirong.platform.words import words

_TAIL = re.compile(r"-(establish|cancel|change-\d+|extend-\d+)-[a-z0-9-]+$")
ROLES = ("deed.role.borrower", "deed.role.lender", "filing.role.pledgor", "filing.role.pledgee")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place for a signature; without a name it is still open.

    Attributes:
        role: As it stands on the document, in Chinese; `role_code` has its words.
    """

    place: int
    organization: str
    organization_id: int
    role: str
    role_code: str
    signed_by: str
    signed_on: date | None
    signed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedLine:
    """A document that parties sign in order; `file` are its bytes as signed so far.

    `kind` is the office's name of it: `filing.document.<kind>` are words.
    """

    kind: str
    title: str
    number: str
    file: int
    made_on: date
    is_signed: bool
    places: tuple[PlaceLine, ...]

    @property
    def short(self) -> str:
        """Number without the file's own name: which of them it is, its kind says."""
        return _TAIL.sub("", self.number)

    @property
    def turn(self) -> PlaceLine | None:
        """Whose turn it is; None once all have signed."""
        return next((place for place in self.places if place.signed_on is None), None)

    @property
    def waits_for(self) -> int | None:
        """Number of the organization whose turn it is; None once all have signed."""
        return self.turn.organization_id if self.turn is not None else None


def deeds_of(number: str, viewer: Viewer) -> tuple[DeedLine, ...]:
    """The deeds of a matter that stand, in the order in which they were made."""
    return tuple(_shown(deed) for deed in _deeds(number, viewer))


def turns_of(deeds: tuple[DeedLine, ...], viewer: Viewer) -> tuple[DeedLine, ...]:
    """The deeds on which it is the turn of a viewer's organization."""
    return tuple(
        deed
        for deed in deeds
        if deed.turn is not None and deed.turn.organization_id == viewer.organization_id
    )


def verified(number: str, viewer: Viewer) -> tuple[tuple[DeedLine, Verification], ...]:
    """Every deed of a matter with what can be said of its signatures, offline, on this day."""
    port, moment = desk(), clock.now()
    return tuple(
        (_shown(deed), port.verify(store.get(deed.file.sha256), at=moment))
        for deed in _deeds(number, viewer)
    )


def _deeds(number: str, viewer: Viewer) -> tuple[Deed, ...]:
    rows = visible(Deed, viewer).filter(matter__number=number, is_withdrawn=False)
    return tuple(
        rows.select_related("file").prefetch_related("places__organization", "places__signed_by")
    )


def _shown(deed: Deed) -> DeedLine:
    return DeedLine(
        kind=deed.kind,
        title=deed.title,
        number=deed.number,
        file=deed.file_id,
        made_on=deed.made_on,
        is_signed=deed.is_signed,
        places=tuple(_place(place) for place in deed.places.all()),
    )


def _place(place: SignaturePlace) -> PlaceLine:
    return PlaceLine(
        place=place.place,
        organization=place.organization.name,
        organization_id=place.organization_id,
        role=place.role,
        role_code=_role(place.role),
        signed_by=place.signed_by.name if place.signed_by is not None else "",
        signed_on=place.signed_on,
        signed_at=place.signed_at,
    )


def _role(text: str) -> str:
    """The code of a role that stands in Chinese on the deed itself."""
    return next((code for code in ROLES if words().label(code, "zh") == text), "deed.role.party")
