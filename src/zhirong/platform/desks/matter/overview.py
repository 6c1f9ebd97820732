"""A matter at a glance; withdrawing it, withdrawing consent, taking one's file away."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from zhirong.platform.desks.figures import case_figure, loan_to_value_figure
from zhirong.platform.desks.forms import Form
from zhirong.platform.desks.matter.frame import done, page
from zhirong.platform.desks.request import viewer
from zhirong.platform.filing.selectors import alerts_of
from zhirong.platform.lending import withdrawing
from zhirong.platform.lending.exporting import export_matter
from zhirong.platform.lending.loan_to_value import loan_to_value_of
from zhirong.platform.lending.loan_views import offer_of
from zhirong.platform.lending.missing import missing_of
from zhirong.platform.lending.selectors import application_of, refusal_of
from zhirong.platform.matters import services
from zhirong.platform.matters.selectors import head_of, parts_of, shown_to_others, way_of


@require_GET
def overview(request: HttpRequest, number: str) -> HttpResponse:
    """What is to be done now, by whom; who takes part; who was shown what."""
    return show(request, number)


def show(request: HttpRequest, number: str, wrong: Form | None = None) -> HttpResponse:
    """The tab, with what was wrong where an act was refused."""
    asking = viewer(request)
    matter = head_of(number, asking)
    way, course = way_of(matter), loan_to_value_of(number, asking)
    context = {
        "matter": matter,
        "way": way,
        "missing": missing_of(matter, asking),
        "alerts": alerts_of(number, asking),
        "case_line": case_figure(matter, way),
        "course": course,
        "loan_to_value": loan_to_value_figure(course) if course else None,
        "problem": wrong.problem if wrong else "",
        "application": application_of(number, asking),
        "refusal": refusal_of(number, asking) if matter.stage == "refused" else "",
        "offer": offer_of(number, asking),
        "parts": parts_of(number, asking),
        "shown": shown_to_others(matter, asking)[:20],
    }
    return page(request, number, "overview", context, status=422 if wrong else 200)


@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """The firm takes its application back."""
    asking, form = viewer(request), Form("overview", request.POST)
    if form.attempt(lambda: withdrawing.withdraw(number, actor=asking), fields={}):
        return done(request, number, "overview", "withdraw.done")
    return show(request, number, form)


@require_POST
def withdraw_consent(request: HttpRequest, number: str, organization: int) -> HttpResponse:
    """The firm no longer lets an organization see the matter."""
    asking, form = viewer(request), Form("overview", request.POST)

    def act() -> None:
        services.withdraw_consent(number, organization_id=organization, actor=asking)

    if form.attempt(act, fields={}):
        return done(request, number, "overview", "consent.done")
    return show(request, number, form)


@require_POST
def export(request: HttpRequest, number: str) -> HttpResponseBase:
    """The firm's file of the matter as a zip; POST, since taking it away is an act in the log."""
    content = export_matter(number, actor=viewer(request))
    return FileResponse(
        content, as_attachment=True, filename=f"{number}.zip", content_type="application/zip"
    )
