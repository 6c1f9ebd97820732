"""Operations about registrations: mending, other rights, changes, extensions, notices by hand."""

from collections.abc import Sequence

from django.http import HttpResponse
from ninja import Router, Status

from zhirong.filing import changing, correcting, forms
from zhirong.platform.api import records_matters
from zhirong.platform.api import records_registration as records
from zhirong.platform.api.entering import Asked
from zhirong.platform.api.fields import MatterNumber, Reference, answers, bytes_of, money
from zhirong.platform.api.routes_credit import of_matter
from zhirong.platform.api.routes_files import Given, new_files
from zhirong.platform.api.routes_registration import FILING
from zhirong.platform.filing import held, mending, packages
from zhirong.platform.filing.later import NewExtension
from zhirong.platform.filing.selectors import FilingPage, filing_of
from zhirong.platform.lending import amending, by_hand, further, resettling

router = Router(tags=["registration"])


@router.get(
    "/matters/{number}/held-rights",
    response=answers(list[records.HeldRight]),
    operation_id="held_rights",
)
def held_rights(request: Asked, number: MatterNumber) -> Sequence[object]:
    """Marks, copyrights and data certificates that were entered for a matter."""
    return held.held_rights(number, of_matter(request, number))


@router.post(
    "/matters/{number}/held-rights",
    response=answers(records.HeldRight, status=201),
    operation_id="enter_right",
)
def enter_right(request: Asked, number: MatterNumber, body: records.NewHeldRight) -> Status[object]:
    """Enter a right by the extract of its register; entered again, it replaces the earlier."""
    given = body.dict(exclude={"value", "extract", "classes", "family", "owners"})
    new = held.NewRight(
        **given,
        classes=tuple(body.classes),
        family=tuple(body.family),
        owners=tuple(body.owners),
        value=money(body.value),
        extract_id=body.extract,
    )
    return Status(201, held.enter(number, new, actor=request.auth))


@router.post(
    "/matters/{number}/office-documents",
    response=answers(list[records_matters.File], status=201),
    operation_id="bring_documents",
)
def bring_documents(request: Asked, number: MatterNumber, files: Given) -> Status[Sequence[object]]:
    """The bank's own documents for a registration: extracts, receipts, certificates."""
    return Status(201, held.bring(number, new_files(files), actor=request.auth))


@router.post(
    "/matters/{number}/pledges",
    response=answers(records.Filing, status=201),
    operation_id="add_pledge",
)
def add_pledge(request: Asked, number: MatterNumber, body: records.NewPledge) -> Status[FilingPage]:
    """Make the contract of a further pledge and the papers of its filing, to be signed."""
    amount = None if body.amount is None else money(body.amount)
    new = further.NewPledge(registry=body.registry, rights=tuple(body.rights), amount=amount)
    made = further.add_pledge(number, new, actor=request.auth)
    return Status(201, filing_of(number, made.number, request.auth))


@router.post(f"{FILING}/mending", response=answers(records.Mended), operation_id="mend_filing")
def mend(
    request: Asked, number: MatterNumber, filing: Reference, body: records.Mending
) -> records.Mended:
    """Mend a filing that is not sent, or that the office wants corrected."""
    wanted = mending.Mending(
        same_day_statement=body.same_day_statement,
        insists=tuple(forms.Insistence(**item.dict()) for item in body.insists),
        consents=tuple(forms.Consent(**item.dict()) for item in body.consents),
        papers=tuple(
            mending.GivenPaper(kind=item.kind, document_id=item.document) for item in body.papers
        ),
        corrections=tuple(_sourced(item) for item in body.corrections),
    )
    return records.Mended(deeds=list(mending.mend(number, filing, wanted, actor=request.auth)))


def _sourced(item: records.FactCorrection) -> mending.SourcedCorrection:
    fact = correcting.Correction(subject=item.subject, part=item.part, after=item.after)
    return mending.SourcedCorrection(correction=fact, document_id=item.document)


