"""The contracts of a matter: make, read, sign in order, verify, take away as evidence."""

import io

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.forms import Form, kept_or_new
from zhirong.platform.desks.guards import with_second_factor
from zhirong.platform.desks.matter.frame import done, page
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.signing.showing import shown
from zhirong.platform.documents import evidence as evidence_desk
from zhirong.platform.documents.deed_lines import deeds_of, turns_of, verified
from zhirong.platform.lending import contracts
from zhirong.platform.lending.costs import cost_of
from zhirong.platform.matters.selectors import head_of

ZIP = "application/zip"


@require_GET
def contract(request: HttpRequest, number: str) -> HttpResponse:
    """Every deed with who signs it in which order, and what waits for the viewer."""
    return show(request, number)


def show(request: HttpRequest, number: str, wrong: Form | None = None) -> HttpResponse:
    """The tab, with what was wrong where an act was refused."""
    asking = viewer(request)
    matter = head_of(number, asking)
    deeds = deeds_of(number, asking)
    may_sign = asking.may(Right.SIGN_BORROWER) or asking.may(Right.SIGN_LENDER)
    turns = turns_of(deeds, asking) if not matter.is_ended else ()
    context = {
        "problem": wrong.problem if wrong else "",
        "deeds": deeds,
        "turns": turns if may_sign else (),
        "others": turns if not may_sign else (),
        "signed_count": sum(deed.is_signed for deed in deeds),
        "form": kept_or_new(wrong, "sign"),
        "cost": cost_of(number, asking) if turns else None,
        "can_make": matter.stage == "approved" and asking.may(Right.CONTRACT),
    }
    return page(request, number, "contract", context, status=422 if wrong else 200)


@require_POST
def make(request: HttpRequest, number: str) -> HttpResponse:
    """Make all contracts and papers of the filing from what was approved."""
    asking, form = viewer(request), Form("make", request.POST)
    if form.attempt(lambda: contracts.make_contracts(number, actor=asking), fields={}):
        return done(request, number, "contract", "contract.made")
    return show(request, number, form)


@require_POST
@with_second_factor
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """Sign all for which it is the organization's turn."""
    asking, form = viewer(request), Form("sign", request.POST)
    if not form.is_ticked("read"):
        form.wrong("read", "sign.read_first")
    if form.attempt(lambda: contracts.sign(number, actor=asking), fields={}):
        return done(request, number, "contract", "sign.done")
    return show(request, number, form)


@require_GET
def verification(request: HttpRequest, number: str) -> HttpResponse:
    """What can be said of the signatures of every deed, today."""
    found = [(deed, shown(result)) for deed, result in verified(number, viewer(request))]
    return page(request, number, "verification", {"found": found})


@require_POST
def evidence(request: HttpRequest, number: str) -> HttpResponseBase:
    """The evidence package of the signed contracts; taking it away is an act in the log."""
    content = evidence_desk.package(number, actor=viewer(request))
    return FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=f"{number}-evidence.zip",
        content_type=ZIP,
    )
