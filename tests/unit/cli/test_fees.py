import json
from pathlib import Path
from typing import Any

import pytest

from zhirong.cli.main import main

GOLDEN = ("--filed", "2018-03-15", "--granted", "2021-07-20", "--paid-through", "4")


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = main(["fees", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


class TestOnePatent:
    def test_meets_the_golden_vector(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, document = answered(
            capsys, "--kind", "invention", *GOLDEN, "--on", "2022-05-20", "--lang", "en"
        )
        assert code == 0
        (right,) = document["patents"]
        assert (right["patent_year"], right["stage"]) == (5, "grace")
        assert right["next"]["full"] == "1200.00"
        assert right["next"]["late_fee"] == "120.00"
        assert right["next"]["total"] == "1320.00"
        assert right["last_day"] == "2038-03-14"
        assert len(right["remaining"]) == 16

    def test_says_by_exit_code_that_a_right_has_lapsed(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, document = answered(
            capsys,
            "--number",
            "ZL201810000000.X",
            *GOLDEN,
            "--on",
            "2022-12-01",
            "--notice-received",
            "2022-11-01",
        )
        assert code == 1
        (right,) = document["patents"]
        assert (right["stage"], right["lapsed_on"]) == ("lapsed", "2022-03-15")
        assert right["restoration"]["total"] == "2500.00"
        assert right["restoration"]["request_by"] == "2023-01-03"

    def test_takes_the_kind_from_the_number(self, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = ("--number", "202120000000", "--filed", "2021-03-15", "--reduction", "single")
        granted = ("--granted", "2021-09-01", "--paid-through", "1", "--on", "2022-03-01")
        code, document = answered(capsys, *arguments, *granted)
        (right,) = document["patents"]
        assert (code, right["kind"]) == (0, "utility_model")
        assert right["next"]["payable"] == "90.00"

    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize("on", ["2022-03-01", "2022-05-20", "2022-12-01", "2040-01-01"])
    def test_prints_words(self, on: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
        main(["fees", "--kind", "design", *GOLDEN, "--on", on, "--lang", lang])
        printed = capsys.readouterr().out
        assert "2018-03-15" in printed
        assert ("年费" in printed) is (lang == "zh")

    @pytest.mark.parametrize(
        "arguments",
        [
            ("--filed", "2018-03-15"),
            ("--kind", "invention"),
            ("--kind", "invention", "--filed", "2018-13-15"),
            ("--kind", "invention", "--filed", "2018-03-15", "--paid-through", "4"),
            ("--number", "201710601862.4", "--filed", "2017-07-21"),
            ("--kind", "invention", "--filed", "2018-03-15", "--on", "tomorrow"),
            ("--csv", "no-such-file.csv"),
            ("--csv", "no-such-file.csv", "--number", "201710601862.3"),
            ("--number", "201710601862.3", "--filed", "2018-07-21"),
            ("--number", "201710601862.3", "--filed", "2017-07-21", "--kind", "design"),
            ("--kind", "invention", "--filed", "2018-03-15", "--granted", "2017-03-15"),
            ("--kind", "invention", "--filed", "2018-03-15", "--on", "2017-03-15"),
            ("--kind", "design", *GOLDEN[:4], "--paid-through", "11"),
        ],
    )
    def test_refuses_a_wrong_call_in_words(
        self, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["fees", *arguments, "--lang", "zh"]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "。" in printed.err or "：" in printed.err


class TestList:
    ROWS = (
        "申请号,专利类型,申请日,授权公告日,已缴年度,费减\n"
        "ZL201710601862.3,发明,2017年7月21日,2020.05.19,第9年,无\n"
        "２０２１２０００００００,实用新型,20210315,2021/9/1,5,85%\n"
        ",,,,,\n"
        "201710601862.4,发明,2017-07-21,,,\n"
        "201710601862.3,发明,,,,\n"
    )

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
    def test_reads_every_row_or_says_why_not(
        self, encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "list.csv"
        file.write_bytes(self.ROWS.encode(encoding))
        code, document = answered(capsys, "--csv", str(file), "--on", "2026-01-05")
        assert code == 1
        numbers = [right["number"] for right in document["patents"]]
        assert numbers == ["2017106018623", "2021200000007"]
        assert document["patents"][0]["paid_through"] == 9
        assert document["patents"][1]["next"]["payable"] == "180.00"
        assert [row["line"] for row in document["refused"]] == [5, 6]
        assert [row["code"] for row in document["refused"]] == [
            "error.check_digit",
            "error.fee_fact_missing",
        ]
        assert document["columns_not_read"] == []

    def test_finds_the_headings_below_a_title_in_any_delimiter(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "list.csv"
        rows = (
            "某公司专利年费清单\t\t\t\t\n"
            "专利号（ZL）\t申请日期\t授权日\t年费已缴至\t经办\n"
            "201710601862.3\t2017-07-21\t2020-05-19\t9\t张三\n"
            "合计\t1件\t\t\t\n"
        )
        file.write_text(rows, encoding="utf-8")
        code, document = answered(capsys, "--csv", str(file), "--on", "2026-01-05")
        assert code == 0
        assert [right["paid_through"] for right in document["patents"]] == [9]
        assert document["columns_not_read"] == ["经办"]

    def test_refuses_only_the_row_that_contradicts_itself(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "list.csv"
        rows = (
            "申请号,申请日,授权公告日,年费已缴至\n"
            "201710601862.3,2018-07-21,,\n"
            "201710601862.3,2017-07-21,2017-05-19,\n"
            "201710601862.3,2017-07-21,2020-05-19,21\n"
            "202720000000,2027-01-05,,\n"
            "201710601862.3,2017-07-21,2020-05-19,9\n"
        )
        file.write_text(rows, encoding="utf-8")
        code, document = answered(capsys, "--csv", str(file), "--on", "2026-01-05")
        assert (code, len(document["patents"])) == (1, 1)
        assert [row["line"] for row in document["refused"]] == [2, 3, 4, 5]
        assert {row["code"] for row in document["refused"]} == {"error.fee_fact_clash"}

    def test_names_the_setting_that_a_file_breaks(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "list.csv"
        with file.open("wb") as handle:
            handle.truncate(200 * 1024 * 1024 + 1)
        assert main(["fees", "--csv", str(file)]) == 2
        assert "intake.file_bytes_max" in capsys.readouterr().err
        file.write_text("申请号,申请日\n" + "x" * 2_000_000, encoding="utf-8")
        assert main(["fees", "--csv", str(file)]) == 2
        assert "intake.limits.row_chars" in capsys.readouterr().err

    def test_prints_one_line_a_right(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "list.csv"
        file.write_text(self.ROWS, encoding="utf-8")
        assert main(["fees", "--csv", str(file), "--on", "2026-01-05", "--lang", "zh"]) == 1
        printed = capsys.readouterr().out
        assert "201710601862.3" in printed
        assert "第 5 行" in printed

    @pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\x00\x01", b"\xff\xff\xff"])
    def test_refuses_what_is_no_list(
        self, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "list.csv"
        file.write_bytes(data)
        assert main(["fees", "--csv", str(file)]) == 2
        assert "list.csv" in capsys.readouterr().err
