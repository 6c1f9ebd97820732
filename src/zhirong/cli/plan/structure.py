"""`zhirong plan structure`: pool tests, sizing, base case, stress, losses, costs, papers.

Exit codes: 0 structured, 2 wrong call, a file with problems, or a pool that breaks a rule.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from zhirong import bootstrap_plan_papers, bootstrap_plans
from zhirong.application.plans.structure import structure
from zhirong.application.plans.structure_document import structure_document
from zhirong.cli.plan.calls import check_out, check_paths, writing
from zhirong.cli.plan.tables import structure_lines
from zhirong.core.messages import Language
from zhirong.parameters.reader import Parameters, catalog


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("plan", type=Path, help="cli.plan.option.plan")
    parser.add_argument("--out", type=Path, required=True, help="cli.plan.option.out")
    parser.add_argument("--paths", type=int, default=None, help="cli.plan.option.paths")


def run(options: argparse.Namespace) -> int:
    """Structure the plan, write its files, print what an arranger asks first."""
    check_out(options.out)
    check_paths(options.paths)
    inputs = bootstrap_plans.read_plan(options.plan)
    found = structure(inputs, Parameters(), paths=options.paths, note=_progress(options.lang))
    papers = bootstrap_plan_papers.structure_papers(found, lang=options.lang)
    with writing(options.out):
        written = (
            *bootstrap_plans.write_structure(found, out=options.out, lang=options.lang),
            *bootstrap_plan_papers.write_papers(papers, options.out),
        )
    if options.json:
        document = structure_document(found, catalog(), options.lang)
        print(json.dumps(document, ensure_ascii=False, indent=1))
        return 0
    print("\n".join(structure_lines(found, words=catalog(), lang=options.lang)))
    for path in written:
        print(path)
    return 0


def _progress(lang: Language) -> Callable[[str], None]:
    """Says on the error stream which part is being worked on; silent where that is no terminal."""
    console = Console(stderr=True)
    words = catalog()

    def note(part: str) -> None:
        if console.is_terminal:
            console.print(f"  {words.label(f'cli.plan.part.{part}', lang)}", highlight=False)

    return note
