"""What happens to rights by itself: an invalidation is filed, a fee stays unpaid, a court steps in.

The office tells the pledgee what announcement 461 says it must: invalidation and end (article 16),
fees unpaid (article 17), and that a registration is void from the start (articles 12, 13).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from zhirong.adapters.offices.sandbox import wording
from zhirong.adapters.offices.sandbox.records import (
    ActRecord,
    PledgeRecord,
    RightEvent,
    RightRecord,
    RightStatus,
    Stage,
    day_before,
)
from zhirong.adapters.offices.sandbox.sending import Word
from zhirong.adapters.offices.sandbox.store import Store
from zhirong.core import codec

REVOKED = "revoked"
_TOLD = frozenset(("invalidation_filed", "invalidated", "fee_unpaid", "right_ended", "preserved"))
_EFFECTS: Mapping[str, Callable[[RightRecord, RightEvent], RightRecord]] = {
    "invalidation_filed": lambda right, _: replace(right, is_under_invalidation=True),
    "invalidation_closed": lambda right, _: replace(right, is_under_invalidation=False),
    "invalidated": lambda right, _: replace(right, status=RightStatus.INVALIDATED),
    "fee_unpaid": lambda right, event: replace(right, fees_paid_until=day_before(event.on)),
    "fee_paid": lambda right, event: replace(right, fees_paid_until=event.until),
    "right_ended": lambda right, _: replace(right, status=RightStatus.ENDED),
    "right_restored": lambda right, _: replace(right, status=RightStatus.GRANTED),
    "preserved": lambda right, _: replace(right, is_preserved=True),
    "preservation_lifted": lambda right, _: replace(right, is_preserved=False),
    "disputed": lambda right, _: replace(right, is_disputed=True),
    "settled": lambda right, _: replace(right, is_disputed=False),
    "transferred": lambda right, event: replace(right, owners=event.owners),
}
KINDS = frozenset((*_EFFECTS, REVOKED))


def planned(event: RightEvent) -> str:
    """An event as the agenda keeps it."""
    return codec.canonical(codec.encode(event)).decode()


def happen(store: Store, subject: str, day: date) -> Iterator[tuple[ActRecord, Word]]:
    """Let an event of the agenda take effect; what is to be told about it, and under which act."""
    event: RightEvent = codec.decode(RightEvent, json.loads(subject))
    right = store.right(event.registry, event.right)
    pledges = store.pledges_on(event.registry, event.right, day)
    if event.kind == REVOKED:
        yield from _revoke(store, event, pledges, day)
        return
    # Pledged rights are not transferred without the pledgee's consent (461 art. 19).
    if right is None or (event.kind == "transferred" and pledges):
        return
    store.put_right(_EFFECTS[event.kind](right, event))
    if event.kind in _TOLD:
        for pledge in pledges:
            told = wording.ground(event.kind, event.right)
            word = Word(
                kind="right_event",
                dated_on=day,
                grounds=(told,),
                registration_no=pledge.registration_no,
                effective_on=day,
                pledge=pledge,
            )
            yield _act_behind(store, pledge), word


def _revoke(
    store: Store, event: RightEvent, pledges: tuple[PledgeRecord, ...], day: date
) -> Iterator[tuple[ActRecord, Word]]:
    for pledge in pledges:
        ended = replace(pledge, ended_by="revoked", ended_on=day)
        store.put_pledge(ended)
        word = Word(
            kind="revoked",
            dated_on=day,
            grounds=(wording.ground("revoked_later", event.right, ground=event.ground),),
            registration_no=pledge.registration_no,
            effective_on=pledge.registered_on,
            pledge=ended,
        )
        yield _act_behind(store, pledge), word


def _act_behind(store: Store, pledge: PledgeRecord) -> ActRecord:
    """The act by which a pledge came into the register; a bare one where it was seeded."""
    act = store.act(pledge.office_reference)
    if act is not None:
        return act
    return ActRecord(
        office_reference=pledge.office_reference,
        client_reference=pledge.client_reference,
        registry=pledge.registry,
        kind="establish",
        form={},
        registration_no=pledge.registration_no,
        answers=None,
        received_on=pledge.registered_on,
        stage=Stage.DONE,
    )
