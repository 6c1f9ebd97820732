"""The way of each pledge over to the plan, a tracker per right, and what blocks the closing.

The claim is assigned and the debtor notified (Civil Code 546); the pledge follows the claim (547),
but whoever enforces it needs the register or an agent who holds for the plan.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from zhirong.core.errors import InputError
from zhirong.core.messages import Fact, Message
from zhirong.securitization.pool.records import Pool


class PledgeEventError(InputError):
    """An event that cannot follow the one before it, or that nothing shows."""

    code = "error.securitization.pledge_event"

    def __init__(self, right: str, *, state: str) -> None:
        super().__init__(f"{right} cannot become {state}.", right=right, state=state)


class PledgeState(StrEnum):
    """How far the pledge of a right is."""

    WITH_SELLER = "with_seller"
    ASSIGNED = "assigned"  # the claim is sold, its pledge follows
    NOTIFIED = "notified"  # the debtor knows
    HELD_BY_AGENT = "held_by_agent"  # registered for an agent who holds for the plan
    FILED = "filed"  # change of the pledgee handed in
    CHANGED = "changed"  # the register names the plan's manager
    WAIVED = "waived"  # by name, with a reason


NEXT = {
    PledgeState.WITH_SELLER: frozenset((PledgeState.ASSIGNED, PledgeState.WAIVED)),
    PledgeState.ASSIGNED: frozenset((PledgeState.NOTIFIED, PledgeState.WAIVED)),
    PledgeState.NOTIFIED: frozenset(
        (PledgeState.HELD_BY_AGENT, PledgeState.FILED, PledgeState.WAIVED)
    ),
    PledgeState.HELD_BY_AGENT: frozenset((PledgeState.FILED,)),
    # An office that asks for a correction sends the filing back.
    PledgeState.FILED: frozenset((PledgeState.CHANGED, PledgeState.NOTIFIED, PledgeState.WAIVED)),
    PledgeState.CHANGED: frozenset(),
    PledgeState.WAIVED: frozenset((PledgeState.ASSIGNED, PledgeState.NOTIFIED)),
}
CLOSED = frozenset((PledgeState.HELD_BY_AGENT, PledgeState.CHANGED, PledgeState.WAIVED))


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeEvent:
    """A right's pledge came to a state on a day; `evidence` shows it, `by` names who waived it."""

    state: PledgeState
    on: date
    evidence: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracker:
    """One right: the set it belongs to and its events, ascending.

    Raises:
        PledgeEventError: Events that do not follow, fall back in time, lack evidence, or a waiver
            without a name.
    """

    right: str
    collateral_id: str
    events: tuple[PledgeEvent, ...] = ()

    def __post_init__(self) -> None:
        states = (PledgeState.WITH_SELLER, *(event.state for event in self.events))
        for before, behind in pairwise(states):
            if behind not in NEXT[before]:
                raise PledgeEventError(self.right, state=behind)
        for event in self.events:
            is_named = event.state is not PledgeState.WAIVED or bool(event.by.strip())
            if not event.evidence.strip() or not is_named:
                raise PledgeEventError(self.right, state=event.state)
        for former, later in pairwise(self.events):
            if later.on < former.on:
                raise PledgeEventError(self.right, state=later.state)

    def state(self, on: date) -> PledgeState:
        """The state at the end of a day."""
        reached = [event.state for event in self.events if event.on <= on]
        return reached[-1] if reached else PledgeState.WITH_SELLER


def trackers(pool: Pool) -> tuple[Tracker, ...]:
    """A tracker for every pledged right of the pool, with nothing done yet."""
    return tuple(
        Tracker(right=right.number, collateral_id=each.collateral_id)
        for each in pool.collateral
        for right in each.rights
    )


def blocks_closing(pool: Pool, tracked: Sequence[Tracker], *, on: date) -> tuple[Message, ...]:
    """Every right whose pledge would be open if the plan closed on the day."""
    return tuple(_blocks(pool, tracked, on))


def _blocks(pool: Pool, tracked: Sequence[Tracker], on: date) -> Iterator[Message]:
    known = {(each.collateral_id, each.right): each for each in tracked}
    for wanted in trackers(pool):
        tracker = known.get((wanted.collateral_id, wanted.right), wanted)
        state = tracker.state(on)
        if state not in CLOSED:
            facts: dict[str, Fact] = {"right": wanted.right, "set": wanted.collateral_id}
            label = f"securitization.pledge.state.{state}"
            yield Message("securitization.pledge.open", {**facts, "state": label})


def counted(tracked: Sequence[Tracker], *, on: date) -> dict[PledgeState, int]:
    """How many rights are in each state on a day, every state named."""
    states = [each.state(on) for each in tracked]
    return {state: states.count(state) for state in PledgeState}
