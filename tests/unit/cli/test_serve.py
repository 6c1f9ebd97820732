"""`zhirong serve` before it starts anything: modes, hosts, ports, secrets."""

import os
import socket
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from zhirong.cli import serve
from zhirong.cli.main import main
from zhirong.cli.serve import LANGUAGES
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog
from zhirong.platform.work.supervisor import Child, Kept

GIVEN = ("ZHIRONG_MODE", "ZHIRONG_HOSTS", "DATABASE_URL", "ZHIRONG_SECRET_KEY")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An environment that says nothing, and is as before afterwards."""
    kept = dict(os.environ)
    for name in GIVEN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    yield
    monkeypatch.undo()
    os.environ.clear()
    os.environ.update(kept)


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command says that starts nothing."""
    assert main(["serve", "--lang", "en", *arguments]) == 2
    return capsys.readouterr().err


class TestServe:
    def test_says_which_secret_is_missing_where_and_how(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        said = complaint(capsys)

        assert "ZHIRONG_SECRET_KEY" in said
        assert "/etc/zhirong/environment" in said
        assert "docs/operations.md" in said
        assert not list(tmp_path.iterdir())

    def test_demonstrates_nothing_among_the_settings_of_production(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("ZHIRONG_MODE", "production")

        assert "ZHIRONG_MODE is production" in complaint(capsys, "--demonstration")
        assert not list(tmp_path.iterdir())

    def test_runs_no_production_where_a_demonstration_is_set(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ZHIRONG_MODE", "demonstration")

        assert "ZHIRONG_MODE is demonstration" in complaint(capsys)

    def test_opens_no_known_passwords_to_other_machines(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert "ZHIRONG_HOSTS" in complaint(capsys, "--demonstration", "--host", "192.0.2.1")

    def test_names_the_option_where_the_port_is_taken(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            said = complaint(capsys, "--demonstration", "--port", str(port))

        assert f"Port {port} is in use" in said
        assert "--port" in said


class TestAnnounce:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_says_what_the_supervisor_says(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, lang: Language
    ) -> None:
        """With the facts of a child that really fell: an error here would leave it down."""
        say = partial(serve._announce, lang=lang)
        child = Child(name="web", command=(sys.executable, "-c", "raise SystemExit(3)"))
        kept = Kept(child, os.environ, say)
        deadline = time.monotonic() + 20
        while kept.falls < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        kept.ask_to_end()
        kept.end(deadline=time.monotonic() + 5)

        assert kept.falls >= 2
        assert capsys.readouterr().err.startswith("[zhirong] web ")


class TestWords:
    def test_of_children_are_there_in_both_languages(self) -> None:
        """The supervisor knows codes only."""
        words = catalog("cli")
        for code in ("fell", "renewed", "silent", "ending", "preparing", "starting"):
            assert words.has(f"cli.serve.{code}"), code
        assert LANGUAGES == ("zh", "en")
