"""The statement of a loan as a paper, in the language of the request."""

from django.db import transaction

from zhirong import bootstrap_counterparties as counterparties
from zhirong.core.messages import format_fact
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.lending.contracts import lender_of
from zhirong.platform.lending.models import DrawDown
from zhirong.platform.lending.receipt_views import draw_of
from zhirong.platform.lending.terms import path_of
from zhirong.platform.matters.visibility import found
from zhirong.platform.operations import clock
from zhirong.platform.words import language


@transaction.atomic
def statement_of(number: str, draw_number: str, viewer: Viewer) -> bytes:
    """The statement of a loan up to this day, as a PDF.

    Raises:
        NotFoundError: No such loan in the matter to see.
    """
    row = found(DrawDown, viewer, number=draw_number, facility__matter__number=number)
    line, day = draw_of(number, draw_number, viewer), clock.today()
    matter, lang = row.facility.matter, language()
    rate = path_of(row.facility, start=row.paid_on or day, known_on=day).at(day)
    paper = counterparties.StatementPaper(
        loan=draw_number,
        borrower=matter.firm.name,
        lender=lender_of(matter).name,
        dated_on=day,
        rate=format_fact(rate, "rate", lang),
        owed=line.owed.payoff if line.owed else 0,
        lines=line.statement,
        schedule=tuple(
            counterparties.Due(
                number=item.number,
                due_on=item.due_on,
                principal=item.principal,
                interest=item.interest,
                penalty=item.penalty,
                compound=item.compound,
                paid=item.paid_in_all,
                outstanding=item.outstanding,
                state=item.state,
            )
            for item in line.schedule
        ),
    )
    return counterparties.statement_pdf(paper, lang=lang)
