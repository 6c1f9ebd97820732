"""`zhirong appraise`: from a firm's folder to reports, workbook and data."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.console import Console

from zhirong import bootstrap
from zhirong.application.batch import FirmOutcome, appraise_folders
from zhirong.application.case.options import DRAWS, PURPOSES, SEED, AppraisalOptions
from zhirong.cli.appraise_output import document, show
from zhirong.core.errors import InputError
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog

EXIT_SOME_FAILED = 1


class NoTablesError(InputError):
    """A folder without any file that could hold a table."""

    code = "error.no_tables"


class AppraiseCallError(InputError):
    """An option that cannot be obeyed; `reason` is the code of its words."""

    code = "error.appraise_call"

    def __init__(self, option: str, *, text: str, reason: str) -> None:
        super().__init__(
            f"{option} {text}: {reason}.",
            option=option,
            text=text,
            reason=f"cli.appraise.wrong.{reason}",
        )


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
    _check(options)
    folders = firm_folders(options.folder, options.out)
    learners = [options.house] if options.house else [firm for firm, _ in folders]
    for line in options.map_heading:
        for folder in learners:
            bootstrap.remember_heading(line, folder)
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
    with _progress(len(folders), lang) as step:
        outcomes = [step(outcome) for outcome in appraise_folders(folders, wanted, ports=ports)]
    comparison: Path | None = None
    if len(folders) > 1:
        comparison = bootstrap.write_comparison(
            outcomes, options.out / "comparison.xlsx", lang=lang, options=wanted
        )
    if options.json:
        print(json.dumps(document(outcomes, lang, comparison), ensure_ascii=False, indent=1))
    else:
        show(outcomes, lang, comparison, purpose=options.purpose)
    return EXIT_SOME_FAILED if any(item.failure for item in outcomes) else 0


def _check(options: argparse.Namespace) -> None:
    """Nothing, if the options can be obeyed together.

    Raises:
        AppraiseCallError: One cannot.
    """
    valued, out, house = options.valuation_date, options.out, options.house
    reported, ends = options.report_date or valued, options.debt_term_end
    wrong = (
        ("--out", out, "not_a_folder", out.exists() and not out.is_dir()),
        ("--house", house, "no_such_folder", house is not None and not house.is_dir()),
        ("--seed", options.seed, "negative", options.seed < 0),
        ("--report-date", reported, "before_valuation", reported < valued),
        ("--debt-term-end", ends, "not_after_valuation", ends is not None and ends <= valued),
    )
    for option, value, reason, is_wrong in wrong:
        if is_wrong:
            raise AppraiseCallError(option, text=str(value), reason=reason)


def firm_folders(folder: Path, out: Path) -> list[tuple[Path, Path]]:
    """Pairs of a firm's folder and the folder of its results.

    The folder itself where it holds files, else each folder inside it.

    Raises:
        NoTablesError: Neither files nor folders inside.
    """
    if not folder.is_dir():
        raise NoTablesError(f"{folder} is no folder.", folder=str(folder))
    inside = sorted(item for item in folder.iterdir() if not item.name.startswith("."))
    aside = (".md", ".txt", ".yaml")
    if any(item.is_file() for item in inside if item.suffix.lower() not in aside):
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
