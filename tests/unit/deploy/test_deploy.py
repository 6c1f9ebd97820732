"""What stands in deploy/ names commands, options, settings and files that there are."""

import configparser
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from tests.conftest import CHECKOUT
from zhirong.parameters.reader import Parameters
from zhirong.platform.operations import clock

DEPLOY = CHECKOUT / "deploy"
HOME, MANAGE = "/srv/zhirong/", "zhirong.platform.manage"
UNITS = sorted(DEPLOY.glob("*.service"))
PROXY = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
DOCUMENT = (CHECKOUT / "docs" / "operations.md").read_text(encoding="utf-8")


def commands(unit: Path) -> list[list[str]]:
    """The command lines of a unit, those of a shell taken out of its quotes."""
    lines = re.findall(
        r"^Exec(?:Start|StartPre)=(.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE
    )
    words = [shlex.split(line) for line in lines]
    return [
        shlex.split(line[2].removeprefix("exec ")) if line[0] == "/bin/sh" else line
        for line in words
    ]


def managed() -> list[list[str]]:
    """Every use of the platform's own commands, after the program's name."""
    units = [line[3:] for unit in UNITS for line in commands(unit) if MANAGE in line]
    said = re.findall(r"^ *zhirong-manage (.+)$", DOCUMENT, re.MULTILINE)
    return [*units, *(shlex.split(line, comments=True) for line in said)]


class TestUnits:
    @pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
    def test_run_as_their_user_with_the_settings(self, unit: Path) -> None:
        read = configparser.ConfigParser(strict=False, interpolation=None)
        read.optionxform = str  # type: ignore[assignment,method-assign]
        read.read(unit)
        service = read["Service"]

        assert service["User"] == "zhirong"
        assert service["EnvironmentFile"] == "/etc/zhirong/environment"
        assert service["WorkingDirectory"] == HOME.rstrip("/")
        assert service["NoNewPrivileges"] == "true"

    @pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
    def test_start_programs_of_the_environment(self, unit: Path) -> None:
        for program, *_ in commands(unit):
            assert Path(program).parent == Path(HOME) / ".venv" / "bin"
            assert (Path(sys.executable).parent / Path(program).name).exists()

    @pytest.mark.parametrize("words", managed(), ids=lambda words: words[0])
    def test_name_commands_and_options_that_there_are(self, words: list[str]) -> None:
        room = get_commands()[words[0]]
        command = room if not isinstance(room, str) else load_command_class(room, words[0])

        command.create_parser("manage", words[0]).parse_args(words[1:])

    def test_give_the_web_options_that_it_knows(self) -> None:
        (web,) = [line for unit in UNITS for line in commands(unit) if "granian" in line[0]]
        program = Path(sys.executable).parent / "granian"
        known = subprocess.run([program, "--help"], capture_output=True, text=True, check=True)

        options = [word for word in web if word.startswith("--")]
        assert options
        assert [word for word in options if not re.search(rf"{word}\b", known.stdout)] == []
        assert web[-1] == "zhirong.platform.wsgi:application"

    def test_leave_the_web_more_time_to_end_than_its_requests(self) -> None:
        text = (DEPLOY / "zhirong-web.service").read_text(encoding="utf-8")
        kill = re.search(r"--workers-kill-timeout (\d+)", text)
        stop = re.search(r"TimeoutStopSec=(\d+)", text)
        assert kill
        assert stop
        assert int(kill[1]) < int(stop[1])


class TestProxy:
    def test_serves_the_static_files_of_the_checkout(self) -> None:
        found = re.search(r"alias (\S+);", PROXY)
        assert found
        assert (CHECKOUT / found[1].removeprefix(HOME)).is_dir()

    def test_asks_the_web_where_its_unit_listens(self) -> None:
        text = (DEPLOY / "zhirong-web.service").read_text(encoding="utf-8")
        found = re.search(r"--host (\S+) --port (\d+)", text)
        assert found
        assert f"proxy_pass http://{found[1]}:{found[2]};" in PROXY

    def test_lets_through_files_as_large_as_the_platform_takes(self) -> None:
        found = re.search(r"client_max_body_size (\d+)m;", PROXY)
        rules = Parameters().get("platform.uploads", on=clock.real_now().date()).value
        assert found
        assert int(found[1]) * 1_000_000 > int(rules["bytes_max"])

    def test_passes_on_no_address_that_the_sender_claims(self) -> None:
        assert "proxy_set_header X-Forwarded-For $remote_addr;" in PROXY
        assert "proxy_add_x_forwarded_for" not in PROXY


class TestEnvironment:
    def test_gives_settings_that_there_are(self) -> None:
        text = (DEPLOY / "environment.example").read_text(encoding="utf-8")
        names = set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))
        platform = CHECKOUT / "src/zhirong/platform"
        files = (platform / "settings.py", platform / "configuration.py")
        source = "".join(file.read_text(encoding="utf-8") for file in files)

        assert {"ZHIRONG_SECRET_KEY", "ZHIRONG_FIELD_KEYS", "ZHIRONG_HOSTS"} <= names
        assert {name for name in names if f'"{name}"' not in source} == set()

    def test_holds_no_secret(self) -> None:
        text = (DEPLOY / "environment.example").read_text(encoding="utf-8")
        assert re.search(r"^ZHIRONG_SECRET_KEY=$", text, re.MULTILINE)
        assert re.search(r"^ZHIRONG_FIELD_KEYS=$", text, re.MULTILINE)

    def test_is_what_the_commands_read(self) -> None:
        script = (DEPLOY / "zhirong-manage").read_text(encoding="utf-8")
        assert "/etc/zhirong/environment" in script
        assert subprocess.run(["sh", "-n", DEPLOY / "zhirong-manage"], check=False).returncode == 0
