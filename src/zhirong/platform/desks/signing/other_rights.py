"""Marks, copyrights and data certificates of a matter: entered, and pledged beside the patents."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from zhirong.filing.forms import ValueBasis
from zhirong.filing.office import Registry
from zhirong.filing.register_view import RightState
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.desks.forms import TEN_THOUSAND, Form, kept_or_new, options
from zhirong.platform.desks.guards import limited
from zhirong.platform.desks.matter.files import chosen
from zhirong.platform.desks.matter.frame import page
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.signing.registration import back, go
from zhirong.platform.documents.selectors import files_of
from zhirong.platform.filing import held, held_lists
from zhirong.platform.filing.selectors import filings_of
from zhirong.platform.lending import further
from zhirong.platform.matters.selectors import head_of
from zhirong.platform.operations import clock

KINDS = tuple(kind for kinds in held.KINDS.values() for kind in kinds)
LISTS = {"file": "document", "headings": "document"}
REGISTRIES = tuple(held.KINDS)
STATES = tuple(RightState)
FIELDS = {
    "number": "right_number",
    "classes": "classes",
    "owners": "owners",
    "term": "term_end",
    "report": "report_number",
    "kind": "right_kind",
    "seen_on": "seen_on",
    "value": "stated_value",
}


@require_GET
def rights(request: HttpRequest, number: str) -> HttpResponse:
    """What was entered, what is pledged of it, and the form for another."""
    return show(request, number)


def show(request: HttpRequest, number: str, wrong: Form | None = None) -> HttpResponse:
    """The page, with what was wrong where an act was refused."""
    asking = viewer(request)
    matter = head_of(number, asking)
    entered = held.held_rights(number, asking)
    standing = [f for f in filings_of(number, asking) if f.state not in {"refused", "withdrawn"}]
    pledged = {right.number: filing.number for filing in standing for right in filing.rights}
    can_pledge = matter.stage in {stage.value for stage in further.PLEDGED_AT}
    today = clock.today().isoformat()
    context = {
        "problem": wrong.problem if wrong else "",
        "entered": entered,
        "pledged": pledged,
        "registries": [
            (registry.value, rows)
            for registry in REGISTRIES
            if (rows := [r for r in entered if _is_free(r, registry, pledged)])
        ],
        "can_pledge": can_pledge and asking.may(Right.FILE),
        "can_enter": asking.may(Right.FILE) and not matter.is_ended,
        "form": kept_or_new(
            wrong, "right", {"seen_on": today, "valued_on": today, "basis": "agreed"}
        ),
        "pledge_form": kept_or_new(wrong, "pledge"),
        "kinds": options(KINDS, "right.kind"),
        "states": options(STATES, "held.state"),
        "bases": options(ValueBasis, "held.basis"),
        "lists": held_lists.lists_of(number, asking),
        "list_form": kept_or_new(wrong, "list"),
        "documents": [file for file in files_of(number, asking) if file.use != "chart"],
    }
    return page(request, number, "other_rights", context, status=422 if wrong else 200)


def _is_free(right: held.EnteredRight, registry: Registry, pledged: dict[str, str]) -> bool:
    return right.registry == registry.value and right.number not in pledged


@require_POST
@limited("upload")
def enter(request: HttpRequest, number: str) -> HttpResponse:
    """The clerk enters a right by the extract of its register."""
    asking, form = viewer(request), Form("right", request.POST)
    asking.need(Right.FILE)
    kind = form.one_of("right_kind", KINDS)
    registry = next(name for name, kinds in held.KINDS.items() if kind in kinds)
    made = _new_right(form, registry, kind, document_of(request, form, number, asking))
    if form.attempt(lambda: held.enter(number, made(), actor=asking), fields=FIELDS):
        return go(request, number, "matter-other-rights", "held.entered")
    return show(request, number, form)


def document_of(request: HttpRequest, form: Form, number: str, asking: Viewer) -> Callable[[], int]:
    """The document that a form names, or the file that came with it, kept once all is well."""
    given = chosen(request, "brought")
    named = form.text("document", is_required=False)
    if not given and not named.isdecimal():
        form.wrong("document", "held.no_document")

    def document() -> int:
        if given:
            return held.bring(number, given[:1], actor=asking)[0].pk
        return int(named)

    return document


def _new_right(
    form: Form, registry: Registry, kind: str, document: Callable[[], int]
) -> Callable[[], held.NewRight]:
    """The right as typed; its extract is kept when it is entered."""
    today = clock.today()
    basis = form.one_of("basis", tuple(item.value for item in ValueBasis))
    state = form.one_of("held_state", tuple(item.value for item in STATES))
    is_data = registry is Registry.DATA
    parts = {
        "number": form.text("right_number"),
        "name": form.text("right_name"),
        "registered_on": form.day("registered_on") or today,
        "term_end": form.day("term_end") or today,
        "owners": tuple(form.text("owners").splitlines()),
        "value": form.money("stated_value", unit=TEN_THOUSAND),
        "valued_on": form.day("valued_on") or today,
        "seen_on": form.day("seen_on") or today,
        "classes": _classes(form),
        "family": tuple(form.text("family", is_required=False).split()),
        "report_number": form.text("report_number", is_required=False),
    }

    def made() -> held.NewRight:
        return held.NewRight(
            **parts,  # type: ignore[arg-type]  # read field by field above
            registry=registry,
            kind=kind,
            state=RightState(state),
            is_seized=form.is_ticked("is_seized"),
            fingerprint_holds=form.is_ticked("fingerprint_holds") if is_data else None,
            basis=ValueBasis(basis),
            extract_id=document(),
        )

    return made


def _classes(form: Form) -> tuple[int, ...]:
    parts = form.text("classes", is_required=False).split()
    if not all(part.isdecimal() for part in parts):
        form.wrong("classes", "form.whole")
        return ()
    return tuple(int(part) for part in parts)


@require_POST
@limited("upload")
def take_list(request: HttpRequest, number: str) -> HttpResponse:
    """The clerk takes a list of rights in; rows that cannot be entered say why."""
    asking, form = viewer(request), Form("list", request.POST)
    asking.need(Right.FILE)
    document = document_of(request, form, number, asking)
    if form.attempt(lambda: held_lists.take_list(number, document(), actor=asking), fields=LISTS):
        return go(request, number, "matter-other-rights", "held.list.taken")
    return show(request, number, form)


@require_POST
def pledge(request: HttpRequest, number: str) -> HttpResponse:
    """The clerk makes contract and papers of a further pledge."""
    asking, form = viewer(request), Form("pledge", request.POST)
    registry = form.one_of("registry", tuple(item.value for item in REGISTRIES))
    has_amount = bool(form.text("pledge_amount", is_required=False))
    amount = form.money("pledge_amount", unit=TEN_THOUSAND) if has_amount else None
    new = further.NewPledge(
        registry=Registry(registry), rights=form.values("rights"), amount=amount
    )
    made: list[int] = []

    def act() -> None:
        made.append(further.add_pledge(number, new, actor=asking).pk)

    if form.attempt(act, fields={}):
        return back(request, number, made[0], "held.pledged")
    return show(request, number, form)
