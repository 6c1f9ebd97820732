"""Levers of a demonstration or a test: what the register holds, the day, and mishaps to come.

Only an office that was started with control has them.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from zhirong.adapters.offices.sandbox import entering, office, seeding
from zhirong.adapters.offices.sandbox.office import SandboxOffice

Body = Mapping[str, Any]


def _seed(held: SandboxOffice, body: Body) -> Body:
    """Rights, pledges and events, as in a seed file."""
    return seeding.seed(held.store, body)


def _day(held: SandboxOffice, body: Body) -> Body:
    """Work off what is due by a day, and stand at it."""
    return {"day": held.clerk.work(date.fromisoformat(str(body["day"]))).isoformat()}


def _down(held: SandboxOffice, body: Body) -> Body:
    """Answer nobody until a day; without one, answer again."""
    until = str(body.get("until") or "")
    held.store.keep(office.DOWN_UNTIL, until)
    return {"until": until}


def _mishaps(held: SandboxOffice, body: Body) -> Body:
    """What happens to the next submissions, in order: lost, hanging, busy."""
    names = [str(name) for name in body.get("next", ())]
    with held.store.transaction():
        for name in names:
            held.store.order_mishap(name)
    return {"next": names}


def _amount_slip(held: SandboxOffice, body: Body) -> Body:
    """The next registration is entered with another amount than was asked for."""
    held.store.keep(entering.AMOUNT_SLIP, str(int(body["amount_fen"])))
    return {"amount_fen": int(body["amount_fen"])}


_LEVERS: Mapping[str, Callable[[SandboxOffice, Body], Body]] = {
    "seed": _seed,
    "day": _day,
    "down": _down,
    "mishaps": _mishaps,
    "amount-slip": _amount_slip,
}


def do(held: SandboxOffice, name: str, body: Body) -> Body | None:
    """Pull a lever; None where there is none of the name."""
    lever = _LEVERS.get(name)
    return None if lever is None else lever(held, body)
