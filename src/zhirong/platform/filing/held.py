"""Marks, copyrights and data certificates of a matter, entered from their registers' extracts."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import transaction

from zhirong.core.errors import InputError
from zhirong.core.identifiers import certificates, trademarks
from zhirong.core.identifiers.records import IdentifierError
from zhirong.core.identifiers.trademarks import NICE_CLASSES
from zhirong.core.money import Money
from zhirong.filing.forms import RightItem, ValueBasis, ValueStatement
from zhirong.filing.grounds_copyright import COPYRIGHT_KINDS
from zhirong.filing.grounds_trademark import MARK_KINDS
from zhirong.filing.office import Registry
from zhirong.filing.register_view import Owner, RightState, RightView
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.documents.services import NewFile, check_upload, keep
from zhirong.platform.filing.models import HeldRight
from zhirong.platform.matters.visibility import found, matter_for, visible
from zhirong.platform.operations import clock, journal

KINDS: dict[Registry, tuple[str, ...]] = {
    Registry.TRADEMARK: MARK_KINDS,
    Registry.COPYRIGHT: COPYRIGHT_KINDS,
    Registry.DATA: ("data_ip",),
}
# Certificates without a published rule are kept as typed: letters, digits, few signs.
_AS_TYPED = re.compile(r"\w[\w()/.-]{3,39}")


class EnteredRight(Protocol):
    """What pages read of a right that was entered."""

    number: str
    registry: str


class HeldRightError(InputError):
    """A right that cannot be entered so; `reason` says which part."""

    code = "error.held_right"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Not entered: {reason}.", reason=f"error.held_right.{reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRight:
    """A right as the extract of its register shows it, and its stated value.

    Attributes:
        owners: As the register spells them.
        family: Of a mark: numbers of the owner's identical and similar marks on similar goods.
        fingerprint_holds: Of data: whether the fingerprint was recomputed and agrees.
        basis: agreed by the parties, or of an appraisal report of the number.
        extract_id: The document of the matter that shows all of it.
    """

    registry: Registry
    number: str
    name: str
    kind: str
    registered_on: date
    term_end: date
    owners: tuple[str, ...]
    state: RightState
    is_seized: bool
    value: Money
    basis: ValueBasis
    valued_on: date
    seen_on: date
    extract_id: int
    classes: tuple[int, ...] = ()
    family: tuple[str, ...] = ()
    fingerprint_holds: bool | None = None
    report_number: str = ""


def held_rights(number: str, viewer: Viewer) -> tuple[HeldRight, ...]:
    """The rights of a matter that were entered, by number."""
    rows = visible(HeldRight, viewer).filter(matter__number=number, is_withdrawn=False)
    return tuple(rows.select_related("extract"))


@transaction.atomic
def bring(number: str, files: tuple[NewFile, ...], *, actor: Viewer) -> tuple[StoredFile, ...]:
    """The clerk's own documents: extracts of registers, certificates, receipts.

    Raises:
        UploadError: One is empty, too large or of a kind that is not read; then none is kept.
    """
    matter = matter_for(number, actor, Right.FILE)
    for file in files:
        check_upload(file)
    kept = tuple(keep(matter, file, use="office_document", by=actor) for file in files)
    facts = {"names": [file.name for file in kept], "hashes": [file.sha256 for file in kept]}
    journal.record("office_documents_given", by=actor, matter_id=matter.pk, facts=facts)
    return kept


@transaction.atomic
def enter(number: str, new: NewRight, *, actor: Viewer) -> HeldRight:
    """Enter a right, or enter it anew; filings that were made keep what they say.

    Raises:
        NotFoundError: No such matter, or document in it.
        HeldRightError: A part is missing or cannot be.
    """
    matter = matter_for(number, actor, Right.FILE)
    extract = found(StoredFile, actor, pk=new.extract_id, matter=matter, is_withdrawn=False)
    name, classes = _numbered(new)
    _check(new, classes)
    HeldRight.objects.filter(matter=matter, number=name).update(is_withdrawn=True)
    made = HeldRight.objects.create(
        matter=matter,
        registry=new.registry.value,
        number=name,
        name=new.name.strip(),
        kind=new.kind,
        classes=list(classes),
        registered_on=new.registered_on,
        term_end=new.term_end,
        owners=[owner.strip() for owner in new.owners if owner.strip()],
        state=new.state.value,
        is_seized=new.is_seized,
        family=[_mark(item)[0] for item in new.family],
        fingerprint_holds=new.fingerprint_holds,
        value_fen=new.value.fen,
        basis=new.basis.value,
        valued_on=new.valued_on,
        report_number=new.report_number.strip(),
        seen_on=new.seen_on,
        extract=extract,
        entered_by_id=actor.user_id,
        entered_on=clock.today(),
    )
    facts = {"right": made.number, "value_fen": made.value_fen, "document": extract.name}
    journal.record("right_entered", by=actor, matter_id=matter.pk, facts=facts)
    return made


def _numbered(new: NewRight) -> tuple[str, tuple[int, ...]]:
    """The number as its register writes it, and the classes of a mark."""
    if new.registry is Registry.TRADEMARK:
        number, own = _mark(new.number)
        return number, tuple(sorted({*new.classes, *own}))
    if new.kind == "software":
        try:
            return certificates.read_software(new.number).canonical, ()
        except IdentifierError as wrong:
            raise HeldRightError("number") from wrong
    number = new.number.strip()
    if not _AS_TYPED.fullmatch(number):
        raise HeldRightError("number")
    return number, ()


def _mark(text: str) -> tuple[str, tuple[int, ...]]:
    try:
        number, _, nice = trademarks.read(text).canonical.partition("/")
    except IdentifierError as wrong:
        raise HeldRightError("number") from wrong
    return number, (int(nice),) if nice else ()


def _check(new: NewRight, classes: tuple[int, ...]) -> None:
    day, is_mark = clock.today(), new.registry is Registry.TRADEMARK
    is_appraised = new.basis is ValueBasis.APPRAISAL
    wrong = {
        "kind": new.kind not in KINDS.get(new.registry, ()),
        "name": not new.name.strip(),
        "owners": not any(owner.strip() for owner in new.owners),
        "classes": is_mark and not (classes and all(1 <= n <= NICE_CLASSES for n in classes)),
        "term": new.term_end <= new.registered_on,
        "seen_on": new.seen_on > day or new.valued_on > day or new.registered_on > day,
        "value": new.value.fen < 0,
        "report": is_appraised and not new.report_number.strip(),
    }
    for reason, is_wrong in wrong.items():
        if is_wrong:
            raise HeldRightError(reason)


def view_of(right: HeldRight, live_pledges: tuple[str, ...]) -> RightView:
    """A right as the pre-filing check sees it."""
    family = tuple(dict.fromkeys((right.number, *right.family)))
    return RightView(
        number=right.number,
        owners=tuple(Owner(name=name) for name in right.owners),
        seen_on=right.seen_on,
        term_end=right.term_end,
        state=RightState(right.state),
        is_seized=right.is_seized,
        live_pledges=live_pledges,
        family=family if right.registry == Registry.TRADEMARK.value else (),
        hash_matches=right.fingerprint_holds,
    )


def item_of(right: HeldRight) -> RightItem:
    """A right as contract and application list it."""
    return RightItem(
        number=right.number,
        name=right.name,
        kind=right.kind,
        filing_date=None,
        grant_date=right.registered_on,
        classes=tuple(right.classes),
        term_end=right.term_end,
    )


def value_of(rights: tuple[HeldRight, ...]) -> ValueStatement:
    """What the parties state of the value of all: by a report where one covers all of them."""
    reports = {right.report_number for right in rights}
    bases = {right.basis for right in rights}
    is_appraised = bases == {ValueBasis.APPRAISAL.value} and len(reports) == 1
    return ValueStatement(
        amount_fen=sum(right.value_fen for right in rights),
        how=ValueBasis.APPRAISAL if is_appraised else ValueBasis.AGREED,
        dated_on=max(right.valued_on for right in rights),
        report_number=next(iter(reports)) if is_appraised else None,
    )
