"""The administrator's desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhirong.core.messages import Fact
from zhirong.platform.accounts import administering
from zhirong.platform.accounts.rights import Right, Role
from zhirong.platform.accounts.selectors import administered_organizations
from zhirong.platform.desks.admin.parameters_list import in_force
from zhirong.platform.desks.forms import Form, kept_or_new, options
from zhirong.platform.desks.guards import with_second_factor
from zhirong.platform.desks.request import viewer
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.selectors import actions, log_page
from zhirong.platform.words import language, say
from zhirong.platform.work.repairing import count_given_up

HOUSE = "house"
KINDS = ("firm", "association", "hospital", "bank", "valuer")
FIELD_OF_PERSON = {
    "no_role": "roles",
    "role_of_kind": "roles",
    "name_missing": "name",
    "name_taken": "sign_in_name",
    "organization_taken": "identifier",
}


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Organizations and people."""
    return show(request)


def show(request: HttpRequest, wrong: Form | None = None) -> HttpResponse:
    """The page of people, with what was typed where an act was refused."""
    asking = viewer(request)
    context = {
        "problem": wrong.problem if wrong else "",
        "organizations": administered_organizations(asking),
        "is_house": asking.organization_kind == HOUSE,
        "kind_choices": options(KINDS, "organization"),
        "person_form": kept_or_new(wrong, "person"),
        "organization_form": kept_or_new(wrong, "organization"),
        "about": _number(wrong.value("organization")) if wrong else 0,
        "ticked": wrong.values("roles") if wrong else (),
        "here": "people",
        "waiting": count_given_up(asking),
    }
    return render(request, "admin/people.html", context, status=422 if wrong else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _roles(form: Form) -> tuple[Role, ...]:
    known = {role.value for role in Role}
    return tuple(Role(value) for value in form.values("roles") if value in known)


def _done(request: HttpRequest, code: str, **facts: Fact) -> HttpResponse:
    messages.success(request, say(code, facts))
    return redirect("admin-desk")


@require_POST
@with_second_factor
def add_person(request: HttpRequest) -> HttpResponse:
    """A new person of an organization."""
    asking, form = viewer(request), Form("person", request.POST)
    asking.need(Right.ADMINISTER)
    organization = form.whole("organization")
    name, sign_in_name = form.text("name"), form.text("sign_in_name")
    password = form.value("password")

    def act() -> None:
        administering.take_on(
            organization,
            sign_in_name=sign_in_name,
            name=name,
            password=password,
            roles=_roles(form),
            actor=asking,
        )

    if form.attempt(act, fields=FIELD_OF_PERSON):
        return _done(request, "admin.person_added", name=name)
    return show(request, form)


@require_POST
@with_second_factor
def add_organization(request: HttpRequest) -> HttpResponse:
    """A new organization; only the house takes one on."""
    asking, form = viewer(request), Form("organization", request.POST)
    asking.need(Right.ADMINISTER)
    kind, name = form.one_of("kind", KINDS), form.text("name")
    identifier, address = form.text("identifier"), form.text("address", is_required=False)

    def act() -> None:
        administering.take_on_organization(
            kind=kind, name=name, identifier=identifier, address=address, actor=asking
        )

    if form.attempt(act, fields=FIELD_OF_PERSON):
        return _done(request, "admin.organization_added", name=name)
    return show(request, form)


@require_POST
@with_second_factor
def change_roles(request: HttpRequest, person: int) -> HttpResponse:
    """Other roles for a person."""
    asking, form = viewer(request), Form("roles", request.POST)
    asking.need(Right.ADMINISTER)

    def act() -> None:
        administering.change_roles(person, roles=_roles(form), actor=asking)

    if form.attempt(act, fields={}):
        return _done(request, "admin.roles_changed")
    return show(request, form)


@require_POST
@with_second_factor
def let_sign_in(request: HttpRequest, person: int) -> HttpResponse:
    """Take the sign-in away, or give it back."""
    asking, form = viewer(request), Form("sign-in", request.POST)
    asking.need(Right.ADMINISTER)
    is_active = form.value("is_active") == "yes"

    def act() -> None:
        administering.let_sign_in(person, is_active=is_active, actor=asking)

    if form.attempt(act, fields={}):
        return _done(request, "admin.let_in" if is_active else "admin.deactivated")
    return show(request, form)


@require_POST
@with_second_factor
def reset_second_factor(request: HttpRequest, person: int) -> HttpResponse:
    """Take the second factor from a person who lost it."""
    asking, form = viewer(request), Form("factor", request.POST)
    asking.need(Right.ADMINISTER)
    if form.attempt(lambda: administering.reset_second_factor(person, actor=asking), fields={}):
        return _done(request, "admin.factor_reset")
    return show(request, form)


@require_GET
def parameters(request: HttpRequest) -> HttpResponse:
    """The published values in force on the platform's day."""
    viewer(request).need(Right.ADMINISTER)
    lines = in_force(clock.today(), language())
    context = {
        "lines": lines,
        "unverified": sum(line.is_unverified for line in lines),
        "here": "parameters",
    }
    return render(request, "admin/parameters.html", context)


@require_GET
def action_log(request: HttpRequest) -> HttpResponse:
    """The action log under a filter that stands in the address; its check, if asked for."""
    asking = viewer(request)
    asking.need(Right.ADMINISTER)
    action, who = request.GET.get("action", ""), request.GET.get("who", "").strip()
    page = request.GET.get("page", "1")
    is_house = asking.organization_kind == HOUSE
    found = log_page(
        organization_id=None if is_house else asking.organization_id,
        action=action,
        who=who,
        page=_number(page),
    )
    context = {
        "log": found,
        "actions": actions(),
        "action": action,
        "who": who,
        "audit": journal.audit() if request.GET.get("audit") else None,
        "here": "log",
    }
    return render(request, "admin/log.html", context)
