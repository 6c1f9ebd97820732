"""A contract is signed, verified, tampered with and verified, as anyone would at a shell."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.signing_files import (
    PLEDGEE,
    PLEDGOR,
    contract,
    evidence,
    flipped,
    house,
    sealed,
    signed_once,
    signed_twice,
)
from zhirong.cli.main import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "root.pem").write_bytes(house().root_pem)
    (tmp_path / "contract.pdf").write_bytes(sealed())
    (tmp_path / "package.zip").write_bytes(evidence())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def verify(*words: str) -> int:
    return main(["verify", *words])


class TestVerify:
    def test_says_by_whom_and_when_and_that_nothing_was_changed(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert verify("contract.pdf", "--trust", "root.pem") == 0

        said = capsys.readouterr().out
        assert "没有一个字节被改动" in said
        assert "无法律效力" in said
        assert PLEDGOR.organization in said
        assert PLEDGEE.identifier in said
        assert "2026-06-30 10:15:00 UTC+8" in said
        assert "演示时钟" in said
        assert "✗" not in said

    def test_finds_the_change_of_one_byte(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        changed = flipped(sealed(), sealed().index(b"endstream") - 5)
        (folder / "contract.pdf").write_bytes(changed)

        assert verify("contract.pdf", "--trust", "root.pem", "--lang", "en") == 1

        said = capsys.readouterr().out
        assert "not valid" in said
        assert "was changed" in said

    def test_verifies_after_each_step_of_the_way(self, folder: Path) -> None:
        steps = {contract(): 1, signed_once(): 0, signed_twice(): 0, sealed(): 0}
        for pdf, code in steps.items():
            (folder / "step.pdf").write_bytes(pdf)
            assert verify("step.pdf", "--trust", "root.pem") == code

    def test_trusts_nobody_by_itself(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert verify("contract.pdf", "--lang", "en") == 1
        assert "--trust" in capsys.readouterr().out

    def test_opens_an_evidence_package_for_scripts(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert verify("package.zip", "--trust", "root.pem", "--json", "--lang", "en") == 0

        found = json.loads(capsys.readouterr().out)
        assert found["is_valid"]
        assert found["is_demonstration"]
        assert found["time_stamp"]["clock"] == "demonstration"
        inner = {file["name"]: file["inner"] for file in found["files"]}
        signed_by = [item["identifier"] for item in inner["documents/contract.pdf"]["signatures"]]
        assert signed_by[:2] == [PLEDGOR.identifier, PLEDGEE.identifier]

    def test_shows_a_package_in_words(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert verify("package.zip", "--trust", "root.pem") == 0
        assert "SM2" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "words",
        [
            ("none.pdf",),
            ("contract.pdf", "--trust", "none.pem"),
            ("contract.pdf", "--trust", "contract.pdf"),
        ],
    )
    def test_says_what_cannot_be_read(
        self, words: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert verify(*words) == 2
        assert capsys.readouterr().err

    def test_opens_no_connection(self, folder: Path) -> None:
        """With every socket forbidden the answer is the same."""
        code = (
            "import socket, sys\n"
            "def no(*_): raise AssertionError('a connection was opened')\n"
            "socket.socket.connect = socket.create_connection = socket.getaddrinfo = no\n"
            "from zhirong.cli.main import main\n"
            "sys.exit(main(['verify', 'contract.pdf', '--trust', 'root.pem']))\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

        assert (done.returncode, done.stderr) == (0, b"")
