"""The registration of a matter's pledge: its way, what is due, papers, notices, and the acts."""

import io

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhirong.filing.correcting import CorrectedPart
from zhirong.filing.findings import LintFinding
from zhirong.filing.forms import ClaimKind, Scope
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.desks.forms import Form, kept_or_new, options
from zhirong.platform.desks.guards import with_second_factor
from zhirong.platform.desks.matter.frame import page
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
from zhirong.platform.lending.amending import AMENDED_AT
from zhirong.platform.lending.by_hand import TYPED, is_by_hand
from zhirong.platform.lending.resettling import choices_of
from zhirong.platform.matters.selectors import head_of
from zhirong.platform.operations import clock
from zhirong.platform.words import say

FILED_AT = ("signed", "filed", "registered", "drawn")
RELEASED_AT = ("repaid", "releasing")
CANCELABLE = ("registered", "cancel_correction")
AMENDABLE = ("registered", "change_correction", "extend_correction")
GONE = ("refused", "withdrawn")
OF_SIGNATURES = frozenset(
    f"{register}.{ground}"
    for register in ("461.7", "358", "order8", "data", "later")
    for ground in ("signatures", "identity", "authorization", "commitment", "effect_statement")
)
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
    last = _chosen(request, filings)
    is_open = last is not None and last.is_mendable and not matter.is_ended
    context = {
        "problem": wrong.problem if wrong else "",
        "filing": last,
        "earlier": _earlier(last, filings),
        "standing": [item for item in filings if item.state not in GONE],
        "alerts": alerts_of(number, asking),
        "findings": _findings(number, last, asking) if _has_findings(last) and is_clerk else None,
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
        "can_amend": _can_amend(last, matter.stage) and is_clerk,
        "choices": choices_of(number, last.id, asking) if is_open and is_clerk and last else (),
        "change_form": kept_or_new(wrong, "change", {"changed_on": clock.today().isoformat()}),
        "claim_choices": (("", say("amend.as_it_is")), *options(ClaimKind, "filing.claim")),
        "scopes": tuple(Scope),
        "kept_scope": wrong.values("scope") if wrong is not None and wrong.name == "change" else (),
        "extend_form": kept_or_new(wrong, "extend"),
        "correctable": tuple(CorrectedPart),
        "fees_form": kept_or_new(wrong, "fees"),
        "text_form": kept_or_new(wrong, "notice"),
        "typed_form": kept_or_new(wrong, "typed", {"dated_on": clock.today().isoformat()}),
    }
    return page(request, number, "registration", context, status=422 if wrong else 200)


def _chosen(request: HttpRequest, filings: tuple[FilingPage, ...]) -> FilingPage | None:
    """The filing that the address names, else the newest that stands."""
    match = request.resolver_match
    named_by = {**request.GET.dict(), **(match.kwargs if match else {})}
    wanted = str(named_by["filing"]) if "filing" in named_by else ""
    named = [item for item in filings if str(item.id) == wanted]
    standing = [item for item in filings if item.state not in GONE]
    return next(iter([*named, *standing, *filings]), None)


def _earlier(filing: FilingPage | None, filings: tuple[FilingPage, ...]) -> tuple[FilingPage, ...]:
    """The refused filings of the same contract."""
    if filing is None:
        return ()
    contract = filing.contract_number
    return tuple(
        f for f in filings if f.contract_number == contract and f.id < filing.id and f.refusal
    )


def _has_findings(filing: FilingPage | None) -> bool:
    if filing is None:
        return False
    return filing.is_mendable or filing.amendment is not None


def _can_amend(filing: FilingPage | None, stage: str) -> bool:
    is_here = stage in {item.value for item in AMENDED_AT}
    return filing is not None and is_here and filing.state in AMENDABLE


def _findings(number: str, filing: FilingPage | None, asking: Viewer) -> tuple[LintFinding, ...]:
    """What stands against the package; that papers wait for signatures is said once, beside it."""
    assert filing is not None, "asked for a filing that is there"
    found, amendment = findings_of(number, filing.id, asking), filing.amendment
    is_signed = amendment.is_signed if amendment is not None else filing.is_signed
    return tuple(item for item in found if is_signed or item.code not in OF_SIGNATURES)


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


def back(request: HttpRequest, number: str, filing: int, code: str) -> HttpResponse:
    """Back to a filing after an act, with a word that it is done."""
    return go(request, number, "matter-registration", code, query=f"?filing={filing}")


def go(request: HttpRequest, number: str, name: str, code: str, *, query: str = "") -> HttpResponse:
    """To an address of a matter after an act, with a word that it is done."""
    messages.success(request, say(code))
    return redirect(f"{reverse(name, args=(number,))}{query}")


@require_POST
@with_second_factor
def submit(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk files the package."""
    asking, form = viewer(request), Form("submit", request.POST)
    name = filing_number(number, filing, asking)
    if form.attempt(lambda: registering.file(number, name, actor=asking), fields={}):
        return back(request, number, filing, "submit.done")
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
        return back(request, number, filing, "unpledge.prepared")
    return show(request, number, form)


@require_POST
@with_second_factor
def submit_release(request: HttpRequest, number: str, filing: int) -> HttpResponse:
    """The clerk files the cancellation of the registration."""
    asking, form = viewer(request), Form("release", request.POST)
    name = filing_number(number, filing, asking)
    if form.attempt(lambda: registering.file_release(number, name, actor=asking), fields={}):
        return back(request, number, filing, "unpledge.submitted")
    return show(request, number, form)


@require_POST
def package(request: HttpRequest, number: str, reference: str) -> HttpResponseBase:
    """The package of an act as a zip for upload by hand."""
    content = packages.take(number, reference, actor=viewer(request))
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=f"{reference}.zip", content_type=ZIP
    )