@router.post(f"{FILING}/rights", response=answers(records.Settled), operation_id="choose_rights")
def choose_rights(
    request: Asked, number: MatterNumber, filing: Reference, body: records.Chosen
) -> records.Settled:
    """Let a filing that is not sent pledge other rights, under the approval or back to it."""
    stands = resettling.choose_rights(number, filing, tuple(body.rights), actor=request.auth)
    return records.Settled(approval_stands=stands)


@router.post(f"{FILING}/giving-up", response=answers(records.Filing), operation_id="give_up_pledge")
def give_up(request: Asked, number: MatterNumber, filing: Reference) -> FilingPage:
    """Give up a further pledge that is not sent."""
    resettling.give_up(number, filing, actor=request.auth)
    return filing_of(number, filing, request.auth)


@router.post(
    f"{FILING}/change-papers", response=answers(records.Filing), operation_id="prepare_change"
)
def prepare_change(
    request: Asked, number: MatterNumber, filing: Reference, body: records.NewChange
) -> FilingPage:
    """Make the papers of a change of a registration, to be signed."""
    items = tuple(changing.ChangeItem(**item.dict()) for item in body.items)
    amending.prepare_change(number, filing, items, changed_on=body.changed_on, actor=request.auth)
    return filing_of(number, filing, request.auth)


@router.post(
    f"{FILING}/extension-papers",
    response=answers(records.Filing),
    operation_id="prepare_extension",
)
def prepare_extension(
    request: Asked, number: MatterNumber, filing: Reference, body: records.NewExtension
) -> FilingPage:
    """Make the papers of an extension of a registration with its own period, to be signed."""
    amending.prepare_extension(number, filing, NewExtension(**body.dict()), actor=request.auth)
    return filing_of(number, filing, request.auth)


@router.post(f"{FILING}/amendment", response=answers(records.Filing), operation_id="file_amendment")
def file_amendment(request: Asked, number: MatterNumber, filing: Reference) -> FilingPage:
    """File the change or extension that is signed; or mended, after a correction notice."""
    amending.file_amendment(number, filing, actor=request.auth)
    return filing_of(number, filing, request.auth)


@router.post(
    f"{FILING}/amendment-dropping", response=answers(records.Filing), operation_id="drop_amendment"
)
def drop_amendment(request: Asked, number: MatterNumber, filing: Reference) -> FilingPage:
    """Give up a change or extension that is not filed."""
    amending.drop(number, filing, actor=request.auth)
    return filing_of(number, filing, request.auth)


@router.post(
    f"{FILING}/notice-texts", response=answers(records.Filing), operation_id="enter_notice_text"
)
def enter_notice_text(
    request: Asked, number: MatterNumber, filing: Reference, body: records.NoticeText
) -> FilingPage:
    """Enter the text of a notice of an office without an address."""
    by_hand.take_text(number, filing, body.text, actor=request.auth)
    return filing_of(number, filing, request.auth)


@router.post(f"{FILING}/notices", response=answers(records.Filing), operation_id="enter_notice")
def enter_notice(
    request: Asked, number: MatterNumber, filing: Reference, body: records.TypedNotice
) -> FilingPage:
    """Enter a notice that was typed from the paper, of an office without an address."""
    typed = body.dict(exclude={"amount", "rights"})
    amount = None if body.amount is None else money(body.amount).fen
    notice = by_hand.TypedNotice(**typed, amount_fen=amount, rights=tuple(body.rights))
    by_hand.take_typed(number, filing, notice, actor=request.auth)
    return filing_of(number, filing, request.auth)


@router.get(
    "/matters/{number}/acts/{reference}/package",
    response=answers(None),
    operation_id="take_package",
    openapi_extra=bytes_of("application/zip"),
)
def take_package(request: Asked, number: MatterNumber, reference: Reference) -> HttpResponse:
    """The package of an act as a zip for upload by hand."""
    content = packages.take(number, reference, actor=request.auth)
    return HttpResponse(content, content_type="application/zip")
