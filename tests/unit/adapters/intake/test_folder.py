"""A folder as firms send it: every file and row accounted for, and read where it can be."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests import intake_files as files
from zhirong.adapters.intake.folder import FolderError
from zhirong.application.case.intake_report import RowOutcome
from zhirong.rights.events import EventKind
from zhirong.rights.records import PatentKind

ONE, TWO, THREE = "201710601862.3", files.number(2), files.number(3, kind=2)


def canonical(number: str) -> str:
    return number.replace(".", "")


class TestReadFolder:
    def test_reads_a_messy_export(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        page.append(["甲公司专利清单（截至2026年6月）"])
        page.merge_cells("A1:H1")
        page.append([])
        page.append(
            [
                "序号",
                "申请（专利）号",
                "发明名称：",
                "申请日",
                "授权公告日",
                "申请（专利权）人",
                "专利类型",
                "经办",
            ]
        )
        page.append([1, float(ONE), "装置", "2017.7.21", 43970, "甲公司；乙大学", "发明专利", "张"])
        page.append(
            [2, f"ＺＬ{TWO}", "装置二", "2017年8月1日", "20200101", "甲公司\n丙公司", None, "李"]
        )
        page.append([3, THREE, "装置三", "2017/9/2", "2018-03-04", "甲公司", "实用新型", "王"])
        page.merge_cells("F6:F7")
        page.append([4, files.number(4), "装置四", date(2017, 9, 3), None, None, None, "王"])
        page.append(["合计", "4件"])
        page.append(["注：数据来自专利局"])
        book.save(tmp_path / "清单.xlsx")

        found = files.intake(tmp_path)

        (sheet,) = found.sheets
        assert (sheet.table, sheet.rows_total, sheet.rows_read) == ("patents", 9, 4)
        assert [aside.reason for aside in sheet.set_aside] == ["title", "blank", "total", "note"]
        assert sheet.unknown_headings == ("经办",)
        first, second, third, fourth = found.case_file.patents
        assert first.app_no == canonical(ONE)
        assert (first.filing_date, first.grant_date) == (date(2017, 7, 21), date(2020, 5, 19))
        assert [owner.name for owner in first.owners] == ["甲公司", "乙大学"]
        assert second.filing_date == date(2017, 8, 1)
        assert [owner.name for owner in second.owners] == ["甲公司", "丙公司"]
        assert third.kind is PatentKind.UTILITY_MODEL
        assert [owner.name for owner in fourth.owners] == ["甲公司"]
        assert first.source is not None
        assert (first.source.file, first.source.sheet, first.source.row) == (
            "清单.xlsx",
            "Sheet",
            4,
        )
        assert len(first.source.sha256) == 64

    def test_keeps_the_original_text_of_what_it_corrects(self, tmp_path: Path) -> None:
        files.workbook(tmp_path / "p.xlsx", [files.HEAD, (ONE, "装置", 42937, 43970, "甲公司")])

        (sheet,) = files.intake(tmp_path).sheets

        assert sheet.rows[0].outcome is RowOutcome.CORRECTED
        assert [(cell.original, cell.read_as) for cell in sheet.corrected] == [
            ("42937", "2017-07-21"),
            ("43970", "2020-05-19"),
        ]

    def test_refuses_a_row_with_place_reason_and_mend(self, tmp_path: Path) -> None:
        wrong = ONE[:-1] + ("0" if ONE[-1] != "0" else "1")
        rows = [
            files.HEAD,
            (wrong, "装置", "2017-07-21", None, "甲公司"),
            (TWO, "乙", None, None, "甲"),
        ]
        files.workbook(tmp_path / "p.xlsx", rows)

        found = files.intake(tmp_path)

        (sheet,) = found.sheets
        check, missing = sheet.refused
        assert check.reason.code == "intake.refused.check_digit"
        assert check.mend.facts["mend"] == ONE
        assert (check.source.row, check.source.column) == (2, "A")
        assert missing.reason.code == "intake.refused.missing"
        assert missing.reason.facts["field_zh"] == "申请日"
        assert (found.rows_read, found.rows_accepted, found.rows_refused) == (2, 0, 2)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", "\t", ";"])
    def test_reads_text_in_any_encoding(
        self, encoding: str, delimiter: str, tmp_path: Path
    ) -> None:
        rows = [files.HEAD, (ONE, "装置，㐀", "2017-07-21", "2020-05-19", "甲公司")]
        text = "".join(delimiter.join(row) + "\r\n" for row in rows)
        (tmp_path / "p.csv").write_bytes(text.encode(encoding))

        (patent,) = files.intake(tmp_path).case_file.patents

        assert patent.title == "装置，㐀"

    def test_reads_an_old_workbook(self, tmp_path: Path) -> None:
        row = (float(ONE), "装置", date(2017, 7, 21), "2020-05-19", "甲公司")
        files.old_workbook(tmp_path / "p.xls", [files.HEAD, row])

        (patent,) = files.intake(tmp_path).case_file.patents

        assert patent.app_no == canonical(ONE)
        assert patent.filing_date == date(2017, 7, 21)

    def test_makes_one_right_of_its_application_and_its_grant(self, tmp_path: Path) -> None:
        head = ("申请号", "标题", "申请日", "公开(公告)号", "公开(公告)日", "当前权利人")
        rows = [
            head,
            (ONE, "装置", "2017-07-21", "CN107345678A", "2017-12-01", "甲公司"),
            (ONE, "装置", "2017-07-21", "CN107345678B", "2020-05-19", "甲公司"),
        ]
        files.workbook(tmp_path / "p.xlsx", rows)

        found = files.intake(tmp_path)

        (patent,) = found.case_file.patents
        assert (patent.publication_no, patent.grant_publication_no) == (
            "CN107345678A",
            "CN107345678B",
        )
        assert (patent.publication_date, patent.grant_date) == (
            date(2017, 12, 1),
            date(2020, 5, 19),
        )
        assert found.rows_accepted == 2

    def test_refuses_a_row_that_contradicts_another(self, tmp_path: Path) -> None:
        rows = [
            files.HEAD,
            (ONE, "装置", "2017-07-21", "2020-05-19", "甲公司"),
            (ONE, "装置", "2017-07-22", "2020-05-19", "甲公司"),
        ]
        files.workbook(tmp_path / "p.xlsx", rows)

        (sheet,) = files.intake(tmp_path).sheets

        (cell,) = sheet.refused
        assert cell.reason.code == "intake.refused.conflict"
        assert cell.reason.facts["known"] == "2017-07-21"

    @pytest.mark.parametrize(
        ("cells", "code"),
        [
            ((ONE, "装置", "2017-07-21", "2017-01-01", "甲"), "before_filing"),
            ((ONE, "装置", "2018-01-01", "2020-01-01", "甲"), "filing_year"),
            ((ONE, "装置", "2017-07-21", "2020-13-01", "甲"), "date"),
            (("2.01711E+11", "装置", "2017-07-21", None, "甲"), "lost_digits"),
            ((201711000000, "装置", "2017-07-21", None, "甲"), "lost_digits"),
            (("CN107345678B", "装置", "2017-07-21", None, "甲"), "publication_instead"),
            (("US 2015/0012345 A1", "装置", "2017-07-21", None, "甲"), "foreign_number"),
            ((None, "装置", "2017-07-21", None, "甲"), "missing"),
        ],
    )
    def test_refuses_what_cannot_be_true(
        self, cells: tuple[object, ...], code: str, tmp_path: Path
    ) -> None:
        files.workbook(tmp_path / "p.xlsx", [files.HEAD, cells])

        found = files.intake(tmp_path)

        assert found.sheets[0].refused[0].reason.code == f"intake.refused.{code}"
        assert found.case_file.patents == ()

    def test_turns_the_end_of_a_right_into_an_event(self, tmp_path: Path) -> None:
        head = (*files.HEAD, "当前法律状态", "失效日")
        rows = [
            head,
            (ONE, "装置", "2017-07-21", "2020-05-19", "甲", "未缴年费终止失效", "2025-07-21"),
            (TWO, "装置", "2017-07-21", "2020-05-19", "甲", "失效", None),
            (files.number(5), "装置", "2017-07-21", "2020-05-19", "甲", "授权 | 质押", None),
        ]
        files.workbook(tmp_path / "p.xlsx", rows)

        found = files.intake(tmp_path)

        dated, undated = found.case_file.events
        assert (dated.kind, dated.true_on) == (EventKind.CEASED_FEE, date(2025, 7, 21))
        assert (undated.kind, undated.true_on) == (EventKind.TERMINATED, files.ON)
        assert found.notices[0].code == "intake.notice.encumbrance"

    @pytest.mark.parametrize(
        ("granted", "word", "kind"),
        [
            ("2020-05-19", "失效-未缴年费", EventKind.CEASED_FEE),
            ("2020-05-19", "无效", EventKind.TERMINATED),
            (None, "失效", EventKind.WITHDRAWN),  # never granted: nothing that could lapse
            (None, "驳回失效", EventKind.REJECTED),
        ],
    )
    def test_says_of_an_end_no_more_than_its_word(
        self, granted: str | None, word: str, kind: EventKind, tmp_path: Path
    ) -> None:
        rows = [(*files.HEAD, "法律状态"), (ONE, "装置", "2017-07-21", granted, "甲", word)]
        files.workbook(tmp_path / "p.xlsx", rows)

        (told,) = files.intake(tmp_path).case_file.events

        assert told.kind is kind

    def test_dates_an_export_by_its_name_where_its_rows_bear_no_date(self, tmp_path: Path) -> None:
        one = (ONE, "装置", "2017-07-21", "2020-05-19", "甲", "")
        two = (TWO, "装置", "2017-07-21", "2020-05-19", "甲", "2026-06-01")
        rows = [(*files.HEAD, "数据日期"), one, two]
        files.workbook(tmp_path / "incoPat导出_20260520.xlsx", rows)

        found = files.intake(tmp_path).case_file.patents

        assert [right.as_of for right in found] == [date(2026, 5, 20), date(2026, 6, 1)]

    def test_reads_accounts_that_run_across_in_their_unit(self, tmp_path: Path) -> None:
        rows = [
            ("主要财务数据", None, "单位：人民币万元"),
            ("项目", "2023年", "2024年度", 2025),
            ("一、营业收入", 100, "1,110.5", "（12.5）"),
            ("净利润", 10, None, "暂无"),
        ]
        files.workbook(tmp_path / "财务.xlsx", rows, sheet="财务")

        found = files.intake(tmp_path)

        (sheet,) = found.sheets
        assert sheet.is_transposed
        assert sheet.rows_total == 4
        accounts = found.case_file.accounts
        assert [account.year for account in accounts] == [2023, 2024, 2025]
        assert [account.revenue for account in accounts] == [
            Decimal(1_000_000),
            Decimal(11_105_000),
            Decimal(-125_000),
        ]
        assert accounts[1].net_profit is None
        assert sheet.notices == ()

    def test_keeps_shares_in_brackets_apart_from_the_names(self, tmp_path: Path) -> None:
        owners = "甲（中国）公司（60%）；乙大学(40％)"
        row = (files.number(1), "装置", "2017-07-21", "2020-05-19", owners)
        files.workbook(tmp_path / "a.xlsx", [files.HEAD, row])

        found = files.intake(tmp_path)

        (right,) = found.case_file.patents
        assert [(o.name, o.share) for o in right.owners] == [
            ("甲（中国）公司", Decimal("0.6")),
            ("乙大学", Decimal("0.4")),
        ]
        assert found.sheets[0].corrected[0].original == owners

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("共12件", "total"),
            ("总共 3 项", "total"),
            ("本页合计：1件", "total"),
            ("以上数据截至2026-06-30", "note"),
            ("审核：李四", "note"),
        ],
    )
    def test_sets_rows_aside_that_close_a_table(
        self, text: str, reason: str, tmp_path: Path
    ) -> None:
        row = (files.number(1), "装置", "2017-07-21", "2020-05-19", "甲公司")
        files.workbook(tmp_path / "a.xlsx", [files.HEAD, row, (text,)])

        (sheet,) = files.intake(tmp_path).sheets

        assert [aside.reason for aside in sheet.set_aside] == [reason]
        assert sheet.rows_refused == 0

    def test_says_when_no_unit_is_stated(self, tmp_path: Path) -> None:
        files.workbook(tmp_path / "f.xlsx", [("年度", "营业收入"), (2025, 100)])

        (sheet,) = files.intake(tmp_path).sheets

        assert sheet.notices[0].code == "intake.notice.unit_assumed"
        assert sheet.columns[1].is_unit_assumed

    def test_refuses_amounts_in_foreign_money(self, tmp_path: Path) -> None:
        files.workbook(tmp_path / "f.xlsx", [("年度", "营业收入（美元）"), (2025, 100)])

        (sheet,) = files.intake(tmp_path).sheets

        assert sheet.refused[0].reason.code == "intake.refused.foreign_currency"

    def test_joins_the_years_of_two_sheets(self, tmp_path: Path) -> None:
        files.workbook(tmp_path / "a.xlsx", [("年度", "营业收入（元）"), (2025, 100)])
        files.workbook(
            tmp_path / "b.xlsx", [("年度", "营业收入（元）", "总资产（元）"), (2025, 100, 7)]
        )

        (account,) = files.intake(tmp_path).case_file.accounts

        assert (account.revenue, account.total_assets) == (Decimal(100), Decimal(7))

    def test_lets_sheets_name_a_product_by_its_name(self, tmp_path: Path) -> None:
        files.workbook(tmp_path / "a.xlsx", [("产品编号", "产品名称"), ("P1", "净水器")])
        files.workbook(
            tmp_path / "b.xlsx", [("产品名称", "年度", "销售额（万元）"), ("净水器", 2025, 8)]
        )

        (sales,) = files.intake(tmp_path).case_file.sales

        assert (sales.product, sales.sales) == ("P1", Decimal(80_000))

    def test_keeps_folders_inside_as_documents(self, tmp_path: Path) -> None:
        files.workbook(tmp_path / "p.xlsx", [files.HEAD, (ONE, "装置", "2017-07-21", None, "甲")])
        inside = tmp_path / "证明"
        inside.mkdir()
        files.workbook(inside / "q.xlsx", [files.HEAD, (TWO, "装置", "2017-07-21", None, "甲")])
        (tmp_path / "合同_20260105.pdf").write_bytes(b"%PDF-1.4")

        found = files.intake(tmp_path)

        assert len(found.case_file.patents) == 1
        assert {d.file: d.as_of for d in found.documents} == {
            "合同_20260105.pdf": date(2026, 1, 5),
            "证明/q.xlsx": None,
        }

    def test_leaves_its_own_output_alone(self, tmp_path: Path) -> None:
        out = tmp_path / "out"
        out.mkdir()
        (out / "x.pdf").write_bytes(b"%PDF")
        files.workbook(tmp_path / "p.xlsx", [files.HEAD, (ONE, "装置", "2017-07-21", None, "甲")])

        assert files.intake(tmp_path, exclude=(out,)).documents == ()

    def test_sets_every_row_of_a_strange_sheet_aside(self, tmp_path: Path) -> None:
        files.workbook(tmp_path / "x.xlsx", [("菜单", "价格"), ("面", 12)])

        found = files.intake(tmp_path)

        (sheet,) = found.sheets
        assert (sheet.table, sheet.rows_read, len(sheet.set_aside)) == ("", 0, 2)
        assert sheet.unknown_headings == ("菜单", "价格")
        assert sheet.notices[0].code == "intake.notice.not_recognized"

    def test_says_when_there_is_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(FolderError):
            files.intake(tmp_path / "none")

    def test_takes_the_commonest_owner_for_the_firm(self, tmp_path: Path) -> None:
        rows = [files.HEAD] + [
            (files.number(n), "装置", "2017-07-21", None, owner)
            for n, owner in enumerate(("乙", "甲", "甲"), start=1)
        ]
        files.workbook(tmp_path / "p.xlsx", rows)

        found = files.intake(tmp_path)

        assert found.case_file.firm.name == "甲"
        assert found.notices[-1].code == "intake.notice.firm_from_owners"
