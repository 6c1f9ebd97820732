"""The payment dates of a plan and their reports."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from zhirong.platform.desks.forms import Form, kept_or_new
from zhirong.platform.desks.plans.frame import done, found_of, page
from zhirong.platform.desks.request import viewer
from zhirong.platform.operations import clock
from zhirong.platform.plans import selectors, services

KEY_CHARACTERS = 80


@require_GET
def payments(request: HttpRequest, plan: str) -> HttpResponse:
    """Every payment date with the chain of its working days and its reports."""
    return show(request, plan)


def show(request: HttpRequest, plan: str, wrong: Form | None = None) -> HttpResponse:
    """The page, with what was wrong where an act was refused."""
    asking = viewer(request)
    found = found_of(request, plan)
    runs = selectors.runs_of(plan, asking, kind="report")
    coming = [day for day in found.payments if day >= clock.today()] if found else []
    initial = {"payment_on": coming[0].isoformat()} if coming else None
    context = {
        "problem": wrong.problem if wrong else "",
        "form": kept_or_new(wrong, "report", initial),
        "found": found,
        "doc": found.document if found else None,
        "runs": runs,
        "dates": [(day, found.chains.get(day, ()), _told(runs, day)) for day in found.payments]
        if found
        else (),
        "date_choices": [(day.isoformat(), day.isoformat()) for day in found.payments]
        if found
        else (),
        "scenario_choices": found.scenarios if found else (),
    }
    return page(request, plan, "payments", context, status=422 if wrong else 200)


@require_POST
def report(request: HttpRequest, plan: str) -> HttpResponse:
    """Start the reports of a payment date."""
    asking, form = viewer(request), Form("report", request.POST)
    day = form.day("payment_on") or clock.today()
    scenario = form.text("scenario")
    key = form.text("key", is_required=False)[:KEY_CHARACTERS]

    def act() -> None:
        services.ask_report(plan, payment_on=day, scenario=scenario, actor=asking, key=key)

    if form.attempt(act, fields={"payment_date": "payment_on", "scenario": "scenario"}):
        return done(request, plan, "payments", "plans.report_started")
    return show(request, plan, form)


def _told(runs: tuple[selectors.RunLine, ...], day: date) -> selectors.RunLine | None:
    """The reports of a payment date that investors read."""
    return next((run for run in runs if run.payment_on == day and run.published_on), None)
