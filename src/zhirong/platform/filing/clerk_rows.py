"""The clerk's desk: what needs doing now, and every filing with how long the office has had it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from zhirong.core.periods import Period
from zhirong.filing.states import LIVE, State
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.filing.models import Amendment, Filing
from zhirong.platform.filing.preparing import ESTABLISH
from zhirong.platform.filing.selectors import AlertLine, alerts_in
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.visibility import visible
from zhirong.platform.operations import clock

Stage = Matter.Stage
DESK_ROWS = 10
FAR = date.max
_AT_OFFICE = tuple(
    state.value
    for state in (
        State.SUBMITTED,
        State.ACCEPTED,
        State.CHANGE_PENDING,
        State.EXTEND_PENDING,
        State.CANCEL_PENDING,
    )
)
_CORRECTIONS = tuple(
    state.value
    for state in (
        State.CORRECTION,
        State.CHANGE_CORRECTION,
        State.EXTEND_CORRECTION,
        State.CANCEL_CORRECTION,
    )
)
_STANDING = tuple(state.value for state in (*LIVE, State.LAPSED_PERIOD))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkRow:
    """What the clerk does now: `clerk.todo.<code>` says what, `.button` what the button says."""

    code: str
    matter: str
    firm: str
    filing: str
    filing_id: int
    until: date | None
    is_late: bool
    days_left: int | None

    @property
    def button(self) -> str:
        """Code of the words of its button."""
        return f"clerk.todo.{self.code}.button"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRow:
    """A filing in the list. `days` are the working days that the office has had it; None else."""

    id: int
    number: str
    matter: str
    firm: str
    registry: str
    state: str
    registration_no: str
    registered_on: date | None
    decision_due_on: date | None
    days: int | None


def rows_for(viewer: Viewer, *, most: int = DESK_ROWS) -> tuple[ClerkRow, ...]:
    """What needs a clerk now, the earliest due first."""
    found = [*_to_send(viewer), *_to_correct(viewer), *_to_release(viewer), *_to_prove(viewer)]
    found += [*_refused(viewer), *_to_change(viewer), *_to_extend(viewer)]
    found.sort(key=lambda row: (row.until or FAR, row.filing))
    return tuple(found[:most])


def list_for(viewer: Viewer, *, most: int = 200) -> tuple[FilingRow, ...]:
    """Every filing that a viewer may see, the newest first."""
    return tuple(_listed(row) for row in _filings(viewer).order_by("-id")[:most])


def alerts_for(viewer: Viewer) -> tuple[tuple[str, AlertLine], ...]:
    """What presses on all filings that live or wait, with the number of each one's matter."""
    today = clock.today()
    presses = (
        Q(state__in=_CORRECTIONS)
        | Q(state__in=_AT_OFFICE, decision_due_on__lt=today)
        | Q(acts__office_reference="", acts__made_on__lt=today)
        | Q(state__in=_STANDING, expires_on__lte=_soon())
        | Q(amendments__state=Amendment.State.PREPARED)
        | Q(state__in=(*_AT_OFFICE, *_STANDING), heard__disposition="conflict")
    )
    rows = _filings(viewer).filter(presses, matter__closed_on=None).distinct()
    found = [(row.matter.number, alert) for row in rows for alert in alerts_in(row)]
    return tuple(sorted(found, key=lambda item: item[1].until or FAR))


def _soon() -> date:
    """The last day on which a registration's end is called near."""
    days = Parameters().get("filing.extension_alerts", on=clock.today()).value
    return clock.today() + timedelta(days=max(int(item) for item in days))


def _filings(viewer: Viewer) -> QuerySet[Filing]:
    return visible(Filing, viewer).select_related("matter__firm")


def _row(code: str, filing: Filing, until: date | None = None) -> ClerkRow:
    return ClerkRow(
        code=code,
        matter=filing.matter.number,
        firm=filing.matter.firm.name,
        filing=filing.number,
        filing_id=filing.pk,
        until=until,
        is_late=until is not None and until < clock.today(),
        days_left=(until - clock.today()).days if until is not None else None,
    )


