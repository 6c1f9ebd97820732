"""The statement of a loan as a PDF: what was booked, line by line, and its schedule."""

from dataclasses import dataclass
from datetime import date

from zhirong.adapters.documents.blocks import Column, Heading, Pair, Pairs, Row, Table
from zhirong.adapters.documents.filing.deed import Head, Speech, deed, to_pdf
from zhirong.ledger.statements import LoanLine

_LINES = ("on", "event", "principal", "interest", "charges", "owed")
_SCHEDULE = (
    "number", "due_on", "principal", "interest", "penalty", "compound", "paid", "outstanding",
    "state",
)  # fmt: skip
_DAYS = {"on", "due_on"}
_WORDS = {"event", "state"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A line of the schedule, in fen; `state` is paid, due, overdue or open.

    `paid` includes what was paid of penalty and compound interest.
    """

    number: int
    due_on: date
    principal: int
    interest: int
    penalty: int
    compound: int
    paid: int
    outstanding: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPaper:
    """What a statement says, in fen.

    Attributes:
        loan: Its number.
        borrower: Name of the firm.
        lender: Name of the bank.
        dated_on: The day up to which it speaks.
        rate: Yearly rate in force, a share.
        owed: What is owed on the day, in all; None for a loan that is not paid out.
        lines: What was booked.
        schedule: What was agreed.
    """

    loan: str
    borrower: str
    lender: str
    dated_on: date
    rate: str
    owed: int | None
    lines: tuple[LoanLine, ...]
    schedule: tuple[Due, ...]


def statement_pdf(paper: StatementPaper, speech: Speech) -> bytes:
    """The statement as a PDF; the same statement gives the same bytes."""
    return to_pdf(
        deed(
            speech,
            Head(
                title=speech.say("statement_paper.title"),
                number=paper.loan,
                issued_on=paper.dated_on,
                author=paper.lender,
            ),
            Pairs(
                columns=2, items=tuple(Pair(label, text) for label, text in _facts(paper, speech))
            ),
            Heading(speech.say("statement_paper.lines"), level=2),
            _table(speech, _LINES, _booked(paper)),
            Heading(speech.say("statement_paper.schedule"), level=2),
            _table(speech, _SCHEDULE, _due(paper)),
        )
    )


Value = str | int | date


def _facts(paper: StatementPaper, speech: Speech) -> tuple[tuple[str, str], ...]:
    found = (
        ("loan", paper.loan),
        ("dated_on", speech.day(paper.dated_on)),
        ("borrower", paper.borrower),
        ("lender", paper.lender),
        ("rate", paper.rate),
        ("owed", speech.yuan(paper.owed)),
    )
    return tuple((speech.say(f"statement_paper.{name}"), text) for name, text in found)


def _booked(paper: StatementPaper) -> list[tuple[Value, ...]]:
    return [
        (
            line.on,
            f"ledger.event.{line.event}",
            line.principal,
            line.interest,
            line.cost + line.compound + line.penalty,
            line.owed_fen,
        )
        for line in paper.lines
    ]


def _due(paper: StatementPaper) -> list[tuple[Value, ...]]:
    return [
        (
            line.number,
            line.due_on,
            line.principal,
            line.interest,
            line.penalty,
            line.compound,
            line.paid,
            line.outstanding,
            f"schedule.state.{line.state}",
        )
        for line in paper.schedule
    ]


def _table(speech: Speech, columns: tuple[str, ...], rows: list[tuple[Value, ...]]) -> Table:
    heads = tuple(
        Column(
            head=speech.say(f"statement_paper.column.{name}"),
            align="left" if name in _DAYS | _WORDS | {"number"} else "right",
            width="1fr" if name in _WORDS else "auto",
        )
        for name in columns
    )
    return Table(
        columns=heads,
        rows=tuple(
            Row(
                cells=tuple(
                    _text(speech, name, value) for name, value in zip(columns, row, strict=True)
                )
            )
            for row in rows
        ),
        note=speech.say("statement_paper.note"),
    )


def _text(speech: Speech, name: str, value: Value) -> str:
    if isinstance(value, date) or name == "number":
        return str(value)
    if isinstance(value, int):
        return f"{value / 100:,.2f}"
    return speech.say(value)
