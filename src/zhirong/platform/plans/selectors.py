"""What pages ask about plans."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from zhirong.core.codec import decode
from zhirong.core.messages import Message
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents import store
from zhirong.platform.documents.charts import ChartLine, chart_lines
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.documents.showing import PICTURE
from zhirong.platform.matters.models import Matter, Participation
from zhirong.platform.matters.visibility import NotFoundError, first_of
from zhirong.platform.operations import journal
from zhirong.platform.operations.selectors import (
    JobLine,
    LogLine,
    entries_of_matter,
    job_line,
)
from zhirong.platform.plans.access import WORKING, part_of, plan_seen, seen
from zhirong.platform.plans.blocking import blocks
from zhirong.platform.plans.models import Plan, PlanRun, PlanRunFile, PlanStep
from zhirong.platform.plans.services import PLAN_FILE

# What those who work on a plan do among themselves is not the investors' to read.
PUBLIC = frozenset(
    {
        "plan_opened",
        "plan_structure_published",
        "plan_report_published",
        "plan_step_done",
        "plan_issued",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A plan in a list; `part` is what the viewer's organization is in it."""

    number: str
    title: str
    arranger: str
    part: str
    state: str
    opened_on: date
    next_step: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """Some plans, newest first: which page, of how many."""

    items: tuple[PlanLine, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """A plan as its pages begin."""

    id: int
    number: str
    title: str
    arranger: str
    part: str
    state: str
    offered_on: date | None
    issued_on: date | None

    @property
    def is_arranger(self) -> bool:
        """Whether the viewer acts as its arranger."""
        return self.part == Participation.Part.ARRANGER

    @property
    def is_servicer(self) -> bool:
        """Whether the viewer acts as its servicer."""
        return self.part == Participation.Part.SERVICER

    @property
    def is_working(self) -> bool:
        """Whether the viewer works on it, so that files and unpublished runs are shown."""
        return self.part in WORKING


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """An organization in a plan."""

    organization_id: int
    organization: str
    part: str
    since: date
    can_be_ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file of a plan."""

    number: int
    name: str
    use: str
    size: int
    added_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """A run: what, by whom, how it ended; `document` is what it found, in one language.

    `problems` say, one by one, why it failed.
    """

    number: int
    kind: str
    job: JobLine
    state: str
    payment_on: date | None
    scenario: str
    asked_by: str
    published_on: date | None
    published_by: str
    problems: tuple[Message, ...]
    files: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step of the issue."""

    key: str
    label: str
    by: str
    due_on: date
    documents: tuple[str, ...]
    done_on: date | None
    done_by: str
    note: str
    file: int | None
    is_next: bool
    blocked_by: tuple[Message, ...] = ()


def plan_lines(viewer: Viewer, *, most: int = 200) -> tuple[PlanLine, ...]:
    """The plans that a viewer may see, newest first, with the step that comes next."""
    return _lines(seen(Matter, viewer).select_related("firm", "plan")[:most], viewer)


def plan_page(viewer: Viewer, *, page: int, size: int) -> PlanPage:
    """A page of the plans that a viewer may see."""
    rows = seen(Matter, viewer).select_related("firm", "plan")
    pages = max(1, -(-rows.count() // size))
    start = (page - 1) * size
    return PlanPage(items=_lines(rows[start : start + size], viewer), page=page, pages=pages)


def _lines(rows: Iterable[Matter], viewer: Viewer) -> tuple[PlanLine, ...]:
    rows = tuple(rows)
    steps: dict[int, PlanStep] = {}
    open_steps = PlanStep.objects.filter(matter__in=[row.pk for row in rows], done_on=None)
    for step in open_steps.order_by("-place"):
        steps[step.matter_id] = step
    found = []
    for row in rows:
        following = steps.get(row.pk)
        found.append(
            PlanLine(
                number=row.number,
                title=row.title,
                arranger=row.firm.name,
                part=f"part.{part_of(row, viewer).value}",
                state=f"plan_state.{row.plan.state}",
                opened_on=row.opened_on,
                next_step=following.label if following is not None else "",
                due_on=following.due_on if following is not None else None,
            )
        )
    return tuple(found)


def head_of(number: str, viewer: Viewer) -> PlanHead:
    """A plan's head.

    Raises:
        NotFoundError: None that the viewer may see.
    """
    matter = plan_seen(number, viewer)
    plan = Plan.objects.get(matter=matter)
    return PlanHead(
        id=matter.pk,
        number=matter.number,
        title=matter.title,
        arranger=matter.firm.name,
        part=part_of(matter, viewer).value,
        state=plan.state,
        offered_on=plan.offered_on,
        issued_on=plan.issued_on,
    )


def parts_of(plan: PlanHead) -> tuple[PartLine, ...]:
    """Who takes part in a plan that was found for the viewer."""
    rows = Participation.objects.filter(matter_id=plan.id, until=None).select_related(
        "organization"
    )
    return tuple(
        PartLine(
            organization_id=row.organization_id,
            organization=row.organization.name,
            part=f"part.{row.part}",
            since=row.since,
            can_be_ended=row.part != Participation.Part.ARRANGER,
        )
        for row in rows.order_by("id")
    )


def given_files(number: str, viewer: Viewer) -> tuple[FileLine, ...]:
    """Plan file and tape as they stand; none for those who do not work on the plan."""
    rows = seen(StoredFile, viewer).filter(matter__number=number, use=PLAN_FILE)
    return tuple(_file(row) for row in rows.filter(is_withdrawn=False))


def _file(row: StoredFile) -> FileLine:
    return FileLine(number=row.pk, name=row.name, use=row.use, size=row.size, added_on=row.added_on)


def runs_of(number: str, viewer: Viewer, *, kind: str) -> tuple[RunLine, ...]:
    """The runs of a kind that the viewer may see, newest first; without what they found."""
    rows = seen(PlanRun, viewer).filter(matter__number=number, kind=kind).defer("summary")
    rows = rows.select_related("job", "asked_by", "published_by").prefetch_related("files__file")
    return tuple(_run(row) for row in rows)


def run_of(number: str, run_id: int, viewer: Viewer) -> RunLine:
    """One run of a plan.

    Raises:
        NotFoundError: None that the viewer may see.
    """
    rows = seen(PlanRun, viewer).select_related("job", "asked_by", "published_by")
    return _run(first_of(rows, pk=run_id, matter__number=number))


def _run(row: PlanRun) -> RunLine:
    return RunLine(
        number=row.pk,
        kind=row.kind,
        job=job_line(row.job),
        state=row.state,
        payment_on=row.payment_on,
        scenario=row.scenario,
        asked_by=row.asked_by.name,
        published_on=row.published_on,
        published_by=row.published_by.name if row.published_by else "",
        problems=tuple(decode(Message, item) for item in row.failure.get("problems", ())),
        files=tuple(_file(item.file) for item in row.files.all() if item.file.use != PICTURE),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """A day of the chain before a payment; provisional where its year's holidays are not out."""

    link: str
    on: date
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the structure in force found: the document in one language, and its charts."""

    run: int
    document: Mapping[str, Any]
    payments: tuple[date, ...]
    scenarios: tuple[tuple[str, str], ...]
    chains: Mapping[date, tuple[ChainLink, ...]]
    date_problems: tuple[Message, ...]
    labels: Mapping[str, str]
    charts: tuple[ChartLine, ...]
    money: Mapping[str, Any] | None = None
    money_problems: tuple[Message, ...] = ()


def structure_in_force(number: str, viewer: Viewer, *, lang: str) -> Found | None:
    """The last structure that the viewer may read; None before there is one."""
    rows = seen(PlanRun, viewer).filter(matter__number=number, kind=PlanRun.Kind.STRUCTURE)
    row = rows.filter(state=PlanRun.State.DONE).first()
    if row is None:
        return None
    kept = row.summary
    return Found(
        run=row.pk,
        document=kept["documents"][lang],
        payments=tuple(date.fromisoformat(day) for day in kept["payments"]),
        scenarios=tuple((item["key"], item["label"]) for item in kept["scenarios"]),
        chains={
            date.fromisoformat(chain["payment"]): tuple(
                ChainLink(
                    link=f"securitization.dates.link.{each['link']}",
                    on=date.fromisoformat(each["on"]),
                    is_provisional=each["is_provisional"],
                )
                for each in chain["links"]
            )
            for chain in kept["chains"]
        },
        date_problems=tuple(decode(Message, item) for item in kept["date_problems"]),
        labels=kept["labels"][lang],
        charts=chart_lines(kept["charts"])[lang],
        money=kept.get("money", {}).get(lang),
        money_problems=tuple(decode(Message, item) for item in kept.get("money_problems", ())),
    )


def steps_of(plan: PlanHead) -> tuple[StepLine, ...]:
    """The steps of the issue of a plan that was found for the viewer."""
    rows = list(PlanStep.objects.filter(matter_id=plan.id).select_related("done_by"))
    following = next((row.pk for row in rows if row.done_on is None), None)
    return tuple(
        StepLine(
            key=row.key,
            label=row.label,
            by=row.by,
            due_on=row.due_on,
            documents=tuple(row.documents),
            done_on=row.done_on,
            done_by=row.done_by.name if row.done_by else "",
            note=row.note,
            file=row.file_id if plan.is_working else None,
            is_next=row.pk == following,
            blocked_by=blocks(plan.id, rows, row.key) if row.pk == following else (),
        )
        for row in rows
    )


def log_of(plan: PlanHead) -> tuple[LogLine, ...]:
    """Every act on a plan, newest first; investors read what was published and done."""
    if plan.is_working:
        return entries_of_matter(plan.id)
    return entries_of_matter(plan.id, actions=PUBLIC)


def picture(number: str, file_id: int, viewer: Viewer) -> bytes:
    """The bytes of a chart of a run that is shown.

    Raises:
        NotFoundError: No chart that the viewer may see.
    """
    rows = seen(PlanRunFile, viewer).filter(run__matter__number=number, file__use=PICTURE)
    return store.get(first_of(rows, file_id=file_id).file.sha256)


@transaction.atomic
def open_file(number: str, file_id: int, viewer: Viewer) -> tuple[StoredFile, bytes]:
    """A file of a plan with its bytes: one that was given, or that a run gave which is shown.

    Raises:
        NotFoundError: None that the viewer may see.
        StoredBytesError: The store lost or changed it.
    """
    plan = plan_seen(number, viewer)
    made = seen(PlanRunFile, viewer).filter(run__matter=plan, file_id=file_id).first()
    own = seen(StoredFile, viewer).filter(matter=plan, pk=file_id).first()
    file = own or (made.file if made else None)
    if file is None:
        raise NotFoundError(f"No file {file_id}.", what="model.storedfile")
    content = store.get(file.sha256)
    facts = {"name": file.name, "sha256": file.sha256}
    journal.record("file_opened", by=viewer, matter_id=plan.pk, facts=facts)
    return file, content