def _to_send(viewer: Viewer) -> Iterator[ClerkRow]:
    """Signed and not filed; a further pledge as well, while the line is used."""
    rows = _filings(viewer).filter(
        matter__stage__in=(Stage.SIGNED, Stage.FILED, Stage.REGISTERED, Stage.DRAWN),
        state=State.DRAFT.value,
    )
    for row in rows:
        yield _row("file" if _is_signed(row, ESTABLISH) else "further_sign", row)


def _is_signed(row: Filing, act: str) -> bool:
    """Whether all papers of an act are signed by all."""
    papers = row.papers.filter(act=act, is_withdrawn=False)
    return not papers.filter(deed__is_signed=False).exists()


def _to_change(viewer: Viewer) -> Iterator[ClerkRow]:
    """Changes that are prepared: within thirty days they lie at the office."""
    rows = visible(Amendment, viewer).filter(state=Amendment.State.PREPARED, kind="change")
    for row in rows.select_related("filing__matter__firm"):
        is_signed = _is_signed(row.filing, row.act)
        yield _row("change_file" if is_signed else "change_sign", row.filing, row.due_on)


def _to_extend(viewer: Viewer) -> Iterator[ClerkRow]:
    """Registrations that end soon, and what is under way to extend them."""
    rows = _filings(viewer).filter(
        state=State.REGISTERED.value, expires_on__lte=_soon(), matter__closed_on=None
    )
    for row in rows:
        made = row.amendments.filter(state=Amendment.State.PREPARED, kind="extend").first()
        code = "extend"
        if made is not None:
            code = "extend_file" if _is_signed(row, made.act) else "extend_sign"
        yield _row(code, row, row.expires_on)


def _to_correct(viewer: Viewer) -> Iterator[ClerkRow]:
    for row in _filings(viewer).filter(state__in=_CORRECTIONS):
        yield _row("correct", row, row.respond_by)


def _to_release(viewer: Viewer) -> Iterator[ClerkRow]:
    rows = _filings(viewer).filter(
        matter__stage__in=(Stage.REPAID, Stage.RELEASING), state=State.REGISTERED.value
    )
    for row in rows:
        yield _row("release", row)


def _to_prove(viewer: Viewer) -> Iterator[ClerkRow]:
    """Registered, and a next annual fee is not shown to be paid: no money goes out until it is."""
    is_open = Q(rights__fee_paid_until=None) | Q(
        rights__fee_paid_until__lte=F("rights__fee_due_on")
    )
    rows = _filings(viewer).filter(
        is_open,
        rights__released_on=None,
        state=State.REGISTERED.value,
        rights__fee_due_on__isnull=False,
        matter__stage__in=(Stage.REGISTERED, Stage.DRAWN),
    )
    for row in rows.distinct():
        fees = [
            right.fee_due_on
            for right in row.rights.filter(released_on=None)
            if right.fee_due_on is not None
            and (right.fee_paid_until is None or right.fee_paid_until <= right.fee_due_on)
        ]
        yield _row("prove_fees", row, min(fees))


def _refused(viewer: Viewer) -> Iterator[ClerkRow]:
    """Refused, and the new filing of the same contract is not signed yet."""
    rows = _filings(viewer).filter(matter__stage=Stage.CONTRACTED, state=State.REFUSED.value)
    for row in rows:
        yield _row("refused", row)


def _listed(row: Filing) -> FilingRow:
    return FilingRow(
        id=row.pk,
        number=row.number,
        matter=row.matter.number,
        firm=row.matter.firm.name,
        registry=row.registry,
        state=row.state,
        registration_no=row.registration_no,
        registered_on=row.registered_on,
        decision_due_on=row.decision_due_on if row.state in _AT_OFFICE else None,
        days=_days(row) if row.state in _AT_OFFICE else None,
    )


def _days(row: Filing) -> int:
    """Working days since the last act; its own day is not counted."""
    last, one = row.acts.last(), timedelta(days=1)
    today = clock.today()
    if last is None or today <= last.made_on:
        return 0
    return china().workdays_in(Period(last.made_on + one, today + one))
