"""What is to be done now on each matter, by whom: the same answer on every desk and page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from zhirong.filing.states import State
from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.appraisals.models import AppraisalRun
from zhirong.platform.documents.models import Deed, StoredFile
from zhirong.platform.filing.models import Filing
from zhirong.platform.lending.models import UNPAID, DrawDown, Installment, Proposal, Qualification
from zhirong.platform.matters.models import Matter
from zhirong.platform.matters.selectors import MatterHead, head
from zhirong.platform.matters.visibility import visible_to
from zhirong.platform.operations import clock
from zhirong.platform.operations.prepared import Prepared
from zhirong.platform.operations.progress import OPEN

Stage = Matter.Stage
DESK_ROWS = 10
OWED = (DrawDown.State.PAID,)
SIGNERS = (Right.SIGN_BORROWER, Right.SIGN_LENDER)
_CORRECTIONS = tuple(
    state.value
    for state in (
        State.CORRECTION,
        State.CHANGE_CORRECTION,
        State.EXTEND_CORRECTION,
        State.CANCEL_CORRECTION,
    )
)
# What is asked of one matter, on its page and for each row of a desk.
_GIVEN = Prepared(
    lambda matter: StoredFile.objects.filter(
        matter_id=matter, use="firm_file", is_withdrawn=False
    ).values_list("pk"),
    int,
)
_FAILED = Prepared(
    lambda matter: Qualification.objects.filter(matter_id=matter, is_passed=False).values_list(
        "pk"
    ),
    int,
)
_UNSIGNED = Prepared(
    lambda matter: Deed.objects.filter(
        matter_id=matter, is_signed=False, is_withdrawn=False
    ).values_list("pk"),
    int,
)
_TO_CORRECT = Prepared(
    lambda matter: Filing.objects.filter(matter_id=matter, state__in=_CORRECTIONS).values_list(
        "pk", "respond_by"
    ),
    int,
)
_DRAFT = Prepared(
    lambda matter: Filing.objects.filter(matter_id=matter, state=State.DRAFT.value).values_list(
        "pk"
    ),
    int,
)
DRAW_STATES = Prepared(
    lambda matter: DrawDown.objects.filter(facility__matter_id=matter).values_list("state"), int
)
NEXT_DUE = Prepared(
    lambda matter: Installment.objects.filter(
        UNPAID, draw__facility__matter_id=matter, draw__state__in=OWED
    ).order_by("due_on", "number"),
    int,
)
WHO: Mapping[Right, str] = {
    Right.APPLY: "role.firm_officer",
    Right.DRAW: "role.firm_officer",
    Right.SIGN_BORROWER: "todo.who.signers",
    Right.CHECK: "role.account_manager",
    Right.APPRAISE: "role.account_manager",
    Right.CONTRACT: "role.account_manager",
    Right.PAY: "role.account_manager",
    Right.RECEIVE: "role.account_manager",
    Right.PROPOSE: "role.risk_officer",
    Right.APPROVE: "role.risk_officer",
    Right.APPROVE_ABOVE: "role.risk_chief",
    Right.FILE: "role.pledge_clerk",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What comes next on a matter.

    Attributes:
        code: `todo.<code>` says what, `todo.<code>.button` what the button says.
        rights: Any of them lets a person do it.
        tab: Of the matter's page, where it is done.
        until: By when; None where nothing presses.
        barred: People who may not, whatever their rights: authors and who decided already.
        is_wait: Nobody acts: a machine or an office answers.
    """

    code: str
    rights: tuple[Right, ...]
    tab: str
    until: date | None = None
    barred: frozenset[int] = frozenset()
    is_wait: bool = False

    @property
    def hint(self) -> str:
        """Code of the words that say what it takes."""
        return f"todo.{self.code}.hint"

    @property
    def button(self) -> str:
        """Code of the button's words."""
        return f"todo.{self.code}.button"

    @property
    def who(self) -> str:
        """Code of the words for whose turn it is."""
        return WHO[self.rights[0]]

    def is_for(self, viewer: Viewer) -> bool:
        """Whether the viewer can do it now."""
        may = any(viewer.may(right) for right in self.rights)
        return may and not self.is_wait and viewer.user_id not in self.barred


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A matter on a desk with what is to be done."""

    matter: MatterHead
    task: Task


def task_of(matter: MatterHead) -> Task | None:
    """What is to be done now on a matter; None once it has ended."""
    if matter.is_ended:
        return None
    return _NEXT[Stage(matter.stage)](matter)


def tasks_for(viewer: Viewer, *, most: int = DESK_ROWS) -> tuple[Row, ...]:
    """What needs a viewer now, the most urgent first; what has no date comes last."""
    # The database's order is by day alone: a few more are looked at, then put in exact order.
    rows = islice((row for row in _rows(viewer) if row.task.is_for(viewer)), 2 * most)
    urgent = sorted(rows, key=lambda row: (row.task.until or date.max, row.matter.id))
    return tuple(urgent[:most])


def _rows(viewer: Viewer) -> Iterator[Row]:
    stages = tuple(stage for stage, rights in _RIGHTS.items() if any(map(viewer.may, rights)))
    waits = _Waits(
        for_draws=not viewer.may(Right.DRAW),
        for_papers=not any(map(viewer.may, (Right.DRAW, Right.PAY, Right.FILE))),
    )
    for found in _waiting(stages, waits).each(viewer.organization_id, clock.today()):
        matter = head(found)
        task = task_of(matter)
        if task is not None:
            yield Row(matter=matter, task=task)


@cache
def _waiting(stages: tuple[Stage, ...], waits: "_Waits") -> Prepared[Matter]:
    """The matters in some stages that may hold a task, the most urgent first."""

    def query(party: int, today: date) -> QuerySet[Matter]:
        rows = visible_to(Matter, party).filter(closed_on=None, stage__in=stages)
        urgency = Case(When(stage=Stage.DRAWN, then=Subquery(_next_due())), default="applied_on")
        rows = rows.exclude(_rests(waits, today)).annotate(urgency=urgency)
        return rows.order_by(F("urgency").asc(nulls_last=True), "id").select_related("firm")

    return Prepared(query, int, date)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waits:
    """What others act on: for this viewer such matters rest."""

    for_draws: bool
    for_papers: bool


def _next_due() -> QuerySet[Installment, date]:
    """The earliest day on which something of a matter's loans is still to be paid."""
    lines = Installment.objects.filter(
        UNPAID, draw__facility__matter=OuterRef("pk"), draw__state__in=OWED
    )
    return lines.order_by("due_on").values_list("due_on", flat=True)[:1]


