"""What lies on a right beside its base state: pledge, preservation, license, invalidation ..."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from zhirong.core.calendar import last_day
from zhirong.rights.events import EventKind, LicenseKind, RegisterEvent
from zhirong.rights.law import PatentLaw
from zhirong.rights.records import Patent, PatentKind


class Overlay(StrEnum):
    """The overlays; a right may bear several."""

    PLEDGED = "pledged"
    PRESERVED = "preserved"
    OWNERSHIP_SUSPENDED = "ownership_suspended"
    UNDER_INVALIDATION = "under_invalidation"
    PARTLY_INVALID = "partly_invalid"
    EXCLUSIVE_LICENSE = "exclusive_license"
    LICENSED = "licensed"  # a recorded license that is not, or not known to be, exclusive
    OPEN_LICENSE = "open_license"
    SAME_DAY_INVENTION_PENDING = "same_day_invention_pending"


# What opens an overlay, and what closes it.
_SPANS = {
    Overlay.PLEDGED: (EventKind.PLEDGE_REGISTERED, {EventKind.PLEDGE_CANCELED}),
    Overlay.PRESERVED: (EventKind.PRESERVED, {EventKind.PRESERVATION_RELEASED}),
    Overlay.OWNERSHIP_SUSPENDED: (EventKind.OWNERSHIP_SUSPENDED, {EventKind.OWNERSHIP_RESUMED}),
    Overlay.UNDER_INVALIDATION: (
        EventKind.INVALIDATION_REQUESTED,
        {EventKind.INVALIDATION_CLOSED, EventKind.PARTLY_INVALID, EventKind.INVALID_ALL},
    ),
    Overlay.OPEN_LICENSE: (EventKind.OPEN_LICENSE_DECLARED, {EventKind.OPEN_LICENSE_WITHDRAWN}),
}


def overlays_on(
    patent: Patent, known: Iterable[RegisterEvent], *, on: date, law: PatentLaw
) -> tuple[Overlay, ...]:
    """The overlays on a day, by events of this right that are known."""
    events = tuple(known)
    found = {
        overlay
        for overlay, (opens, closes) in _SPANS.items()
        if _open(events, opens, closes, on=on, law=law)
    }
    if any(event.kind is EventKind.PARTLY_INVALID for event in events):
        found.add(Overlay.PARTLY_INVALID)  # what was struck out was void from the grant
    for recorded in _open(
        events, EventKind.LICENSE_RECORDED, {EventKind.LICENSE_CANCELED}, on=on, law=law
    ):
        exclusive = recorded.license_kind is LicenseKind.EXCLUSIVE
        found.add(Overlay.EXCLUSIVE_LICENSE if exclusive else Overlay.LICENSED)
    if _same_day_invention_pends(patent, events, on):
        found.add(Overlay.SAME_DAY_INVENTION_PENDING)
    return tuple(overlay for overlay in Overlay if overlay in found)


def _open(
    events: tuple[RegisterEvent, ...],
    opens: EventKind,
    closes: set[EventKind],
    *,
    on: date,
    law: PatentLaw,
) -> list[RegisterEvent]:
    """The opening events that no closing event has ended by the day."""
    started = [event for event in events if event.kind is opens and event.true_on <= on]
    ended = [event for event in events if event.kind in closes and event.true_on <= on]
    return [
        event
        for event in started
        if not _is_over(event, on, law) and not any(is_end_of(end, event) for end in ended)
    ]


def is_end_of(end: RegisterEvent, start: RegisterEvent) -> bool:
    """Whether an end belongs to a start: by reference where both have one, else by time.

    Without references an end on the day of a start is that of an older one: what was renewed is
    released and registered on one day.
    """
    if end.reference and start.reference:
        return end.reference == start.reference
    return end.true_on > start.true_on


def _is_over(event: RegisterEvent, on: date, law: PatentLaw) -> bool:
    if event.until is not None:
        return on >= event.until
    if event.kind is EventKind.PRESERVED:
        months = law.parameters.number("patent.preservation.months_max", on=event.true_on)
        return on > last_day(event.true_on, months=int(months))
    return False


def _same_day_invention_pends(patent: Patent, events: tuple[RegisterEvent, ...], on: date) -> bool:
    declared = patent.has_same_day_application or patent.same_day_application is not None
    if patent.kind is not PatentKind.UTILITY_MODEL or not declared:
        return False
    closing = (EventKind.SAME_DAY_CLOSED, EventKind.ABANDONED)
    return not any(event.kind in closing and event.true_on <= on for event in events)
