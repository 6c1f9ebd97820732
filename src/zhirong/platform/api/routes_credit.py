"""Operations from the application to the decision."""

from decimal import Decimal

from ninja import Router, Status

from zhirong.lending.policy import LimitSheet
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import NotAllowedError, Viewer
from zhirong.platform.api import records_credit as records
from zhirong.platform.api.entering import Asked
from zhirong.platform.api.fields import Id, MatterNumber, answers, money, said
from zhirong.platform.api.replaying import own_key
from zhirong.platform.api.routes_matters import follower, job_record
from zhirong.platform.appraisals import selectors as appraisals
from zhirong.platform.appraisals.services import ask_for_appraisal, cancel
from zhirong.platform.lending import applying, deciding, loan_views, selectors
from zhirong.platform.matters.selectors import head_of

router = Router(tags=["credit"])
# The sheet is the bank's own weighing.
WEIGHING = (Right.PROPOSE, Right.APPROVE)


def of_matter(request: Asked, number: str) -> Viewer:
    """Who asks, if the matter is his to see.

    Raises:
        NotFoundError: It is not, or there is none.
        NotAllowedError: The roles do not let him follow matters.
    """
    asking = follower(request)
    head_of(number, asking)
    return asking


@router.get("/products", response=answers(list[records.Product]), operation_id="products")
def products(request: Asked) -> tuple[selectors.ProductLine, ...]:
    """The products in force on this day."""
    follower(request)
    return selectors.products()


@router.get(
    "/matters/{number}/application",
    response=answers(records.Application | None),
    operation_id="application",
)
def application(request: Asked, number: MatterNumber) -> selectors.ApplicationLine | None:
    """What the firm asked for; null before it applied."""
    return selectors.application_of(number, of_matter(request, number))


@router.post(
    "/matters/{number}/application",
    response=answers(records.Application, status=201),
    operation_id="apply",
)
def apply(
    request: Asked, number: MatterNumber, body: records.Wish
) -> Status[selectors.ApplicationLine | None]:
    """Submit the application: from this day the working days are counted."""
    wish = applying.Wish(
        product=body.product,
        amount=money(body.amount),
        tenor_months=body.tenor_months,
        form=body.form,
        every_months=body.every_months,
        purpose=body.purpose,
        account=body.account,
        has_credit_query_consent=body.has_credit_query_consent,
        pay_by=body.pay_by,
        wallet=body.wallet,
    )
    applying.apply(number, wish, actor=request.auth)
    return Status(201, selectors.application_of(number, request.auth))


@router.get(
    "/matters/{number}/qualification",
    response=answers(records.Qualification | None),
    operation_id="qualification",
)
def qualification(request: Asked, number: MatterNumber) -> records.Qualification | None:
    """The last check of whether the matter can be worked on; null before the first."""
    return _qualification(number, of_matter(request, number))


@router.post(
    "/matters/{number}/qualification",
    response=answers(records.Qualification, status=201),
    operation_id="check_qualification",
)
def check_qualification(
    request: Asked, number: MatterNumber
) -> Status[records.Qualification | None]:
    """Go through the points; a matter that does not pass stays where it is."""
    applying.check_qualification(number, actor=request.auth)
    return Status(201, _qualification(number, request.auth))


def _qualification(number: str, viewer: Viewer) -> records.Qualification | None:
    line = selectors.qualification_of(number, viewer)
    if line is None:
        return None
    points = [
        records.Point(**said(point.code, point.facts).dict(), passed=point.passed)
        for point in line.points
    ]
    return records.Qualification(
        points=points,
        is_passed=line.is_passed,
        checked_by=line.checked_by,
        checked_on=line.checked_on,
    )


@router.get(
    "/matters/{number}/appraisals", response=answers(list[records.Run]), operation_id="appraisals"
)
def runs(request: Asked, number: MatterNumber) -> list[records.Run]:
    """The runs of the appraisal, newest first."""
    return [_run(line) for line in appraisals.runs_of(number, of_matter(request, number))]


@router.post(
    "/matters/{number}/appraisals",
    response=answers(records.Run, status=202),
    operation_id="ask_for_appraisal",
)
def ask(request: Asked, number: MatterNumber, body: records.AppraisalWish) -> Status[records.Run]:
    """Start an appraisal of the files as they stand; a job does it, watch it at `/jobs/`."""
    made = ask_for_appraisal(
        number,
        valuation_date=body.valuation_date,
        debt_term_end=body.debt_term_end,
        actor=request.auth,
        key=own_key(request),
    )
    return Status(202, _run(appraisals.run_of(number, made.pk, request.auth)))


