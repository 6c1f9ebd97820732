"""What is due until when, of the office and of us, by the published time limits."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from zhirong.core.calendar import BusinessCalendar, last_day
from zhirong.core.messages import Fact, Message
from zhirong.filing.office import Registry
from zhirong.filing.progress import Progress, Sent
from zhirong.filing.states import State
from zhirong.parameters.reader import Parameters

_OFFICE_HAS_IT = (
    State.SUBMITTED,
    State.ACCEPTED,
    State.CHANGE_PENDING,
    State.EXTEND_PENDING,
    State.CANCEL_PENDING,
)
_CORRECTION = (
    State.CORRECTION,
    State.CHANGE_CORRECTION,
    State.EXTEND_CORRECTION,
    State.CANCEL_CORRECTION,
)


class Duty(StrEnum):
    """Who owes what."""

    OFFICE_DECIDES = "office_decides"
    CORRECT = "correct"
    CHANGE = "change"
    EXTEND = "extend"
    ASK_FOR_RECEIPT = "ask_for_receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A duty and its last day; `is_late` once that day is over."""

    duty: Duty
    until: date
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """The registration ends in so many days.

    `is_gap`: it has ended, or nothing was filed to extend it and it ends before the debt: from the
    day after `expires_on` there is no pledge.
    """

    expires_on: date
    days_left: int
    threshold: int
    is_gap: bool

    @property
    def message(self) -> Message:
        """In words."""
        facts: dict[str, Fact] = {"expires_on": self.expires_on, "days_left": self.days_left}
        return Message("filing.alert.gap" if self.is_gap else "filing.alert.extension", facts)


def decision_until(
    registry: Registry,
    received_on: date,
    *,
    is_online: bool,
    parameters: Parameters,
    calendar: BusinessCalendar,
) -> date | None:
    """The last day for the office's decision; None where no limit is published.

    The day of receipt is not counted.
    """
    where = "online" if is_online else "paper"
    limit = parameters.get("filing.decision_limits", on=received_on).value[f"{registry}_{where}"]
    if limit["count"] == 0:
        return None
    if limit["unit"] == "working_day":
        return calendar.plus_workdays(received_on, int(limit["count"]))
    return last_day(received_on, days=int(limit["count"]), working=calendar)


def correction_until(
    registry: Registry, notified_on: date, *, parameters: Parameters, calendar: BusinessCalendar
) -> date:
    """The last day to answer a correction notice that names none itself."""
    days = parameters.get("filing.correction_days", on=notified_on).value[str(registry)]
    return last_day(notified_on, days=int(days), working=calendar)


def change_until(changed_on: date, *, parameters: Parameters, calendar: BusinessCalendar) -> date:
    """The last day to file a change after the parties agreed or the fact arose."""
    days = int(parameters.number("filing.change_days", on=changed_on))
    return last_day(changed_on, days=days, working=calendar)


def dues(
    progress: Progress,
    *,
    is_online: bool,
    on: date,
    parameters: Parameters,
    calendar: BusinessCalendar,
) -> tuple[Due, ...]:
    """What is due on a filing now, the earliest first."""
    found: list[tuple[Duty, date]] = []
    last = progress.acts[-1] if progress.acts else None
    if last is not None and last.office_reference is None:
        found.append((Duty.ASK_FOR_RECEIPT, last.sent_on))
    if progress.state in _OFFICE_HAS_IT and last is not None:
        until = decision_until(
            progress.registry,
            last.received_on or last.sent_on,
            is_online=is_online,
            parameters=parameters,
            calendar=calendar,
        )
        found += [(Duty.OFFICE_DECIDES, until)] if until else []
    if progress.state in _CORRECTION:
        until = progress.respond_by or correction_until(
            progress.registry,
            _notified_on(progress, last),
            parameters=parameters,
            calendar=calendar,
        )
        found.append((Duty.CORRECT, until))
    expires = progress.registered.expires_on if progress.registered else None
    if progress.state is State.REGISTERED and expires is not None:
        found.append((Duty.EXTEND, expires))
    ordered = sorted(found, key=lambda item: item[1])
    return tuple(Due(duty=duty, until=until, is_late=until < on) for duty, until in ordered)


def _notified_on(progress: Progress, last: Sent | None) -> date:
    moved = [item.dated_on for item in progress.notices if item.disposition == "moved"]
    assert moved or last, "a correction is asked for in a notice on an act"
    return moved[-1] if moved else last.sent_on if last else date.min


def extension_alert(
    progress: Progress, *, debt_to: date, on: date, parameters: Parameters
) -> Alert | None:
    """The alert of a registration with its own period; None where it has none or has time.

    Thresholds are published days before the end. One day without a registration is an alarm: a
    period that ends before the debt and is not under extension counts as a gap from the last
    threshold on, and every ended one while the debt runs.
    """
    expires = progress.registered.expires_on if progress.registered else None
    if expires is None or progress.state in (State.CANCELED, State.REVOKED):
        return None
    left = (expires - on).days
    days = sorted(int(item) for item in parameters.get("filing.extension_alerts", on=on).value)
    reached = [threshold for threshold in days if left <= threshold]
    if not reached:
        return None
    is_filed = progress.state in (State.EXTEND_PENDING, State.EXTEND_CORRECTION)
    is_last = reached[0] == days[0]
    is_short = expires < debt_to
    return Alert(
        expires_on=expires,
        days_left=left,
        threshold=reached[0],
        is_gap=left < 0 or (is_short and is_last and not is_filed),
    )


def alert_days(expires_on: date, *, parameters: Parameters) -> tuple[date, ...]:
    """The days on which an alert is given, the earliest first."""
    days = parameters.get("filing.extension_alerts", on=expires_on).value
    return tuple(sorted(expires_on - timedelta(days=int(item)) for item in days))


def gap_days(old_ends_on: date | None, new_from: date | None, *, debt_to: date, on: date) -> int:
    """Days without a registration between an old one and a new one, up to the day and the debt.

    An old registration that ends on a day covers that day. None as the old end: no own period.
    A gap of one day is an alarm: in it the pledge does not exist.
    """
    if old_ends_on is None:
        return 0
    last = min(on, debt_to)
    until = last if new_from is None else min(new_from - timedelta(days=1), last)
    return max(0, (until - old_ends_on).days)