def _rests(waits: _Waits, today: date) -> Q:
    """Matters where nobody has to act today: a bank has thousands of loans that are just paid on.

    What remains is looked at one by one, so this must leave out no matter that holds a task.
    """
    # Few are asked, due or unsigned, each found by an index of its own: not asked row by row.
    asked = DrawDown.objects.filter(state=DrawDown.State.ASKED)
    due = Installment.objects.filter(UNPAID, draw__state__in=OWED, due_on__lte=today)
    open_papers = Deed.objects.filter(is_signed=False, is_withdrawn=False)
    is_asked = Q(pk__in=asked.order_by().values("facility__matter"))
    is_due = Q(pk__in=due.order_by().values("draw__facility__matter"))
    signs_nothing = ~Q(pk__in=open_papers.order_by().values("matter"))
    rests = Q(stage=Stage.DRAWN) & ~is_asked & ~is_due & signs_nothing
    if waits.for_draws:
        rests |= Q(stage=Stage.REGISTERED) & ~is_asked & signs_nothing
    if waits.for_papers:
        rests |= Q(stage__in=_SIGNED_LATER) & signs_nothing
    return rests


def _opened(matter: MatterHead) -> Task:
    if _GIVEN.values(matter.id) is None:
        return Task(code="upload", rights=(Right.APPLY,), tab="files")
    return Task(code="apply", rights=(Right.APPLY,), tab="credit")


def _applied(matter: MatterHead) -> Task:
    code = "check" if _FAILED.values(matter.id) is None else "check_again"
    return Task(code=code, rights=(Right.CHECK,), tab="credit", until=matter.target_day)


def _checked(matter: MatterHead) -> Task:
    run = AppraisalRun.objects.filter(matter_id=matter.id).select_related("job").first()
    code, rights = "appraise", (Right.APPRAISE,)
    is_running = run is not None and run.job.state in OPEN
    if run is not None and not is_running:
        code = "appraise_again"
        if run.state == AppraisalRun.State.DONE and not _has_news(run):
            code, rights = "answer", (Right.APPLY,)
    if is_running:
        code = "appraisal_running"
    return Task(
        code=code, rights=rights, tab="valuation", until=matter.target_day, is_wait=is_running
    )


def _has_news(run: AppraisalRun) -> bool:
    """Whether the firm gave other files since the run read them."""
    files = StoredFile.objects.filter(matter=run.matter_id, use="firm_file", is_withdrawn=False)
    return {sha for _, sha in run.input_hashes} != set(files.values_list("sha256", flat=True))


def _appraised(matter: MatterHead) -> Task:
    again = Proposal.objects.filter(matter_id=matter.id).exists()
    code = "propose_again" if again else "propose"
    return Task(code=code, rights=(Right.PROPOSE,), tab="credit", until=matter.target_day)


def _proposed(matter: MatterHead) -> Task:
    proposal = Proposal.objects.get(matter_id=matter.id, state=Proposal.State.OPEN)
    decided = tuple(proposal.decisions.values_list("officer_id", flat=True))
    barred = frozenset((proposal.author_id, *decided))
    code, right = ("decide_second", Right.APPROVE_ABOVE) if decided else ("decide", Right.APPROVE)
    return Task(code=code, rights=(right,), tab="credit", until=matter.target_day, barred=barred)


