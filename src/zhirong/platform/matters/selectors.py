"""What pages ask about matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db.models import F, QuerySet

from zhirong.core.periods import Period
from zhirong.parameters.calendars import china
from zhirong.parameters.reader import Parameters
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.matters.models import Matter, Participation
from zhirong.platform.matters.stages import WAY, may_follow
from zhirong.platform.matters.visibility import MatterRows, matter_seen, visible, visible_to
from zhirong.platform.operations import clock
from zhirong.platform.operations.prepared import Prepared
from zhirong.platform.operations.selectors import LogLine, entries_of_matter

Stage = Matter.Stage
ONE_DAY = timedelta(days=1)
# An approver who returns a proposal appraises nothing.
RETURNED = (Stage.APPRAISED.value, f"stage.{Stage.PROPOSED}")
DESK_MATTERS = 50
# What a bank weighs among its own people is not told to the borrower; the outcome is.
INTERNAL = frozenset({"proposal_made", "decision_taken", "job_cancel_asked"})
SHOWN = frozenset({"file_opened", "matter_exported"})
WAY_ACTIONS = frozenset({"matter_opened", "stage_reached"})
_PARTS = MatterRows(Participation, lambda rows: rows.select_related("organization").order_by("id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterLine:
    """A matter in a list; `stage` is the code of its words."""

    number: str
    firm: str
    title: str
    stage: str
    applied_on: date | None

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"/matters/{self.number}/"


def matter_lines(viewer: Viewer, *, most: int = 200) -> tuple[MatterLine, ...]:
    """The matters that a viewer may see, newest first."""
    rows = visible(Matter, viewer).select_related("firm")[:most]
    return tuple(
        MatterLine(
            number=row.number,
            firm=row.firm.name,
            title=row.title,
            stage=f"stage.{row.stage}",
            applied_on=row.applied_on,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterHead:
    """A matter as its page begins.

    Attributes:
        stage: Its plain name; `stage.<name>` are its words.
        days: Working days since the complete application, until the money or today; None before.
        target: Working days in which the money shall be there.
        pace: plain, near (the target is reached) or late; plain once it has ended otherwise.
    """

    id: int
    number: str
    title: str
    firm: str
    firm_id: int
    firm_identifier: str
    stage: str
    opened_on: date
    applied_on: date | None
    paid_on: date | None
    closed_on: date | None
    days: int | None
    target: int
    target_day: date | None
    pace: str
    can_withdraw: bool

    @property
    def is_ended(self) -> bool:
        """Whether nothing more is to be done."""
        return self.closed_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the way: done, here, waiting or stopped; who did it, and when.

    `days` are the working days from the application to the step, or to today for the one where the
    matter stands; None before the application and once the money is out.
    """

    stage: str
    state: str
    who: str
    organization: str
    on: date | None
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An organization in a matter; `until` is the day its consent was withdrawn."""

    organization_id: int
    organization: str
    part: str
    since: date
    until: date | None


def stages() -> tuple[str, ...]:
    """The plain names of all stages, in the order of the way."""
    return tuple(stage.value for stage in Stage)


def head_of(number: str, viewer: Viewer) -> MatterHead:
    """A matter's head.

    Raises:
        NotFoundError: None that the viewer may see.
    """
    return head(matter_seen(number, viewer))


def head(row: Matter, *, today: date | None = None) -> MatterHead:
    """The head of a matter that was found for a viewer."""
    day = today or clock.today()
    target = int(Parameters().number("platform.target_days", on=day))
    days = _days(row, day)
    return MatterHead(
        id=row.pk,
        number=row.number,
        title=row.title,
        firm=row.firm.name,
        firm_id=row.firm_id,
        firm_identifier=row.firm.identifier,
        stage=row.stage,
        opened_on=row.opened_on,
        applied_on=row.applied_on,
        paid_on=row.paid_on,
        closed_on=row.closed_on,
        days=days,
        target=target,
        target_day=china().plus_workdays(row.applied_on, target) if row.applied_on else None,
        can_withdraw=may_follow(Stage(row.stage), Stage.WITHDRAWN),
        pace=_pace(days, target, is_open=row.paid_on is None and row.closed_on is None),
    )


def _days(row: Matter, today: date) -> int | None:
    """The day of the application itself is not counted."""
    if row.applied_on is None:
        return None
    return _workdays(row.applied_on, row.paid_on or row.closed_on or today)


def _workdays(start: date, end: date) -> int:
    """Working days after one day up to another."""
    if end <= start:
        return 0
    return china().workdays_in(Period(start + ONE_DAY, end + ONE_DAY))


def _pace(days: int | None, target: int, *, is_open: bool) -> str:
    if days is None or days < target or (days == target and not is_open):
        return "plain"
    return "near" if days == target else "late"


def heads(
    viewer: Viewer, *, stages: tuple[str, ...] = (), most: int = DESK_MATTERS
) -> tuple[MatterHead, ...]:
    """Matters a viewer may see that have not ended: unpaid before paid, oldest application first.

    A desk shows the first of them; the list of matters has all.
    """
    today = clock.today()
    rows = _not_ended(stages, most).rows(viewer.organization_id)
    return tuple(head(row, today=today) for row in rows)


@cache
def _not_ended(stages: tuple[str, ...], most: int) -> Prepared[Matter]:
    def query(party: int) -> QuerySet[Matter]:
        rows = visible_to(Matter, party).filter(closed_on=None).select_related("firm")
        if stages:
            rows = rows.filter(stage__in=stages)
        return rows.order_by(F("paid_on").asc(nulls_first=True), "applied_on", "id")[:most]

    return Prepared(query, int)


def way_of(matter: MatterHead) -> tuple[Step, ...]:
    """The way of a matter as a line of steps, each with who and when from the action log."""
    reached = _reached(entries_of_matter(matter.id, actions=WAY_ACTIONS))
    ended_badly = matter.stage in {Stage.REFUSED, Stage.WITHDRAWN}
    last = reached.get(matter.stage)
    before = str(last.facts["before"]).removeprefix("stage.") if ended_badly and last else ""
    at = WAY.index(Stage(before or matter.stage)) if before or not ended_badly else 0
    steps = []
    for place, stage in enumerate(WAY):
        line = reached.get(stage.value) if place <= at else None
        state = "done" if place <= at else "here" if place == at + 1 else "waiting"
        if ended_badly and place == at + 1:
            state, line = "stopped", last
        steps.append(
            Step(
                stage=stage.value,
                state=state,
                who=line.who if line else "",
                organization=line.organization if line else "",
                on=line.on if line else None,
                days=_counted(matter, line.on if line else None, state=state),
            )
        )
    return tuple(steps)


def _counted(matter: MatterHead, on: date | None, *, state: str) -> int | None:
    """The working day of a step, as long as the clock of the matter runs."""
    runs = matter.paid_on is None and state == "here"
    day = clock.today() if on is None and runs else on
    if matter.applied_on is None or day is None or day < matter.applied_on:
        return None
    if matter.paid_on is not None and day > matter.paid_on:
        return None
    return _workdays(matter.applied_on, day)


def _reached(log: tuple[LogLine, ...]) -> Mapping[str, LogLine]:
    """The last entry by which each stage was reached; a return by an approver reaches none."""
    found_lines: dict[str, LogLine] = {}
    for line in reversed(log):
        if line.action == "matter_opened":
            found_lines[Stage.OPENED.value] = line
        if line.action != "stage_reached":
            continue
        stage = str(line.facts["stage"]).removeprefix("stage.")
        if (stage, line.facts["before"]) != RETURNED:
            found_lines[stage] = line
    return found_lines


def log_of(matter: MatterHead, viewer: Viewer) -> tuple[LogLine, ...]:
    """Every act on a matter, newest first; the borrower sees not what the bank weighs."""
    lines = entries_of_matter(matter.id)
    if viewer.organization_id == matter.firm_id:
        return tuple(line for line in lines if line.action not in INTERNAL)
    return lines


def shown_to_others(matter: MatterHead, viewer: Viewer) -> tuple[LogLine, ...]:
    """Which files people of other organizations opened, newest first."""
    return tuple(
        line
        for line in entries_of_matter(matter.id, actions=SHOWN)
        if line.organization != viewer.organization_name
    )


def parts_of(number: str, viewer: Viewer) -> tuple[Part, ...]:
    """Who takes part in a matter, and who did."""
    return tuple(
        Part(
            organization_id=row.organization_id,
            organization=row.organization.name,
            part=f"part.{row.part}",
            since=row.since,
            until=row.until,
        )
        for row in _PARTS.rows(number, viewer)
    )
