"""A list of rights is taken in: every row is entered, refused with its reason, or set aside."""

import io

import pytest
from openpyxl import Workbook

from tests.pledges import PledgeHouse
from tests.unit.platform.desks.clients import browser
from zhirong.platform.documents.services import NewFile
from zhirong.platform.filing import held
from zhirong.platform.filing.held_lists import RightsListError, lists_of, take_list
from zhirong.platform.filing.models import HeldRight, RightsList

HEADS = (
    "权利类型",
    "注册号",
    "商标名称",
    "类别",
    "注册日",
    "有效期至",
    "注册人",
    "确认价值（万元）",
)
ROWS = (
    ("商标", "12345678", "甲牌", "7", "2015-05-07", "2035-05-06", "甲公司", "200"),
    ("商标", "12345679", "乙牌", "7；9", "不知道", "2035-05-06", "甲公司", "200"),
    ("软件著作权", "2020SR0012345", "控制软件", "", "2020-01-02", "2070-12-31", "甲公司", "80.5"),
    ("数据知识产权", "33020260001", "缺陷数据", "", "2026-01-05", "2029-01-04", "甲公司", "60"),
    ("发明", "2018100000015", "一种阀", "", "2020-03-04", "2038-01-01", "甲公司", "100"),
    ("商标", "12345678", "甲牌", "7", "2015-05-07", "2035-05-06", "甲公司", "200"),
    ("商标", "12345680", "丙牌", "99", "2015-05-07", "2035-05-06", "甲公司", "200"),
    ("合计", "", "", "", "", "", "", "840.5"),
)


def workbook(*rows: tuple[str, ...]) -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (("质押权利清单",), HEADS, *rows):
        sheet.append(row)
    book.save(buffer)
    return buffer.getvalue()


def listed(*rows: tuple[str, ...]) -> bytes:
    return "\n".join(",".join(row) for row in (HEADS, *rows)).encode()


def brought(house: PledgeHouse, number: str, content: bytes, name: str = "rights.xlsx") -> int:
    file = NewFile(name=name, content=content, media_type="application/octet-stream")
    return held.bring(number, (file,), actor=house.clerk)[0].pk


class TestTakeList:
    @pytest.mark.parametrize("name", ["rights.xlsx", "rights.csv"])
    def test_enters_what_can_be_and_explains_the_rest(self, house: PledgeHouse, name: str) -> None:
        number = house.contracted().number
        content = workbook(*ROWS) if name.endswith("xlsx") else listed(*ROWS)
        document = brought(house, number, content, name)

        take_list(number, document, actor=house.clerk)

        entered = {right.number: right for right in HeldRight.objects.all()}
        assert set(entered) == {"12345678", "2020SR0012345", "33020260001"}
        assert entered["2020SR0012345"].value_fen == 80_500_000
        assert {right.extract_id for right in entered.values()} == {document}
        (line,) = lists_of(number, house.firm)
        assert (line.rows_total, line.entered) == (7, 3)
        codes = {row.row - line.rows[0].row: row.reasons[0].code for row in line.refused}
        assert codes == {
            1: "intake.refused.date",
            4: "error.held_right.patent",
            5: "error.held_right.twice",
            6: "error.held_right.classes",
        }
        assert any("合计" in row.text for row in line.aside)

    def test_enters_what_was_mended_when_it_is_taken_in_again(self, house: PledgeHouse) -> None:
        number = house.contracted().number
        take_list(number, brought(house, number, workbook(*ROWS)), actor=house.clerk)
        mended = (*ROWS[1][:4], "2016-06-07", *ROWS[1][5:])

        take_list(number, brought(house, number, workbook(mended)), actor=house.clerk)

        assert HeldRight.objects.get(number="12345679").classes == [7, 9]
        assert [line.entered for line in lists_of(number, house.clerk)] == [1, 3]

    @pytest.mark.parametrize(
        ("content", "name", "reason"),
        [
            (b"%PDF-1.7 extract", "rights.pdf", "file"),
            ("甲,乙\n1,2\n".encode(), "rights.csv", "headings"),
        ],
    )
    def test_takes_no_other_file(
        self, house: PledgeHouse, content: bytes, name: str, reason: str
    ) -> None:
        number = house.contracted().number
        document = brought(house, number, content, name)

        with pytest.raises(RightsListError) as wrong:
            take_list(number, document, actor=house.clerk)

        assert wrong.value.facts["reason"] == f"error.rights_list.{reason}"
        assert not RightsList.objects.exists()

    @pytest.mark.parametrize(("lang", "why"), [("zh-hans", "日期"), ("en", "date")])
    def test_is_shown_row_by_row(self, house: PledgeHouse, lang: str, why: str) -> None:
        number = house.contracted().number
        page = f"/matters/{number}/registration/rights/"
        file = io.BytesIO(workbook(*ROWS))
        file.name = "list.xlsx"

        shown = browser(house.clerk, lang=lang).post(f"{page}list/", {"brought": file}, follow=True)

        text = shown.content.decode()
        assert "不知道" in text
        assert "list.xlsx" in text
        assert HeldRight.objects.count() == 3
        assert why in text
