"""`zhirong appraise`: from a firm's folder to reports, workbook and data."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from zhirong import bootstrap
from zhirong.application.batch import FirmOutcome, appraise_folders
from zhirong.application.options import DRAWS, PURPOSES, SEED, AppraisalOptions
from zhirong.core.errors import InputError
from zhirong.core.messages import Language, Message, headline
from zhirong.parameters.reader import catalog

EXIT_SOME_FAILED = 1
PIPE_WIDTH = 160


class NoTablesError(InputError):
    """A folder without any file that could hold a table."""

    code = "error.no_tables"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    day = date.fromisoformat
    words = catalog("cli")
    language: Language = "en" if parser.get_default("lang") == "en" else "zh"

    def text(name: str) -> str:
        return words.label(f"cli.appraise.{name}", language).replace("%", "%%")

    parser.add_argument("folder", type=Path, help=text("folder"))
    parser.add_argument("--purpose", choices=PURPOSES, required=True, help=text("purpose"))
    parser.add_argument("--valuation-date", type=day, required=True, help=text("valuation_date"))
    parser.add_argument("--out", type=Path, required=True, help=text("out"))
    parser.add_argument("--report-date", type=day, help=text("report_date"))
    parser.add_argument("--debt-term-end", type=day, help=text("debt_term_end"))
    parser.add_argument("--lang", choices=("zh", "en", "both"), default=language, help=text("lang"))
    parser.add_argument("--accept-proposals", metavar="NAME", default="", help=text("accept"))
    parser.add_argument("--seed", type=int, default=SEED, help=text("seed"))
    parser.add_argument("--draws", type=int, default=DRAWS, help=text("draws"))
    parser.add_argument("--house", type=Path, help=text("house"))
    parser.add_argument("--map-heading", action="append", default=[], help=text("map_heading"))
    parser.add_argument("--report-number", default="", help=text("report_number"))


def run(options: argparse.Namespace) -> int:
    """Appraise one folder, or every folder inside it; 1 where a firm failed."""
    lang: Language = "en" if options.lang == "en" else "zh"
    languages: tuple[Language, ...] = ("zh", "en") if options.lang == "both" else (lang,)
    for line in options.map_heading:
        bootstrap.remember_heading(line, options.folder)
    wanted = AppraisalOptions(
        purpose=options.purpose,
        valuation_date=options.valuation_date,
        report_date=options.report_date or options.valuation_date,
        debt_term_end=options.debt_term_end,
        seed=options.seed,
        draws=options.draws,
        accepted_by=options.accept_proposals,
        report_number=options.report_number,
    )
    ports = bootstrap.folder_ports(
        languages=languages,
        valuation_date=wanted.valuation_date,
        house=options.house,
        out=options.out,
    )
    folders = firm_folders(options.folder, options.out)
    with _progress(len(folders), lang) as step:
        outcomes = [step(outcome) for outcome in appraise_folders(folders, wanted, ports=ports)]
    comparison: Path | None = None
    if len(folders) > 1:
        comparison = bootstrap.write_comparison(
            outcomes, options.out / "comparison.xlsx", lang=lang, report_date=wanted.report_date
        )
    if options.json:
        print(json.dumps(_document(outcomes, lang, comparison), ensure_ascii=False, indent=1))
    else:
        _print(outcomes, lang, comparison)
    return EXIT_SOME_FAILED if any(item.failure for item in outcomes) else 0


def firm_folders(folder: Path, out: Path) -> list[tuple[Path, Path]]:
    """Pairs of a firm's folder and the folder of its results.

    The folder itself where it holds files, else each folder inside it.

    Raises:
        NoTablesError: Neither files nor folders inside.
    """
    if not folder.is_dir():
        raise NoTablesError(f"{folder} is no folder.", folder=str(folder))
    inside = sorted(item for item in folder.iterdir() if not item.name.startswith("."))
    if any(item.is_file() for item in inside if item.suffix.lower() not in (".md", ".txt")):
        return [(folder, out)]
    firms = [item for item in inside if item.is_dir() and item.resolve() != out.resolve()]
    if not firms:
        raise NoTablesError(f"{folder} holds no files.", folder=str(folder))
    return [(firm, out / firm.name) for firm in firms]


@contextmanager
def _progress(count: int, lang: Language) -> Iterator["_Step"]:
    """Says on the error stream which firm is done; silent where that is no terminal."""
    console = Console(stderr=True)
    step = _Step(console, count, lang)
    if console.is_terminal:
        with console.status(catalog().label("cli.appraise.working", lang)):
            yield step
    else:
        yield step


class _Step:
    def __init__(self, console: Console, count: int, lang: Language) -> None:
        self.console, self.count, self.lang, self.done = console, count, lang, 0

    def __call__(self, outcome: FirmOutcome) -> FirmOutcome:
        self.done += 1
        if self.console.is_terminal and self.count > 1:
            self.console.print(f"  {self.done}/{self.count} {outcome.name}", highlight=False)
        return outcome


def _failure_text(outcome: FirmOutcome, lang: Language) -> str:
    failure = outcome.failure
    if failure is None:
        return ""
    words = catalog()
    if words.has(failure.code):
        return words.text(failure, lang)
    return str(failure.facts["detail"])


def _document(
    outcomes: Sequence[FirmOutcome], lang: Language, comparison: Path | None
) -> dict[str, object]:
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
        "rights": len(item.appraisal.case.patents) if item.appraisal else None,
        "value": valuation.total.value if valuation else None,
        "low": valuation.total.low if valuation else None,
        "high": valuation.total.high if valuation else None,
        "collateral_amount": (
            valuation.pledge.collateral_amount if valuation and valuation.pledge else None
        ),
        "open_questions": len(item.appraisal.questions) if item.appraisal else None,
        "files": [str(path) for path in item.files],
        "failure": _failure_text(item, lang) or None,
    }


def _print(outcomes: Sequence[FirmOutcome], lang: Language, comparison: Path | None) -> None:
    words = catalog()
    # A pipe or a log has no width of its own: let a row stand on one line there.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)

    def label(name: str) -> str:
        return words.label(f"cli.appraise.{name}", lang)

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(label("column_firm"), overflow="fold")
    for name in ("rows", "rights", "value", "interval", "collateral", "questions"):
        table.add_column(label(f"column_{name}"), justify="right", no_wrap=True)
    for item in outcomes:
        table.add_row(*_row(item, lang))
    console.print(table)
    for item in outcomes:
        if item.failure:
            print(f"{item.name}: {_failure_text(item, lang)}", file=sys.stderr)
        for refused in item.intake.refused_files if item.intake else ():
            text = words.text(refused.reason, lang)
            console.print(f"! {item.name} / {refused.file}: {text}", markup=False)
    for item in outcomes:
        if item.files:
            message = Message(
                "cli.appraise.files", {"out": str(item.out), "count": len(item.files)}
            )
            console.print(words.text(message, lang), markup=False)
    if comparison:
        message = Message("cli.appraise.comparison", {"path": str(comparison)})
        console.print(words.text(message, lang), markup=False)


def _row(item: FirmOutcome, lang: Language) -> list[str]:
    intake, appraisal = item.intake, item.appraisal
    rows = f"{intake.rows_accepted}/{intake.rows_read}" if intake else "\u2013"
    if appraisal is None:
        return [item.name, rows, "\u2013", "\u2013", "\u2013", "\u2013", "\u2013"]
    questions = str(len(appraisal.questions))
    name, rights = appraisal.case.firm.name, str(len(appraisal.case.patents))
    valuation = appraisal.valuation
    if valuation is None:
        return [name, rows, rights, "\u2013", "\u2013", "\u2013", questions]
    total = valuation.total
    interval = f"{headline(total.low, lang)} \u2013 {headline(total.high, lang)}"
    if total.low == total.high:
        interval = catalog().label("cli.appraise.no_range", lang)
    pledge = valuation.pledge
    collateral = headline(pledge.collateral_amount, lang) if pledge else "\u2013"
    return [name, rows, rights, headline(total.value, lang), interval, collateral, questions]
