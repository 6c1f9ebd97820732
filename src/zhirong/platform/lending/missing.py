"""What is still missing on the step where a matter stands: in words, for the page of its way."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from zhirong.core.messages import Message
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.documents.models import Deed, StoredFile
from zhirong.platform.filing.selectors import alerts_of, filings_of
from zhirong.platform.lending.blocks import blocks_of
from zhirong.platform.lending.models import DrawDown, Proposal, Qualification
from zhirong.platform.lending.tasks import DRAW_STATES, NEXT_DUE
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.selectors import MatterHead
from zhirong.platform.matters.visibility import matter_seen, visible
from zhirong.platform.operations.progress import OPEN
from zhirong.platform.operations.selectors import facts_of
from zhirong.platform.words import say

Stage = Matter.Stage
Missing = Iterator[Message]


def missing_of(matter: MatterHead, viewer: Viewer) -> tuple[Message, ...]:
    """What keeps a matter from its next step; empty once it has ended.

    What a bank weighs among its own people is not told to the borrower.
    """
    if matter.is_ended:
        return ()
    return tuple(_MISSING[Stage(matter.stage)](matter, viewer))


def _opened(matter: MatterHead, _: Viewer) -> Missing:
    files = StoredFile.objects.filter(matter_id=matter.id, use="firm_file", is_withdrawn=False)
    if not files.exists():
        yield Message("missing.files", {})
    yield Message("missing.application", {})


def _applied(matter: MatterHead, _: Viewer) -> Missing:
    check = Qualification.objects.filter(matter_id=matter.id).first()
    if check is None:
        yield Message("missing.check", {})
        return
    for point in check.points:
        if not point["passed"]:
            words = say(point["code"], facts_of(point["facts"]))
            yield Message("missing.point", {"point": words})


def _checked(matter: MatterHead, _: Viewer) -> Missing:
    run = AppraisalRun.objects.filter(matter_id=matter.id).select_related("job").first()
    if run is None:
        yield Message("missing.appraisal", {})
    elif run.job.state in OPEN:
        yield Message("missing.appraisal_runs", {})
    else:
        count = int(run.summary.get("questions", 0))
        code = "missing.answers" if count else "missing.appraisal"
        yield Message(code, {"count": count} if count else {})


def _appraised(matter: MatterHead, viewer: Viewer) -> Missing:
    last = Proposal.objects.filter(matter_id=matter.id).first()
    if viewer.organization_id == matter.firm_id or last is None:
        yield Message("missing.proposal", {})
        return
    decision = last.decisions.select_related("officer").last()
    if decision is not None:
        yield Message("missing.returned", {"who": decision.officer.name, "reason": decision.reason})


def _proposed(matter: MatterHead, viewer: Viewer) -> Missing:
    proposal = Proposal.objects.get(matter_id=matter.id, state=Proposal.State.OPEN)
    if viewer.organization_id == matter.firm_id:
        yield Message("missing.decision", {})
    elif proposal.decisions.exists():
        yield Message("missing.second_decision", {})
    elif proposal.needs_second:
        yield Message("missing.two_decisions", {})
    else:
        yield Message("missing.decision", {})


def _approved(_: MatterHead, __: Viewer) -> Missing:
    yield Message("missing.contracts", {})


def _unsigned(matter: MatterHead, viewer: Viewer) -> Missing:
    """Deeds by whose turn it is."""
    waiting: dict[str, int] = {}
    for deed in visible(Deed, viewer).filter(matter_id=matter.id, is_withdrawn=False):
        open_places = deed.places.filter(signed_on=None).select_related("organization")
        turn = open_places.order_by("place").first()
        if turn is not None:
            name = turn.organization.name
            waiting[name] = waiting.get(name, 0) + 1
    for organization, count in waiting.items():
        yield Message("missing.signature", {"organization": organization, "count": count})


def _signed(_: MatterHead, __: Viewer) -> Missing:
    yield Message("missing.filing", {})


def _filed(matter: MatterHead, viewer: Viewer) -> Missing:
    yield from _alerts(matter, viewer)
    for filing in filings_of(matter.number, viewer)[:1]:
        if filing.state == "correction":
            yield Message("missing.correction", {"day": filing.respond_by})
        else:
            yield Message("missing.notice", {})


def _alerts(matter: MatterHead, viewer: Viewer) -> Missing:
    for alert in alerts_of(matter.number, viewer):
        yield Message(alert.code, alert.facts)


def _registered(matter: MatterHead, viewer: Viewer) -> Missing:
    states = {state for (state,) in DRAW_STATES.all_values(matter.id)}
    if DrawDown.State.ORDERED in states:
        yield Message("missing.rail", {})
        return
    if DrawDown.State.ASKED not in states:
        yield Message("missing.draw", {})
    yield from blocks_of(matter_seen(matter.number, viewer))


def _drawn(matter: MatterHead, viewer: Viewer) -> Missing:
    line = NEXT_DUE.row(matter.id)
    if line is not None:
        rest = line.principal_fen + line.interest_fen
        rest -= line.paid_principal_fen + line.paid_interest_fen
        amount = Decimal(rest) / 100
        yield Message("missing.installment", {"day": line.due_on, "amount": amount})
    yield from _alerts(matter, viewer)


def _repaid(matter: MatterHead, viewer: Viewer) -> Missing:
    yield from _unsigned(matter, viewer)
    yield Message("missing.release", {})


def _releasing(_: MatterHead, __: Viewer) -> Missing:
    yield Message("missing.release_notice", {})


_MISSING: Mapping[Stage, Callable[[MatterHead, Viewer], Missing]] = {
    Stage.OPENED: _opened,
    Stage.APPLIED: _applied,
    Stage.CHECKED: _checked,
    Stage.APPRAISED: _appraised,
    Stage.PROPOSED: _proposed,
    Stage.APPROVED: _approved,
    Stage.CONTRACTED: _unsigned,
    Stage.SIGNED: _signed,
    Stage.FILED: _filed,
    Stage.REGISTERED: _registered,
    Stage.DRAWN: _drawn,
    Stage.REPAID: _repaid,
    Stage.RELEASING: _releasing,
}
