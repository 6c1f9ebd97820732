"""The register file of a demonstration: what a sandbox office would know of a firm's patents.

Made from the firm's own files, so that the office of a demonstration knows the firms that are in
it; a real office has its own register, and the sandbox reads this file as if it were that.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from zhirong.core.calendar import anniversary
from zhirong.core.identifiers import patents as numbers
from zhirong.rights.events import RegisterEvent
from zhirong.rights.law import PatentLaw
from zhirong.rights.overlays import Overlay
from zhirong.rights.records import Patent
from zhirong.rights.status import BaseState, LegalStatus, status_on

_STATUS: Mapping[BaseState, str] = {
    BaseState.PENDING: "pending",
    BaseState.IN_FORCE: "granted",
    BaseState.FEE_GRACE: "granted",
    BaseState.INVALID_ALL: "invalidated",
}


def register_of(
    held: Iterable[Patent], events: Iterable[RegisterEvent], *, on: date, law: PatentLaw
) -> Mapping[str, Any]:
    """The `rights` of a register file, as they stand on a day.

    Patents without a known owner are left out: an office would not have them so.
    """
    known = tuple(events)
    rights = [
        _right(patent, status_on(patent, known, on=on, known_on=on, law=law))
        for patent in held
        if patent.owners and patent.filing_date <= on
    ]
    return {"rights": rights}


def _right(patent: Patent, status: LegalStatus) -> Mapping[str, Any]:
    is_granted = status.base is not BaseState.PENDING
    return {
        "registry": "patent",
        "number": numbers.patent_number(patent.app_no),
        "name": patent.title,
        "kind": str(patent.kind),
        "owners": [owner.name for owner in patent.owners],
        "status": _STATUS.get(status.base, "ended"),
        "filing_date": patent.filing_date.isoformat(),
        "granted_on": patent.grant_date.isoformat() if is_granted and patent.grant_date else None,
        "expires_on": status.term.expires_on.isoformat(),
        "fees_paid_until": _paid_until(patent, status),
        "is_disputed": Overlay.OWNERSHIP_SUSPENDED in status.overlays,
        "is_preserved": Overlay.PRESERVED in status.overlays,
        "is_under_invalidation": Overlay.UNDER_INVALIDATION in status.overlays,
        "has_same_day_invention": Overlay.SAME_DAY_INVENTION_PENDING in status.overlays,
    }


def _paid_until(patent: Patent, status: LegalStatus) -> str | None:
    """The last day for which the annual fee is paid; None where nothing is known to be owed."""
    through = status.fees.paid_through
    if status.base is BaseState.FEE_GRACE:
        return (status.on - timedelta(days=1)).isoformat()
    if through is None:
        return None
    last = anniversary(patent.filing_date, through) - timedelta(days=1)
    return max(last, status.on).isoformat() if status.is_alive else last.isoformat()