def _to_sign(matter: MatterHead) -> Task | None:
    """Papers of a mended filing, a change, an extension, a further pledge or a release."""
    if _UNSIGNED.values(matter.id) is None:
        return None
    return Task(code="sign_papers", rights=SIGNERS, tab="contract", until=_respond_by(matter))


def _respond_by(matter: MatterHead) -> date | None:
    """By when the office wants its answer."""
    asked = _TO_CORRECT.all_values(matter.id)
    return min((day for _, day in asked if day), default=None)


def _at_office(code: str) -> Callable[[MatterHead], Task]:
    """A matter whose filing is before the office: signed again, mended, sent, or waited for."""

    def task(matter: MatterHead) -> Task:
        signing = _to_sign(matter)
        if signing is not None:
            return signing
        if _TO_CORRECT.values(matter.id) is not None:
            until = _respond_by(matter)
            return Task(code="correct", rights=(Right.FILE,), tab="registration", until=until)
        if _DRAFT.values(matter.id) is not None:
            return Task(code="file", rights=(Right.FILE,), tab="registration")
        return Task(code=code, rights=(Right.FILE,), tab="registration", is_wait=True)

    return task


def _repaid(matter: MatterHead) -> Task:
    signing = _to_sign(matter)
    return signing or Task(code="release_pledge", rights=(Right.FILE,), tab="registration")


def _registered(matter: MatterHead) -> Task:
    """The papers first: what is asked of the office waits for them."""
    return _to_sign(matter) or _money(matter)


def _money(matter: MatterHead) -> Task:
    states = {state for (state,) in DRAW_STATES.all_values(matter.id)}
    if DrawDown.State.ASKED in states:
        return Task(code="release", rights=(Right.PAY,), tab="money", until=matter.target_day)
    if DrawDown.State.ORDERED in states:
        return Task(
            code="await_rail",
            rights=(Right.PAY,),
            tab="money",
            until=matter.target_day,
            is_wait=True,
        )
    return Task(code="draw", rights=(Right.DRAW,), tab="money", until=matter.target_day)


def _drawn(matter: MatterHead) -> Task:
    asked = _money(matter)
    if asked.code in {"release", "await_rail"}:
        return asked
    due = NEXT_DUE.row(matter.id)
    until = None if due is None else due.due_on
    is_late = until is not None and until < clock.today()
    signing = None if is_late else _to_sign(matter)
    if signing is not None:
        return signing
    code = "overdue" if is_late else "repay"
    # Before the day nobody has to act: the row waits for its date.
    is_wait = until is not None and until > clock.today()
    return Task(
        code=code, rights=(Right.DRAW, Right.RECEIVE), tab="money", until=until, is_wait=is_wait
    )


def _always(
    code: str, *rights: Right, tab: str, is_wait: bool = False
) -> Callable[[MatterHead], Task]:
    def task(matter: MatterHead) -> Task:
        until = matter.target_day if matter.paid_on is None else None
        return Task(code=code, rights=rights, tab=tab, until=until, is_wait=is_wait)

    return task


_NEXT: Mapping[Stage, Callable[[MatterHead], Task]] = {
    Stage.OPENED: _opened,
    Stage.APPLIED: _applied,
    Stage.CHECKED: _checked,
    Stage.APPRAISED: _appraised,
    Stage.PROPOSED: _proposed,
    Stage.APPROVED: _always("contract", Right.CONTRACT, tab="contract"),
    Stage.CONTRACTED: _always("sign", Right.SIGN_BORROWER, Right.SIGN_LENDER, tab="contract"),
    Stage.SIGNED: _always("file", Right.FILE, tab="registration"),
    Stage.FILED: _at_office("await_office"),
    Stage.REGISTERED: _registered,
    Stage.DRAWN: _drawn,
    Stage.REPAID: _repaid,
    Stage.RELEASING: _at_office("await_release"),
}
# Which stages can hold work for a right: a desk reads no other matters.
_RIGHTS: Mapping[Stage, tuple[Right, ...]] = {
    Stage.OPENED: (Right.APPLY,),
    Stage.APPLIED: (Right.CHECK,),
    Stage.CHECKED: (Right.APPRAISE, Right.APPLY),
    Stage.APPRAISED: (Right.PROPOSE,),
    Stage.PROPOSED: (Right.APPROVE,),
    Stage.APPROVED: (Right.CONTRACT,),
    Stage.CONTRACTED: (Right.SIGN_BORROWER, Right.SIGN_LENDER),
    Stage.SIGNED: (Right.FILE,),
    Stage.FILED: (Right.FILE, *SIGNERS),
    Stage.REGISTERED: (Right.DRAW, Right.PAY, *SIGNERS),
    Stage.DRAWN: (Right.DRAW, Right.PAY, Right.RECEIVE, *SIGNERS),
    Stage.REPAID: (Right.FILE, *SIGNERS),
    Stage.RELEASING: (Right.FILE, *SIGNERS),
}
_SIGNED_LATER = (Stage.FILED, Stage.REGISTERED, Stage.DRAWN, Stage.REPAID, Stage.RELEASING)
