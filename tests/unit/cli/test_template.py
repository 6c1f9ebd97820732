import json
from pathlib import Path

import pytest

from zhirong.cli.main import main


class TestTemplate:
    def test_writes_a_workbook_and_says_where(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "empty.xlsx"

        code = main(["template", "--out", str(path), "--json"])

        assert code == 0
        assert json.loads(capsys.readouterr().out) == {"file": str(path)}
        assert path.read_bytes().startswith(b"PK")

    def test_names_the_file_in_the_language(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)

        assert main(["template"]) == 0
        assert main(["template", "--lang", "en"]) == 0

        names = {path.name for path in tmp_path.iterdir()}
        assert names == {"资料表.xlsx", "intake-template.xlsx"}

    def test_does_not_overwrite_unless_told(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "empty.xlsx"
        path.write_bytes(b"mine")

        assert main(["template", "--out", str(path), "--lang", "en"]) == 2
        assert "--force" in capsys.readouterr().err
        assert path.read_bytes() == b"mine"
        assert main(["template", "--out", str(path), "--force"]) == 0

    @pytest.mark.parametrize(
        ("name", "words"), [("empty.txt", ".xlsx"), ("none/empty.xlsx", "folder")]
    )
    def test_says_why_it_cannot_write(
        self, name: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["template", "--out", str(tmp_path / name), "--lang", "en"]) == 2
        assert words in capsys.readouterr().err
