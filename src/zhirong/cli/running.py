"""Runs one command: its options, its errors in words, its exit code."""

import argparse
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from zhirong.core.errors import ZhirongError
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import catalog

# Exit codes: 0 done, 1 the answer is negative (a figure differs, a check failed), 2 wrong call or
# input, 3 an unforeseen fault.
EXIT_WRONG_CALL = 2


class Command(Protocol):
    """A module of this room that is a command."""

    def add_arguments(self, parser: argparse.ArgumentParser, /) -> None:
        """The options of the command."""

    def run(self, options: argparse.Namespace, /) -> int:
        """Do it; the exit code."""


def parser(name: str, command: Command, lang: Language) -> argparse.ArgumentParser:
    """The options of a command; a help text that is a code is put into words."""
    words = catalog("cli")
    made = argparse.ArgumentParser(
        prog=f"zhirong {name}",
        description=words.label(f"cli.{name}.help", lang),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.set_defaults(lang=lang)
    command.add_arguments(made)
    for action in made._actions:  # noqa: SLF001 - as below; a help text may be a code
        if action.help and words.has(action.help):
            action.help = words.label(action.help, lang).replace("%", "%%")
    known = {action.dest for action in made._actions}  # noqa: SLF001 - argparse has no public list
    if "lang" not in known:
        made.add_argument(
            "--lang", choices=("zh", "en"), default=lang, help=words.label("cli.option.lang", lang)
        )
    if "json" not in known:
        made.add_argument("--json", action="store_true", help=words.label("cli.option.json", lang))
    return made


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


def run_command(name: str, command: Command, arguments: Sequence[str], lang: Language) -> int:
    """Run a command; the exit code is for scripts."""
    options = parser(name, command, lang).parse_args(arguments)
    try:
        return int(command.run(options))
    except ZhirongError as error:
        print(error_text(error, lang), file=sys.stderr)
        return EXIT_WRONG_CALL
    except BrokenPipeError:
        sys.stderr.close()
        return 0
