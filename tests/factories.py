"""Records for tests; every field can be set."""

from datetime import date
from typing import Any

from zhirong.rights.events import EventKind, RegisterEvent
from zhirong.rights.records import Patent, PatentKind

NUMBER = "2018100000000"


def patent(**fields: Any) -> Patent:
    """An invention filed on 2018-03-15, granted on 2021-07-20 (patent year 4)."""
    facts: dict[str, Any] = {
        "app_no": NUMBER,
        "kind": PatentKind.INVENTION,
        "title": "Water filter",
        "filing_date": date(2018, 3, 15),
        "grant_date": date(2021, 7, 20),
    }
    return Patent(**(facts | fields))


def event(
    kind: EventKind, true_on: date, known_on: date | None = None, **fields: Any
) -> RegisterEvent:
    """An event of that patent, known on the day on which it is true unless told otherwise."""
    facts: dict[str, Any] = {
        "right": NUMBER,
        "kind": kind,
        "true_on": true_on,
        "known_on": known_on or true_on,
    }
    return RegisterEvent(**(facts | fields))
