"""The chain of working days of a payment date, as both of its reports show it."""

from collections.abc import Iterator

from zhirong.adapters.documents.blocks import Block, Heading
from zhirong.adapters.documents.document import Flag
from zhirong.adapters.documents.plans.paper import Paper, row
from zhirong.application.plans.payment_report import PaymentReport
from zhirong.parameters.reader import catalog


def date_blocks(paper: Paper, report: PaymentReport) -> Iterator[Block]:
    """Heading and table: every day from calculation to payment."""
    words = catalog()
    rows = [
        row(
            words.label(f"securitization.dates.link.{each.link}", paper.lang),
            paper.day(each.on),
            paper.say("dates.provisional" if each.is_provisional else "dates.sure"),
        )
        for each in report.chain.links
    ]
    yield Heading(paper.say("dates.title"))
    yield paper.table(
        (("link", "wide"), ("chain_day", "text"), ("calendar", "text")),
        rows,
        note=paper.say("dates.note", nominal=report.chain.nominal),
    )


def date_flags(paper: Paper, report: PaymentReport) -> Iterator[Flag]:
    """What does not fit with the plan's days, and a payment date that may still move."""
    for each in report.chain_problems:
        text = catalog().text(each, paper.lang)
        yield Flag(severity="high", word=paper.say("word.dates"), text=text)
    if report.chain.is_provisional:
        text = paper.say("flag.provisional", payment=report.chain.payment)
        yield Flag(severity="note", word=paper.say("word.dates"), text=text)
