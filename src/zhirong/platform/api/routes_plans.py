"""Operations about asset-backed plans: from opening one to the reports of its payment dates."""

from collections.abc import Sequence
from typing import Annotated

from django.http import HttpResponse
from ninja import Form, Path, Router, Status

from zhirong.core.messages import Message
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.api import records_matters
from zhirong.platform.api import records_plans as records
from zhirong.platform.api.entering import Asked
from zhirong.platform.api.fields import Id, Page, Said, Size, answers, bytes_of, said
from zhirong.platform.api.replaying import own_key
from zhirong.platform.api.routes_files import Given, new_files
from zhirong.platform.api.routes_matters import entry, job_record
from zhirong.platform.plans import issuing, selectors, services
from zhirong.platform.plans.access import need_some_part
from zhirong.platform.words import language, say

router = Router(tags=["plans"])
PLAN = "/plans/{number}"
RUN = f"{PLAN}/runs/{{run}}"
PlanNumber = Annotated[str, Path(pattern=r"^P[0-9]{4}-[0-9]{5,12}$")]
StepKey = Annotated[str, Path(pattern=r"^[^\x00-\x1f\x7f/]{1,60}$")]
Note = Annotated[str, Form(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]


def party(request: Asked) -> Viewer:
    """Who asks, if the roles let him take a part in plans at all.

    Raises:
        NotAllowedError: They do not.
    """
    need_some_part(request.auth)
    return request.auth


def of_plan(request: Asked, number: str) -> Viewer:
    """Who asks, if the plan is his to see.

    Raises:
        NotFoundError: It is not, or there is none.
        NotAllowedError: The roles give no part in plans.
    """
    asking = party(request)
    selectors.head_of(number, asking)
    return asking


@router.get("/plans", response=answers(records.Plans), operation_id="plans")
def plans(request: Asked, page: Page = 1, size: Size = 50) -> selectors.PlanPage:
    """The plans that one's organization takes part in, newest first."""
    return selectors.plan_page(party(request), page=page, size=size)


@router.post("/plans", response=answers(records.Plan, status=201), operation_id="open_plan")
def open_plan(request: Asked, body: records.NewPlan) -> Status[records.Plan]:
    """Open a plan of one's own organization as its arranger."""
    made = services.open_plan(actor=request.auth, title=body.title, key=own_key(request))
    return Status(201, _plan(made.number, request.auth))


@router.get(PLAN, response=answers(records.Plan), operation_id="plan")
def plan(request: Asked, number: PlanNumber) -> records.Plan:
    """One plan: how far it is, who takes part, the steps of its issue."""
    return _plan(number, party(request))


def _plan(number: str, viewer: Viewer) -> records.Plan:
    head = selectors.head_of(number, viewer)
    return records.Plan(
        number=head.number,
        title=head.title,
        arranger=head.arranger,
        part=head.part,
        state=head.state,
        offered_on=head.offered_on,
        issued_on=head.issued_on,
        parts=[records.PlanPart.from_orm(line) for line in selectors.parts_of(head)],
        steps=[records.PlanStep.from_orm(line) for line in selectors.steps_of(head)],
    )


@router.get(f"{PLAN}/log", response=answers(list[records_matters.Entry]), operation_id="plan_log")
def log(request: Asked, number: PlanNumber) -> list[records_matters.Entry]:
    """Every act on a plan, newest first; investors read what was published and done."""
    head = selectors.head_of(number, party(request))
    return [entry(line) for line in selectors.log_of(head)]


@router.post(
    f"{PLAN}/parts", response=answers(list[records.PlanPart], status=201), operation_id="let_in"
)
def let_in(
    request: Asked, number: PlanNumber, body: records.NewPlanPart
) -> Status[Sequence[object]]:
    """Let an organization into a plan as its servicer or as an investor."""
    services.let_in(number, identifier=body.identifier, part=body.part, actor=request.auth)
    return Status(201, _parts(number, request.auth))


@router.post(
    f"{PLAN}/parts/{{organization}}/end",
    response=answers(list[records.PlanPart]),
    operation_id="end_part",
)
def end_part(request: Asked, number: PlanNumber, organization: Id) -> Sequence[object]:
    """An organization that was let in sees the plan no more."""
    services.take_out(number, organization_id=organization, actor=request.auth)
    return _parts(number, request.auth)


def _parts(number: str, viewer: Viewer) -> Sequence[object]:
    return selectors.parts_of(selectors.head_of(number, viewer))


@router.get(f"{PLAN}/files", response=answers(list[records.PlanFile]), operation_id="plan_files")
def files(request: Asked, number: PlanNumber) -> Sequence[object]:
    """Plan file and tape as they stand; none for investors."""
    return selectors.given_files(number, of_plan(request, number))


@router.post(
    f"{PLAN}/files",
    response=answers(list[records.PlanFile], status=201),
    operation_id="give_plan_files",
)
def give_files(request: Asked, number: PlanNumber, files: Given) -> Status[Sequence[object]]:
    """Give plan file and tape; one of the same name replaces the earlier one. All or none."""
    services.give_files(number, new_files(files), actor=request.auth, key=own_key(request))
    return Status(201, selectors.given_files(number, request.auth))


@router.get(
    f"{PLAN}/files/{{file}}",
    response=answers(None),
    operation_id="plan_file",
    openapi_extra=bytes_of("*/*"),
)
def file(request: Asked, number: PlanNumber, file: Id) -> HttpResponse:
    """The bytes of a file that was given or that a run gave; who opened it is noted in the log."""
    found, content = selectors.open_file(number, file, party(request))
    response = HttpResponse(content, content_type=found.media_type)
    response.headers["Content-Disposition"] = "attachment"
    return response


@router.get(f"{PLAN}/runs", response=answers(list[records.PlanRun]), operation_id="plan_runs")
def runs(request: Asked, number: PlanNumber) -> list[records.PlanRun]:
    """The structures, then the reports, each newest first; investors see those published."""
    asking = of_plan(request, number)
    return [
        _run(line)
        for kind in ("structure", "report")
        for line in selectors.runs_of(number, asking, kind=kind)
    ]


@router.get(RUN, response=answers(records.PlanRun), operation_id="plan_run")
def run(request: Asked, number: PlanNumber, run: Id) -> records.PlanRun:
    """One run: how far its job is, the files it gave, or the problems that stopped it."""
    return _run(selectors.run_of(number, run, party(request)))


def _run(line: selectors.RunLine) -> records.PlanRun:
    return records.PlanRun(
        number=line.number,
        kind=line.kind,
        state=line.state,
        job=job_record(line.job),
        payment_on=line.payment_on,
        scenario=line.scenario,
        asked_by=line.asked_by,
        published_on=line.published_on,
        published_by=line.published_by,
        problems=_spoken(line.problems),
        files=[records.PlanFile.from_orm(item) for item in line.files],
    )


def _spoken(messages: Sequence[Message]) -> list[Said]:
    return [said(item.code, item.facts) for item in messages]


@router.post(
    f"{PLAN}/structures",
    response=answers(records.PlanRun, status=202),
    operation_id="structure_plan",
)
def structure_plan(request: Asked, number: PlanNumber) -> Status[records.PlanRun]:
    """Start a structure of the files as they stand; a job does it, watch the run."""
    made = services.ask_structure(number, actor=request.auth, key=own_key(request))
    return Status(202, _run(selectors.run_of(number, made.pk, request.auth)))


@router.get(
    f"{PLAN}/structure",
    response=answers(records.PlanStructure | None),
    operation_id="plan_structure",
)
def structure(request: Asked, number: PlanNumber) -> records.PlanStructure | None:
    """What the structure in force found; for investors the last published one, null before it."""
    found = selectors.structure_in_force(number, of_plan(request, number), lang=language())
    if found is None:
        return None
    return records.PlanStructure(
        run=found.run,
        document=dict(found.document),
        payments=[
            records.PlanPayment(
                on=day,
                days=[
                    records.PlanDay(
                        code=each.link,
                        text=say(each.link),
                        on=each.on,
                        is_provisional=each.is_provisional,
                    )
                    for each in found.chains.get(day, ())
                ],
            )
            for day in found.payments
        ],
        scenarios=[records.PlanScenario(key=key, label=label) for key, label in found.scenarios],
        date_problems=_spoken(found.date_problems),
    )


@router.post(
    f"{PLAN}/reports",
    response=answers(records.PlanRun, status=202),
    operation_id="report_payment",
)
def report_payment(
    request: Asked, number: PlanNumber, body: records.NewPlanReport
) -> Status[records.PlanRun]:
    """Start the servicer's and the distribution report of a payment date; watch the run."""
    made = services.ask_report(
        number,
        payment_on=body.payment_on,
        scenario=body.scenario,
        actor=request.auth,
        key=own_key(request),
    )
    return Status(202, _run(selectors.run_of(number, made.pk, request.auth)))


@router.post(
    f"{RUN}/cancellation", response=answers(records.PlanRun), operation_id="cancel_plan_run"
)
def cancel_plan_run(request: Asked, number: PlanNumber, run: Id) -> records.PlanRun:
    """Ask a waiting run to stop; it keeps nothing once it notices."""
    services.cancel(number, run, actor=request.auth)
    return _run(selectors.run_of(number, run, request.auth))


@router.post(
    f"{RUN}/publication", response=answers(records.PlanRun), operation_id="publish_plan_run"
)
def publish_plan_run(request: Asked, number: PlanNumber, run: Id) -> records.PlanRun:
    """Let investors read a run: the arranger a structure, the servicer a report."""
    services.publish(number, run, actor=request.auth)
    return _run(selectors.run_of(number, run, request.auth))


@router.post(
    f"{PLAN}/steps/{{step}}", response=answers(records.Plan), operation_id="finish_plan_step"
)
def finish_step(
    request: Asked, number: PlanNumber, step: StepKey, files: Given, note: Note = ""
) -> records.Plan:
    """A step of the issue is done, with its one document; the last step issues the plan."""
    issuing.finish(number, step, files=new_files(files), note=note, actor=request.auth)
    return _plan(number, request.auth)
