"""What still stands between a draw-down and its money."""

from collections.abc import Iterator

from django.db import transaction

from zhirong.core.messages import Message
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.filing import blocks as filing_blocks
from zhirong.platform.lending import drawing
from zhirong.platform.lending.models import Condition, DrawDown, Facility
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.visibility import found, matter_for
from zhirong.platform.operations import clock
from zhirong.platform.operations.prepared import Prepared

_OPEN_CONDITIONS = Prepared(
    lambda matter: Condition.objects.filter(facility__matter_id=matter, document=None).values_list(
        "text"
    ),
    int,
)
_VALID_UNTIL = Prepared(
    lambda matter: Facility.objects.filter(matter_id=matter).values_list(
        "proposal__run__valid_until"
    ),
    int,
)


def blocks_of(matter: Matter) -> tuple[Message, ...]:
    """The points that block the money of a matter; none if it may go out."""
    registration = filing_blocks.blocks_of(matter, ())
    return (*registration, *_of_conditions(matter), *_of_value(matter))


def _of_conditions(matter: Matter) -> Iterator[Message]:
    for (text,) in _OPEN_CONDITIONS.all_values(matter.pk):
        yield Message("block.condition", {"condition": text})


def _of_value(matter: Matter) -> Iterator[Message]:
    """A value whose validity has ended stops draw-downs, not silently."""
    known = _VALID_UNTIL.values(matter.pk)
    until = known[0] if known else None
    if until is not None and clock.today() > until:
        yield Message("block.value_stale", {"until": until})


@transaction.atomic
def release_unblocked(draw_number: str, *, actor: Viewer) -> DrawDown:
    """The bank orders the money, if nothing blocks it.

    Raises:
        NotFoundError: No such draw-down to see.
        BlockedError: Something still blocks it; nothing is booked.
    """
    draw = found(DrawDown, actor, number=draw_number)
    matter = matter_for(draw.facility.matter.number, actor, Right.PAY)
    return drawing.release(draw_number, blocks=blocks_of(matter), actor=actor)
