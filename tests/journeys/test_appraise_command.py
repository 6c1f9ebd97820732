"""An analyst's way through the commands, on the shipped examples and on folders made here."""

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import examples
from zhirong.cli.main import main

FILES = (
    "due-diligence.pdf",
    "intake.xlsx",
    "questions.xlsx",
    "result.json",
    "valuation.pdf",
    "workings.xlsx",
)
# Headline values of the examples, million CNY, as their inputs honestly give them.
HEADLINES = {
    "1-precision-machinery": 9.2,
    "2-plastics": 16.5,
    "3-electronics": 13.7,
    "4-pumps-valves": 9.8,
    "5-textile-machinery": 14.6,
}
BASE = ["--purpose", "pledge", "--valuation-date", "2026-06-30", "--debt-term-end", "2027-06-30"]


def _appraise(folder: Path, out: Path, *more: str) -> int:
    return main(["appraise", str(folder), *BASE, "--out", str(out), *more])


def _copy(name: str, to: Path) -> Path:
    shutil.copytree(examples.EXAMPLES / name, to)
    return to


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("five")
    assert _appraise(examples.EXAMPLES / "five-firms", out) == 0
    return out


@pytest.fixture(scope="module")
def pumps(five: Path) -> Path:
    return five / "4-pumps-valves"


@pytest.mark.slow
class TestAppraise:
    def test_writes_six_files_a_firm_and_one_comparison(self, five: Path) -> None:
        for name in HEADLINES:
            assert sorted(p.name for p in (five / name).iterdir()) == list(FILES)
        assert (five / "comparison.xlsx").is_file()

    def test_gives_the_headline_values(self, five: Path) -> None:
        for name, million in HEADLINES.items():
            body = json.loads((five / name / "result.json").read_bytes())["body"]
            assert body["valuation"]["total"]["value"] == pytest.approx(million * 1e6, abs=5e4)

    def test_gives_the_same_bytes_for_the_same_input(self, pumps: Path, tmp_path: Path) -> None:
        assert _appraise(examples.EXAMPLES / "five-firms" / "4-pumps-valves", tmp_path) == 0

        for name in FILES:
            assert (tmp_path / name).read_bytes() == (pumps / name).read_bytes(), name

    def test_runs_on_when_one_firm_fails(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _copy("five-firms/4-pumps-valves", tmp_path / "in" / "good")
        bad = _copy("five-firms/4-pumps-valves", tmp_path / "in" / "bad")
        (bad / "headings.yaml").write_text("[this is no map", encoding="utf-8")

        code = _appraise(tmp_path / "in", tmp_path / "out", "--json")

        firms = {row["folder"]: row for row in json.loads(capsys.readouterr().out)["firms"]}
        assert code == 1
        assert firms["bad"]["failure"]
        assert firms["good"]["value"] == pytest.approx(9.8e6, abs=5e4)
        assert (tmp_path / "out" / "comparison.xlsx").is_file()

    def test_writes_both_languages_when_asked(self, tmp_path: Path) -> None:
        folder = examples.EXAMPLES / "five-firms" / "4-pumps-valves"

        assert _appraise(folder, tmp_path, "--lang", "both") == 0

        assert (tmp_path / "valuation.en.pdf").is_file()
        assert (tmp_path / "valuation.pdf").read_bytes() != (
            tmp_path / "valuation.en.pdf"
        ).read_bytes()

    def test_says_what_is_wrong_with_a_folder_that_is_not_there(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert _appraise(tmp_path / "nowhere", tmp_path / "out") == 2
        assert "nowhere" in capsys.readouterr().err


def _without_assumptions(folder: Path) -> None:
    """Empties the sheet of assumptions, as in the folder of a firm nobody has looked at yet."""
    path = folder / "资料表.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["评估假设"]
    page.delete_rows(2, page.max_row)
    book.save(path)


@pytest.mark.slow
class TestProposals:
    def test_are_asked_and_not_used_until_somebody_accepts_them(self, tmp_path: Path) -> None:
        folder = _copy("five-firms/5-textile-machinery", tmp_path / "firm")
        _without_assumptions(folder)

        assert _appraise(folder, tmp_path / "asked") == 0
        assert _appraise(folder, tmp_path / "taken", "--accept-proposals", "李评估") == 0

        asked, taken = (_body(tmp_path / name) for name in ("asked", "taken"))
        assert asked["valuation"] is None
        assert any(row["code"].startswith("assumption:") for row in asked["questions"])
        assert taken["valuation"]["total"]["value"] > 0
        assert all(row["is_accepted"] for row in taken["proposals"])


def _body(folder: Path) -> Any:
    return json.loads((folder / "result.json").read_bytes())["body"]


@pytest.mark.slow
class TestQuestions:
    def test_come_back_answered_into_the_same_run(self, five: Path, tmp_path: Path) -> None:
        name = "2-plastics"
        folder = _copy(f"five-firms/{name}", tmp_path / "firm")
        form = openpyxl.load_workbook(five / name / "questions.xlsx")
        page = form.worksheets[0]
        heads = next(
            row for row in page.iter_rows() if any(cell.value == "问题代码" for cell in row)
        )
        columns = {str(cell.value): cell.column for cell in heads}
        answered = 0
        for row in range(heads[0].row + 1, page.max_row + 1):
            if page.cell(row, columns["问题代码"]).value == "A11":
                page.cell(row, columns["回答"]).value = "否"
                page.cell(row, columns["证明文件"]).value = "信用报告.pdf"
                answered += 1
        form.save(folder / "questions.xlsx")

        assert _appraise(folder, tmp_path / "out") == 0

        before = {row["code"] for row in _body(five / name)["questions"]}
        after = {row["code"] for row in _body(tmp_path / "out")["questions"]}
        assert answered == 1
        assert before - after == {"A11"}


@pytest.mark.slow
class TestRecompute:
    def test_finds_every_figure_the_same(self, pumps: Path) -> None:
        assert main(["recompute", str(pumps / "result.json")]) == 0

    def test_prints_a_figure_that_somebody_changed(
        self, pumps: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        document = json.loads((pumps / "result.json").read_bytes())
        document["body"]["valuation"]["total"]["value"] += 0.01
        changed = tmp_path / "result.json"
        changed.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

        code = main(["recompute", str(changed)])

        assert code == 1
        assert "valuation.total.value" in capsys.readouterr().out


@pytest.mark.slow
class TestExplain:
    def test_opens_the_headline_down_to_file_and_row(
        self, pumps: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        result = str(pumps / "result.json")

        assert main(["explain", result, "valuation.total.value", "--depth", "9"]) == 0
        printed = capsys.readouterr().out

        assert "组合价值" in printed
        assert "许可费率" in printed
        assert "资料表.xlsx | " in printed
        assert "sha256" in printed

    def test_lists_what_can_be_opened(
        self, pumps: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["explain", str(pumps / "result.json")]) == 0
        assert "relief_from_royalty.value" in capsys.readouterr().out

    def test_says_so_when_there_is_no_such_figure(
        self, pumps: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["explain", str(pumps / "result.json"), "nothing.here"]) == 2
        assert "nothing.here" in capsys.readouterr().err
