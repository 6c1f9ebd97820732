"""What the office's register starts with, from a document (YAML or JSON) of rights and pledges."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from zhirong.adapters.offices.sandbox import examining, happenings
from zhirong.adapters.offices.sandbox.records import PledgeRecord, RightEvent, RightRecord
from zhirong.adapters.offices.sandbox.store import Store
from zhirong.core import codec
from zhirong.core.errors import InputError

_PARTS = {"rights": RightRecord, "pledges": PledgeRecord, "events": RightEvent}


class SeedUnreadableError(InputError):
    """A document that does not say what the register starts with."""

    code = "error.sandbox_office_seed"

    def __init__(self, part: str, detail: str) -> None:
        super().__init__(f"{part} cannot be read: {detail}.", part=part, detail=detail)


def seed(store: Store, document: object) -> Mapping[str, int]:
    """Enter rights, pledges and events; how many of each. The same document twice changes nothing.

    Raises:
        SeedUnreadableError: A part is unknown or not in the form of its record.
    """
    if not isinstance(document, Mapping) or set(document) - {*_PARTS, examining.BELIEVES}:
        raise SeedUnreadableError("document", "unknown parts")
    records = {part: _records(document, part) for part in _PARTS}
    with store.transaction():
        if examining.BELIEVES in document:
            store.keep(examining.BELIEVES, "yes" if document[examining.BELIEVES] else "no")
        for right in cast("Iterable[RightRecord]", records["rights"]):
            if store.right(right.registry, right.number) is None:
                store.put_right(examining.with_term(right))
        for pledge in cast("Iterable[PledgeRecord]", records["pledges"]):
            if store.pledge(pledge.registration_no) is None:
                store.put_pledge(pledge)
        for event in cast("Iterable[RightEvent]", records["events"]):
            _plan(store, event)
    return {part: len(found) for part, found in records.items()}


def _plan(store: Store, event: RightEvent) -> None:
    if event.kind not in happenings.KINDS:
        raise SeedUnreadableError("events", f"no event of the kind {event.kind!r}")
    subject = happenings.planned(event)
    if store.setting(f"event.{subject}") is None:
        store.keep(f"event.{subject}", "planned")
        store.plan(event.on, "event", subject)


def _records(document: Mapping[str, Any], part: str) -> tuple[Any, ...]:
    """The records of a part; a field that is left out has its default."""
    found = document.get(part, [])
    if not isinstance(found, list):
        raise SeedUnreadableError(part, "no list")
    return tuple(_record(part, item) for item in found)


def _record(part: str, item: object) -> Any:  # noqa: ANN401 - a record of the part
    if not isinstance(item, Mapping):
        raise SeedUnreadableError(part, "no mapping")
    body = {name: _plain(value) for name, value in item.items()}
    try:
        return codec.decode(_PARTS[part], body)
    except codec.CodecError as wrong:
        raise SeedUnreadableError(part, str(wrong)) from wrong


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
