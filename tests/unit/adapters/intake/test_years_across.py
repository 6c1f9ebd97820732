"""Tables whose years stand along the head."""

from decimal import Decimal
from pathlib import Path

from tests import intake_files as files


class TestRead:
    def test_reads_sales_whose_years_stand_along_the_head(self, tmp_path: Path) -> None:
        rows = [
            ("分产品销售（单位：万元）",),
            ("产品编号", "产品名称", "2023年", "2024年度", 2025),
            ("P1", "泵", 100, "1,110.5", None),
            ("P2", "阀", 10, "停产", 30),
            ("P3", "锅", None, None, None),
            ("合计", None, 110, 1_110.5, 30),
        ]
        files.workbook(tmp_path / "s.xlsx", rows, sheet="产品销售")

        found = files.intake(tmp_path)

        sales = {(s.product, s.year): s.sales for s in found.case_file.sales}
        assert sales == {
            ("P1", 2023): Decimal(1_000_000),
            ("P1", 2024): Decimal(11_105_000),
            ("P2", 2023): Decimal(100_000),
            ("P2", 2025): Decimal(300_000),
        }
        (sheet,) = found.sheets
        assert (sheet.rows_read, sheet.rows_accepted, sheet.rows_refused) == (3, 2, 1)
        assert [(c.source.place(), c.refuses_row) for c in sheet.refused] == [
            ("s.xlsx | 产品销售 | 4 | D", False),
            ("s.xlsx | 产品销售 | 5 | C", True),
        ]
        assert found.case_file.sales[1].source.column == "D"

    def test_joins_the_amounts_of_a_year_along_the_head(self, tmp_path: Path) -> None:
        rows = [
            ("产品", "2024年销售额（万元）", "2024年开票金额（元）"),
            ("泵", 2, 19_000),
        ]
        files.workbook(tmp_path / "a.xlsx", rows)
        rows = [
            ("产品", "项目", "2022", "2023"),
            ("泵", "销售额（万元）", 2, 3),
            ("泵", "增值税申报销售额（元）", 19_000, 29_000),
            ("泵", "销量（台）", 5, 6),
            ("阀", "增值税申报销售额（元）", 1, None),
        ]
        files.workbook(tmp_path / "b.xlsx", rows)

        found = files.intake(tmp_path)

        assert [(s.year, s.sales, s.vat_sales) for s in found.case_file.sales] == [
            (2024, Decimal(20_000), Decimal(19_000)),
            (2022, Decimal(20_000), Decimal(19_000)),
            (2023, Decimal(30_000), Decimal(29_000)),
        ]
        _, sheet = found.sheets
        assert (sheet.rows_accepted, sheet.rows_refused) == (2, 1)
        assert [aside.reason for aside in sheet.set_aside] == ["not_needed"]
