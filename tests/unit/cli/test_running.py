"""Tests of running one command."""

import argparse
import json
from datetime import date
from pathlib import Path

import pytest

from zhirong.cli import appraise, number
from zhirong.cli.running import error_text, parser, run_command
from zhirong.core.errors import InputError
from zhirong.core.messages import Language
from zhirong.parameters.reader import ParameterNotFoundError


class UnwordedError(InputError):
    code = "error.nobody_worded_this"


class Failing:
    """A command that cannot be done."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def add_arguments(self, parser: argparse.ArgumentParser, /) -> None:
        parser.add_argument("thing", help="cli.option.json")

    def run(self, options: argparse.Namespace, /) -> int:
        raise self.error


class TestParser:
    def test_knows_language_and_json_for_every_command(self):
        options = parser("number", number, "en").parse_args(["x", "--json"])

        assert (options.json, options.lang) == (True, "en")

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_puts_help_into_the_words_of_the_language(self, lang: Language):
        texts = parser("appraise", appraise, lang).format_help()

        assert ("Valuation date" in texts) == (lang == "en")

    def test_looks_up_a_help_text_that_is_a_code(self):
        made = parser("number", Failing(ValueError()), "en")

        assert "Print JSON" in made.format_help()
        assert "cli.option.json" not in made.format_help()


class TestErrorText:
    def test_is_in_words_with_the_facts(self):
        error = ParameterNotFoundError("tax.rate", on=date(2026, 6, 30), first=None)

        assert "tax.rate" in error_text(error, "zh")
        assert error_text(error, "zh") != error_text(error, "en")

    def test_falls_back_on_the_text_of_the_log(self):
        assert error_text(UnwordedError("As it is."), "zh") == "As it is."


class TestRunCommand:
    def test_ends_with_two_for_an_error_of_the_caller(self, capsys: pytest.CaptureFixture[str]):
        failing = Failing(UnwordedError("As it is."))

        assert run_command("number", failing, ["x"], "en") == 2
        assert capsys.readouterr().err == "As it is.\n"

    def test_gives_scripts_the_code_and_the_facts_of_an_error(
        self, capsys: pytest.CaptureFixture[str]
    ):
        failing = Failing(ParameterNotFoundError("tax.rate", on=date(2026, 6, 30), first=None))

        assert run_command("number", failing, ["x", "--json"], "en") == 2
        printed = capsys.readouterr()
        error = json.loads(printed.out)["error"]
        assert error["code"] == "error.parameter_not_found"
        assert error["facts"]["path"] == "tax.rate"
        assert error["text"] in printed.err

    def test_ends_quietly_when_interrupted(self, capsys: pytest.CaptureFixture[str]):
        class Interrupted(Failing):
            def run(self, options: argparse.Namespace, /) -> int:
                raise KeyboardInterrupt

        assert run_command("number", Interrupted(ValueError()), ["x"], "en") == 130
        assert capsys.readouterr().err == "Interrupted.\n"

    def test_does_not_hide_a_fault_of_its_own(self):
        with pytest.raises(ZeroDivisionError):
            run_command("number", Failing(ZeroDivisionError()), ["x"], "en")

    def test_ends_a_wrong_call_with_two(self, tmp_path: Path):
        with pytest.raises(SystemExit) as ended:
            run_command("appraise", appraise, [str(tmp_path)], "en")
        assert ended.value.code == 2
