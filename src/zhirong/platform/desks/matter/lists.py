"""The lists of a matter as workbooks, and their columns."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zhirong.platform.accounts.rights import Right
from zhirong.platform.appraisals.selectors import RightLine, rights_in_force
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.tables import Column, as_xlsx, sorted_rows, sorting_of
from zhirong.platform.lending.loan_views import DueLine, draw_of
from zhirong.platform.matters.selectors import head_of, log_of
from zhirong.platform.operations.selectors import LogLine
from zhirong.platform.words import say, say_kept


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


def _state(right: RightLine) -> str:
    return say(f"right.state.{right.state}") if right.state else ""


RIGHTS: tuple[Column[RightLine], ...] = (
    Column(key="number", code="rights.number", read=lambda row: row.number),
    Column(key="title", code="rights.name", read=lambda row: row.title),
    Column(key="kind", code="rights.kind", read=lambda row: say(f"right.kind.{row.kind}")),
    Column(key="state", code="rights.state", read=_state),
    Column(key="score", code="rights.score", kind="score", read=lambda row: row.score),
    Column(key="value", code="rights.value", kind="yuan", read=lambda row: _yuan(row.value)),
    Column(key="term_end", code="rights.term_end", kind="day", read=lambda row: row.term_end),
    Column(
        key="registrable",
        code="rights.registrable",
        read=lambda row: say("rights.yes" if row.is_registrable else "rights.no"),
    ),
)
USUAL_RIGHTS = "-value"
# The page shows ten thousands of yuan; the workbook holds yuan, and the day the fee is due.
RIGHTS_XLSX: tuple[Column[RightLine], ...] = (
    *(column for column in RIGHTS if column.key != "value"),
    Column(key="value", code="rights.value_yuan", kind="yuan", read=lambda row: _yuan(row.value)),
    Column(key="fee", code="rights.fee_due_on", kind="day", read=lambda row: row.fee_due_on),
)
SCHEDULE: tuple[Column[DueLine], ...] = (
    Column(key="number", code="schedule.number", kind="count", read=lambda row: row.number),
    Column(key="due_on", code="schedule.due_on", kind="day", read=lambda row: row.due_on),
    Column(
        key="principal",
        code="schedule.principal",
        kind="yuan",
        read=lambda row: _yuan(row.principal),
    ),
    Column(
        key="interest", code="schedule.interest", kind="yuan", read=lambda row: _yuan(row.interest)
    ),
    Column(key="amount", code="schedule.amount", kind="yuan", read=lambda row: _yuan(row.amount)),
    Column(
        key="penalty", code="schedule.penalty", kind="yuan", read=lambda row: _yuan(row.penalty)
    ),
    Column(
        key="compound", code="schedule.compound", kind="yuan", read=lambda row: _yuan(row.compound)
    ),
    Column(key="paid", code="schedule.paid", kind="yuan", read=lambda row: _yuan(row.paid_in_all)),
    Column(
        key="outstanding",
        code="schedule.outstanding",
        kind="yuan",
        read=lambda row: _yuan(row.outstanding),
    ),
    Column(key="state", code="schedule.state", read=lambda row: say(f"schedule.state.{row.state}")),
)
LOG: tuple[Column[LogLine], ...] = (
    Column(key="on", code="log.on", kind="day", read=lambda row: row.on),
    Column(key="what", code="log.what", read=lambda row: say_kept(row.code, row.facts)),
    Column(key="who", code="log.who", read=lambda row: row.who or say("log.house")),
    Column(key="organization", code="parts.organization", read=lambda row: row.organization),
)


@require_GET
def rights_workbook(request: HttpRequest, number: str) -> HttpResponse:
    """The rights of the last appraisal with a value, sorted as the page is."""
    asking = viewer(request)
    asking.need(Right.FOLLOW)
    head_of(number, asking)
    sorting = sorting_of(request, tuple(column.key for column in RIGHTS), USUAL_RIGHTS)
    rows = sorted_rows(rights_in_force(number, asking), RIGHTS, sorting)
    return as_xlsx(request, f"{number}-rights", say("rights.frame"), (RIGHTS_XLSX, rows))


@require_GET
def schedule_workbook(request: HttpRequest, number: str, draw: str) -> HttpResponse:
    """The schedule of a loan."""
    asking = viewer(request)
    asking.need(Right.FOLLOW)
    found = draw_of(number, draw, asking)
    return as_xlsx(request, f"{draw}-schedule", say("schedule.title"), (SCHEDULE, found.schedule))


@require_GET
def log_workbook(request: HttpRequest, number: str) -> HttpResponse:
    """The record of a matter, as far as the viewer's organization may read it."""
    asking = viewer(request)
    asking.need(Right.FOLLOW)
    lines = log_of(head_of(number, asking), asking)
    return as_xlsx(request, f"{number}-log", say("log.title"), (LOG, lines))
