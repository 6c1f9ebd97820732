"""What pages ask about the action log and about jobs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from zhirong.core.messages import Fact
from zhirong.platform.operations.models import Job, LogEntry
from zhirong.platform.operations.prepared import Prepared

PAGE = 20
MOST_EXPORTED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """An act as people read it: `code` and `facts` give its words; `who` is empty for the house."""

    number: int
    at: datetime
    on: date
    action: str
    facts: Mapping[str, Fact]
    who: str
    organization: str
    matter: str

    @property
    def code(self) -> str:
        """Code of its words."""
        return f"log.{self.action}"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLine:
    """A job as people watch it."""

    number: int
    title: str
    state: str
    done: int
    total: int
    code: str
    facts: Mapping[str, Fact]
    is_cancel_asked: bool

    @property
    def is_open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in {Job.State.WAITING, Job.State.RUNNING}


def facts_of(kept: Mapping[str, Any]) -> dict[str, Fact]:
    """Facts as the words take them: a list of the database is a tuple."""
    return {
        name: tuple(str(item) for item in value) if isinstance(value, list) else value
        for name, value in kept.items()
    }


def log_lines(entries: Iterable[tuple[Any, ...]]) -> tuple[LogLine, ...]:
    """Entries as people read them, from their values."""
    return tuple(
        LogLine(
            number=number,
            at=at,
            on=on,
            action=action,
            facts=facts_of(facts),
            who=who or "",
            organization=organization or "",
            matter=matter or "",
        )
        for number, at, on, action, facts, who, organization, matter in entries
    )


def entries() -> QuerySet[LogEntry, tuple[Any, ...]]:
    """The values of all entries with their people, newest first."""
    names = ("pk", "recorded_at", "on", "action", "facts")
    people = ("actor__name", "organization__name", "matter__number")
    return LogEntry.objects.order_by("-id").values_list(*names, *people)


@cache
def _of_matter(actions: Collection[str]) -> Prepared[LogEntry]:
    wanted = Q(action__in=sorted(actions)) if actions else Q()
    return Prepared(lambda matter: entries().filter(wanted, matter_id=matter), int)


def entries_of_matter(matter_id: int, *, actions: Collection[str] = ()) -> tuple[LogLine, ...]:
    """The acts on a matter, newest first; whoever asks has found the matter before.

    Args:
        matter_id: Of the matter.
        actions: The kinds of acts wanted; all where none is named.
    """
    return log_lines(_of_matter(frozenset(actions)).all_values(matter_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """A page of the log: its lines, which page, of how many."""

    lines: tuple[LogLine, ...]
    page: int
    pages: int


def log_page(*, organization_id: int | None, action: str, who: str, page: int) -> LogPage:
    """A page of the log under a filter; an organization of None is the whole house."""
    rows = _filtered(organization_id=organization_id, action=action, who=who)
    pages = max(1, -(-rows.count() // PAGE))
    page = min(max(page, 1), pages)
    return LogPage(lines=log_lines(rows[(page - 1) * PAGE : page * PAGE]), page=page, pages=pages)


def log_whole(*, organization_id: int | None, action: str, who: str) -> tuple[LogLine, ...]:
    """The newest entries under a filter, as many as a workbook takes."""
    rows = _filtered(organization_id=organization_id, action=action, who=who)
    return log_lines(rows[:MOST_EXPORTED])


def _filtered(
    *, organization_id: int | None, action: str, who: str
) -> QuerySet[LogEntry, tuple[Any, ...]]:
    rows = entries()
    if organization_id is not None:
        rows = rows.filter(organization_id=organization_id)
    if action:
        rows = rows.filter(action=action)
    if who:
        rows = rows.filter(actor__name__contains=who)
    return rows


def actions() -> tuple[str, ...]:
    """The kinds of acts that the log holds."""
    found = LogEntry.objects.order_by("action").values_list("action", flat=True).distinct()
    return tuple(found)


def job_line(job: Job) -> JobLine:
    """A job as people watch it."""
    return JobLine(
        number=job.pk,
        title=job.title,
        state=job.state,
        done=job.done,
        total=job.total,
        code=str(job.message.get("code", "job.waiting")),
        facts=facts_of(job.message.get("facts", {})),
        is_cancel_asked=job.is_cancel_asked,
    )
