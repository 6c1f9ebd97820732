"""What `zhirong appraise` prints: a table of results, what was not read, where the files are."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from zhirong.application.batch import FirmOutcome
from zhirong.application.purpose_figures import UNITS, PurposeFigure, purpose_figures
from zhirong.application.result import Appraisal
from zhirong.core.messages import Fact, Language, Message, format_fact, headline
from zhirong.parameters.reader import catalog

PIPE_WIDTH = 160
FORMATS = {"CNY": "headline", "rate": "rate", "count": "int"}
NONE = "\u2013"


def _failure_text(outcome: FirmOutcome, lang: Language) -> str:
    failure = outcome.failure
    if failure is None:
        return ""
    words = catalog()
    if words.has(failure.code):
        return words.text(failure, lang)
    return str(failure.facts["detail"])


def document(
    outcomes: Sequence[FirmOutcome], lang: Language, comparison: Path | None
) -> dict[str, object]:
    """The outcomes as one JSON document."""
    return {
        "firms": [_firm(item, lang) for item in outcomes],
        "comparison": str(comparison) if comparison else None,
    }


def _firm(item: FirmOutcome, lang: Language) -> dict[str, object]:
    valuation = item.appraisal.valuation if item.appraisal else None
    intake = item.intake
    return {
        "folder": item.name,
        "firm": item.appraisal.case.firm.name if item.appraisal else None,
        "report_number": item.appraisal.head.number if item.appraisal else None,
        "rows_read": intake.rows_read if intake else None,
        "rows_accepted": intake.rows_accepted if intake else None,
        "rows_refused": intake.rows_refused if intake else None,
        "sheets": [
            {
                "file": sheet.file,
                "sheet": sheet.sheet,
                "table": sheet.table,
                "read": sheet.rows_read,
                "accepted": sheet.rows_accepted,
                "corrected": sheet.rows_corrected,
                "refused": sheet.rows_refused,
            }
            for sheet in (intake.sheets if intake else ())
        ],
        "rights": len(item.appraisal.case.patents) if item.appraisal else None,
        "value": valuation.total.value if valuation else None,
        "low": valuation.total.low if valuation else None,
        "high": valuation.total.high if valuation else None,
        "collateral_amount": (
            valuation.pledge.collateral_amount if valuation and valuation.pledge else None
        ),
        "purpose": item.appraisal.options.purpose if item.appraisal else None,
        "purpose_figures": (
            {figure.key: figure.value for figure in _figures(item.appraisal)}
            if item.appraisal
            else None
        ),
        "open_questions": len(item.appraisal.questions) if item.appraisal else None,
        "files": [str(path) for path in item.files],
        "failure": _failure_text(item, lang) or None,
    }


def _figures(appraisal: Appraisal) -> tuple[PurposeFigure, ...]:
    return purpose_figures(appraisal.valuation, appraisal.options.purpose)


def show(
    outcomes: Sequence[FirmOutcome], lang: Language, comparison: Path | None, *, purpose: str
) -> None:
    """Print the table and the notes; failures go to the error stream."""
    # A pipe or a log has no width of its own: let a row stand on one line there.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)
    console.print(_table(outcomes, lang, purpose))
    for item in outcomes:
        if item.failure:
            print(f"{item.name}: {_failure_text(item, lang)}", file=sys.stderr)
    for line in _notes(outcomes, lang, comparison):
        console.print(line, markup=False)


def _table(outcomes: Sequence[FirmOutcome], lang: Language, purpose: str) -> Table:
    words = catalog()
    asked = tuple(UNITS[purpose])

    def label(name: str) -> str:
        return words.label(f"cli.appraise.column_{name}", lang)

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(label("firm"), overflow="fold")
    for name in ("rows", "rights", "value", "interval", *asked, "questions"):
        table.add_column(label(name), justify="right", no_wrap=True)
    for item in outcomes:
        table.add_row(*_row(item, lang, asked))
    return table


def _notes(
    outcomes: Sequence[FirmOutcome], lang: Language, comparison: Path | None
) -> Iterator[str]:
    """Rows by sheet, files and columns that were not read, then where the results are."""
    words = catalog()
    for item in outcomes:
        yield from _sheets(item, lang)
        for refused in item.intake.refused_files if item.intake else ():
            yield f"! {item.name} / {refused.file}: {words.text(refused.reason, lang)}"
        yield from _unknown_headings(item, lang)
    for item in outcomes:
        if item.files:
            files = Message("cli.appraise.files", {"out": str(item.out), "count": len(item.files)})
            yield words.text(files, lang)
    if comparison:
        yield words.text(Message("cli.appraise.comparison", {"path": str(comparison)}), lang)


def _sheets(item: FirmOutcome, lang: Language) -> Iterator[str]:
    """A line a sheet: rows read are rows accepted and rows refused."""
    for sheet in item.intake.sheets if item.intake else ():
        if sheet.table:
            facts: dict[str, Fact] = {
                "place": " / ".join(filter(None, (item.name, sheet.file, sheet.sheet))),
                "read": sheet.rows_read,
                "accepted": sheet.rows_accepted,
                "corrected": sheet.rows_corrected,
                "refused": sheet.rows_refused,
            }
            yield catalog().text(Message("cli.appraise.sheet", facts), lang)


def _unknown_headings(item: FirmOutcome, lang: Language) -> list[str]:
    """For each column that nobody mapped: where it is, and how to map it once."""
    sheets = item.intake.sheets if item.intake else ()
    return [
        catalog().text(
            Message(
                "cli.appraise.unknown_heading",
                {
                    "place": " / ".join(filter(None, (item.name, sheet.file, sheet.sheet))),
                    "heading": heading,
                },
            ),
            lang,
        )
        for sheet in sheets
        for heading in sheet.unknown_headings
    ]


def _row(item: FirmOutcome, lang: Language, asked: Sequence[str]) -> list[str]:
    intake, appraisal = item.intake, item.appraisal
    rows = f"{intake.rows_accepted}/{intake.rows_read}" if intake else NONE
    if appraisal is None:
        return [item.name, rows, NONE, NONE, NONE, *(NONE for _ in asked), NONE]
    questions = str(len(appraisal.questions))
    name, rights = appraisal.case.firm.name, str(len(appraisal.case.patents))
    valuation = appraisal.valuation
    if valuation is None:
        return [name, rows, rights, NONE, NONE, *(NONE for _ in asked), questions]
    total = valuation.total
    interval = f"{headline(total.low, lang)} \u2013 {headline(total.high, lang)}"
    if total.low == total.high:
        interval = catalog().label("cli.appraise.no_range", lang)
    figures = [_shown(figure, lang) for figure in _figures(appraisal)]
    return [name, rows, rights, headline(total.value, lang), interval, *figures, questions]


def _shown(figure: PurposeFigure, lang: Language) -> str:
    value: Fact = figure.value
    return NONE if value is None else format_fact(value, FORMATS[figure.unit], lang)
