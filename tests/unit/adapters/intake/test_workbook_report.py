"""intake.xlsx tells of every file, sheet, row and cell."""

from pathlib import Path

import openpyxl
import pytest

from tests import intake_files as files
from zhirong.adapters.intake.headings import read_map
from zhirong.adapters.intake.workbook_report import write_intake
from zhirong.core.messages import Language


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    firm = tmp_path / "firm"
    firm.mkdir()
    rows = [
        ("清单",),
        (*files.HEAD, '怪:栏""'),
        ("201710601862.3", "装置", 42937, None, "甲", "x"),
        ("201710601862.4", '=HYPERLINK("http://x.example")', "2017-07-21", None, "甲", "y"),
    ]
    files.workbook(firm / "p.xlsx", rows)
    (firm / "bad.xlsx").write_bytes(b"PK\x03\x04")
    (firm / "合同.pdf").write_bytes(b"%PDF")
    return firm


def texts(path: Path) -> dict[str, list[list[str]]]:
    book = openpyxl.load_workbook(path)
    return {
        page.title: [
            ["" if c is None else str(c) for c in row] for row in page.iter_rows(values_only=True)
        ]
        for page in book.worksheets
    }


class TestWriteIntake:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_accounts_for_every_row(self, lang: Language, folder: Path, tmp_path: Path) -> None:
        write_intake(files.intake(folder), tmp_path / "intake.xlsx", lang)

        summary, refused, corrected, mapping, rows, documents = texts(
            tmp_path / "intake.xlsx"
        ).values()

        counts = next(row for row in summary if row[0] == "p.xlsx")[3:]
        assert counts == ["4", "2", "2", "1", "1", "1"]
        assert [row[:3] for row in refused[3:]] == [
            ["bad.xlsx", "", ""],
            ["p.xlsx", "Sheet1", "A4"],
            ["p.xlsx", "Sheet1", "B4"],
        ]
        assert corrected[3][4:6] == ["42937", "2017-07-21"]
        assert [row[2] for row in rows[3:]] == ["1", "2", "3", "4"]
        assert {row[0] for row in documents[3:]} == {"p.xlsx", "bad.xlsx", "合同.pdf"}
        assert mapping[-1][3].startswith("怪")

    def test_proposes_a_line_that_the_map_takes(self, folder: Path, tmp_path: Path) -> None:
        write_intake(files.intake(folder), tmp_path / "intake.xlsx", "zh")
        line = texts(tmp_path / "intake.xlsx")["表头对应"][-1][7]

        (tmp_path / "headings.yaml").write_text(line.replace("…", "title"), encoding="utf-8")

        assert list(read_map(tmp_path / "headings.yaml").values()) == ["patents.title"]

    def test_writes_texts_and_no_formulas(self, folder: Path, tmp_path: Path) -> None:
        rows = [files.HEAD, ("=1+1", "=cmd|'x'!A0", "2017-07-21", "", "甲")]
        (folder / "q.csv").write_text(files.csv_text(rows), encoding="utf-8")
        write_intake(files.intake(folder), tmp_path / "intake.xlsx", "zh")

        book = openpyxl.load_workbook(tmp_path / "intake.xlsx")

        kinds = {
            cell.data_type for page in book.worksheets for row in page.iter_rows() for cell in row
        }
        assert "f" not in kinds
        assert all(
            cell.hyperlink is None for page in book.worksheets for row in page for cell in row
        )

    def test_is_not_read_as_a_table_of_the_firm(self, folder: Path) -> None:
        first = files.intake(folder)
        write_intake(first, folder / "intake.xlsx", "en")

        again = files.intake(folder)

        assert again.sheets == first.sheets
        assert "intake.xlsx" in {document.file for document in again.documents}

    def test_gives_the_same_bytes_twice(self, folder: Path, tmp_path: Path) -> None:
        for name in ("a.xlsx", "b.xlsx"):
            write_intake(files.intake(folder), tmp_path / name, "zh")

        assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
