"""Operations about contracts, signatures and the registration of the pledge."""

from ninja import Router, Status

from zhirong.core.messages import Message
from zhirong.platform.api import records_registration as records
from zhirong.platform.api.entering import Asked
from zhirong.platform.api.fields import MatterNumber, Reference, Said, answers, said
from zhirong.platform.api.records_money import Proof
from zhirong.platform.api.replaying import own_key
from zhirong.platform.api.routes_credit import of_matter
from zhirong.platform.api.routes_matters import follower
from zhirong.platform.documents.deed_lines import DeedLine, deeds_of
from zhirong.platform.filing import blocks, selectors
from zhirong.platform.filing.selectors import FilingPage
from zhirong.platform.lending import contracts, registering

router = Router(tags=["registration"])
FILING = "/matters/{number}/filings/{filing}"


@router.get("/matters/{number}/deeds", response=answers(list[records.Deed]), operation_id="deeds")
def deeds(request: Asked, number: MatterNumber) -> tuple[DeedLine, ...]:
    """The documents that are to be signed, with who has and whose turn it is."""
    return deeds_of(number, of_matter(request, number))


@router.post(
    "/matters/{number}/contracts",
    response=answers(list[records.Deed], status=201),
    operation_id="make_contracts",
)
def make_contracts(request: Asked, number: MatterNumber) -> Status[tuple[DeedLine, ...]]:
    """Grant the facility and make its contracts and the papers of the registration."""
    contracts.make_contracts(number, actor=request.auth)
    return Status(201, deeds_of(number, request.auth))


@router.post(
    "/matters/{number}/signatures", response=answers(list[records.Deed]), operation_id="sign"
)
def sign(request: Asked, number: MatterNumber) -> tuple[DeedLine, ...]:
    """Sign all that waits for one's organization; once all have signed, the line is open."""
    contracts.sign(number, actor=request.auth)
    return deeds_of(number, request.auth)


@router.get(
    "/matters/{number}/filings", response=answers(list[records.Filing]), operation_id="filings"
)
def filings(request: Asked, number: MatterNumber) -> tuple[FilingPage, ...]:
    """The registrations of a matter as they stand, with acts and notices."""
    return selectors.filings_of(number, of_matter(request, number))[::-1]


@router.get(
    f"{FILING}/grounds",
    response=answers(list[records.Ground]),
    operation_id="filing_grounds",
)
def grounds(request: Asked, number: MatterNumber, filing: Reference) -> list[records.Ground]:
    """Every ground that holds against a filing on this day, and how to mend it."""
    found = selectors.grounds_of(number, filing, follower(request))
    return [
        records.Ground(
            ground=item.code,
            severity=item.severity.value,
            right=item.right,
            title=_said(item.title),
            found=_said(item.found),
            mend=_said(item.mend),
        )
        for item in found
    ]


def _said(message: Message) -> Said:
    return said(message.code, message.facts)


@router.post(
    f"{FILING}/submission",
    response=answers(records.Filing),
    operation_id="file_pledge",
)
def file(request: Asked, number: MatterNumber, filing: Reference) -> FilingPage:
    """File the signed package, or the mended one after a correction notice."""
    registering.file(number, filing, actor=request.auth)
    return selectors.filing_of(number, filing, request.auth)


@router.post(
    f"{FILING}/release-papers",
    response=answers(records.Filing),
    operation_id="prepare_release",
)
def prepare_release(request: Asked, number: MatterNumber, filing: Reference) -> FilingPage:
    """Make the papers of the release, once nothing is owed."""
    registering.prepare_release(number, filing, actor=request.auth, key=own_key(request))
    return selectors.filing_of(number, filing, request.auth)


@router.post(
    f"{FILING}/release",
    response=answers(records.Filing),
    operation_id="file_release",
)
def release(request: Asked, number: MatterNumber, filing: Reference) -> FilingPage:
    """File the cancellation of the registration, once its papers are signed."""
    registering.file_release(number, filing, actor=request.auth)
    return selectors.filing_of(number, filing, request.auth)


@router.post(
    "/matters/{number}/fee-proofs", response=answers(records.Proved), operation_id="prove_fees"
)
def prove_fees(request: Asked, number: MatterNumber, body: Proof) -> records.Proved:
    """Take a receipt as proof that the next annual fee of every pledged right is paid."""
    count = blocks.prove_fees(
        number, document_id=body.document, actor=request.auth, key=own_key(request)
    )
    return records.Proved(rights=count)
