"""`zhirong recompute`: a stored result computed anew; every differing figure is printed."""

import argparse
import json
from pathlib import Path

from zhirong import bootstrap
from zhirong.application.recompute import recompute
from zhirong.core.messages import Message
from zhirong.parameters.reader import catalog

EXIT_DIFFERS = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("result", type=Path, help="cli.recompute.option.result")


def run(options: argparse.Namespace) -> int:
    """0 where every figure is the same and the file is as it was written; else 1."""
    snapshot = bootstrap.read_snapshot(options.result)
    differences = recompute(snapshot.body)
    if options.json:
        rows = [
            {"path": item.path, "stored": item.stored, "computed": item.computed}
            for item in differences
        ]
        document = {"is_intact": snapshot.is_intact, "differences": rows}
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        words = catalog()
        if not snapshot.is_intact:
            print(words.label("cli.recompute.not_intact", options.lang))
        for item in differences:
            print(f"{item.path}: {item.stored} \u2192 {item.computed}")
        code = "cli.recompute.differs" if differences else "cli.recompute.same"
        print(words.text(Message(code, {"count": len(differences)}), options.lang))
    return EXIT_DIFFERS if differences or not snapshot.is_intact else 0
