"""The states of a filing and what leads from one to the next: one table, nothing else moves.

Acts are ours, notices the office's, steps our own or the calendar's. A pair that is not in the
table is refused in words (`ActNotPossibleError`), or, for a notice, kept without moving.
"""

from collections.abc import Mapping
from enum import StrEnum

from zhirong.core.errors import StateError
from zhirong.filing.office import ActKind, NoticeKind


class State(StrEnum):
    """Where a filing stands."""

    DRAFT = "draft"
    SIGNED = "signed"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    CORRECTION = "correction"
    REGISTERED = "registered"
    CHANGE_PENDING = "change_pending"
    CHANGE_CORRECTION = "change_correction"
    EXTEND_PENDING = "extend_pending"
    EXTEND_CORRECTION = "extend_correction"
    CANCEL_PENDING = "cancel_pending"
    CANCEL_CORRECTION = "cancel_correction"
    CANCELED = "canceled"
    REVOKED = "revoked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED_PERIOD = "lapsed_period"  # the registration's own period ended unextended
    LAPSED_COLLATERAL = "lapsed_collateral"  # no right is left


class Step(StrEnum):
    """What happens without an office."""

    SIGN = "sign"
    REOPEN = "reopen"  # signatures fall away, the draft is mended
    WITHDRAW = "withdraw"
    PERIOD_ENDED = "period_ended"
    COLLATERAL_LOST = "collateral_lost"


Event = ActKind | NoticeKind | Step

FINAL = frozenset(
    (
        State.CANCELED,
        State.REVOKED,
        State.REFUSED,
        State.WITHDRAWN,
        State.LAPSED_PERIOD,
        State.LAPSED_COLLATERAL,
    )
)
# In these the pledge is in the register and alive, whatever else is before the office.
LIVE = frozenset(
    (
        State.REGISTERED,
        State.CHANGE_PENDING,
        State.CHANGE_CORRECTION,
        State.EXTEND_PENDING,
        State.EXTEND_CORRECTION,
        State.CANCEL_PENDING,
        State.CANCEL_CORRECTION,
    )
)
WAITING = frozenset((State.SUBMITTED, State.ACCEPTED, State.CORRECTION))

_FIRST: Mapping[tuple[State, Event], State] = {
    (State.DRAFT, Step.SIGN): State.SIGNED,
    (State.DRAFT, Step.WITHDRAW): State.WITHDRAWN,
    (State.SIGNED, Step.REOPEN): State.DRAFT,
    (State.SIGNED, Step.WITHDRAW): State.WITHDRAWN,
    (State.SIGNED, ActKind.ESTABLISH): State.SUBMITTED,
    (State.SUBMITTED, NoticeKind.ACCEPTED): State.ACCEPTED,
    (State.SUBMITTED, NoticeKind.CORRECTION): State.CORRECTION,
    (State.SUBMITTED, NoticeKind.REGISTERED): State.REGISTERED,
    (State.SUBMITTED, NoticeKind.REFUSED): State.REFUSED,
    (State.ACCEPTED, NoticeKind.CORRECTION): State.CORRECTION,
    (State.ACCEPTED, NoticeKind.REGISTERED): State.REGISTERED,
    (State.ACCEPTED, NoticeKind.REFUSED): State.REFUSED,
    (State.CORRECTION, ActKind.CORRECT): State.SUBMITTED,
    # The outcome may overtake what came before it.
    (State.CORRECTION, NoticeKind.REGISTERED): State.REGISTERED,
    (State.CORRECTION, NoticeKind.REFUSED): State.REFUSED,
    **{(state, NoticeKind.REVOKED): State.REVOKED for state in WAITING},
    (State.REGISTERED, ActKind.CHANGE): State.CHANGE_PENDING,
    (State.REGISTERED, ActKind.EXTEND): State.EXTEND_PENDING,
    (State.REGISTERED, ActKind.CANCEL): State.CANCEL_PENDING,
}


def _later(
    pending: State, correction: State, outcome: NoticeKind, after: State
) -> Mapping[tuple[State, Event], State]:
    """The rows of an act on a registration: accepted, corrected, done or refused."""
    return {
        (pending, NoticeKind.ACCEPTED): pending,
        (pending, NoticeKind.CORRECTION): correction,
        (pending, outcome): after,
        (pending, NoticeKind.REFUSED): State.REGISTERED,
        (correction, ActKind.CORRECT): pending,
        (correction, outcome): after,
        (correction, NoticeKind.REFUSED): State.REGISTERED,
    }


TRANSITIONS: Mapping[tuple[State, Event], State] = {
    **_FIRST,
    **_later(State.CHANGE_PENDING, State.CHANGE_CORRECTION, NoticeKind.CHANGED, State.REGISTERED),
    **_later(State.EXTEND_PENDING, State.EXTEND_CORRECTION, NoticeKind.EXTENDED, State.REGISTERED),
    **_later(State.CANCEL_PENDING, State.CANCEL_CORRECTION, NoticeKind.CANCELLED, State.CANCELED),
    **{(state, NoticeKind.REVOKED): State.REVOKED for state in LIVE},
    **{(state, NoticeKind.RIGHT_EVENT): state for state in LIVE},
    **{(state, Step.PERIOD_ENDED): State.LAPSED_PERIOD for state in LIVE},
    **{(state, Step.COLLATERAL_LOST): State.LAPSED_COLLATERAL for state in LIVE},
    # An office may cancel of itself (on a judgment, on the end of the right).
    **{
        (state, NoticeKind.CANCELLED): State.CANCELED
        for state in LIVE
        if state not in (State.CANCEL_PENDING, State.CANCEL_CORRECTION)
    },
    # A cancellation that the office dated before the period's end arrives behind it.
    (State.LAPSED_PERIOD, NoticeKind.CANCELLED): State.CANCELED,
    (State.LAPSED_COLLATERAL, NoticeKind.CANCELLED): State.CANCELED,
    (State.LAPSED_PERIOD, NoticeKind.REVOKED): State.REVOKED,
    (State.LAPSED_COLLATERAL, NoticeKind.REVOKED): State.REVOKED,
}


class ActNotPossibleError(StateError):
    """An act or step that the state does not allow."""

    code = "error.filing_act"

    def __init__(self, state: State, event: Event) -> None:
        super().__init__(
            f"{event} is not possible while the filing is {state}.",
            state=f"filing.state.{state}",
            act=f"filing.act.{event}",
            possible=tuple(str(item) for item in possible(state)),
        )


def after(state: State, event: Event) -> State:
    """The state after an act of ours or a step.

    Raises:
        ActNotPossibleError: The table has no such row.
    """
    following = TRANSITIONS.get((state, event))
    if following is None:
        raise ActNotPossibleError(state, event)
    return following


def possible(state: State) -> tuple[ActKind | Step, ...]:
    """The acts and steps of ours that the state allows, in the table's order."""
    return tuple(
        event for held, event in TRANSITIONS if held is state and isinstance(event, ActKind | Step)
    )


def blocks_new_pledge(state: State) -> bool:
    """Whether the filing's rights count as under a live pledge."""
    return state in LIVE
