"""Deeds: made ready with places for signatures, signed in order, sealed once all have signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from zhirong.application.ports import ContractSigning
from zhirong.application.signing import Signatory, SigningRequest, Verification
from zhirong.core.errors import StateError
from zhirong.core.hashes import sha256
from zhirong.platform.accounts.models import Organization
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents import store
from zhirong.platform.documents.models import Deed, SignaturePlace
from zhirong.platform.documents.services import NewFile, keep
from zhirong.platform.documents.signing_house import desk
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.actor import Actor
from zhirong.platform.words import words

PDF = "application/pdf"


class SigningTurnError(StateError):
    """Nothing for the organization to sign now; `waiting_for` names whose turn it is."""

    code = "error.signing_turn"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeed:
    """A document to be signed.

    Args:
        kind: As the office knows it.
        title: In Chinese: it stands on the signing page.
        number: Of the document.
        content: The unsigned PDF.
        parties: Who signs, in order: organization and role in words.
    """

    kind: str
    title: str
    number: str
    content: bytes
    parties: tuple[tuple[Organization, str], ...]


def make(matter: Matter, deeds: Sequence[NewDeed], *, by: Actor) -> tuple[Deed, ...]:
    """Make deeds ready for their signatures, inside the transaction they belong to."""
    made = []
    for new in deeds:
        signatories = tuple(_signatory(party, role) for party, role in new.parties)
        prepared = desk().prepare(
            new.content, title=new.title, number=new.number, signatories=signatories
        )
        file = NewFile(name=f"{new.number}.pdf", content=prepared, media_type=PDF)
        deed = Deed.objects.create(
            matter=matter,
            kind=new.kind,
            title=new.title,
            number=new.number,
            file=keep(matter, file, use="deed", by=by),
            unsigned_sha256=sha256(new.content),
            made_on=clock.today(),
        )
        SignaturePlace.objects.bulk_create(
            SignaturePlace(deed=deed, place=place, organization=party, role=role)
            for place, (party, role) in enumerate(new.parties, 1)
        )
        made.append(deed)
    return tuple(made)


def _signatory(party: Organization, role: str, person: str = "") -> Signatory:
    return Signatory(organization=party.name, identifier=party.identifier, role=role, person=person)


def _request(deed: Deed, place: SignaturePlace, person: str) -> SigningRequest:
    places = deed.places.select_related("organization", "signed_by")
    names = {item.place: item.signed_by.name for item in places if item.signed_by is not None}
    signatories = tuple(
        _signatory(item.organization, item.role, names.get(item.place, ""))
        if item.place != place.place
        else _signatory(item.organization, item.role, person)
        for item in places
    )
    return SigningRequest(
        signatories=signatories,
        signatory=signatories[place.place - 1],
        expected_sha256=deed.file.sha256,
        reason=words().label("deed.reason", "zh"),
        at=clock.now(),
    )


def waiting_for(deed: Deed) -> SignaturePlace | None:
    """The place whose turn it is; None once all have signed."""
    return deed.places.filter(signed_on=None).first()


@transaction.atomic
def sign_all(matter: Matter, *, actor: Viewer) -> bool:
    """Sign every deed of a matter on which it is the organization's turn.

    Gives whether now every deed is signed by all. The caller has checked the person's right.

    Raises:
        SigningTurnError: It is nobody's turn of this organization.
        SigningRefusedError: A document is not what was stored, or its signatures do not verify.
    """
    open_deeds = Deed.objects.select_for_update().filter(
        matter=matter, is_signed=False, is_withdrawn=False
    )
    mine = [
        (deed, place)
        for deed in open_deeds
        if (place := waiting_for(deed)) is not None
        and place.organization_id == actor.organization_id
    ]
    if not mine:
        turns = {place.organization.name for deed in open_deeds if (place := waiting_for(deed))}
        raise SigningTurnError("Not this organization's turn.", waiting_for=tuple(sorted(turns)))
    port = desk()
    for deed, place in mine:
        _sign(port, deed, place, actor)
    facts = {"deeds": [deed.number for deed, _ in mine]}
    journal.record("deeds_signed", by=actor, matter_id=matter.pk, facts=facts)
    return not Deed.objects.filter(matter=matter, is_signed=False, is_withdrawn=False).exists()


def _sign(port: ContractSigning, deed: Deed, place: SignaturePlace, actor: Viewer) -> None:
    content = port.sign(store.get(deed.file.sha256), _request(deed, place, actor.name))
    place.signed_by_id, place.signed_on = actor.user_id, clock.today()
    place.signed_at = clock.now()
    place.save()
    if waiting_for(deed) is None:
        content = port.seal(content, expected_sha256=sha256(content), at=clock.now())
        deed.is_signed = True
    file = NewFile(name=deed.file.name, content=content, media_type=PDF)
    deed.file = keep(deed.matter, file, use="deed", by=actor)
    deed.save()


def verify(deed: Deed) -> Verification:
    """What can be said of a deed's signatures, offline, on this day."""
    return desk().verify(store.get(deed.file.sha256), at=clock.now())
