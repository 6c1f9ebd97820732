"""Acts on a plan: files, structure, publishing, steps of the issue, who takes part."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from zhirong.platform.desks.forms import Form
from zhirong.platform.desks.guards import limited, with_second_factor
from zhirong.platform.desks.matter.files import INLINE, chosen
from zhirong.platform.desks.plans.frame import done
from zhirong.platform.desks.plans.pages import show_overview
from zhirong.platform.desks.request import viewer
from zhirong.platform.plans import issuing, selectors, services
from zhirong.platform.work.examples import give_plan_example

DAY_SECONDS = 86_400
KEY_CHARACTERS, NOTE_CHARACTERS = 80, 300


@require_POST
@limited("upload")
def upload(request: HttpRequest, plan: str) -> HttpResponse:
    """Take plan file and tape."""
    asking, form = viewer(request), Form("files", request.POST)
    given = chosen(request)
    if not given:
        form.wrong("files", "files.none_chosen")
    key = form.text("key", is_required=False)[:KEY_CHARACTERS]
    if form.attempt(lambda: services.give_files(plan, given, actor=asking, key=key), fields={}):
        return done(request, plan, "overview", "files.uploaded", count=len(given))
    return show_overview(request, plan, form)


@require_POST
@limited("upload")
def use_example(request: HttpRequest, plan: str) -> HttpResponse:
    """Give the example plan of a demonstration."""
    asking, form = viewer(request), Form("files", request.POST)
    if form.attempt(lambda: give_plan_example(plan, actor=asking), fields={}):
        return done(request, plan, "overview", "plans.example_given")
    return show_overview(request, plan, form)


@require_POST
def structure(request: HttpRequest, plan: str) -> HttpResponse:
    """Start a structure of the files as they stand."""
    asking, form = viewer(request), Form("structure", request.POST)
    key = form.text("key", is_required=False)[:KEY_CHARACTERS]
    if form.attempt(lambda: services.ask_structure(plan, actor=asking, key=key), fields={}):
        return done(request, plan, "overview", "plans.structure_started")
    return show_overview(request, plan, form)


@require_GET
def progress(request: HttpRequest, plan: str, run: int) -> HttpResponse:
    """How far a run is: a part of the page that asks again by itself; once ended, all is new."""
    asking = viewer(request)
    found = selectors.run_of(plan, run, asking)
    response = render(request, "plans/parts/progress.html", {"run": found, "number": plan})
    if not found.job.is_open:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def cancel(request: HttpRequest, plan: str, run: int) -> HttpResponse:
    """Ask a run to stop."""
    found = selectors.run_of(plan, run, viewer(request))
    services.cancel(plan, run, actor=viewer(request))
    tab = "overview" if found.kind == "structure" else "payments"
    return done(request, plan, tab, "appraise.cancel_asked")


@require_POST
@with_second_factor
def publish(request: HttpRequest, plan: str, run: int) -> HttpResponse:
    """Let investors read a run."""
    asking, form = viewer(request), Form("publish", request.POST)
    found = selectors.run_of(plan, run, asking)
    if form.attempt(lambda: services.publish(plan, run, actor=asking), fields={}):
        tab = "overview" if found.kind == "structure" else "payments"
        return done(request, plan, tab, "plans.published")
    return show_overview(request, plan, form)


@require_POST
@limited("upload")
def finish_step(request: HttpRequest, plan: str, step: str) -> HttpResponse:
    """A step of the issue is done, with its document."""
    asking, form = viewer(request), Form("step", request.POST)
    note = form.text("note", is_required=False)[:NOTE_CHARACTERS]
    files = chosen(request)

    def act() -> None:
        issuing.finish(plan, step, files=files, note=note, actor=asking)

    if form.attempt(act, fields={}):
        return done(request, plan, "overview", "plans.step_done")
    return show_overview(request, plan, form)


@require_POST
def let_in(request: HttpRequest, plan: str) -> HttpResponse:
    """Let an organization take part."""
    asking, form = viewer(request), Form("parts", request.POST)
    identifier, part = form.text("identifier"), form.text("part")

    def act() -> None:
        services.let_in(plan, identifier=identifier, part=part, actor=asking)

    if form.attempt(act, fields={"organization": "identifier", "has_part": "identifier"}):
        return done(request, plan, "overview", "plans.let_in")
    return show_overview(request, plan, form)


@require_POST
def take_out(request: HttpRequest, plan: str, organization: int) -> HttpResponse:
    """An organization sees the plan no more."""
    services.take_out(plan, organization_id=organization, actor=viewer(request))
    return done(request, plan, "overview", "plans.taken_out")


@require_GET
def download(request: HttpRequest, plan: str, file: int) -> HttpResponse:
    """A file of the plan; who opened it stands in the log."""
    found, content = selectors.open_file(plan, file, viewer(request))
    response = HttpResponse(content, content_type=found.media_type)
    said = content_disposition_header(found.media_type not in INLINE, found.name)
    response.headers["Content-Disposition"] = said or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_GET
def chart(request: HttpRequest, plan: str, file: int) -> HttpResponse:
    """A chart of a run; it never changes, so the browser may keep it."""
    content = selectors.picture(plan, file, viewer(request))
    response = HttpResponse(content, content_type="image/svg+xml")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = f"private, max-age={DAY_SECONDS}, immutable"
    return response
