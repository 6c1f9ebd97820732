"""Tests of the command's overview and of finding a command."""

import subprocess
import sys

import pytest

from zhirong.cli import main as command_line
from zhirong.cli.main import COMMANDS, GROUPS, language, main, overview_words
from zhirong.parameters.reader import catalog


class TestLanguage:
    @pytest.mark.parametrize(
        ("arguments", "environment", "lang"),
        [
            ([], None, "zh"),
            ([], "en", "en"),
            ([], "fr", "zh"),
            (["fees", "--lang", "en"], None, "en"),
            (["fees", "--lang=en"], "zh", "en"),
            (["fees", "--lang", "zh"], "en", "zh"),
            (["fees", "--lang"], None, "zh"),
            (["appraise", "--lang", "both"], None, "zh"),
        ],
    )
    def test_is_that_of_the_call_before_that_of_the_environment(
        self,
        arguments: list[str],
        environment: str | None,
        lang: str,
        monkeypatch: pytest.MonkeyPatch,
    ):
        monkeypatch.delenv("ZHIRONG_LANG", raising=False)
        if environment is not None:
            monkeypatch.setenv("ZHIRONG_LANG", environment)

        assert language(arguments) == lang


class TestOverviewWords:
    def test_are_a_part_of_the_catalog(self):
        words = overview_words()

        grouped = {f"cli.{group}.{name}.help" for group, names in GROUPS.items() for name in names}
        assert {f"cli.{name}.help" for name in (*COMMANDS, *GROUPS)} | grouped < set(words)
        assert {code: catalog().texts[code] for code in words} == dict(words)


class TestMain:
    @pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
    def test_lists_every_command(self, arguments: list[str], capsys: pytest.CaptureFixture[str]):
        assert main([*arguments, "--lang", "en"] if arguments else []) == 0

        said = capsys.readouterr().out
        assert all(f"  {name} " in said for name in (*COMMANDS, *GROUPS))

    @pytest.mark.parametrize("arguments", [["plan"], ["plan", "--help"], ["plan", "help"]])
    def test_lists_the_commands_of_a_group(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ):
        assert main([*arguments, "--lang", "en"]) == 0

        said = capsys.readouterr().out
        assert all(f"  {name} " in said for name in GROUPS["plan"])

    def test_says_that_a_group_has_no_such_command(self, capsys: pytest.CaptureFixture[str]):
        assert main(["plan", "rnu", "--lang", "en"]) == 2

        assert "plan rnu" in capsys.readouterr().err

    def test_says_that_there_is_no_such_command(self, capsys: pytest.CaptureFixture[str]):
        assert main(["apraise", "--lang", "en"]) == 2

        assert "apraise" in capsys.readouterr().err

    @pytest.mark.parametrize(
        "leading", [["--lang", "en"], ["--lang=en"], ["--lang", "en", "--json"]]
    )
    def test_takes_the_options_of_every_command_before_it(
        self, leading: list[str], capsys: pytest.CaptureFixture[str]
    ):
        assert main([*leading, "number", "201710601862.3"]) == 0
        assert "patent" in capsys.readouterr().out

        assert main(leading) == 0
        assert "Usage" in capsys.readouterr().out

    def test_tells_its_version(self, capsys: pytest.CaptureFixture[str]):
        assert main(["--version"]) == 0
        assert capsys.readouterr().out.startswith("zhirong ")

    def test_needs_no_other_part_of_the_package_for_the_overview(self):
        code = (
            "import sys; from zhirong.cli.main import main; main(['--help']);"
            "print(*sorted(n for n in sys.modules if n.startswith(('zhirong', 'yaml', 'numpy'))))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert done.stdout.splitlines()[-1].split() == [
            "zhirong",
            "zhirong.cli",
            "zhirong.cli.main",
        ]


class TestRun:
    def test_ends_with_three_and_the_trace_for_a_fault(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ):
        def fault() -> int:
            raise ZeroDivisionError

        monkeypatch.setattr(command_line, "main", fault)
        monkeypatch.setattr(sys, "argv", ["zhirong", "number", "--lang", "en"])
        with pytest.raises(SystemExit) as ended:
            command_line.run()

        assert ended.value.code == 3
        printed = capsys.readouterr().err
        assert "Traceback" in printed
        assert "unforeseen error" in printed
