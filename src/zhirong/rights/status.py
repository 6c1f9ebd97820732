"""Legal status of a patent on any day, as it could be known on any other day.

Two clocks: `on` is the day asked about, `known_on` the day whose knowledge is used. A lapse for an
unpaid fee becomes known when the grace has ended, and is then true from the day the fee was due; an
invalidated right was void from its grant. So a report can say what was known on its own day, and a
later one what was true on it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zhirong.core.calendar import anniversary, last_day
from zhirong.core.errors import InputError
from zhirong.rights import events as register
from zhirong.rights import fee_position, fees, overlays, terms
from zhirong.rights.events import EventKind, RegisterEvent
from zhirong.rights.fee_position import FeeStage, FeeStanding
from zhirong.rights.law import PatentLaw
from zhirong.rights.overlays import Overlay
from zhirong.rights.records import Patent


class BaseState(StrEnum):
    """The states of which a right has exactly one."""

    PENDING = "pending"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    IN_FORCE = "in_force"
    FEE_GRACE = "fee_grace"  # still in force, and blocks the registration of a pledge
    CEASED_FEE = "ceased_fee"
    EXPIRED = "expired"
    INVALID_ALL = "invalid_all"
    ABANDONED = "abandoned"


ALIVE = frozenset((BaseState.IN_FORCE, BaseState.FEE_GRACE))


class BeforeFilingError(InputError):
    """The status was asked for a day before the right was filed."""

    code = "error.before_filing"

    def __init__(self, number: str, *, on: date, filing_date: date) -> None:
        super().__init__(
            f"{number} was filed on {filing_date}: it has no status on {on}.",
            number=number,
            on=on,
            filing_date=filing_date,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalStatus:
    """The status of a right.

    Attributes:
        on: The day asked about.
        known_on: The day whose knowledge was used.
        since: First day of the base state.
        term: The term as known.
        fees: Where the annual fees stand.
        unread: Known events whose code does not tell what they are; a person must read them.
    """

    right: str
    on: date
    known_on: date
    base: BaseState
    since: date
    overlays: tuple[Overlay, ...]
    term: terms.Term
    fees: FeeStanding
    unread: tuple[RegisterEvent, ...] = ()

    @property
    def is_alive(self) -> bool:
        """Whether the right is granted and in force, fee grace included."""
        return self.base in ALIVE

    def has(self, overlay: Overlay) -> bool:
        """Whether the overlay lies on the right."""
        return overlay in self.overlays


def status_on(
    patent: Patent,
    events: Iterable[RegisterEvent],
    *,
    on: date,
    known_on: date,
    law: PatentLaw,
) -> LegalStatus:
    """The status on a day, by what could be known on another day.

    Events of other rights are passed over, so that a whole register may be handed in.

    Raises:
        BeforeFilingError: The day lies before the filing date.
    """
    if on < patent.filing_date:
        raise BeforeFilingError(patent.app_no, on=on, filing_date=patent.filing_date)
    known = register.known_by(events, known_on, patent.app_no)
    granted = _with_grant(patent, known, known_on)
    term = terms.term(granted, known, law=law)
    evidence_on = min(patent.as_of or known_on, known_on)
    standing = fee_position.standing(granted, known, on=on, evidence_on=evidence_on, law=law)
    base, since = _base(granted, known, on=on, term=term, standing=standing, law=law)
    if patent.grant_date is None and granted.grant_date is None:
        base, since = _undated_end(known, on) or (base, since)
    live = base in ALIVE or base is BaseState.PENDING
    return LegalStatus(
        right=patent.app_no,
        on=on,
        known_on=known_on,
        base=base,
        since=since,
        overlays=overlays.overlays_on(granted, known, on=on, law=law) if live else (),
        term=term,
        fees=standing,
        unread=tuple(event for event in known if event.kind is EventKind.OTHER),
    )


def _with_grant(patent: Patent, known: tuple[RegisterEvent, ...], known_on: date) -> Patent:
    """The patent with the grant as known on the day: by its record, else by an event."""
    announced = patent.grant_date
    if announced is None:
        announced = next((e.true_on for e in known if e.kind is EventKind.GRANTED), None)
    if announced is not None and announced > known_on:
        announced = None
    return replace(patent, grant_date=announced)


def _base(
    patent: Patent,
    known: tuple[RegisterEvent, ...],
    *,
    on: date,
    term: terms.Term,
    standing: FeeStanding,
    law: PatentLaw,
) -> tuple[BaseState, date]:
    granted = patent.grant_date
    if granted is None or on < granted:
        return _before_grant(patent, known, on)
    if any(event.kind is EventKind.INVALID_ALL for event in known):
        return BaseState.INVALID_ALL, granted
    ends = [(term.expires_on, BaseState.EXPIRED), *_ends(patent, known, term, law)]
    if standing.lapsed_on is not None:
        ends.append((standing.lapsed_on, BaseState.CEASED_FEE))
    over = [(day, state) for day, state in ends if day <= on]
    if over:
        day, state = min(over, key=lambda end: end[0])
        return state, day
    if standing.stage is FeeStage.GRACE and standing.next_due is not None:
        return BaseState.FEE_GRACE, standing.next_due.anniversary
    return BaseState.IN_FORCE, granted


# The ends of a right; of one whose grant nobody dated they are all that is known of it.
_RIGHT_ENDED = {
    EventKind.CEASED_FEE: BaseState.CEASED_FEE,
    EventKind.TERMINATED: BaseState.CEASED_FEE,
    EventKind.EXPIRED: BaseState.EXPIRED,
    EventKind.ABANDONED: BaseState.ABANDONED,
    EventKind.INVALID_ALL: BaseState.INVALID_ALL,
}


def _undated_end(known: tuple[RegisterEvent, ...], on: date) -> tuple[BaseState, date] | None:
    """The first end of a right whose grant nobody dated that no restoration undid by the day."""
    found: tuple[BaseState, date] | None = None
    for event in known:
        if event.true_on > on:
            continue
        if event.kind is EventKind.RESTORED:
            found = None
        elif event.kind in _RIGHT_ENDED and found is None:
            found = _RIGHT_ENDED[event.kind], event.true_on
    return found


def _before_grant(
    patent: Patent, known: tuple[RegisterEvent, ...], on: date
) -> tuple[BaseState, date]:
    closed = {EventKind.WITHDRAWN: BaseState.WITHDRAWN, EventKind.REJECTED: BaseState.REJECTED}
    last = (BaseState.PENDING, patent.filing_date)
    for event in known:
        if event.true_on > on:
            continue
        if event.kind in closed:
            last = closed[event.kind], event.true_on
        elif event.kind is EventKind.RESTORED:
            last = BaseState.PENDING, patent.filing_date
    return last


def _ends(
    patent: Patent, known: tuple[RegisterEvent, ...], term: terms.Term, law: PatentLaw
) -> Iterator[tuple[date, BaseState]]:
    """The ends that the register announced and that no later restoration undid."""
    restored = [event.known_on for event in known if event.kind is EventKind.RESTORED]
    for event in known:
        if any(event.known_on <= day for day in restored):
            continue
        match event.kind:
            case EventKind.ABANDONED:
                yield event.true_on, BaseState.ABANDONED
            case EventKind.EXPIRED:
                yield event.true_on, BaseState.EXPIRED
            case EventKind.CEASED_FEE:
                yield lapse_day(patent, event, law=law), BaseState.CEASED_FEE
            case EventKind.TERMINATED if event.true_on < term.expires_on:
                # Nearly all ends before the term are unpaid fees; the register did not say.
                yield lapse_day(patent, event, law=law), BaseState.CEASED_FEE
            case _:
                pass


def lapse_day(patent: Patent, event: RegisterEvent, *, law: PatentLaw) -> date:
    """The day from which a lapse that the gazette announced is true.

    Where the event bears an anniversary of the filing date, that is the day. Where it only bears
    the day of the gazette, it is the last anniversary whose grace had ended by then.
    """
    year = fees.patent_year(patent.filing_date, event.true_on)
    begins = anniversary(patent.filing_date, year - 1)
    if event.true_on in (begins, law.calendar.on_or_after(begins)):
        return begins
    grace = int(law.parameters.number("patent.fee.grace_months", on=event.true_on))
    while last_day(begins, months=grace, working=law.calendar) >= event.true_on and year > 1:
        year -= 1
        begins = anniversary(patent.filing_date, year - 1)
    return max(begins, patent.grant_date or begins)
