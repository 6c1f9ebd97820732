"""A plan's pages to read: overview, pool, securities, losses, costs, record."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zhirong.platform.accounts.selectors import parties_for_plans
from zhirong.platform.desks.forms import Form, kept_or_new
from zhirong.platform.desks.plans.frame import found_of, page
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.tables import one_page, page_of, pager_of
from zhirong.platform.plans import selectors
from zhirong.platform.words import say
from zhirong.platform.work.examples import has_plan_example

CHARTS = {
    "pool": ("concentration",),
    "securities": ("tranche_balances",),
    "losses": ("loss_distribution",),
}
MET = "met"


@require_GET
def overview(request: HttpRequest, plan: str) -> HttpResponse:
    """Where the plan stands: files, runs, who takes part, the steps of its issue."""
    return show_overview(request, plan)


def show_overview(request: HttpRequest, plan: str, wrong: Form | None = None) -> HttpResponse:
    """The overview, with what was wrong where an act was refused."""
    asking = viewer(request)
    head = selectors.head_of(plan, asking)
    runs = selectors.runs_of(plan, asking, kind="structure")
    found = found_of(request, plan)
    context = {
        "plan": head,
        "problem": wrong.problem if wrong else "",
        "files_form": kept_or_new(wrong, "files"),
        "parts_form": kept_or_new(wrong, "parts"),
        "step_form": kept_or_new(wrong, "step"),
        "given": selectors.given_files(plan, asking),
        "runs": runs,
        "last": runs[0] if runs else None,
        "found": found,
        "doc": found.document if found else None,
        "steps": selectors.steps_of(head),
        "parts": selectors.parts_of(head),
        "parties": parties_for_plans() if head.is_arranger else (),
        "part_choices": [(part, say(f"part.{part}")) for part in ("servicer", "investor")],
        "has_example": has_plan_example(),
    }
    return page(request, plan, "overview", context, status=422 if wrong else 200)


@require_GET
def pool(request: HttpRequest, plan: str) -> HttpResponse:
    """Who owes what: tests of the pool, concentration, what leaving a firm out would change."""
    return _result(request, plan, "pool")


@require_GET
def securities(request: HttpRequest, plan: str) -> HttpResponse:
    """The tranches, and how each fares in every scenario."""
    return _result(request, plan, "securities")


@require_GET
def losses(request: HttpRequest, plan: str) -> HttpResponse:
    """Losses by tranche with and without supports, stress, what breaks the senior tranche."""
    return _result(request, plan, "losses")


@require_GET
def costs(request: HttpRequest, plan: str) -> HttpResponse:
    """What the money costs: the plan, and each firm before and after subsidies."""
    return _result(request, plan, "costs")


@require_GET
def money(request: HttpRequest, plan: str) -> HttpResponse:
    """From yuan raised to suppliers' invoices: hops, refusals, pledges, accounts reconciled."""
    return _result(request, plan, "money")


def _result(request: HttpRequest, plan: str, tab: str) -> HttpResponse:
    head = selectors.head_of(plan, viewer(request))
    found = found_of(request, plan)
    context = {
        "plan": head,
        "found": found,
        "doc": found.document if found else None,
        "open_findings": [
            item for item in found.document["pool"]["findings"] if item["standing"] != MET
        ]
        if found
        else (),
        "charts": [chart for chart in found.charts if chart.key in CHARTS.get(tab, ())]
        if found
        else (),
    }
    return page(request, plan, tab, context)


@require_GET
def log(request: HttpRequest, plan: str) -> HttpResponse:
    """Who did what, when, for which organization."""
    head = selectors.head_of(plan, viewer(request))
    lines = selectors.log_of(head)
    pager = pager_of(request, count=len(lines), page=page_of(request))
    context = {"plan": head, "lines": one_page(lines, pager), "pager": pager}
    return page(request, plan, "log", context)
