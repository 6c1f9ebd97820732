"""What a rail says of our orders: each word goes to whoever ordered; what fails is set aside."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from zhirong.core import codec
from zhirong.core.errors import StateError, ZhirongError
from zhirong.ledger.rails import OrderStatus
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.lending import drawing, incoming, payment_desk, refunding, suppliers
from zhirong.platform.lending.rail_models import StuckAnswer
from zhirong.platform.operations import clock, journal

_KIND = re.compile(r"-(IN|RF|SP)\d+$")
_TAKERS = {
    "IN": incoming.take_answer,
    "RF": refunding.take_answer,
    "SP": suppliers.take_answer,
}


class NothingStuckError(StateError):
    """The answer was booked in the meantime, or is not there."""

    code = "error.nothing_stuck"


def take(status: OrderStatus) -> None:
    """Book what the rail says of an order, whichever of ours it is."""
    kind = _KIND.search(status.client_reference)
    if kind is None:
        drawing.take_answer(status)
    else:
        _TAKERS[kind[1]](status)


def problem_of(fault: Exception) -> dict[str, Any]:
    """Why something could not be booked, as it is kept for people."""
    if not isinstance(fault, ZhirongError):
        return {
            "code": "payment.problem.fault",
            "facts": {"problem": f"{type(fault).__name__}: {fault}"[:200]},
        }
    facts = {name: _plain(value) for name, value in fault.facts.items()}
    return {"code": fault.code, "facts": {**facts, "detail": str(fault)}}


def _plain(value: object) -> object:
    if isinstance(value, tuple | list):
        return [str(part) for part in value]
    return value if isinstance(value, int | str) else str(value)


def set_aside(rail: str, number: int, status: OrderStatus, problem: Mapping[str, Any]) -> None:
    """Keep an answer that could not be booked, so that those behind it are heard."""
    StuckAnswer.objects.get_or_create(
        rail=rail,
        number=number,
        defaults={
            "status": codec.encode(status),
            "problem": dict(problem),
            "told_on": clock.today(),
        },
    )


@transaction.atomic
def take_again(number: int, *, actor: Viewer) -> None:
    """Book an answer that was set aside.

    Raises:
        NotFoundError: The person's organization does not keep the settlement account.
        NothingStuckError: It was booked in the meantime.
    """
    payment_desk.need_keeper(actor)
    row = StuckAnswer.objects.select_for_update().filter(pk=number, settled_on=None).first()
    if row is None:
        raise NothingStuckError(f"Answer {number} is not stuck.")
    status: OrderStatus = codec.decode(OrderStatus, row.status)
    take(status)
    row.settled_on = clock.today()
    row.save(update_fields=["settled_on"])
    facts = {"reference": status.client_reference}
    journal.record("answer_taken_again", by=actor, matter_id=None, facts=facts)
