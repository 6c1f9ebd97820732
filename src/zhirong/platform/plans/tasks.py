"""What needs somebody now in a plan: by its state and the part that acts."""

from dataclasses import dataclass
from datetime import date

from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.documents.models import StoredFile
from zhirong.platform.matters.models import Matter
from zhirong.platform.operations import clock
from zhirong.platform.plans.access import Part, part_of, seen
from zhirong.platform.plans.models import Plan, PlanRun, PlanStep
from zhirong.platform.plans.services import PLAN_FILE

# A report is made ready from so many days before its payment date on.
REPORT_DAYS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTask:
    """One thing to do: code of its words, what they are filled with, until when, on which page."""

    plan: str
    title: str
    code: str
    about: str
    until: date | None
    page: str


def tasks_for(viewer: Viewer) -> tuple[PlanTask, ...]:
    """What needs the viewer now, what is due first in front; at most one thing a plan."""
    rows = seen(Matter, viewer).select_related("plan").exclude(plan__state=Plan.State.ENDED)
    found = [task for row in rows if (task := _task(row, part_of(row, viewer))) is not None]
    return tuple(sorted(found, key=lambda task: (task.until or date.max, task.plan)))


def _task(matter: Matter, part: Part) -> PlanTask | None:
    if part is Part.ARRANGER:
        return _arranger(matter)
    if part is Part.SERVICER:
        return _servicer(matter)
    return None


def _arranger(matter: Matter) -> PlanTask | None:
    runs = PlanRun.objects.filter(matter=matter, kind=PlanRun.Kind.STRUCTURE).defer("summary")
    last = runs.first()
    if not StoredFile.objects.filter(matter=matter, use=PLAN_FILE, is_withdrawn=False).exists():
        return _made(matter, "files")
    if last is None or last.state == PlanRun.State.FAILED:
        return _made(matter, "structure")
    if last.state == PlanRun.State.DONE and last.published_on is None:
        return _made(matter, "publish")
    step = PlanStep.objects.filter(matter=matter, done_on=None).first()
    if step is not None and matter.plan.state == Plan.State.OFFERED:
        return _made(matter, "step", about=step.label, until=step.due_on)
    return None


def _servicer(matter: Matter) -> PlanTask | None:
    """The next payment date without a published report, once it is near."""
    runs = PlanRun.objects.filter(matter=matter).exclude(published_on=None)
    structure = runs.filter(kind=PlanRun.Kind.STRUCTURE).first()
    if structure is None:
        return None
    told = set(runs.filter(kind=PlanRun.Kind.REPORT).values_list("payment_on", flat=True))
    for text in structure.summary["payments"]:
        day = date.fromisoformat(text)
        if day in told:
            continue
        is_near = (day - clock.today()).days <= REPORT_DAYS
        return _made(matter, "report", about=text, until=day, page="payments") if is_near else None
    return None


def _made(
    matter: Matter,
    code: str,
    *,
    about: str = "",
    until: date | None = None,
    page: str = "overview",
) -> PlanTask:
    return PlanTask(
        plan=matter.number, title=matter.title, code=code, about=about, until=until, page=page
    )
