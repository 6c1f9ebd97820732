"""The `zhirong` command: a lazy table, so that `--help` and small commands start at once.

This module alone is loaded for the overview, so it imports next to nothing.
"""

import importlib
import json
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path

from zhirong import __version__

# name → module; its help stands in the catalog under "cli.<name>.help".
COMMANDS = {
    "appraise": "zhirong.cli.appraise",
    "explain": "zhirong.cli.explain",
    "recompute": "zhirong.cli.recompute",
    "subset": "zhirong.cli.subset",
    "template": "zhirong.cli.template",
    "fees": "zhirong.cli.fees",
    "number": "zhirong.cli.number",
    "verify": "zhirong.cli.verify",
    "serve": "zhirong.cli.serve",
}
# A command of several: each word behind it is a module of its folder, with help under
# "cli.<name>.<word>.help".
GROUPS: Mapping[str, Mapping[str, str]] = {
    "plan": {
        "structure": "zhirong.cli.plan.structure",
        "run": "zhirong.cli.plan.run",
        "report": "zhirong.cli.plan.report",
        "money": "zhirong.cli.plan.money",
        "import": "zhirong.cli.plan.import_tape",
        "template": "zhirong.cli.plan.template",
    },
}
RUNNING = "zhirong.cli.running"
OVERVIEW = "messages_overview.yaml"
LANGUAGE_VARIABLE = "ZHIRONG_LANG"
EXIT_WRONG_CALL = 2
EXIT_FAULT = 3


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
    rows = [f"  {name:<11} {words[f'cli.{name}.help']}" for name in (*COMMANDS, *GROUPS)]
    return "\n".join([words["cli.usage"], "", *rows, "", words["cli.more"]])


def _group_overview(group: str, lang: str) -> str:
    words = {code: texts[lang] for code, texts in overview_words().items()}
    rows = [f"  {name:<11} {words[f'cli.{group}.{name}.help']}" for name in GROUPS[group]]
    usage = words["cli.group_usage"].format(name=group)
    more = words["cli.group_more"].format(name=group)
    return "\n".join([usage, words[f"cli.{group}.help"], "", *rows, "", more])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is for scripts."""
    given = command_first(sys.argv[1:] if arguments is None else arguments)
    lang = language(given)
    asks_nothing = not given or given[0].startswith(("--lang", "--json"))
    if asks_nothing or given[0] in ("-h", "--help", "help"):
        print(_overview(lang))
        return 0
    if given[0] in ("-V", "--version"):
        print(f"zhirong {__version__}")
        return 0
    if given[0] in GROUPS and (len(given) == 1 or given[1].startswith("-") or given[1] == "help"):
        print(_group_overview(given[0], lang))
        return 0
    taken = 2 if given[0] in GROUPS else 1
    name = " ".join(given[:taken])
    module = GROUPS[given[0]].get(given[1]) if taken > 1 else COMMANDS.get(name)
    if module is None:
        print(overview_words()["cli.unknown_command"][lang].format(name=name), file=sys.stderr)
        return EXIT_WRONG_CALL
    command = importlib.import_module(module)
    return int(importlib.import_module(RUNNING).run_command(name, command, given[taken:], lang))


def command_first(arguments: Sequence[str]) -> list[str]:
    """The arguments with the command before the options that every command has.

    >>> command_first(["--lang", "en", "number", "--json", "x"])
    ['number', '--json', 'x', '--lang', 'en']
    """
    rest, leading = list(arguments), list[str]()
    while rest and (rest[0] in ("--lang", "--json") or rest[0].startswith("--lang=")):
        count = 2 if rest[0] == "--lang" else 1
        leading += rest[:count]
        rest = rest[count:]
    return [*rest, *leading]


def run() -> None:
    """Entry point of the console script."""
    try:
        code = main()
    except Exception as error:  # noqa: BLE001 - the last line of defense; the trace is printed
        traceback.print_exc()
        running = importlib.import_module(RUNNING)
        print(running.fault_text(error, language(sys.argv[1:])), file=sys.stderr)
        code = EXIT_FAULT
    sys.exit(code)
