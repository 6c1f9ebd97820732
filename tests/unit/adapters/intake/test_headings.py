"""What the house has learnt of headings."""

from pathlib import Path

import pytest

from tests import intake_files as files
from zhirong.adapters.intake.headings import HeadingsFileError, remember_heading
from zhirong.application.case.intake_report import HeadingUse

ONE = "201710601862.3"

# A map whose value would fill the memory if it were written out.
BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 10)}]\n"
    for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)


class TestRememberHeading:
    ROWS = (("专利代码", "名字", "提出日子"), (ONE, "装置", "2017-07-21"))

    def test_maps_an_unknown_heading_for_good(self, tmp_path: Path) -> None:
        files.workbook(tmp_path / "p.xlsx", self.ROWS)
        assert files.intake(tmp_path).sheets[0].table == ""

        remember_heading("专利代码=patents.app_no", tmp_path)
        remember_heading("提出日子=patents.filing_date", tmp_path)
        remember_heading("名字=ignore", tmp_path)

        found = files.intake(tmp_path)
        assert len(found.case_file.patents) == 1
        assert [column.use for column in found.sheets[0].columns] == [
            HeadingUse.MAPPED_BY_HOUSE,
            HeadingUse.NOT_NEEDED,
            HeadingUse.MAPPED_BY_HOUSE,
        ]

    def test_reads_the_map_of_the_house_too(self, tmp_path: Path) -> None:
        house, firm = tmp_path / "house", tmp_path / "firm"
        firm.mkdir()
        for line in ("专利代码=patents.app_no", "提出日子=patents.filing_date"):
            remember_heading(line, house)
        files.workbook(firm / "p.xlsx", self.ROWS)

        assert len(files.intake(firm, house=house).case_file.patents) == 1

    def test_replaces_an_old_line(self, tmp_path: Path) -> None:
        remember_heading("甲=patents.title", tmp_path)

        path = remember_heading("甲=patents.owners", tmp_path)

        assert path.read_text(encoding="utf-8") == "甲: patents.owners\n"

    @pytest.mark.parametrize("line", ["甲", "甲=patents.nothing", "=patents.title", "甲=title"])
    def test_refuses_a_line_that_maps_nothing(self, line: str, tmp_path: Path) -> None:
        with pytest.raises(HeadingsFileError):
            remember_heading(line, tmp_path)

    @pytest.mark.parametrize(
        "text", ["- a\n", "a: [", "a: patents.x\n", "!!python/object:os.x {}", BOMB]
    )
    def test_says_when_the_map_is_not_understood(self, text: str, tmp_path: Path) -> None:
        (tmp_path / "headings.yaml").write_text(text)

        with pytest.raises(HeadingsFileError):
            files.intake(tmp_path)
