"""Scores and values inside the exports of each tool become evidence, with whose and where."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import intake_files as files
from zhirong.adapters.intake.workbook_report import write_intake
from zhirong.application.case.case_file import Exported, ThirdPartyValue
from zhirong.application.case.intake_report import HeadingUse, Intake

ONE = files.number(1)
DAY = date(2026, 6, 28)
ROW = (ONE, "装置", "2017-07-21", "2020-05-19", "甲公司")


def export(folder: Path, name: str, heads: tuple[str, ...], *rows: tuple[Any, ...]) -> Intake:
    """An export with further columns behind the usual ones."""
    full = [(*ROW, *more) for more in rows]
    files.workbook(folder / name, [(*files.HEAD, *heads), *full])
    return files.intake(folder)


def only(found: Intake) -> ThirdPartyValue:
    (value,) = found.case_file.third_party_values
    return value


def exported(found: Intake) -> Exported:
    value = only(found).exported
    assert value is not None
    return value


# File, heading, cell → provider, kind, score, scale, amount, currency.
EXPORTS = {
    "incopat": (
        ("incoPat导出_20260628.xlsx", "合享价值度", "9"),
        ("合享 incoPat", "vendor_score", Decimal(9), "1-10", None, None),
    ),
    "incopat part": (
        ("incoPat导出_20260628.xlsx", "技术先进性", 7),
        ("合享 incoPat", "vendor_score", Decimal(7), "1-10", None, None),
    ),
    "incopat scope": (
        ("incoPat导出_20260628.xlsx", "保护范围", 6),
        ("合享 incoPat", "vendor_score", Decimal(6), "1-10", None, None),
    ),
    "patsnap dollars": (
        ("智慧芽导出_20260628.xlsx", "专利价值（美元）", "12,000"),
        ("智慧芽 PatSnap", "vendor_value", None, None, Decimal(12_000), "USD"),
    ),
    "patsnap english": (
        ("PatSnap_20260628.xlsx", "Patent Value (USD)", 12_000),
        ("智慧芽 PatSnap", "vendor_value", None, None, Decimal(12_000), "USD"),
    ),
    "patsnap sign in heading": (
        ("智慧芽导出_20260628.xlsx", "专利价值($)", 12_000),
        ("智慧芽 PatSnap", "vendor_value", None, None, Decimal(12_000), "USD"),
    ),
    "patsnap yuan": (
        ("智慧芽导出_20260628.xlsx", "专利价值", "￥1,200,000"),
        ("智慧芽 PatSnap", "vendor_value", None, None, Decimal(1_200_000), None),
    ),
    "himmpat": (
        ("HimmPat-20260628.xlsx", "专利评分", "8/10"),
        ("HimmPat", "vendor_score", Decimal(8), "0-10", None, None),
    ),
    "patyee": (
        ("壹专利_20260628.xlsx", "价值评分", "★★★☆☆"),
        ("壹专利", "vendor_score", Decimal(3), "0-5", None, None),
    ),
    "innojoy": (
        ("导出_20260628.xlsx", "DPI", 61.5),
        ("大为 innojoy", "vendor_score", Decimal("61.5"), None, None, None),
    ),
    "cnipr": (
        ("CNIPR_20260628.xlsx", "专利强度", "★★★"),
        ("CNIPR", "vendor_score", Decimal(3), None, None, None),
    ),
    "patentics": (
        ("导出_20260628.xlsx", "专利度", 12),
        ("Patentics", "vendor_score", Decimal(12), None, None, None),
    ),
    "baiten": (
        ("佰腾_20260628.xlsx", "法律价值度", "89.8%"),
        ("佰腾", "vendor_score", Decimal("89.8"), "0-100", None, None),
    ),
    "unknown": (
        ("专利清单_20260628.xlsx", "估值（万元）", 35),
        ("", "vendor_value", None, None, Decimal(350_000), None),
    ),
}


class TestBuild:
    @pytest.mark.parametrize("name", EXPORTS)
    def test_keeps_what_each_tool_writes(self, tmp_path: Path, name: str) -> None:
        (file, heading, cell), expected = EXPORTS[name]

        found = export(tmp_path, file, (heading,), (cell,))

        value, own = only(found), exported(found)
        assert (
            *(value.provider, value.kind, value.score),
            *(own.scale, value.amount, own.currency),
        ) == expected
        assert (own.heading, value.scope) == (heading, found.case_file.patents[0].app_no)
        assert (value.valued_on, own.dated_by) == (DAY, "export")
        assert value.source is not None
        place = (value.source.file, value.source.sheet, value.source.row, value.source.column)
        assert place == (file, "Sheet1", 2, "F")

    def test_takes_an_empty_cell_for_nothing(self, tmp_path: Path) -> None:
        found = export(tmp_path, "incoPat导出.xlsx", ("合享价值度",), (None,))

        assert not found.case_file.third_party_values
        assert not found.sheets[0].refused

    def test_refuses_only_the_cell_that_is_no_score(self, tmp_path: Path) -> None:
        found = export(tmp_path, "incoPat导出.xlsx", ("合享价值度",), ("见附件",))

        (cell,) = found.sheets[0].refused
        assert (cell.field, cell.original) == ("incopat_value_degree", "见附件")
        assert not cell.refuses_row
        assert len(found.case_file.patents) == 1

    def test_uses_no_stored_result_of_a_formula(self, tmp_path: Path) -> None:
        found = export(tmp_path, "incoPat导出.xlsx", ("合享价值度",), ("=5+4",))

        assert not found.case_file.third_party_values
        assert found.sheets[0].refused[0].reason.code == "intake.refused.formula_cell"

    def test_leaves_a_text_on_the_scope_of_protection_alone(self, tmp_path: Path) -> None:
        found = export(tmp_path, "台账.xlsx", ("保护范围",), ("一种阀门",))

        assert not found.sheets[0].refused
        assert found.sheets[0].columns[-1].use is HeadingUse.NOT_NEEDED

    def test_prefers_the_day_that_the_vendor_states(self, tmp_path: Path) -> None:
        heads = ("合享价值度", "估值日期")
        found = export(tmp_path, "incoPat导出_20260628.xlsx", heads, (9, "2026-03-31"))

        assert (only(found).valued_on, exported(found).dated_by) == (date(2026, 3, 31), "vendor")

    def test_says_that_a_score_bears_no_date(self, tmp_path: Path) -> None:
        found = export(tmp_path, "incoPat导出.xlsx", ("合享价值度",), (9,))

        assert only(found).valued_on is None
        codes = [notice.code for notice in found.notices]
        assert "intake.notice.vendor_values_undated" in codes

    def test_keeps_the_same_score_of_two_rows_of_a_right_once(self, tmp_path: Path) -> None:
        found = export(tmp_path, "incoPat导出_20260628.xlsx", ("合享价值度",), (9,), (9,))

        assert only(found).score == Decimal(9)

    def test_says_plainly_that_the_provider_is_unknown(self, tmp_path: Path) -> None:
        found = export(tmp_path, "清单_20260628.xlsx", ("专利评分",), (80,))

        assert only(found).provider == ""
        codes = [notice.code for notice in found.notices]
        assert "intake.notice.vendor_values_unknown" in codes

    def test_maps_a_heading_of_the_house(self, tmp_path: Path) -> None:
        line = "内部评级: patents.patent_score\n"
        (tmp_path / "headings.yaml").write_text(line, encoding="utf-8")

        found = export(tmp_path, "清单_20260628.xlsx", ("内部评级",), ("AA",))

        assert (exported(found).written, only(found).score) == ("AA", None)

    def test_is_accounted_for_in_the_report(self, tmp_path: Path) -> None:
        found = export(tmp_path, "incoPat导出_20260628.xlsx", ("合享价值度",), (9,))
        write_intake(found, tmp_path / "report.xlsx", "zh")

        column = found.sheets[0].columns[-1]
        assert (column.use, column.field) == (HeadingUse.EVIDENCE, "incopat_value_degree")
        book = openpyxl.load_workbook(tmp_path / "report.xlsx")
        cells = {str(cell.value) for sheet in book for row in sheet for cell in row}
        assert "第三方证据" in cells
        assert any("1 项评分或估值" in cell for cell in cells)
