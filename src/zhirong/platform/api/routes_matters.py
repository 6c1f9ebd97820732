"""Operations about oneself, matters and their log."""

from typing import Annotated

from django.http import FileResponse
from ninja import Query, Router, Status

from zhirong.platform.accounts import selectors as accounts
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.api import records_matters as records
from zhirong.platform.api.entering import Asked
from zhirong.platform.api.errors import plain
from zhirong.platform.api.fields import Id, MatterNumber, Page, Size, answers, bytes_of, said
from zhirong.platform.api.replaying import own_key
from zhirong.platform.lending import withdrawing
from zhirong.platform.lending.exporting import export_matter
from zhirong.platform.matters import listing, selectors, services
from zhirong.platform.matters.selectors import MatterHead
from zhirong.platform.operations import clock
from zhirong.platform.operations.selectors import JobLine, LogLine
from zhirong.platform.words import say

router = Router(tags=["matters"])
STAGE = r"^[a-z]{0,12}$"


def follower(request: Asked) -> Viewer:
    """Who asks, if the roles let him follow matters at all.

    Raises:
        NotAllowedError: They do not.
    """
    request.auth.need(Right.FOLLOW)
    return request.auth


@router.get("/me", response=answers(records.Me), operation_id="me")
def me(request: Asked) -> records.Me:
    """Whom the key acts for, with the roles of this moment and the platform's day."""
    asking = request.auth
    return records.Me(
        person=asking.name,
        organization=asking.organization_name,
        organization_number=asking.organization_id,
        kind=asking.organization_kind,
        roles=sorted(asking.roles),
        rights=sorted(asking.rights),
        today=clock.today(),
    )


@router.get("/banks", response=answers(list[records.Bank]), operation_id="banks")
def banks(request: Asked) -> list[records.Bank]:
    """The banks that a firm can apply to."""
    follower(request)
    return [records.Bank(number=number, name=name) for number, name in accounts.banks()]


@router.get("/matters", response=answers(records.Matters), operation_id="matters")
def matters(
    request: Asked,
    stage: Annotated[str, Query(pattern=STAGE)] = "",
    page: Page = 1,
    size: Size = 50,
) -> listing.MatterPage:
    """The matters that one's organization takes part in, newest first."""
    return listing.matter_page(follower(request), stage=stage, page=page, size=size)


@router.post("/matters", response=answers(records.Matter, status=201), operation_id="open_matter")
def open_matter(request: Asked, body: records.NewMatter) -> Status[MatterHead]:
    """Open a matter of one's own firm with a bank."""
    made = services.open_matter(
        actor=request.auth, title=body.title, lender_id=body.lender, key=own_key(request)
    )
    return Status(201, selectors.head_of(made.number, request.auth))


@router.get("/matters/{number}", response=answers(records.Matter), operation_id="matter")
def matter(request: Asked, number: MatterNumber) -> MatterHead:
    """One matter."""
    return selectors.head_of(number, follower(request))


@router.post(
    "/matters/{number}/withdrawal", response=answers(records.Matter), operation_id="withdraw"
)
def withdraw(request: Asked, number: MatterNumber) -> MatterHead:
    """Take the application back, as long as nothing is signed."""
    withdrawing.withdraw(number, actor=request.auth)
    return selectors.head_of(number, request.auth)


@router.get("/matters/{number}/way", response=answers(list[records.Step]), operation_id="way")
def way(request: Asked, number: MatterNumber) -> tuple[selectors.Step, ...]:
    """The way of a matter step by step, with who and when."""
    return selectors.way_of(selectors.head_of(number, follower(request)))


@router.get("/matters/{number}/parts", response=answers(list[records.Part]), operation_id="parts")
def parts(request: Asked, number: MatterNumber) -> tuple[selectors.Part, ...]:
    """Who takes part in a matter, and who did."""
    asking = follower(request)
    selectors.head_of(number, asking)
    return selectors.parts_of(number, asking)


@router.post(
    "/matters/{number}/parts/{organization}/withdrawal",
    response=answers(list[records.Part]),
    operation_id="withdraw_consent",
)
def withdraw_consent(
    request: Asked, number: MatterNumber, organization: Id
) -> tuple[selectors.Part, ...]:
    """No longer let an organization see the matter, unless money is owed to it."""
    services.withdraw_consent(number, organization_id=organization, actor=request.auth)
    return selectors.parts_of(number, request.auth)


@router.get("/matters/{number}/log", response=answers(list[records.Entry]), operation_id="log")
def log(request: Asked, number: MatterNumber) -> list[records.Entry]:
    """Every act on a matter, newest first; the borrower sees not what the bank weighs."""
    asking = follower(request)
    return [entry(line) for line in selectors.log_of(selectors.head_of(number, asking), asking)]


@router.get("/matters/{number}/shown", response=answers(list[records.Entry]), operation_id="shown")
def shown(request: Asked, number: MatterNumber) -> list[records.Entry]:
    """Which files people of other organizations opened, newest first."""
    asking = follower(request)
    head = selectors.head_of(number, asking)
    return [entry(line) for line in selectors.shown_to_others(head, asking)]


def entry(line: LogLine) -> records.Entry:
    """An entry of the log with its words."""
    return records.Entry(
        code=line.code,
        facts=plain(line.facts),
        text=say(line.code, line.facts),
        number=line.number,
        at=line.at,
        on=line.on,
        action=line.action,
        who=line.who,
        organization=line.organization,
    )


@router.get("/matters/{number}/jobs/{job}", response=answers(records.Job), operation_id="job")
def job(request: Asked, number: MatterNumber, job: Id) -> records.Job:
    """How far long work on a matter is."""
    return job_record(listing.job_of(number, job, follower(request)))


def job_record(line: JobLine) -> records.Job:
    """A job with its words."""
    spoken = said(line.code, line.facts)
    return records.Job(
        code=spoken.code,
        facts=spoken.facts,
        text=spoken.text,
        number=line.number,
        state=line.state,
        done=line.done,
        total=line.total,
        is_open=line.is_open,
        is_cancel_asked=line.is_cancel_asked,
    )


@router.get(
    "/matters/{number}/export",
    response=answers(None),
    operation_id="export",
    openapi_extra=bytes_of("application/zip"),
)
def export(request: Asked, number: MatterNumber) -> FileResponse:
    """Everything the firm gave and got in this matter, with the matter as data, in one zip."""
    archive = export_matter(number, actor=request.auth)
    return FileResponse(archive, content_type="application/zip", filename=f"{number}.zip")
