"""The registration of a matter's pledge: its way, what is due, papers, notices, and the acts."""

import io

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from zhirong.filing.findings import LintFinding
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.desks.forms import Form, kept_or_new
from zhirong.platform.desks.guards import with_second_factor
from zhirong.platform.desks.matter.frame import done, page
from zhirong.platform.desks.request import viewer
from zhirong.platform.documents.selectors import files_of
from zhirong.platform.filing import packages
from zhirong.platform.filing.mending import GIVEN, GROUNDS
from zhirong.platform.filing.selectors import (
    FilingPage,
    alerts_of,
    filing_number,
    filings_of,
    findings_of,
)
from zhirong.platform.lending import registering
from zhirong.platform.lending.by_hand import TYPED, is_by_hand
from zhirong.platform.matters.selectors import head_of
from zhirong.platform.operations import clock

FILED_AT = ("signed", "filed")
RELEASED_AT = ("repaid", "releasing")
CANCELABLE = ("registered", "cancel_correction")
OF_SIGNATURES = frozenset({"461.7.signatures", "461.7.identity", "461.7.authorization"})
ZIP = "application/zip"


@require_GET
def registration(request: HttpRequest, number: str) -> HttpResponse:
    """How far the registration has come and what is to be done."""
    return show(request, number)


def show(request: HttpRequest, number: str, wrong: Form | None = None) -> HttpResponse:
    """The tab, with what was wrong where an act was refused."""
    asking = viewer(request)
    matter = head_of(number, asking)
    filings = filings_of(number, asking)
    is_clerk = asking.may(Right.FILE)
    last = filings[0] if filings else None
    is_open = last is not None and last.is_mendable and not matter.is_ended
    context = {
        "problem": wrong.problem if wrong else "",
        "filing": last,
        "earlier": filings[1:],
        "alerts": alerts_of(number, asking),
        "findings": _findings(number, last, asking) if is_open and is_clerk and last else None,
        "can_submit": is_open and is_clerk and matter.stage in FILED_AT,
        "can_release": _can_release(last, matter.stage) and is_clerk,
        "can_mend": is_open and is_clerk,
        "is_by_hand": is_by_hand(),
        "documents": [file for file in files_of(number, asking) if file.use != "chart"],
        "kinds": [kind.value for kind in GIVEN],
        "notice_kinds": [kind.value for kind in TYPED],
        "grounds": GROUNDS,
        "asked": [f"{right} {ground}" for right, ground in last.asked] if last else [],
        "mend_form": kept_or_new(wrong, "mend", _mended(last)),
        "ticked": _ticked(last, wrong),
        "fees_form": kept_or_new(wrong, "fees"),
        "text_form": kept_or_new(wrong, "notice"),
        "typed_form": kept_or_new(wrong, "typed", {"dated_on": clock.today().isoformat()}),
    }
    return page(request, number, "registration", context, status=422 if wrong else 200)


def _findings(number: str, filing: FilingPage, asking: Viewer) -> tuple[LintFinding, ...]:
    """What stands against the package; that papers wait for signatures is said once, beside it."""
    found = findings_of(number, filing.id, asking)
    return tuple(item for item in found if filing.is_signed or item.code not in OF_SIGNATURES)


def _can_release(filing: FilingPage | None, stage: str) -> bool:
    return filing is not None and stage in RELEASED_AT and filing.state in CANCELABLE


def _ticked(filing: FilingPage | None, wrong: Form | None) -> tuple[str, ...]:
    """What stands ticked among the rights to insist on."""
    if wrong is not None and wrong.name == "mend":
        return wrong.values("insists")
    return filing.insisted if filing is not None else ()


def _mended(filing: FilingPage | None) -> dict[str, str]:
    """What the filing says now stands in the form first."""
    is_stated = filing is not None and filing.same_day_statement
    return {"same_day_statement": "yes"} if is_stated else {}


@require_POST
@with_second_factor
def submit(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk files the package."""
    asking, form = viewer(request), Form("submit", request.POST)
    name = filing_number(number, filing, asking)
    if form.attempt(lambda: registering.file(number, name, actor=asking), fields={}):
        return done(request, number, "registration", "submit.done")
    return show(request, number, form)


@require_POST
def prepare_release(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk makes the papers of the release."""
    asking, form = viewer(request), Form("release", request.POST)
    name = filing_number(number, filing, asking)
    key = form.text("key", is_required=False)[:80]

    def make() -> None:
        registering.prepare_release(number, name, actor=asking, key=key)

    if form.attempt(make, fields={}):
        return done(request, number, "registration", "unpledge.prepared")
    return show(request, number, form)


@require_POST
@with_second_factor
def submit_release(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk files the cancellation of the registration."""
    asking, form = viewer(request), Form("release", request.POST)
    name = filing_number(number, filing, asking)
    if form.attempt(lambda: registering.file_release(number, name, actor=asking), fields={}):
        return done(request, number, "registration", "unpledge.submitted")
    return show(request, number, form)


@require_POST
def package(request: HttpRequest, number: str, reference: str) -> HttpResponseBase:
    """The package of an act as a zip for upload by hand."""
    content = packages.take(number, reference, actor=viewer(request))
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=f"{reference}.zip", content_type=ZIP
    )
