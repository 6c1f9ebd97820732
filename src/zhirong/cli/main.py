"""The `zhirong` command: a lazy table, so that `--help` and small commands start at once.

This module alone is loaded for the overview, so it imports next to nothing.
"""

import importlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from zhirong import __version__

# name → module; its help stands in the catalog under "cli.<name>.help".
COMMANDS = {
    "appraise": "zhirong.cli.appraise",
    "explain": "zhirong.cli.explain",
    "recompute": "zhirong.cli.recompute",
    "template": "zhirong.cli.template",
    "fees": "zhirong.cli.fees",
    "number": "zhirong.cli.number",
}
RUNNING = "zhirong.cli.running"
OVERVIEW = "messages_overview.yaml"
LANGUAGE_VARIABLE = "ZHIRONG_LANG"
EXIT_WRONG_CALL = 2


def language(arguments: Sequence[str]) -> str:
    """The language asked for, by `--lang`, else by the environment, else Chinese: zh or en."""
    asked = os.environ.get(LANGUAGE_VARIABLE, "zh")
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return "en" if asked == "en" else "zh"


def overview_words() -> Mapping[str, Mapping[str, str]]:
    """The words of the overview: a part of the catalog, written so that JSON reads it."""
    text = Path(__file__).with_name(OVERVIEW).read_text(encoding="utf-8")
    pairs = (line.split(": ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {code: json.loads(words) for code, words in pairs}


def _overview(lang: str) -> str:
    words = {code: texts[lang] for code, texts in overview_words().items()}
    rows = [f"  {name:<11} {words[f'cli.{name}.help']}" for name in COMMANDS]
    return "\n".join([words["cli.usage"], "", *rows, "", words["cli.more"]])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is for scripts."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = language(given)
    if not given or given[0] in ("-h", "--help", "help"):
        print(_overview(lang))
        return 0
    if given[0] in ("-V", "--version"):
        print(f"zhirong {__version__}")
        return 0
    name = given[0]
    if name not in COMMANDS:
        print(overview_words()["cli.unknown_command"][lang].format(name=name), file=sys.stderr)
        return EXIT_WRONG_CALL
    command = importlib.import_module(COMMANDS[name])
    return int(importlib.import_module(RUNNING).run_command(name, command, given[1:], lang))


def run() -> None:
    """Entry point of the console script."""
    sys.exit(main())
