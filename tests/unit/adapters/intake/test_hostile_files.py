"""Files that nobody honest sends: each refused, in little time and memory, and the others read."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests import intake_files as files
from zhirong.parameters.reader import catalog

# Generous for a busy machine; the work itself takes a fraction of it.
SECONDS_MAX = 15
MEGABYTES_MAX = 500

HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "entity_bomb.xlsx": (files.entity_bomb, "intake.file.xml_doctype"),
    "zip_bomb.xlsx": (files.zip_bomb, "intake.file.archive_ratio"),
    "many_small_bombs.xlsx": (files.many_small_bombs, "intake.file.too_large"),
    "false_sizes.xlsx": (files.false_sizes, "intake.file.archive_sizes"),
    "overlapping.xlsx": (files.overlapping_parts, "intake.file.archive_sizes"),
    "million_columns.xlsx": (files.million_columns, "intake.file.too_large"),
    "far_corner.xlsx": (files.far_corner, "intake.file.too_large"),
    "wide_sheets.xlsx": (files.wide_sheets, "intake.file.too_large"),
    "many_styles.xlsx": (files.many_styles, "intake.file.too_large"),
    "repeated_long_string.xlsx": (files.repeated_long_string, "intake.file.too_large"),
    "deep_nesting.xlsx": (files.deep_nesting, "intake.file.too_large"),
    "long_attribute.xlsx": (files.long_attribute, "intake.file.xml_broken"),
    "active_formula.xlsx": (files.active_formula, "intake.file.active_formula"),
    "data_link.xlsx": (files.data_link, "intake.file.active_formula"),
    "macros.xlsx": (files.macros, "intake.file.macros"),
    "cyclic_chain.xls": (files.cyclic_chain, "intake.file.xls_broken"),
    "wide_dimensions.xls": (files.wide_dimensions, "intake.file.too_large"),
    "far_cells.xls": (files.far_cells, "intake.file.too_large"),
    "wide_text.csv": (files.wide_text, "intake.file.too_large"),
    "endless_row.csv": (files.endless_row, "intake.file.too_large"),
    "nul_bytes.csv": (files.nul_bytes, "intake.file.nul_bytes"),
}

MEASURE = """
import json, sys, time
from pathlib import Path
from tests import intake_files as files
def peak_kilobytes():
    # The peak of getrusage is inherited from the process that started this one; this is our own.
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])
idle = peak_kilobytes()
start = time.monotonic()
found = files.intake(Path(sys.argv[1]))
took = time.monotonic() - start
peak = peak_kilobytes()
refused = {f.file: f.reason.code for f in found.refused_files}
print(json.dumps([refused, took, (peak - idle) / 1024, len(found.case_file.patents)]))
"""


def measured(folder: Path, checkout: Path) -> tuple[dict[str, str], float, float, int]:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=checkout,
        timeout=120,
    )
    refused, took, megabytes, patents = json.loads(done.stdout)
    return refused, took, megabytes, patents


class TestReadFolder:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_refuses_a_hostile_file_and_reads_the_others(
        self, name: str, tmp_path: Path, checkout: Path
    ) -> None:
        make, code = HOSTILE[name]
        make(tmp_path / name)
        row = (files.number(1), "装置", "2017-07-21", "2020-05-19", "甲公司")
        files.workbook(tmp_path / "good.xlsx", [files.HEAD, row])

        refused, seconds, megabytes, patents = measured(tmp_path, checkout)

        assert refused == {name: code}
        assert patents == 1
        assert seconds < SECONDS_MAX
        assert megabytes < MEGABYTES_MAX

    def test_names_the_setting_of_a_file_that_is_too_large(self, tmp_path: Path) -> None:
        with (tmp_path / "huge.csv").open("wb") as handle:
            handle.truncate(200 * 1024 * 1024 + 1)

        (refused,) = files.intake(tmp_path).refused_files

        assert refused.reason.facts["setting"] == "intake.file_bytes_max"
        assert "intake.file_bytes_max" in catalog().text(refused.mend, "zh")

    @pytest.mark.parametrize("name", ["table.xls", "table.csv", "table.tsv"])
    def test_refuses_a_wrong_extension(self, name: str, tmp_path: Path) -> None:
        files.workbook(tmp_path / "table.xlsx", [files.HEAD])
        (tmp_path / "table.xlsx").rename(tmp_path / name)

        (refused,) = files.intake(tmp_path).refused_files

        assert refused.reason.code == "intake.file.wrong_extension"
        assert refused.reason.facts["extension"] == ".xlsx"

    @pytest.mark.parametrize("name", ["page.xls", "page.xlsx"])
    def test_refuses_a_web_page_named_as_a_workbook(self, name: str, tmp_path: Path) -> None:
        (tmp_path / name).write_text("<html><table><tr><td>1</td></tr></table></html>")

        (refused,) = files.intake(tmp_path).refused_files

        assert refused.reason.code == "intake.file.wrong_content"

    def test_takes_no_text_of_thousands_of_characters_for_a_heading(self, tmp_path: Path) -> None:
        head = ["申请号" + "（说明）" * 5_000, "申请日"]
        (tmp_path / "p.csv").write_text(files.csv_text([head, ["x", "y"]]), encoding="utf-8")

        (sheet,) = files.intake(tmp_path).sheets

        assert sheet.table == ""

    def test_refuses_a_link_that_leads_out_of_the_folder(self, tmp_path: Path) -> None:
        outside = tmp_path / "outside.csv"
        outside.write_text("a,b\n")
        inside = tmp_path / "firm"
        inside.mkdir()
        (inside / "link.csv").symlink_to(outside)
        (inside / "folder").symlink_to(tmp_path, target_is_directory=True)

        refused = files.intake(inside).refused_files

        assert {f.file: f.reason.code for f in refused} == {
            "folder": "intake.file.outside_folder",
            "link.csv": "intake.file.outside_folder",
        }

    @pytest.mark.parametrize(
        "formula", ["1+1", 'HYPERLINK("http://x.example","装置")', "SUM(B1:B9)", "[1]S!A1"]
    )
    def test_refuses_the_row_whose_number_is_a_formula(self, formula: str, tmp_path: Path) -> None:
        rows = [files.HEAD, (f"={formula}", "装置", "2017-07-21", None, "甲公司")]
        files.workbook(tmp_path / "p.xlsx", rows)

        (sheet,) = files.intake(tmp_path).sheets

        assert sheet.rows_refused == 1
        assert sheet.refused[0].reason.code == "intake.refused.formula_cell"
        assert sheet.refused[0].source.column == "A"

    def test_refuses_a_row_of_formulas_without_results_at_the_end(self, tmp_path: Path) -> None:
        """Programs that write workbooks leave the results out; a reader sees no row there."""
        book = openpyxl.Workbook()
        page = book.worksheets[0]
        page.append(list(files.HEAD))
        page.append(["=1+1", "=B1", "=C1", None, "=D1"])
        book.save(tmp_path / "list.xlsx")

        (sheet,) = files.intake(tmp_path).sheets

        assert (sheet.rows_read, sheet.rows_accepted, sheet.rows_refused) == (1, 0, 1)
        assert sheet.refused[0].reason.code == "intake.refused.formula_cell"

    def test_leaves_out_a_cell_whose_title_is_a_formula(self, tmp_path: Path) -> None:
        title = '=HYPERLINK("http://x.example","装置")'
        files.workbook(
            tmp_path / "p.xlsx",
            [files.HEAD, (files.number(1), title, "2017-07-21", None, "甲公司")],
        )

        found = files.intake(tmp_path)

        assert found.case_file.patents[0].title == ""
        assert found.sheets[0].refused[0].refuses_row is False

    @pytest.mark.parametrize(
        "text", ["=cmd|' /C calc'!A0", "+cmd|'x'!A1", "@SUM(1)", "-2+3+cmd|'x'!A0"]
    )
    def test_refuses_a_formula_written_as_text(self, text: str, tmp_path: Path) -> None:
        rows = [files.HEAD, (text, "装置", "2017-07-21", "", "甲公司")]
        (tmp_path / "p.csv").write_text(files.csv_text(rows), encoding="utf-8")

        (sheet,) = files.intake(tmp_path).sheets

        assert [cell.reason.code for cell in sheet.refused] == ["intake.refused.formula"]

    def test_says_how_to_mend_each_refusal_in_both_languages(self) -> None:
        words = catalog()
        codes = [
            code for code in words.texts if code.startswith(("intake.file.", "intake.refused."))
        ]

        assert all(words.has(f"{code.removesuffix('.mend')}.mend") for code in codes)
        assert len(codes) > 80
