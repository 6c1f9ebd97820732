"""The `zhirong` command: a lazy table, so that `--help` and small commands start at once."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import cast

from zhirong import __version__
from zhirong.core.errors import ZhirongError
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import catalog

# name → module; its help stands in the catalog under "cli.<name>.help".
COMMANDS = {
    "appraise": "zhirong.cli.appraise",
    "explain": "zhirong.cli.explain",
    "recompute": "zhirong.cli.recompute",
    "template": "zhirong.cli.template",
    "fees": "zhirong.cli.fees",
    "number": "zhirong.cli.number",
}
LANGUAGE_VARIABLE = "ZHIRONG_LANG"
# Exit codes: 0 done, 1 the answer is negative (a figure differs, a check failed), 2 wrong call or
# input, 3 an unforeseen fault.
EXIT_WRONG_CALL = 2
EXIT_FAULT = 3


def language(arguments: Sequence[str]) -> Language:
    """The language asked for, by `--lang`, else by the environment, else Chinese."""
    asked = os.environ.get(LANGUAGE_VARIABLE, "zh")
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return "en" if asked == "en" else "zh"


def _words(code: str, lang: Language, **facts: str) -> str:
    return catalog("cli").text(Message(code, facts), lang)


def _overview(lang: Language) -> str:
    rows = [f"  {name:<11} {_words(f'cli.{name}.help', lang)}" for name in COMMANDS]
    return "\n".join([_words("cli.usage", lang), "", *rows, "", _words("cli.more", lang)])


def _parser(name: str, lang: Language) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"zhirong {name}",
        description=_words(f"cli.{name}.help", lang),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    importlib.import_module(COMMANDS[name]).add_arguments(parser)
    words = catalog("cli")
    for action in parser._actions:  # noqa: SLF001 - as below; a help text may be a code
        if action.help and words.has(action.help):
            action.help = words.label(action.help, lang).replace("%", "%%")
    known = {action.dest for action in parser._actions}  # noqa: SLF001 - argparse has no public list
    if "lang" not in known:
        parser.add_argument(
            "--lang", choices=("zh", "en"), default=lang, help=_words("cli.option.lang", lang)
        )
    if "json" not in known:
        parser.add_argument("--json", action="store_true", help=_words("cli.option.json", lang))
    return parser


def error_text(error: ZhirongError, lang: Language) -> str:
    """An error in words: what, where, how to mend."""
    words = catalog()
    facts = cast("dict[str, str]", {"detail": str(error), **error.facts})
    if words.has(error.code):
        try:
            return words.text(Message(error.code, facts), lang)
        except ZhirongError:
            return str(error)
    return str(error)


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
        print(_words("cli.unknown_command", lang, name=name), file=sys.stderr)
        return EXIT_WRONG_CALL
    options = _parser(name, lang).parse_args(given[1:])
    try:
        return int(importlib.import_module(COMMANDS[name]).run(options))
    except ZhirongError as error:
        print(error_text(error, lang), file=sys.stderr)
        return EXIT_WRONG_CALL
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def run() -> None:
    """Entry point of the console script."""
    sys.exit(main())
