"""`zhirong recompute`: a stored result computed anew; every differing figure is printed."""

import argparse
import json
from pathlib import Path

from zhirong import bootstrap
from zhirong.application.recompute import ParameterStates, TreeState, parameter_states, recompute
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import Parameters, catalog

EXIT_DIFFERS = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("result", type=Path, help="cli.recompute.option.result")
    parser.add_argument("--house", type=Path, help="cli.recompute.option.house")


def run(options: argparse.Namespace) -> int:
    """0 where every figure is the same and the file is as it was written; else 1."""
    snapshot = bootstrap.read_snapshot(options.result)
    differences = recompute(snapshot.body)
    states = parameter_states(snapshot.body, Parameters(house=options.house).hashes())
    if options.json:
        rows = [
            {"path": item.path, "stored": item.stored, "computed": item.computed}
            for item in differences
        ]
        document = {
            "is_intact": snapshot.is_intact,
            "parameters": {"shipped": states.shipped, "house": states.house},
            "differences": rows,
        }
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        words = catalog()
        if not snapshot.is_intact:
            print(words.label("cli.recompute.not_intact", options.lang))
        for line in _tree_lines(states, options.lang):
            print(line)
        for item in differences:
            print(f"{item.path}: {item.stored} \u2192 {item.computed}")
        code = "cli.recompute.differs" if differences else "cli.recompute.same"
        print(words.text(Message(code, {"count": len(differences)}), options.lang))
    return EXIT_DIFFERS if differences or not snapshot.is_intact else 0


def _tree_lines(states: ParameterStates, lang: Language) -> list[str]:
    """What is to be said of the trees of published values: only where they are not the same."""
    told = {"shipped": states.shipped, "house": states.house}
    return [
        catalog().label(f"cli.recompute.parameters.{tree}.{state}", lang)
        for tree, state in told.items()
        if state not in (TreeState.SAME, TreeState.NONE)
    ]
