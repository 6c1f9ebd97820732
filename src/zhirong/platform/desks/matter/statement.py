"""The statement of a loan as a file to take away."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zhirong.platform.accounts.rights import Right
from zhirong.platform.desks.request import viewer
from zhirong.platform.lending.statement_paper import statement_of


@require_GET
def paper(request: HttpRequest, number: str, draw: str) -> HttpResponse:
    """The statement up to this day, in the language of the page."""
    asking = viewer(request)
    asking.need(Right.FOLLOW)
    response = HttpResponse(statement_of(number, draw, asking), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{draw}-statement.pdf"'
    return response
