"""Real numbers, dates and classes, read back from files as firms would send them."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests import intake_files as files
from zhirong.application.case.intake_report import Intake

pytestmark = pytest.mark.data
HEAD = (
    "申请号",
    "发明名称",
    "申请日",
    "公开（公告）号",
    "公开日",
    "授权公告日",
    "主分类号",
    "IPC分类号",
    "权利要求数量",
)


@pytest.fixture(scope="module")
def applications(shared_data: Path) -> list[dict[str, Any]]:
    path = shared_data / "cn_invention_life_2000_2002" / "applications.parquet"
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows


def cells(row: dict[str, Any], *, is_text: bool) -> tuple[Any, ...]:
    def day(value: date | None, style: str) -> Any:
        if value is None:
            return "" if is_text else None
        return value.strftime(style) if is_text else value

    number = row["application_number"]
    digits = number.removeprefix("CN")
    return (
        number if is_text or digits.endswith("X") else float(digits),
        "装置",
        day(row["filing_date"], "%Y.%m.%d"),
        row["publication_number"],
        day(row["publication_date"], "%Y年%m月%d日"),
        day(row["grant_date"], "%Y%m%d"),
        row["main_ipc"],
        row["ipc_all"],
        str(row["n_claims"]) if is_text else row["n_claims"],
    )


def check(found: Intake, applications: list[dict[str, Any]]) -> None:
    (sheet,) = found.sheets
    assert (sheet.table, sheet.rows_read) == ("patents", len(applications))
    read = {patent.app_no: patent for patent in found.case_file.patents}
    assert sheet.refused == ()
    for row in applications:
        patent = read[row["application_number"].removeprefix("CN").replace(".", "")]
        assert patent.filing_date == row["filing_date"]
        assert patent.grant_date == row["grant_date"]
        assert patent.publication_date == row["publication_date"]
        assert patent.publication_no == row["publication_number"]
        assert patent.ipc is not None
        assert patent.ipc[0] == row["main_ipc"]
        assert patent.claims is not None
        assert patent.claims.total == row["n_claims"]


class TestReadFolder:
    def test_reads_chinese_applications_from_text_in_gb18030(
        self, applications: list[dict[str, Any]], tmp_path: Path
    ) -> None:
        rows = [HEAD, *(cells(row, is_text=True) for row in applications)]
        text = files.csv_text([[f'"{cell}"' for cell in row] for row in rows])
        (tmp_path / "导出.csv").write_bytes(files.as_gb18030(text))

        check(files.intake(tmp_path), applications)

    def test_reads_chinese_applications_whose_numbers_became_floats(
        self, applications: list[dict[str, Any]], tmp_path: Path
    ) -> None:
        rows = [HEAD, *(cells(row, is_text=False) for row in applications)]
        files.workbook(tmp_path / "导出.xlsx", rows)

        found = files.intake(tmp_path)

        check(found, applications)
        restored = [
            c for c in found.sheets[0].corrected if c.reason.code.endswith("zeros_restored")
        ]
        assert len(restored) > len(applications) // 3

    def test_refuses_foreign_publications_with_their_reason(
        self, shared_data: Path, tmp_path: Path
    ) -> None:
        path = shared_data / "lens_patent_exports" / "lens_records.parquet"
        records = pq.read_table(path).to_pylist()
        head = (
            "Application Number",
            "Publication Number",
            "Title",
            "Application Date",
            "Applicants",
        )
        names = (
            "application_number",
            "publication_number",
            "title",
            "application_date",
            "applicants",
        )
        rows = [head, *([record[name] for name in names] for record in records)]
        files.workbook(tmp_path / "lens.xlsx", rows)

        found = files.intake(tmp_path)

        (sheet,) = found.sheets
        assert sheet.rows_read == len(records)
        reasons = {c.source.row: c.reason.code for c in sheet.refused if c.refuses_row}
        foreign = [
            n for n, r in enumerate(records, start=2) if r["jurisdiction"] not in ("CN", "WO")
        ]
        assert len(foreign) > 1_000
        assert all(place in reasons for place in foreign)
        told = [reasons[place] for place in foreign]
        assert told.count("intake.refused.foreign_number") > len(told) * 0.9
