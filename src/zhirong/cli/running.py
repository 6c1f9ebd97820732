"""Runs one command: its options, its errors in words, its exit code."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from zhirong.cli.ground_words import words
from zhirong.cli.parsing import EXIT_WRONG_CALL, Parser
from zhirong.core.errors import ZhirongError
from zhirong.core.messages import Language, Message
from zhirong.parameters.reader import catalog

# Exit codes: 0 done, 1 the answer is negative (a figure differs, a check failed), 2 wrong call or
# input, 3 an unforeseen fault, 130 interrupted.
EXIT_INTERRUPTED = 130


class Command(Protocol):
    """A module of this room that is a command."""

    def add_arguments(self, parser: argparse.ArgumentParser, /) -> None:
        """The options of the command."""

    def run(self, options: argparse.Namespace, /) -> int:
        """Do it; the exit code."""


def parser(name: str, command: Command, lang: Language) -> Parser:
    """The options of a command; a help text that is a code is put into words."""
    made = Parser(
        name=name, description=words(f"cli.{name.replace(' ', '.')}.help", lang), lang=lang
    )
    made.set_defaults(lang=lang)
    command.add_arguments(made)
    if not made.has("lang"):
        made.add_argument("--lang", choices=("zh", "en"), default=lang, help="cli.option.lang")
    if not made.has("json"):
        made.add_argument("--json", action="store_true", help="cli.option.json")
    made.say()
    return made


def error_text(error: ZhirongError, lang: Language) -> str:
    """An error in words: what, where, how to mend."""
    texts = catalog()
    facts = cast("dict[str, str]", {"detail": str(error), **error.facts})
    if texts.has(error.code):
        try:
            return texts.text(Message(error.code, facts), lang)
        except ZhirongError:
            return str(error)
    return str(error)


def fault_text(error: Exception, lang: Language) -> str:
    """What is said of an error that nobody foresaw, behind its trace."""
    return words("error.unexpected", lang, detail=repr(error))


def run_command(name: str, command: Command, arguments: Sequence[str], lang: Language) -> int:
    """Run a command; the exit code is for scripts."""
    options = parser(name, command, lang).parse_args(arguments)
    try:
        return int(command.run(options))
    except ZhirongError as error:
        _complain(error, lang, as_json=options.json)
        return EXIT_WRONG_CALL
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print(words("cli.interrupted", lang), file=sys.stderr)
        return EXIT_INTERRUPTED


def _complain(error: ZhirongError, lang: Language, *, as_json: bool) -> None:
    """Says an error on the error stream; with --json also its code and facts, for scripts."""
    text = error_text(error, lang)
    found: tuple[Message, ...] = getattr(error, "problems", ())
    places: tuple[str, ...] = getattr(error, "places", ("",) * len(found))
    said = [catalog().text(each, lang) for each in found]
    problems = [f"{place} {each}".strip() for place, each in zip(places, said, strict=True)]
    print("\n".join([text, *(f"  {each}" for each in problems)]), file=sys.stderr)
    if as_json:
        facts = {name: str(fact) for name, fact in error.facts.items()}
        document = {"error": {"code": error.code, "text": text, "facts": facts}}
        if problems:
            document["error"]["problems"] = problems
        print(json.dumps(document, ensure_ascii=False, indent=1))
