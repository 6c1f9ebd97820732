"""The statement of a loan as files to take away."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zhirong.ledger.statements import LoanLine
from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.request import viewer
from zhirong.platform.desks.tables import Column, as_xlsx
from zhirong.platform.lending.receipt_views import draw_of
from zhirong.platform.lending.statement_paper import statement_of
from zhirong.platform.words import say


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


LINES: tuple[Column[LoanLine], ...] = (
    Column(key="on", code="statement.on", kind="day", read=lambda row: row.on),
    Column(key="event", code="statement.event", read=lambda row: say(f"ledger.event.{row.event}")),
    Column(
        key="principal",
        code="schedule.principal",
        kind="yuan",
        read=lambda row: _yuan(row.principal),
    ),
    Column(
        key="interest", code="schedule.interest", kind="yuan", read=lambda row: _yuan(row.interest)
    ),
    Column(
        key="charges",
        code="statement.charges",
        kind="yuan",
        read=lambda row: _yuan(row.cost + row.compound + row.penalty),
    ),
    Column(key="owed", code="statement.owed", kind="yuan", read=lambda row: _yuan(row.owed_fen)),
)


@require_GET
def paper(request: HttpRequest, number: str, draw: str) -> HttpResponse:
    """The statement up to this day, in the language of the page."""
    asking = viewer(request)
    asking.need(Right.FOLLOW)
    response = HttpResponse(statement_of(number, draw, asking), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{draw}-statement.pdf"'
    return response


@require_GET
def workbook(request: HttpRequest, number: str, draw: str) -> HttpResponse:
    """The same lines as a workbook."""
    asking = viewer(request)
    asking.need(Right.FOLLOW)
    found = draw_of(number, draw, asking)
    return as_xlsx(request, f"{draw}-statement", say("statement.title"), (LINES, found.statement))
