"""A filing is mended: what it says beside its contract, further papers, and its papers anew.

Before it is filed for the first time, or after the office asked for a correction. What the mended
form does not touch keeps its day and its signatures; the rest is signed again before it goes out.
"""

from dataclasses import dataclass, replace

from django.db import transaction

from zhirong.core.errors import InputError, StateError
from zhirong.filing.correcting import CorrectedPart, Correction, correct
from zhirong.filing.documents import DocumentKind
from zhirong.filing.forms import Consent, Insistence
from zhirong.filing.states import State
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents.models import Deed, StoredFile
from zhirong.platform.filing.coding import contract_of, extras_of, plain
from zhirong.platform.filing.models import (
    CorrectedField,
    Filing,
    HeldRight,
    PledgedRight,
)
from zhirong.platform.filing.preparing import ESTABLISH, add_given, make_papers
from zhirong.platform.filing.sending import locked
from zhirong.platform.matters.visibility import found, matter_for
from zhirong.platform.operations import clock, journal

GROUNDS = ("same_day_invention", "under_invalidation")
# Papers that nobody here makes: the office may ask for them, somebody gives them.
GIVEN = (
    DocumentKind.CONSENT,
    DocumentKind.APPRAISAL,
    DocumentKind.IDENTITY,
    DocumentKind.LICENSES,
    DocumentKind.TRANSLATION,
    DocumentKind.MAIN_CONTRACT,
    DocumentKind.PROOF,
    DocumentKind.CERTIFICATE,
)
MENDABLE = (State.DRAFT, State.CORRECTION)


class MendingError(InputError):
    """What was entered cannot mend the filing; `reason` says which part."""

    code = "error.mending"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Not mended: {reason}.", reason=f"error.mending.{reason}")


class NotMendableError(StateError):
    """The filing lies with the office, or is over."""

    code = "error.not_mendable"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenPaper:
    """A document of the matter that goes into the package as a kind of paper."""

    kind: DocumentKind
    document_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedCorrection:
    """A fact to be corrected, with the document of the matter that shows it."""

    correction: Correction
    document_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What the filing shall say from now on, and what is added to it.

    Attributes:
        insists: On which grounds the parties insist; the letter is made anew with it.
        consents: Of co-owners, beside those given before.
        papers: Further papers.
        corrections: Facts of rights and parties that read otherwise in the register.
    """

    same_day_statement: bool
    insists: tuple[Insistence, ...] = ()
    consents: tuple[Consent, ...] = ()
    papers: tuple[GivenPaper, ...] = ()
    corrections: tuple[SourcedCorrection, ...] = ()


@transaction.atomic
def mend(number: str, filing_number: str, mending: Mending, *, actor: Viewer) -> tuple[str, ...]:
    """Mend a filing; gives the numbers of the papers that must be signed again.

    Raises:
        NotFoundError: No such filing, or document, in the matter.
        NotMendableError: It lies with the office, or is over.
        MendingError: A right that it does not hold, or a consent without its paper.
        CorrectionError: A fact that is not there, or no value of its kind.
    """
    matter = matter_for(number, actor, Right.FILE)
    filing = locked(found(Filing, actor, matter=matter, number=filing_number).pk)
    if filing.state not in {state.value for state in MENDABLE}:
        state = f"filing.state.{filing.state}"
        raise NotMendableError(f"{filing.number} is {filing.state}.", state=state)
    for paper in mending.papers:
        _give(filing, paper, actor)
    _check(filing, mending)
    extras = extras_of(filing)
    consents = {(item.right, item.by): item for item in (*extras.consents, *mending.consents)}
    filing.extras = plain(
        replace(
            extras,
            same_day_statement=mending.same_day_statement,
            insists=mending.insists,
            consents=tuple(consents.values()),
        )
    )
    filing.save(update_fields=["extras"])
    for item in mending.corrections:
        _correct(filing, item, actor)
    make_papers(filing, by=actor)
    deeds = Deed.objects.filter(matter=matter, is_signed=False, is_withdrawn=False)
    again = tuple(deeds.filter(filingdocument__filing=filing).values_list("number", flat=True))
    facts = {"filing": filing.number, "deeds": list(again)}
    journal.record("filing_mended", by=actor, matter_id=matter.pk, facts=facts)
    return again


def _check(filing: Filing, mending: Mending) -> None:
    rights = {right.number for right in contract_of(filing).rights}
    if any(item.right not in rights or item.ground not in GROUNDS for item in mending.insists):
        raise MendingError("insists")
    if any(item.right not in rights or not item.by for item in mending.consents):
        raise MendingError("consents")
    consents = filing.papers.filter(kind=DocumentKind.CONSENT.value, is_withdrawn=False)
    if mending.consents and not consents.exists():
        raise MendingError("consent_paper")


def _correct(filing: Filing, item: SourcedCorrection, actor: Viewer) -> None:
    """Correct a fact in contract and application, and keep what shows it."""
    facts = {"matter": filing.matter, "is_withdrawn": False}
    source = found(StoredFile, actor, pk=item.document_id, **facts)
    wanted = item.correction
    made = correct(contract_of(filing), wanted)
    filing.contract = plain(made.contract)
    filing.save(update_fields=["contract"])
    _correct_rows(filing, wanted)
    CorrectedField.objects.create(
        filing=filing,
        subject=wanted.subject,
        field=wanted.part.value,
        before=made.before,
        after=wanted.after.strip(),
        source=source,
        made_by_id=actor.user_id,
        made_on=clock.today(),
    )
    told = {"filing": filing.number, "subject": wanted.subject, "document": source.name}
    journal.record("fact_corrected", by=actor, matter_id=filing.matter_id, facts=told)


def _correct_rows(filing: Filing, wanted: Correction) -> None:
    """What the desk shows of a right reads as its contract does."""
    right = next((r for r in contract_of(filing).rights if r.number == wanted.subject), None)
    if right is None:
        return
    if wanted.part is CorrectedPart.NAME:
        PledgedRight.objects.filter(filing=filing, number=right.number).update(title=right.name)
    entered = HeldRight.objects.filter(
        matter=filing.matter, number=right.number, is_withdrawn=False
    )
    entered.update(name=right.name, classes=list(right.classes))
    if right.grant_date is not None and right.term_end is not None:
        entered.update(registered_on=right.grant_date, term_end=right.term_end)


def _give(filing: Filing, given: GivenPaper, actor: Viewer) -> None:
    """Put a document into the package, under a name that says to the office what it is."""
    if given.kind not in GIVEN:
        raise MendingError("kind")
    document = found(
        StoredFile, actor, pk=given.document_id, matter=filing.matter, is_withdrawn=False
    )
    papers = filing.papers.filter(act=ESTABLISH, kind=given.kind.value)
    if papers.filter(file=document, is_withdrawn=False).exists():
        return
    suffix = document.name.rpartition(".")[2].lower()
    stem = given.kind.value.replace("_", "-")
    add_given(filing, given.kind.value, f"{stem}-{papers.count() + 1}.{suffix}", document)
