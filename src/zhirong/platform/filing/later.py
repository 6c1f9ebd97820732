"""Changes and extensions of a registration: papers made, signed by the parties, filed, answered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from zhirong import bootstrap_counterparties as counterparties
from zhirong.core.errors import InputError, StateError
from zhirong.filing import applications, linter_later, states
from zhirong.filing.applications import Extension, How
from zhirong.filing.changing import ChangeItem, changed, changes_of, taken_out
from zhirong.filing.documents import DocumentKind
from zhirong.filing.findings import LintFinding
from zhirong.filing.forms import (
    ChangeForm,
    ExtendForm,
    OnBehalf,
    decode_change,
    decode_extend,
    encode_form,
)
from zhirong.filing.linter import may_file
from zhirong.filing.linter_later import LaterFiling
from zhirong.filing.office import Act, ActKind, Notice, NoticeKind, Registry
from zhirong.filing.progress import to_answer
from zhirong.filing.time_limits import change_until
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.filing.checking import paper_file, paper_record, papers_of
from zhirong.platform.filing.coding import contract_of, items_of, plain, progress_of
from zhirong.platform.filing.models import (
    Amendment,
    Filing,
    FilingDocument,
    PledgedRight,
    SentAct,
)
from zhirong.platform.filing.preparing import ESTABLISH, put_papers
from zhirong.platform.filing.sending import (
    PackageNotReadyError,
    dispatch,
    files_of,
    reference_of,
)
from zhirong.platform.operations import clock, journal
from zhirong.platform.operations.actor import Actor

State = Amendment.State
OPEN = (State.PREPARED, State.FILED)
CORRECTED = {
    ActKind.CHANGE.value: states.State.CHANGE_CORRECTION,
    ActKind.EXTEND.value: states.State.EXTEND_CORRECTION,
}

_HELD = frozenset(state.value for state in CORRECTED.values())  # the office waits for an answer


class NotAmendableError(StateError):
    """The registration does not stand where it can be changed or extended now."""

    code = "error.not_amendable"


class AmendmentError(InputError):
    """A day that fits no change or extension; `reason` says which."""

    code = "error.amendment"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Not amended: {reason}.", reason=f"error.amendment.{reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewExtension:
    """To which last day a registration is extended; whether the creditor files alone."""

    period_to: date
    is_creditor_alone: bool = False


def open_amendment(filing: Filing) -> Amendment | None:
    """The change or extension that is under way."""
    return filing.amendments.filter(state__in=OPEN).first()


def prepare_change(
    filing: Filing, items: Iterable[ChangeItem], *, changed_on: date, actor: Actor
) -> Amendment:
    """The papers of a change, to be signed; after a correction notice those of the mended one.

    Raises:
        NotAmendableError: The registration is not in force, or another act on it is under way.
        AmendmentError: The change lies in the future or before the registration.
        ChangeItemError: What the register does not change.
    """
    day, chosen = clock.today(), tuple(items)
    if changed_on > day:
        raise AmendmentError("future")
    contract = contract_of(filing)
    after = changed(contract, chosen)
    form = applications.change(
        after,
        filing.registration_no,
        changes_of(contract, chosen),
        changed_on=changed_on,
        how=_how(filing),
    )
    due = change_until(changed_on, parameters=Parameters(), calendar=china())
    new = Amendment(
        kind=ActKind.CHANGE.value,
        items=plain(chosen),
        form=dict(encode_form(form)),
        event_on=changed_on,
        due_on=due,
    )
    return _prepare(filing, new, form, actor)


def prepare_extension(filing: Filing, new: NewExtension, *, actor: Actor) -> Amendment:
    """The papers of an extension of a registration with its own period, to be signed.

    Raises:
        NotAmendableError: The registration is not in force, has no period, or another act on it is
            under way.
        AmendmentError: The new last day is not behind the old one.
    """
    until = filing.expires_on
    if until is None:
        raise _not_amendable(filing)
    if new.period_to <= until:
        raise AmendmentError("short")
    extension = Extension(
        period_to=until,
        new_period_to=new.period_to,
        is_creditor_alone=new.is_creditor_alone,
    )
    form = applications.extend(
        contract_of(filing), filing.registration_no, extension, how=_how(filing)
    )
    made = Amendment(
        kind=ActKind.EXTEND.value,
        form=dict(encode_form(form)),
        event_on=clock.today(),
        due_on=until,
    )
    return _prepare(filing, made, form, actor)


def _how(filing: Filing) -> How:
    contract = contract_of(filing)
    givers = tuple(party.identifier for party in contract.pledgors)
    return How(on_behalf=OnBehalf(filer=contract.pledgee.identifier, authorized_by=givers))


def _not_amendable(filing: Filing) -> NotAmendableError:
    state = f"filing.state.{filing.state}"
    return NotAmendableError(f"{filing.number} is {filing.state}.", state=state)


def _prepare(
    filing: Filing, new: Amendment, form: ChangeForm | ExtendForm, actor: Actor
) -> Amendment:
    """Keep the amendment in place of the open one that it mends, with its papers."""
    made = _kept(filing, new, actor)
    drafts = counterparties.later_drafts(
        form,
        Registry(filing.registry),
        number=f"{filing.number}-{made.act}",
        dated_on=clock.today(),
    )
    put_papers(filing, made.act, drafts, by=actor)
    facts = {"filing": filing.number, "kind": f"act.{made.kind}"}
    journal.record("amendment_prepared", by=actor, matter_id=filing.matter_id, facts=facts)
    return made


def _kept(filing: Filing, new: Amendment, actor: Actor) -> Amendment:
    state, known = states.State(filing.state), open_amendment(filing)
    is_mended = known is not None and state is CORRECTED.get(known.kind)
    is_free = state is states.State.REGISTERED
    if not (is_free or is_mended) or (known is not None and known.kind != new.kind):
        raise _not_amendable(filing)
    if known is not None:
        known.items, known.form = new.items, new.form
        known.event_on, known.due_on = new.event_on, new.due_on
        known.state = State.PREPARED
        known.save()
        return known
    number = filing.amendments.filter(kind=new.kind).count() + 1
    new.filing, new.act = filing, f"{new.kind}-{number}"
    new.made_by_id, new.made_on = actor.user_id, clock.today()
    new.save()
    return new


def drop(filing: Filing, *, actor: Actor) -> None:
    """Give up an amendment that was prepared and not filed.

    Raises:
        NotAmendableError: There is none.
    """
    known = open_amendment(filing)
    if known is None or known.state != State.PREPARED or filing.state in _HELD:
        raise _not_amendable(filing)
    put_papers(filing, known.act, (), by=actor)
    _end(known, State.DROPPED)
    facts = {"filing": filing.number, "kind": f"act.{known.kind}"}
    journal.record("amendment_dropped", by=actor, matter_id=filing.matter_id, facts=facts)


def form_of_amendment(amendment: Amendment) -> ChangeForm | ExtendForm:
    """The application of an amendment."""
    if amendment.kind == ActKind.CHANGE.value:
        return decode_change(amendment.form)
    return decode_extend(amendment.form)


def check_amendment(filing: Filing, amendment: Amendment) -> tuple[LintFinding, ...]:
    """Every ground that holds against an amendment on this day, the gravest first."""
    papers = (*papers_of(filing, amendment.act), *_authorizations(filing))
    progress = progress_of(filing)
    mended = CORRECTED[amendment.kind]
    if progress.state is mended:
        # The registration stands; what was asked to be mended is this act itself.
        progress = replace(progress, state=states.State.REGISTERED)
    record = LaterFiling(
        form=form_of_amendment(amendment),
        documents=tuple(paper_record(paper) for paper in papers),
        progress=progress,
        on=clock.today(),
    )
    return linter_later.lint_later(record, parameters=Parameters(), calendar=china())


def _authorizations(filing: Filing) -> tuple[FilingDocument, ...]:
    """The authorization of the first registration covers later acts too."""
    authorization = DocumentKind.AUTHORIZATION.value
    return tuple(p for p in papers_of(filing, ESTABLISH) if p.kind == authorization)


def submit_amendment(filing: Filing, *, actor: Viewer) -> SentAct:
    """File the change or extension that is prepared; or mended, after a correction notice.

    The caller has checked the person's right.

    Raises:
        NotAmendableError: None is prepared.
        PackageNotReadyError: A paper is not signed, or a ground stands against it.
        ActNotPossibleError: The filing does not stand where it can be sent.
    """
    amendment = open_amendment(filing)
    if amendment is None:
        raise _not_amendable(filing)
    grounds = check_amendment(filing, amendment)
    if not may_file(grounds):
        raise PackageNotReadyError(tuple(item.found for item in grounds))
    progress = progress_of(filing)
    is_mended = progress.state is CORRECTED[amendment.kind]
    kind = ActKind.CORRECT if is_mended else ActKind(amendment.kind)
    authorization = tuple(paper_file(paper) for paper in _authorizations(filing))
    act = Act(
        client_reference=reference_of(filing, kind),
        registry=Registry(filing.registry),
        kind=kind,
        form=amendment.form,
        files=(*files_of(filing, amendment.act), *authorization),
        registration_no=filing.registration_no,
        answers=to_answer(progress) if is_mended else None,
    )
    sent = dispatch(filing, act, actor)
    amendment.state = State.FILED
    amendment.save(update_fields=["state"])
    return sent


PENDING = {
    states.State.CHANGE_PENDING: ActKind.CHANGE,
    states.State.CHANGE_CORRECTION: ActKind.CHANGE,
    states.State.EXTEND_PENDING: ActKind.EXTEND,
    states.State.EXTEND_CORRECTION: ActKind.EXTEND,
}
GRANTED = {ActKind.CHANGE: NoticeKind.CHANGED, ActKind.EXTEND: NoticeKind.EXTENDED}


def settle(filing: Filing, before: states.State, notice: Notice) -> None:
    """What a notice that moved the filing means for the amendment under way."""
    kind, amendment = PENDING.get(before), open_amendment(filing)
    state = states.State(filing.state)
    if amendment is None or state in PENDING:
        return
    if kind is None:
        end_with(filing)
        return
    if notice.kind is not GRANTED[kind]:
        # Refused, or the registration itself is over.
        _end(amendment, State.REFUSED)
        return
    if kind is ActKind.CHANGE:
        _apply(filing, amendment)
    _end(amendment, State.DONE)


def end_with(filing: Filing) -> None:
    """An amendment ends with its registration."""
    amendment = open_amendment(filing)
    if amendment is not None and states.State(filing.state) not in states.LIVE:
        _end(amendment, State.REFUSED)


def _apply(filing: Filing, amendment: Amendment) -> None:
    """The contract as it is registered from now on; rights that were taken out are free."""
    contract, items = contract_of(filing), items_of(amendment)
    released = taken_out(contract, items)
    filing.contract = plain(changed(contract, items))
    filing.save(update_fields=["contract"])
    rights = PledgedRight.objects.filter(filing=filing, number__in=released)
    rights.update(is_live=False, released_on=clock.today())


def _end(amendment: Amendment, state: State) -> None:
    amendment.state, amendment.ended_on = state, clock.today()
    amendment.save(update_fields=["state", "ended_on"])
