"""How long a patent runs: term from filing, and compensation for delay and for drug approval.

The term runs from the actual or international filing date, never from the priority date. The last
day in force is the day before the anniversary; days off do not move it, since the expiry of a
right is no time limit for an act.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from zhirong.core.calendar import anniversary, last_day, whole_years
from zhirong.rights.events import EventKind, RegisterEvent
from zhirong.rights.law import PatentLaw
from zhirong.rights.records import Patent, PatentKind

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The term of a right.

    Attributes:
        base_expires_on: Anniversary that ends the term without compensation.
        expires_on: First day without protection, compensation included.
        pta_days: Compensation for delay at the office.
        pte_days: Compensation for drug approval.
        compensated_years: Full years of compensation; for these alone an annual fee is due.
    """

    base_expires_on: date
    expires_on: date
    pta_days: int = 0
    pte_days: int = 0
    compensated_years: int = 0

    @property
    def last_day(self) -> date:
        """The last day in force."""
        return self.expires_on - _DAY

    def remaining_days(self, on: date) -> int:
        """Days of legal life from the day (in) to the expiry (out); 0 when it is over."""
        return max(0, (self.expires_on - on).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensation:
    """Days of compensation and the reckoning behind them.

    Attributes:
        start: Day from which the compensated time is counted.
        raw_days: Days before deductions and caps.
        days: Days to be added to the term.
        request_by: Last day for the request, moved to a working day.
    """

    start: date
    raw_days: int
    days: int
    request_by: date


def term_years(kind: PatentKind, filing_date: date, law: PatentLaw) -> int:
    """The years of the term, by the law in force on the filing date."""
    return int(law.parameters.number(f"patent.term.{kind}", on=filing_date))


def term(patent: Patent, events: Iterable[RegisterEvent] = (), *, law: PatentLaw) -> Term:
    """The term with the compensation that the record or the events state; not known counts as none.

    `events` are those that are known on the day for which one asks.
    """
    own = [event for event in events if event.right == patent.app_no]
    pta = _granted_days(patent.pta_days, own, EventKind.TERM_ADJUSTED)
    pte = _granted_days(patent.pte_days, own, EventKind.TERM_EXTENDED)
    base = anniversary(patent.filing_date, term_years(patent.kind, patent.filing_date, law))
    expires_on = base + timedelta(days=pta + pte)
    return Term(
        base_expires_on=base,
        expires_on=expires_on,
        pta_days=pta,
        pte_days=pte,
        compensated_years=whole_years(base, expires_on),
    )


def _granted_days(stated: int | None, events: Iterable[RegisterEvent], kind: EventKind) -> int:
    said = [event.days for event in events if event.kind is kind and event.days is not None]
    return said[-1] if said else stated or 0


def term_adjustment(
    patent: Patent, *, deducted_days: int, gave_up_same_day: bool, law: PatentLaw
) -> Compensation | None:
    """Compensation for delay at the office (PTA); None where the law gives none.

    Args:
        patent: A granted invention whose request for examination is dated.
        deducted_days: Reasonable delays and those that the applicant caused.
        gave_up_same_day: The grant followed from giving up a utility model of the same day.
        law: Limits and calendar.

    Source:
        Patent Law art. 42 paragraph 2; implementing regulations, rules 77-79.
    """
    granted, requested = patent.grant_date, patent.examination_requested_on
    if patent.kind is not PatentKind.INVENTION or granted is None or requested is None:
        return None
    if gave_up_same_day:
        return None
    numbers = law.parameters
    after_filing = int(numbers.number("patent.pta.granted_after_years", on=granted))
    after_request = int(numbers.number("patent.pta.requested_before_years", on=granted))
    start = max(
        anniversary(patent.filing_date, after_filing), anniversary(requested, after_request)
    )
    raw_days = (granted - start).days
    if raw_days < 0:
        return None
    months = int(numbers.number("patent.pta.request_months", on=granted))
    return Compensation(
        start=start,
        raw_days=raw_days,
        days=max(0, raw_days - deducted_days),
        request_by=last_day(granted, months=months, working=law.calendar),
    )


def term_extension(patent: Patent, *, approved_on: date, law: PatentLaw) -> Compensation | None:
    """Compensation for the approval of a new drug (PTE); None where the law gives none.

    The days are those from filing to approval less five years, at most five years, and the
    protection after approval at most fourteen years in all.

    Source:
        Patent Law art. 42 paragraph 3; implementing regulations, rules 81-82.
    """
    if patent.kind is not PatentKind.INVENTION:
        return None
    numbers = law.parameters
    deducted = int(numbers.number("patent.pte.deducted_years", on=approved_on))
    extension = int(numbers.number("patent.pte.extension_years_max", on=approved_on))
    protection = int(numbers.number("patent.pte.protection_years_max", on=approved_on))
    start = anniversary(patent.filing_date, deducted)
    raw_days = (approved_on - start).days
    years = term_years(patent.kind, patent.filing_date, law)
    expiry = anniversary(patent.filing_date, years)
    by_extension = (anniversary(expiry, extension) - expiry).days
    by_protection = (anniversary(approved_on, protection) - expiry).days
    days = min(raw_days, by_extension, by_protection)
    if days <= 0:
        return None
    months = int(numbers.number("patent.pte.request_months", on=approved_on))
    return Compensation(
        start=start,
        raw_days=raw_days,
        days=days,
        request_by=last_day(approved_on, months=months, working=law.calendar),
    )
