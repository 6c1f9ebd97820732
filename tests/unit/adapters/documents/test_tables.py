"""Lists as workbooks: what stands in the cells, and as what."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl

from zhirong.adapters.documents.tables import Table, table_workbook

DAY = date(2026, 6, 30)
TABLE = Table(
    title="还款计划",
    note="甲银行，2026-06-30 导出",
    heads=("编号", "到期日", "应还", "上限"),
    kinds=("text", "day", "yuan", "share"),
    rows=(("=1+1", date(2026, 9, 29), Decimal("45500.01"), 0.4), ("2", None, None, None)),
)


class TestTableWorkbook:
    def test_keeps_figures_figures_and_text_text(self) -> None:
        book = openpyxl.load_workbook(BytesIO(table_workbook(TABLE, dated_on=DAY)))
        rows = [[cell.value for cell in row] for row in book.active]

        assert rows[0][0] == "还款计划"
        assert rows[3] == ["编号", "到期日", "应还", "上限"]
        assert rows[4] == ["=1+1", datetime(2026, 9, 29), 45500.01, 0.4]  # noqa: DTZ001 - as read
        assert book.active["A5"].data_type == "s"
        assert rows[5] == ["2", None, None, None]

    def test_gives_the_same_bytes_for_the_same_table(self) -> None:
        assert table_workbook(TABLE, dated_on=DAY) == table_workbook(TABLE, dated_on=DAY)
