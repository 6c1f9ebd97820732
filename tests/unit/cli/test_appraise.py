"""What `zhirong appraise` refuses before it reads anything, and where it learns headings."""

from pathlib import Path

import pytest

from zhirong.cli.appraise import firm_folders
from zhirong.cli.main import main


def called(folder: Path, *options: str) -> int:
    return main(
        ["appraise", str(folder), "--purpose", "pledge", "--valuation-date", "2026-06-30", *options]
    )


class TestRun:
    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--out", "{file}"), "那是一个文件"),
            (("--out", "{out}", "--house", "{out}/nowhere"), "没有这个文件夹"),
            (("--out", "{out}", "--seed", "-1"), "种子不能为负"),
            (("--out", "{out}", "--report-date", "2026-06-29"), "早于评估基准日"),
            (("--out", "{out}", "--debt-term-end", "2026-06-30"), "不晚于评估基准日"),
        ],
    )
    def test_refuses_what_cannot_be_obeyed(
        self,
        options: tuple[str, ...],
        said: str,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        file = tmp_path / "firm.csv"
        file.write_text("x", encoding="utf-8")
        places = {"file": file, "out": tmp_path / "out"}

        assert called(tmp_path, *(option.format(**places) for option in options)) == 2

        error = capsys.readouterr().err
        assert options[-2] in error
        assert said in error
        assert not (tmp_path / "out").exists()

    def test_learns_headings_for_every_firm_of_a_folder_of_firms(self, tmp_path: Path) -> None:
        firms = [tmp_path / "firms" / name for name in ("a", "b")]
        for firm in firms:
            firm.mkdir(parents=True)
            (firm / "note.txt").write_text("x", encoding="utf-8")

        learned = ("--map-heading", "甲=patents.title")
        called(tmp_path / "firms", "--out", str(tmp_path / "out"), *learned)

        assert [(firm / "headings.yaml").is_file() for firm in firms] == [True, True]
        assert not (tmp_path / "firms" / "headings.yaml").exists()

    def test_learns_headings_in_the_house_where_one_is_named(self, tmp_path: Path) -> None:
        house, firm = tmp_path / "house", tmp_path / "firm"
        house.mkdir()
        firm.mkdir()
        (firm / "list.csv").write_text("x", encoding="utf-8")
        options = ("--house", str(house), "--map-heading", "甲=patents.title")

        called(firm, "--out", str(tmp_path / "out"), *options)

        assert (house / "headings.yaml").is_file()
        assert not (firm / "headings.yaml").exists()


class TestFirmFolders:
    def test_are_those_inside_although_notes_lie_beside_them(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        for name in ("README.md", "notes.txt", "headings.yaml"):
            (tmp_path / name).write_text("x", encoding="utf-8")

        out = tmp_path / "out"

        assert firm_folders(tmp_path, out) == [(tmp_path / "a", out / "a")]
