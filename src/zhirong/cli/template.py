"""`zhirong template`: an empty intake workbook with help texts."""

import argparse
import json
from pathlib import Path

from zhirong import bootstrap
from zhirong.core.messages import Message
from zhirong.parameters.reader import catalog


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--out", type=Path, default=Path("zhirong-intake.xlsx"))


def run(options: argparse.Namespace) -> int:
    """Write the workbook."""
    options.out.parent.mkdir(parents=True, exist_ok=True)
    bootstrap.write_template(options.out, options.lang)
    if options.json:
        print(json.dumps({"file": str(options.out)}, ensure_ascii=False))
    else:
        message = Message("cli.template.written", {"file": str(options.out)})
        print(catalog("cli").text(message, options.lang))
    return 0
