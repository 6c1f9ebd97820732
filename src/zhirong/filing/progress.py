"""How far one filing has come: the acts sent, the notices heard, the state they lead to.

Notices may come twice, late or out of order. The same number twice changes nothing. A notice that
is behind the state is kept, and the state does not go back. One that contradicts an outcome is
kept and flagged, so that a person asks the office.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zhirong.core.errors import StateError
from zhirong.filing import states
from zhirong.filing.office import (
    Act,
    ActKind,
    Notice,
    NoticeKind,
    Receipt,
    Registered,
    Registry,
    registered_of,
)
from zhirong.filing.states import State, Step


class ActTwiceError(StateError):
    """A client reference that was used for another act."""

    code = "error.filing_act_twice"

    def __init__(self, client_reference: str) -> None:
        super().__init__(
            f"{client_reference} is the reference of an act already sent.",
            reference=client_reference,
        )


class ReceiptUnknownError(StateError):
    """A receipt for an act that was not sent from here, or a second, different one."""

    code = "error.filing_receipt"

    def __init__(self, client_reference: str) -> None:
        super().__init__(
            f"The receipt for {client_reference} fits no act that was sent.",
            reference=client_reference,
        )


class Disposition(StrEnum):
    """What became of a notice."""

    MOVED = "moved"
    NOTED = "noted"  # heard in time; the state stays
    LATE = "late"  # behind the state: kept
    DUPLICATE = "duplicate"  # heard before: nothing is kept twice
    CONFLICT = "conflict"  # contradicts what was heard: a person asks the office
    FOREIGN = "foreign"  # of no act and no registration known yet: not kept, offer it again later


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An act that went out.

    Attributes:
        chain: Number of the act it belongs to: a CORRECT belongs to the act that it mends.
        office_reference: From the receipt; None until it is there.
    """

    client_reference: str
    kind: ActKind
    sent_on: date
    chain: int
    office_reference: str | None = None
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A notice as it was kept."""

    notice_no: str
    kind: NoticeKind
    dated_on: date
    disposition: Disposition
    client_reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A filing's state and how it came there.

    Attributes:
        registered: What the register says now; None until registered.
        respond_by: Last day for the answer to the open correction notice.
    """

    registry: Registry
    state: State = State.DRAFT
    acts: tuple[Sent, ...] = ()
    notices: tuple[Heard, ...] = ()
    registration_no: str | None = None
    registered_on: date | None = None
    notice_no: str | None = None
    registered: Registered | None = None
    respond_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heeded:
    """The filing after a notice, and what became of the notice."""

    progress: Progress
    disposition: Disposition


OUTCOMES = frozenset(
    (
        NoticeKind.REGISTERED,
        NoticeKind.REFUSED,
        NoticeKind.CHANGED,
        NoticeKind.EXTENDED,
        NoticeKind.CANCELLED,
        NoticeKind.REVOKED,
    )
)
_UNASKED = frozenset((NoticeKind.REVOKED, NoticeKind.RIGHT_EVENT, NoticeKind.CANCELLED))
_ANSWERS: dict[NoticeKind, ActKind] = {
    NoticeKind.REGISTERED: ActKind.ESTABLISH,
    NoticeKind.CHANGED: ActKind.CHANGE,
    NoticeKind.EXTENDED: ActKind.EXTEND,
    NoticeKind.CANCELLED: ActKind.CANCEL,
}


def step(progress: Progress, what: Step) -> Progress:
    """The filing after a step of ours or of the calendar.

    Raises:
        ActNotPossibleError: The state does not allow it.
    """
    return replace(progress, state=states.after(progress.state, what), respond_by=None)


def send(progress: Progress, act: Act, *, on: date) -> Progress:
    """The filing with an act on its way: recorded before it goes out, so that a crash loses none.

    Sending the same act again (same reference, same kind) changes nothing.

    Raises:
        ActNotPossibleError: The state does not allow it.
        ActTwiceError: The reference was used for another act.
    """
    known = _sent(progress, act.client_reference)
    if known is not None:
        if known.kind is not act.kind:
            raise ActTwiceError(act.client_reference)
        return progress
    following = states.after(progress.state, act.kind)
    last = progress.acts[-1].chain if progress.acts else -1
    sent = Sent(
        client_reference=act.client_reference,
        kind=act.kind,
        sent_on=on,
        chain=last if act.kind is ActKind.CORRECT else last + 1,
    )
    return replace(progress, state=following, acts=(*progress.acts, sent), respond_by=None)


def receive(progress: Progress, receipt: Receipt) -> Progress:
    """The filing with an act's receipt; the same receipt again changes nothing.

    Raises:
        ReceiptUnknownError: No act of this reference was sent, or it has another receipt.
    """
    known = _sent(progress, receipt.client_reference)
    if known is None or known.office_reference not in (None, receipt.office_reference):
        raise ReceiptUnknownError(receipt.client_reference)
    done = replace(
        known, office_reference=receipt.office_reference, received_on=receipt.received_on
    )
    acts = tuple(done if item is known else item for item in progress.acts)
    return replace(progress, acts=acts)


def unanswered(progress: Progress) -> tuple[Sent, ...]:
    """Acts that went out and have no receipt: ask the office before sending them again."""
    return tuple(item for item in progress.acts if item.office_reference is None)


