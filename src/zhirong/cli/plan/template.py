"""`zhirong plan template`: an empty workbook of a loan tape, with help texts.

Exit codes: 0 written, 2 the file exists already or cannot be written.
"""

import argparse
import json
from pathlib import Path

from zhirong import bootstrap_plans
from zhirong.cli.ground_words import words
from zhirong.cli.template import written_as


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options; help texts are codes of the catalog."""
    parser.add_argument("--out", type=Path, metavar="FILE", help="cli.plan.template.option.out")
    parser.add_argument("--force", action="store_true", help="cli.template.option.force")


def run(options: argparse.Namespace) -> int:
    """Write the workbook and say where it is.

    Raises:
        TemplateFileError: The file exists and `--force` was not given, or it cannot be written.
    """
    path: Path = options.out or Path(words("cli.plan.template.file_name", options.lang))
    written_as(path, bootstrap_plans.write_tape_template, options)
    if options.json:
        print(json.dumps({"file": str(path)}, ensure_ascii=False))
    else:
        print(words("cli.plan.template.written", options.lang, file=str(path)))
    return 0
