"""Due diligence and valuation: start, watch, cancel, read, answer."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhirong.core.calendar import plus_months
from zhirong.platform.accounts.rights import Right
from zhirong.platform.appraisals import selectors, services
from zhirong.platform.desks.forms import Form, kept_or_new
from zhirong.platform.desks.guards import limited
from zhirong.platform.desks.matter.files import chosen
from zhirong.platform.desks.matter.frame import done, page
from zhirong.platform.desks.matter.lists import RIGHTS, USUAL_RIGHTS
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.tables import (
    address_with,
    heads,
    one_page,
    page_of,
    pager_of,
    sorted_rows,
    sorting_of,
)
from zhirong.platform.documents.services import upload
from zhirong.platform.documents.showing import picture
from zhirong.platform.lending.selectors import application_of
from zhirong.platform.matters.selectors import head_of
from zhirong.platform.operations import clock
from zhirong.platform.operations.progress import seconds_left
from zhirong.platform.words import language, say

FEES_SHOWN = 5
# Before a proposal; and once the pledge is registered, when its value is watched.
MAY_BE_APPRAISED = ("checked", "appraised", "registered", "drawn")
RIGHTS_PLACE = "#rights"
YEAR_MONTHS = 12
DAY_SECONDS = 86_400
MINUTE, SOON = 60, 10


@require_GET
def valuation(request: HttpRequest, number: str) -> HttpResponse:
    """The last run, and the earlier ones."""
    return show(request, number)


def show(request: HttpRequest, number: str, wrong: Form | None = None) -> HttpResponse:
    """The tab, with what was wrong where an act was refused."""
    asking = viewer(request)
    runs = selectors.runs_of(number, asking)
    last = runs[0] if runs else None
    valued = next((run for run in runs if run.market_value is not None), None)
    rights = selectors.rights_of(number, valued.number, asking) if valued else ()
    sorting = sorting_of(request, tuple(column.key for column in RIGHTS), USUAL_RIGHTS)
    pager = pager_of(request, count=len(rights), page=page_of(request), place=RIGHTS_PLACE)
    fees = selectors.next_fees(number, valued.number, asking, after=clock.today()) if valued else ()
    context = {
        "problem": wrong.problem if wrong else "",
        "form": kept_or_new(wrong, "appraise", _initial(request, number)),
        "answer_form": kept_or_new(wrong, "answers"),
        "runs": runs,
        "last": last,
        "left": _time_left(last) if last else "",
        "run": valued,
        "charts": valued.charts.get(language(), ()) if valued else (),
        "reports": last.files_in(language()) if last else (),
        "question_form": _question_form(last),
        "can_appraise": head_of(number, asking).stage in MAY_BE_APPRAISED,
        "rights": one_page(sorted_rows(rights, RIGHTS, sorting), pager),
        "rights_heads": heads(request, RIGHTS, sorting, place=RIGHTS_PLACE),
        "rights_pager": pager,
        "rights_xlsx": reverse("matter-rights-xlsx", args=(number,)) + address_with(request),
        "fees": fees[:FEES_SHOWN],
    }
    return page(request, number, "valuation", context, status=422 if wrong else 200)


def _time_left(run: selectors.RunLine) -> str:
    """How long a run will still take, in words; empty where nothing can be said."""
    seconds = seconds_left(run.job.number) if run.job.is_open else None
    if seconds is None:
        return ""
    if seconds <= 0:
        return say("progress.longer")
    if seconds < SOON:
        return say("progress.left_soon")
    if seconds < MINUTE:
        return say("progress.left_seconds", {"count": round(seconds, -1)})
    return say("progress.left_minutes", {"count": -(-seconds // MINUTE)})


def _question_form(run: selectors.RunLine | None) -> selectors.FileLine | None:
    """The form of questions of a run, in the language of the page."""
    given = run.files_in(language()) if run else ()
    return next((file for file in given if file.code == selectors.QUESTIONS), None)


def _initial(request: HttpRequest, number: str) -> dict[str, str]:
    """Today; and the end of the debt's term, as applied for."""
    wish, day = application_of(number, viewer(request)), clock.today()
    end = plus_months(day, wish.tenor_months if wish else YEAR_MONTHS)
    return {"valuation_date": day.isoformat(), "debt_term_end": end.isoformat()}


@require_POST
def appraise(request: HttpRequest, number: str) -> HttpResponse:
    """Start an appraisal of the files as they stand."""
    asking, form = viewer(request), Form("appraise", request.POST)
    day = form.day("valuation_date") or clock.today()
    end = form.day("debt_term_end")
    key = form.text("key", is_required=False)[:80]
    _check_days(form, day, end)

    def act() -> None:
        services.ask_for_appraisal(
            number, valuation_date=day, debt_term_end=end, actor=asking, key=key
        )

    if form.attempt(act, fields={}):
        return done(request, number, "valuation", "appraise.started")
    return show(request, number, form)


def _check_days(form: Form, day: date, end: date | None) -> None:
    if day > clock.today():
        form.wrong("valuation_date", "appraise.future")
    if end is not None and end <= day:
        form.wrong("debt_term_end", "appraise.end_before")


@require_GET
def progress(request: HttpRequest, number: str, run: int) -> HttpResponse:
    """How far a run is: a part of the page that asks again by itself; once ended, all is new."""
    asking = viewer(request)
    found = selectors.run_of(number, run, asking)
    asking.need(Right.FOLLOW)
    context = {"last": found, "number": number, "left": _time_left(found)}
    response = render(request, "matter/parts/progress.html", context)
    if not found.job.is_open:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def cancel(request: HttpRequest, number: str, run: int) -> HttpResponse:
    """Ask a run to stop."""
    asking = viewer(request)
    found = selectors.run_of(number, run, asking)
    services.cancel(found.number, actor=asking)
    return done(request, number, "valuation", "appraise.cancel_asked")


@require_GET
def chart(request: HttpRequest, number: str, file: int) -> HttpResponse:
    """A chart of a run; it never changes, so the browser may keep it."""
    asking = viewer(request)
    asking.need(Right.FOLLOW)
    content = picture(file, number=number, viewer=asking)
    response = HttpResponse(content, content_type="image/svg+xml")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = f"private, max-age={DAY_SECONDS}, immutable"
    return response


@require_POST
@limited("upload")
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """The firm gives the filled form of questions back, with what belongs to it."""
    asking, form = viewer(request), Form("answers", request.POST)
    given = chosen(request)
    if not given:
        form.wrong("files", "files.none_chosen")
    if form.attempt(lambda: upload(number, given, actor=asking), fields={}):
        return done(request, number, "valuation", "answers.given", count=len(given))
    return show(request, number, form)