@router.get(
    "/matters/{number}/appraisals/{run}", response=answers(records.Run), operation_id="appraisal"
)
def one_run(request: Asked, number: MatterNumber, run: Id) -> records.Run:
    """One run with its head figures and files."""
    return _run(appraisals.run_of(number, run, follower(request)))


@router.post(
    "/matters/{number}/appraisals/{run}/cancellation",
    response=answers(records.Run),
    operation_id="cancel_appraisal",
)
def cancel_run(request: Asked, number: MatterNumber, run: Id) -> records.Run:
    """Ask a run to stop; it keeps nothing once it notices."""
    appraisals.run_of(number, run, request.auth)
    cancel(run, actor=request.auth)
    return _run(appraisals.run_of(number, run, request.auth))


@router.get(
    "/matters/{number}/appraisals/{run}/rights",
    response=answers(list[records.AppraisedRight]),
    operation_id="appraised_rights",
)
def rights(request: Asked, number: MatterNumber, run: Id) -> tuple[appraisals.RightLine, ...]:
    """The rights that a run found, most valuable first."""
    asking = follower(request)
    appraisals.run_of(number, run, asking)
    return appraisals.rights_of(number, run, asking)


def _run(line: appraisals.RunLine) -> records.Run:
    failure = said(line.failure, line.failure_facts) if line.failure else None
    values = {
        name: getattr(line, name)
        for name in records.Run.model_fields
        if name not in {"job", "failure", "files"}
    }
    files = [
        records.RunFile(number=file.number, name=file.name, lang=file.lang) for file in line.files
    ]
    return records.Run(**values, job=job_record(line.job), failure=failure, files=files)


@router.get(
    "/matters/{number}/limit", response=answers(records.LimitSheet), operation_id="limit_sheet"
)
def limit(request: Asked, number: MatterNumber) -> records.LimitSheet:
    """What the policy supports on this day, for those who weigh it; or why it supports nothing."""
    asking = of_matter(request, number)
    if not any(asking.may(right) for right in WEIGHING):
        raise NotAllowedError(Right.PROPOSE)
    view = selectors.sheet_of(number, asking)
    reason = said(view.reason, {}) if view.reason else None
    return records.LimitSheet(sheet=_sheet(view.sheet) if view.sheet else None, reason=reason)


def _sheet(sheet: LimitSheet) -> records.Sheet:
    amounts = ("asked", "covered_max", "uncovered_max", "limit", "covered", "uncovered")
    return records.Sheet(
        **{name: getattr(sheet, name) for name in amounts},
        needs_second=sheet.needs_second,
        reasons=[said(item.code, item.facts) for item in sheet.reasons],
    )


@router.get("/matters/{number}/offer", response=answers(records.Offer | None), operation_id="offer")
def offer(request: Asked, number: MatterNumber) -> loan_views.Offer | None:
    """What the firm can borrow and what that costs; null before there is a value."""
    return loan_views.offer_of(number, of_matter(request, number))


@router.get(
    "/matters/{number}/proposals",
    response=answers(list[records.Proposal]),
    operation_id="proposals",
)
def proposals(request: Asked, number: MatterNumber) -> tuple[selectors.ProposalLine, ...]:
    """The versions of limit, price and conditions; the borrower sees the approved one alone."""
    return selectors.proposals_of(number, of_matter(request, number))


@router.post(
    "/matters/{number}/proposals",
    response=answers(records.Proposal, status=201),
    operation_id="propose",
)
def propose(
    request: Asked, number: MatterNumber, body: records.Terms
) -> Status[selectors.ProposalLine]:
    """Put limit, price and conditions before the approvers."""
    terms = deciding.Terms(
        limit=money(body.limit),
        spread_bp=Decimal(body.spread_bp),
        rights=tuple(body.rights),
        conditions=tuple(body.conditions),
        reason=body.reason,
    )
    deciding.propose(number, terms, actor=request.auth)
    return Status(201, selectors.proposals_of(number, request.auth)[0])


@router.post(
    "/matters/{number}/decisions",
    response=answers(records.Proposal, status=201),
    operation_id="decide",
)
def decide(
    request: Asked, number: MatterNumber, body: records.Verdict
) -> Status[selectors.ProposalLine]:
    """Approve, return or refuse the open proposal; the author never decides, nobody twice."""
    deciding.decide(
        number,
        deciding.Verdict(body.verdict),
        reason=body.reason,
        version=body.version,
        actor=request.auth,
    )
    made = selectors.proposals_of(number, request.auth)
    return Status(201, next(line for line in made if line.version == body.version))
