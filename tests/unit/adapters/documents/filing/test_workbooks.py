from datetime import date
from io import BytesIO

from python_calamine import CalamineWorkbook

from tests import filings
from zhirong.adapters.documents.filing import workbooks
from zhirong.adapters.documents.filing.deed import Speech
from zhirong.filing.office import Registry

ON = date(2026, 6, 29)
RIGHTS = tuple(filings.right(number=f"2021114346{n:02d}.X") for n in range(12))


def rows(content: bytes, sheet: int = 0) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(sheet).to_python()  # type: ignore[return-value]


class TestElectronicList:
    def test_lists_each_right_once_without_the_dot(self) -> None:
        content = workbooks.electronic_list(RIGHTS, Registry.PATENT, Speech("zh"), dated_on=ON)

        found = rows(content)

        assert found[0][:3] == ["序号", "专利号", "名称"]
        assert tuple(row[1] for row in found[1:]) == workbooks.listed_numbers(RIGHTS)
        assert found[1][1] == "202111434600X"
        assert found[12][0] == "12"

    def test_gives_the_same_bytes_again(self) -> None:
        made = [
            workbooks.electronic_list(RIGHTS, Registry.PATENT, Speech("en"), dated_on=ON)
            for _ in range(2)
        ]

        assert made[0] == made[1]


class TestFormWorkbook:
    def test_holds_the_fields_and_the_rights(self) -> None:
        content = workbooks.form_workbook(
            filings.form(), Registry.PATENT, Speech("zh"), dated_on=ON
        )

        fields = {row[0]: row[1] for row in rows(content)}
        assert fields["出质人名称"] == filings.PLEDGOR.name
        assert fields["被担保债权数额"] == "5,000,000.00 元"
        assert fields["债务履行期限止"] == "2027-06-29"
        assert rows(content, 1)[1][1] == "2021114346804"
