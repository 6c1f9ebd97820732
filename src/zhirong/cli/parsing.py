"""Command lines read by argparse, whose own words are said in both languages."""

import argparse
import re
import sys
from collections.abc import Mapping
from typing import NoReturn

from zhirong.cli.ground_words import words
from zhirong.core.messages import Fact, Language

EXIT_WRONG_CALL = 2
# What argparse says of a wrong call, and the code that says it in words. Its texts have differed a
# little from release to release; what none of these fits is printed as it is.
_SAYINGS: Mapping[str, str] = {
    r"the following arguments are required: (?P<option>.*)": "required",
    r"unrecognized arguments: (?P<option>.*)": "unknown",
    r"ambiguous option: (?P<option>\S+) could match (?P<choices>.*)": "ambiguous",
    r"argument (?P<option>\S+?): expected (?:one|at least one) argument.*": "no_value",
    r"argument (?P<option>\S+?): ignored explicit argument (?P<text>.*)": "no_value_wanted",
    r"argument (?P<option>\S+?): invalid choice: (?P<text>.*) \(choose from (?P<choices>.*)\)": (
        "choice"
    ),
    r"argument (?P<option>\S+?): invalid fromisoformat value: (?P<text>.*)": "date",
    r"argument (?P<option>\S+?): invalid int value: (?P<text>.*)": "integer",
}


class Parser(argparse.ArgumentParser):
    """A parser of one command that helps and complains in the language asked for."""

    def __init__(self, *, name: str, description: str, lang: Language) -> None:
        super().__init__(
            prog=f"zhirong {name}",
            description=description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
        )
        self._lang = lang
        self._positionals.title = words("cli.call.positionals", lang)
        self._optionals.title = words("cli.call.options", lang)
        text = words("cli.option.help", lang)
        self.add_argument("-h", "--help", action="help", help=text)

    def say(self) -> None:
        """Put words in the place of help texts that are codes of the catalog."""
        for action in self._actions:
            if action.help and action.help.startswith("cli."):
                action.help = words(action.help, self._lang).replace("%", "%%")

    def has(self, name: str) -> bool:
        """Whether an option or argument of the name was added."""
        return any(action.dest == name for action in self._actions)

    def format_usage(self) -> str:
        """How to call the command."""
        return self._said(super().format_usage())

    def format_help(self) -> str:
        """How to call the command, and what each of its options means."""
        return self._said(super().format_help())

    def _said(self, text: str) -> str:
        # The one word of argparse that no argument of it changes.
        return words("cli.call.usage", self._lang) + text.removeprefix("usage: ")

    def error(self, message: str) -> NoReturn:
        """Says what is wrong with the call, where, and how to mend it; then ends with 2."""
        sys.stderr.write(self.format_usage())
        facts: dict[str, Fact] = {"command": self.prog}
        code, said = next(
            ((code, found) for form, code in _SAYINGS.items() if (found := _fit(form, message))),
            ("other", {"text": message}),
        )
        text = words(f"cli.call.{code}", self._lang, **facts, **said)
        sys.stderr.write(f"{text} {words('cli.call.help', self._lang, **facts)}\n")
        sys.exit(EXIT_WRONG_CALL)


def _fit(form: str, message: str) -> dict[str, Fact]:
    found = re.fullmatch(form, message, re.DOTALL)
    return {} if found is None else {k: v.replace("'", "") for k, v in found.groupdict().items()}
