"""Application, qualification, limit sheet, proposal and decision."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from zhirong.lending.schedules import Form as Repayment
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.cover import cover_by_right
from zhirong.platform.appraisals.selectors import rights_of, runs_of
from zhirong.platform.demonstration_list import account_of, wallet_of
from zhirong.platform.desks.forms import TEN_THOUSAND, Form, kept_or_new, options
from zhirong.platform.desks.guards import with_second_factor
from zhirong.platform.desks.matter.frame import done, page
from zhirong.platform.desks.request import viewer
from zhirong.platform.documents.selectors import files_of
from zhirong.platform.lending import applying, deciding, selectors
from zhirong.platform.lending.costs import cost_of
from zhirong.platform.lending.loan_views import offer_of
from zhirong.platform.matters.selectors import head_of
from zhirong.platform.operations import clock

OFFERED = (
    Repayment.INTEREST_FIRST,
    Repayment.EQUAL_PRINCIPAL,
    Repayment.ANNUITY,
    Repayment.BULLET,
)
FIELD_OF_APPLICATION = {
    "amount": "amount",
    "above_product": "amount",
    "tenor": "tenor_months",
    "step": "every_months",
    "purpose": "purpose",
    "account": "account",
    "pay_by": "pay_by",
    "wallet": "wallet",
    "consent": "consent",
}
FIELD_OF_PROPOSAL = {"above_policy": "limit", "not_registrable": "rights"}
FIELD_OF_DECISION = {"reason_missing": "reason"}
VERDICTS = ("approve", "return", "refuse")


@require_GET
def credit(request: HttpRequest, number: str) -> HttpResponse:
    """What was asked, checked, proposed and decided."""
    return show(request, number)


def show(request: HttpRequest, number: str, wrong: Form | None = None) -> HttpResponse:
    """The tab, with what was typed where an act was refused."""
    asking = viewer(request)
    proposals = selectors.proposals_of(number, asking)
    runs = [run for run in runs_of(number, asking) if run.covered is not None]
    rights = rights_of(number, runs[0].number, asking) if runs else ()
    is_weighing = asking.may(Right.PROPOSE) or asking.may(Right.APPROVE)
    sheet = selectors.sheet_of(number, asking) if is_weighing else None
    limit = sheet.sheet.limit.amount / TEN_THOUSAND if sheet and sheet.sheet else Decimal(0)
    context = {
        "problem": wrong.problem if wrong else "",
        "application": selectors.application_of(number, asking),
        "qualification": selectors.qualification_of(number, asking),
        "offer": offer_of(number, asking),
        "cost": cost_of(number, asking),
        "products": selectors.products(),
        "product_choices": options((line.key for line in selectors.products()), "product"),
        "form_choices": options((item.value for item in OFFERED), "repayment"),
        "step_choices": options(applying.EVERY_MONTHS, "every"),
        "pay_by_choices": options(applying.RAILS, "pay_by"),
        "has_files": bool(files_of(number, asking, use="firm_file")),
        "sheet": sheet,
        "run": runs[0] if runs else None,
        "rights": [right for right in rights if right.is_registrable],
        "cover": cover_by_right(rights, runs[0].caps) if sheet and runs else (),
        "proposals": proposals,
        "open": next((item for item in proposals if item.state == "open"), None),
        "apply_form": kept_or_new(wrong, "apply", _first_wish(number, asking)),
        "propose_form": kept_or_new(wrong, "propose", _usual(limit)),
        "ticked": wrong.values("rights") if wrong else (),
        "decide_form": kept_or_new(wrong, "decide"),
    }
    return page(request, number, "credit", context, status=422 if wrong else 200)


def _first_wish(number: str, asking: Viewer) -> dict[str, str]:
    """What stands in the application first; a demonstration knows the firm's account."""
    known = {"every_months": "3", "tenor_months": "12"}
    if clock.is_demonstration():
        firm = head_of(number, asking).firm_identifier
        known |= {"account": account_of(firm), "wallet": wallet_of(firm)}
    return known


def _usual(limit: Decimal) -> dict[str, str]:
    """The policy's own limit and spread stand in the form first."""
    rules = Parameters().get("lending.policy", on=clock.today()).value
    return {"limit": f"{limit.normalize():f}", "spread_bp": str(rules["spread_bp"])}


@require_POST
def apply(request: HttpRequest, number: str) -> HttpResponse:
    """The firm submits its application."""
    asking, form = viewer(request), Form("apply", request.POST)
    keys = tuple(product.key for product in selectors.products())
    wish = applying.Wish(
        product=form.one_of("product", keys),
        amount=form.money("amount", unit=TEN_THOUSAND),
        tenor_months=form.whole("tenor_months"),
        form=Repayment(form.one_of("form", tuple(item.value for item in OFFERED))),
        every_months=form.whole("every_months"),
        purpose=form.text("purpose"),
        account=form.text("account"),
        pay_by=form.one_of("pay_by", applying.RAILS) if form.value("pay_by") else applying.BANK,
        wallet=form.text("wallet", is_required=False)[:40],
        has_credit_query_consent=form.is_ticked("consent"),
    )
    if form.attempt(
        lambda: applying.apply(number, wish, actor=asking), fields=FIELD_OF_APPLICATION
    ):
        return done(request, number, "overview", "apply.done")
    return show(request, number, form)


@require_POST
def check(request: HttpRequest, number: str) -> HttpResponse:
    """The account manager goes through the points of the qualification."""
    asking, form = viewer(request), Form("check", request.POST)
    if form.attempt(lambda: applying.check_qualification(number, actor=asking), fields={}):
        return done(request, number, "credit", "qualification.done")
    return show(request, number, form)


@require_POST
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """The risk officer puts limit, price and conditions before the approvers."""
    asking, form = viewer(request), Form("propose", request.POST)
    terms = deciding.Terms(
        limit=form.money("limit", unit=TEN_THOUSAND),
        spread_bp=form.number("spread_bp"),
        rights=form.values("rights"),
        conditions=tuple(form.text("conditions", is_required=False).splitlines()),
        reason=form.text("reason"),
    )
    if not terms.rights:
        form.wrong("rights", "propose.no_rights")
    if abs(terms.spread_bp) >= TEN_THOUSAND:
        form.wrong("spread_bp", "propose.spread")
    if form.attempt(
        lambda: deciding.propose(number, terms, actor=asking), fields=FIELD_OF_PROPOSAL
    ):
        return done(request, number, "credit", "propose.done")
    return show(request, number, form)


@require_POST
@with_second_factor
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """An officer approves, returns or refuses the version that was read."""
    asking, form = viewer(request), Form("decide", request.POST)
    verdict = form.one_of("verdict", VERDICTS)
    version = form.whole("version")
    reason = form.text("reason", is_required=False)

    def act() -> None:
        deciding.decide(
            number, deciding.Verdict(verdict), reason=reason, version=version, actor=asking
        )

    if form.attempt(act, fields=FIELD_OF_DECISION):
        return done(request, number, "credit", f"decide.done.{verdict}")
    return show(request, number, form)