def to_answer(progress: Progress) -> str | None:
    """What a CORRECT act names as `answers`: the office's reference of the act now on the table."""
    return progress.acts[-1].office_reference if progress.acts else None


def hear(progress: Progress, notice: Notice) -> Heeded:
    """The filing after a notice, in whatever order notices come.

    Raises:
        NoticeUnreadableError: An outcome whose register entry cannot be read.
    """
    if any(item.notice_no == notice.notice_no for item in progress.notices):
        return Heeded(progress=progress, disposition=Disposition.DUPLICATE)
    disposition = _disposition(progress, notice)
    if disposition is Disposition.FOREIGN:
        return Heeded(progress=progress, disposition=disposition)
    heard = Heard(
        notice_no=notice.notice_no,
        kind=notice.kind,
        dated_on=notice.dated_on,
        disposition=disposition,
        client_reference=notice.client_reference,
    )
    kept = replace(progress, notices=(*progress.notices, heard))
    moved = _moved(kept, notice) if disposition is Disposition.MOVED else kept
    return Heeded(progress=moved, disposition=disposition)


def hear_all(progress: Progress, notices: Iterable[Notice]) -> Progress:
    """The filing after several notices."""
    for notice in notices:
        progress = hear(progress, notice).progress
    return progress


def _sent(progress: Progress, reference: str) -> Sent | None:
    return next((item for item in progress.acts if item.client_reference == reference), None)


def _act_of(progress: Progress, notice: Notice) -> Sent | None:
    """The act that a notice is about: by our reference, else by the office's."""
    own = _sent(progress, notice.client_reference) if notice.client_reference else None
    if own is not None or not notice.office_reference:
        return own
    numbers = (item for item in progress.acts if item.office_reference == notice.office_reference)
    return next(numbers, None)


def _disposition(progress: Progress, notice: Notice) -> Disposition:
    act = _act_of(progress, notice)
    if act is None or not _answers(progress, act, notice):
        return _of_the_office(progress, notice, is_ours=act is not None)
    newest = progress.acts[-1]
    is_current = act.chain == newest.chain
    if notice.kind in OUTCOMES:
        return _of_an_outcome(progress, notice, is_current=is_current)
    # A receipt or correction of an earlier round says nothing of the present one; but some offices
    # go on naming the first act of the chain, so the day decides.
    if not is_current or (act is not newest and notice.dated_on <= newest.sent_on):
        return Disposition.LATE
    following = states.TRANSITIONS.get((progress.state, notice.kind))
    if following is None:
        return Disposition.LATE
    return Disposition.NOTED if following is progress.state else Disposition.MOVED


def _answers(progress: Progress, act: Sent, notice: Notice) -> bool:
    """Whether a notice can be the answer to an act of this kind."""
    if notice.kind is NoticeKind.RIGHT_EVENT:
        return False
    first = next(item for item in progress.acts if item.chain == act.chain)
    return _ANSWERS.get(notice.kind, first.kind) is first.kind


def _of_an_outcome(progress: Progress, notice: Notice, *, is_current: bool) -> Disposition:
    if not is_current and notice.kind is not NoticeKind.REVOKED:
        # Its act is over: a second outcome of it contradicts the first, whatever it says.
        return Disposition.CONFLICT
    if (progress.state, notice.kind) in states.TRANSITIONS:
        return Disposition.MOVED
    is_behind = notice.kind is NoticeKind.REGISTERED and progress.state is State.REVOKED
    return Disposition.LATE if is_behind else Disposition.CONFLICT


def _of_the_office(progress: Progress, notice: Notice, *, is_ours: bool) -> Disposition:
    """A notice that answers no act: about the registration itself, or none of ours."""
    number = progress.registration_no
    if not is_ours and (number is None or notice.registration_no != number):
        return Disposition.FOREIGN
    if notice.kind is NoticeKind.RIGHT_EVENT:
        return Disposition.NOTED
    following = states.TRANSITIONS.get((progress.state, notice.kind))
    if notice.kind not in _UNASKED:
        return Disposition.CONFLICT
    return Disposition.LATE if following is None else Disposition.MOVED


def _moved(progress: Progress, notice: Notice) -> Progress:
    following = states.TRANSITIONS[progress.state, notice.kind]
    moved = replace(
        progress,
        state=following,
        respond_by=notice.respond_by if notice.kind is NoticeKind.CORRECTION else None,
    )
    match notice.kind:
        case NoticeKind.REGISTERED:
            return replace(
                moved,
                registration_no=notice.registration_no,
                registered_on=notice.effective_on or notice.dated_on,
                notice_no=notice.notice_no,
                registered=registered_of(notice),
            )
        case NoticeKind.CHANGED | NoticeKind.EXTENDED:
            return replace(moved, registered=registered_of(notice))
        case NoticeKind.CANCELLED:
            return _released(progress, moved, notice)
        case _:
            return moved


def _released(before: Progress, moved: Progress, notice: Notice) -> Progress:
    """A full release ends the registration; a partial one leaves it with the rights that stay."""
    if before.state not in states.LIVE or not notice.registered.get("rights"):
        return moved
    return replace(moved, state=State.REGISTERED, registered=registered_of(notice))
