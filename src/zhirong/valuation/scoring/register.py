"""Columns of scoring from the records of the register: patents, events, legal status on a date.

What the register does not hold (cohort means, claim types, sales, suits, prizes) stays unfilled;
whoever has it sets it with `dataclasses.replace`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from zhirong.core.daycounts import years_and_part
from zhirong.rights.events import EventKind, RegisterEvent
from zhirong.rights.overlays import Overlay
from zhirong.rights.portfolios import KINDS
from zhirong.rights.records import EvaluationReport, Patent, PatentKind, ReportConclusion
from zhirong.rights.status import LegalStatus
from zhirong.valuation.scoring.columns import (
    FAVORABLE,
    PARTLY_FAVORABLE,
    UNFAVORABLE,
    ScoringColumns,
)

# An application under the treaty protects nowhere by itself, and China is the home office.
_NOT_ABROAD = frozenset(("CN", "WO"))
_CONCLUSIONS = {
    ReportConclusion.UNFAVORABLE: UNFAVORABLE,
    ReportConclusion.PARTLY_FAVORABLE: PARTLY_FAVORABLE,
    ReportConclusion.FAVORABLE: FAVORABLE,
}
_COUNTED = {
    "invalidations_survived": EventKind.INVALIDATION_CLOSED,
    "licenses": EventKind.LICENSE_RECORDED,
    "transfers": EventKind.TRANSFERRED,
    "pledges": EventKind.PLEDGE_REGISTERED,
}
_LAID = {
    "is_challenged": (Overlay.UNDER_INVALIDATION,),
    "is_partly_invalid": (Overlay.PARTLY_INVALID,),
    "is_pledged": (Overlay.PLEDGED,),
    "is_preserved": (Overlay.PRESERVED, Overlay.OWNERSHIP_SUSPENDED),
    "is_exclusively_licensed": (Overlay.EXCLUSIVE_LICENSE,),
}


def register_columns(
    patents: Sequence[Patent],
    *,
    statuses: Sequence[LegalStatus],
    events: Iterable[RegisterEvent] | None,
) -> ScoringColumns:
    """What the register says of patents, in their order.

    Args:
        patents: The patents.
        statuses: The legal status of each on the valuation date.
        events: Their register events, of any right; an empty list says that there were none. None
            says that nobody looked: encumbrances and the record of operation are then not known.

    >>> register_columns((), statuses=(), events=()).count
    0
    """
    by_right: dict[str, list[RegisterEvent]] = {}
    for event in events or ():
        by_right.setdefault(event.right, []).append(event)
    rows = [
        _row(patent, status, None if events is None else by_right.get(patent.app_no, []))
        for patent, status in zip(patents, statuses, strict=True)
    ]
    names = tuple(rows[0]) if rows else ()
    facts = {name: np.array([row[name] for row in rows], dtype=np.float64) for name in names}
    kind = np.array([KINDS.index(patent.kind) for patent in patents], dtype=np.int8)
    in_force = np.array([float(status.is_alive) for status in statuses])
    return ScoringColumns(kind=kind, is_in_force=in_force, **facts)


def _row(
    patent: Patent, status: LegalStatus, events: list[RegisterEvent] | None
) -> dict[str, float]:
    claims = patent.claims
    return {
        **_report(patent.evaluation_report),
        "claims_total": _known(claims and claims.total),
        "claims_independent": _known(claims and claims.independent),
        "claim_length": _known(claims and claims.average_length),
        "first_claim_length": _known(claims and claims.first_length),
        "foreign_countries": _foreign_countries(patent),
        "owners": _known(len(patent.owners) or None),
        "citations_forward": _known(patent.citations_forward),
        "age_years": float(years_and_part(patent.filing_date, status.on)),
        "subclasses": _subclasses(patent),
        "remaining_life_years": max(0.0, float(years_and_part(status.on, status.term.expires_on))),
        **_events(status, events),
    }


def _known(value: Any) -> float:  # noqa: ANN401 - a number of any type, or None
    return np.nan if value is None else float(value)


def _report(report: EvaluationReport | None) -> dict[str, float]:
    conclusion = None if report is None else report.conclusion
    return {
        "has_evaluation_report": np.nan if report is None else float(report.has),
        "report_conclusion": np.nan if conclusion is None else _CONCLUSIONS[conclusion],
    }


def _foreign_countries(patent: Patent) -> float:
    if patent.family is None:
        return np.nan
    codes = {member.strip()[:2].upper() for member in patent.family}
    return float(len({code for code in codes if code.isalpha()} - _NOT_ABROAD))


def _subclasses(patent: Patent) -> float:
    if not patent.ipc:
        return np.nan
    # Four characters name an IPC subclass (A61K), two digits a Locarno class (09-03).
    width = 2 if patent.kind is PatentKind.DESIGN else 4
    return float(len({symbol.strip().upper()[:width] for symbol in patent.ipc}))


def _events(status: LegalStatus, events: list[RegisterEvent] | None) -> dict[str, float]:
    if events is None:
        return dict.fromkeys((*_COUNTED, *_LAID), np.nan)
    kinds = [
        event.kind
        for event in events
        if event.known_on <= status.known_on and event.true_on <= status.on
    ]
    counted = {name: float(kinds.count(kind)) for name, kind in _COUNTED.items()}
    laid = {
        name: float(any(status.has(overlay) for overlay in overlays))
        for name, overlays in _LAID.items()
    }
    return {**counted, **laid}
