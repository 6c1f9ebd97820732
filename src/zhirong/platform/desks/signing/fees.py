"""Proof that the annual fees of the pledged rights are paid."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from zhirong.platform.desks.forms import Form
from zhirong.platform.desks.matter.files import chosen
from zhirong.platform.desks.matter.frame import done
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.signing.registration import show
from zhirong.platform.filing import blocks


@require_POST
def prove(request: HttpRequest, number: str) -> HttpResponse:
    """The clerk takes a receipt: one of the matter's documents, or one brought along."""
    asking, form = viewer(request), Form("fees", request.POST)
    given = chosen(request, "receipt")
    is_named = bool(form.text("document", is_required=False))
    document = form.whole("document") if is_named else 0
    if not given and not is_named:
        form.wrong("receipt", "fees.none_chosen")
    key, counts = form.text("key", is_required=False)[:80], list[int]()

    def act() -> None:
        if given:
            counts.append(blocks.prove_fees_by(number, given[0], actor=asking, key=key))
        else:
            counts.append(blocks.prove_fees(number, document_id=document, actor=asking, key=key))

    if form.attempt(act, fields={}):
        return done(request, number, "registration", "fees.proved", count=counts[0])
    return show(request, number, form)
