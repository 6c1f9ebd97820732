"""The desk of payments: what came in and waits for a person, refunds, and the reconciliation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhirong.platform.desks.forms import Form
from zhirong.platform.desks.guards import with_second_factor
from zhirong.platform.desks.request import viewer
from zhirong.platform.lending import answers, incoming
from zhirong.platform.lending.payment_desk import need_keeper
from zhirong.platform.lending.payment_views import (
    answers_waiting,
    entries_waiting,
    open_loans,
    refunds_waiting,
)
from zhirong.platform.words import say
from zhirong.platform.work.reconciling import reports


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for a person, and the ledger against the rails' statements."""
    return _show(request)


def _show(request: HttpRequest, problem: str = "") -> HttpResponse:
    asking = viewer(request)
    need_keeper(asking)
    context = {
        "problem": problem,
        "entries": entries_waiting(asking),
        "answers": answers_waiting(asking),
        "refunds": refunds_waiting(asking),
        "loan_choices": [("", say("payments.choose_loan")), *open_loans(asking)],
        "claim_form": Form("claim"),
        "reports": reports(asking),
    }
    return render(request, "manager/payments.html", context, status=422 if problem else 200)


@require_POST
@with_second_factor
def settle(request: HttpRequest, entry: int) -> HttpResponse:
    """Say on which loan money that came in is booked."""
    asking, form = viewer(request), Form("claim", request.POST)
    loan = form.text("loan")
    if form.attempt(lambda: incoming.settle_entry(entry, loan, actor=asking), fields={}):
        messages.success(request, say("payments.settled", {"draw": loan}))
        return redirect("payments-desk")
    return _show(request, form.problem)


@require_POST
def take_again(request: HttpRequest, answer: int) -> HttpResponse:
    """Book an answer that was set aside."""
    asking, form = viewer(request), Form("again", request.POST)
    if form.attempt(lambda: answers.take_again(answer, actor=asking), fields={}):
        messages.success(request, say("payments.taken_again"))
        return redirect("payments-desk")
    return _show(request, form.problem)
