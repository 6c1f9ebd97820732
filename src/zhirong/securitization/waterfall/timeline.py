"""What happens on which day: collection periods end, payments are made, in the order of days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import pairwise

from zhirong.core.errors import InputError
from zhirong.securitization.plan.records import Plan


class Moment(IntEnum):
    """Kinds of event, in the order of one day: what is collected on a payment date is paid out."""

    CLOSING = 0
    COLLECTION = 1
    PAYMENT = 2


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `number` counts within its kind."""

    on: date
    moment: Moment
    number: int


class CollectionsError(InputError):
    """Collections that a plan cannot be run on."""

    code = "error.plan_collections"


def events_of(plan: Plan, collected_on: Sequence[date]) -> tuple[Event, ...]:
    """Every event of a plan: the closing, the collection periods' ends, the payment dates.

    Raises:
        CollectionsError: The periods do not ascend.
    """
    if any(later <= day for day, later in pairwise(collected_on)):
        raise CollectionsError("The ends of the collection periods must ascend.")
    found = [Event(plan.dates.closing, Moment.CLOSING, 0)]
    found += [Event(day, Moment.COLLECTION, index) for index, day in enumerate(collected_on)]
    found += [Event(day, Moment.PAYMENT, index) for index, day in enumerate(plan.dates.payments)]
    return tuple(sorted(found, key=lambda event: (event.on, event.moment)))


def previous_days(events: Sequence[Event], chosen: Iterable[int], first: date) -> dict[int, date]:
    """By index of each chosen event, the day of the chosen one before it (`first` for the first).

    This is the clock of what accrues only when calculated: it moves on every chosen event, for
    every path alike, whichever waterfall runs.
    """
    found: dict[int, date] = {}
    last = first
    for index in sorted(chosen):
        found[index] = last
        last = max(last, events[index].on)
    return found
