"""Cells as people and programs write them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from zhirong.adapters.intake.cells import readers
from zhirong.adapters.intake.cells.outcome import Bad, Cell, Value

DAY = date(2020, 1, 31)


def value(kind: str, raw: Any, **cell: str) -> Any:
    outcome = readers.read(kind, Cell(raw=raw, **cell))
    assert isinstance(outcome, Value), outcome
    return outcome.value


def notes(kind: str, raw: Any, **cell: str) -> list[str]:
    outcome = readers.read(kind, Cell(raw=raw, **cell))
    assert isinstance(outcome, Value)
    return [note.code.rpartition(".")[2] for note in outcome.notes]


def refusal(kind: str, raw: Any, **cell: str) -> str:
    outcome = readers.read(kind, Cell(raw=raw, **cell))
    assert isinstance(outcome, Bad), outcome
    return outcome.code


class TestDate:
    @pytest.mark.parametrize(
        "raw",
        [
            "2020-01-31",
            "2020.1.31",
            "2020/1/31",
            "20200131",
            20200131.0,
            "2020年1月31日",
            "２０２０年１月３１日",
            "2020-01-31 00:00:00",
            "2020-01-31T08:30:00Z",
            datetime(2020, 1, 31, 9, 30),  # noqa: DTZ001 - a workbook's dates have no zone
            DAY,
            43861.0,
            "43861",
        ],
    )
    def test_reads_the_styles_of_a_date(self, raw: Any) -> None:
        assert value("date", raw) == DAY

    @pytest.mark.parametrize(
        "raw",
        ["2020-02-30", "2020-1", "2020年", "31/01/2020", "20-1-31", "明年", 2020.0, "1200-01-01"],
    )
    def test_does_not_guess(self, raw: Any) -> None:
        assert refusal("date", raw) == "date"

    def test_notes_the_serial_of_a_spreadsheet(self) -> None:
        assert notes("date", 43861.0) == ["date_serial"]

    @pytest.mark.parametrize("raw", ["0000-00-00", "0000/00/00"])
    def test_takes_zeros_for_nothing(self, raw: str) -> None:
        assert value("date", raw) is None

    def test_reads_several(self) -> None:
        assert value("dates", "2020-01-31；2020.2.1") == (DAY, date(2020, 2, 1))


class TestPatentNumber:
    @pytest.mark.parametrize(
        "raw",
        [
            "201710601862.3",
            201710601862.3,
            2017106018623.0,
            "2017106018623",
            "ZL201710601862.3",
            "CN201710601862.3",
            "ＺＬ２０１７１０６０１８６２．３",
            " zl 2017 1 0601862.3 ",
            '="201710601862.3"',
            "'201710601862.3",
            "专利号：ZL201710601862.3",
            "201710601862",
        ],
    )
    def test_reads_the_spellings_of_a_number(self, raw: Any) -> None:
        assert value("patent_number", raw) == "2017106018623"

    @pytest.mark.parametrize("raw", [104410.9, "104410.9", "00104410.9", "CN00104410.9"])
    def test_restores_lost_zeros_only_with_a_fitting_check_digit(self, raw: Any) -> None:
        assert value("patent_number", raw) == "001044109"

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("2.01711E+11", "lost_digits"),
            ("2.01711e11", "lost_digits"),
            (201711000000.0, "lost_digits"),
            (104410.8, "lost_digits"),
            ("201710601862.299987793", "patent_number_mend"),
            ("201710601862.4", "check_digit"),
            ("CN107345678B", "publication_instead"),
            ("EP 1234567 A1", "foreign_number"),
            ("滤芯", "patent_number"),
        ],
    )
    def test_refuses_what_is_lost_or_wrong(self, raw: Any, code: str) -> None:
        assert refusal("patent_number", raw) == code

    def test_proposes_the_digit_that_fits(self) -> None:
        outcome = readers.read("patent_number", Cell(raw="201710601862.4"))

        assert isinstance(outcome, Bad)
        assert outcome.mend.facts["mend"] == "201710601862.3"

    def test_notes_a_check_digit_that_it_added(self) -> None:
        assert notes("patent_number", "201710601862") == ["check_added"]


class TestPublicationNumber:
    @pytest.mark.parametrize("raw", ["CN107345678B", "cn 107345678 b", "107345678B"])
    def test_reads_the_spellings(self, raw: str) -> None:
        assert value("publication_number", raw) == "CN107345678B"


class TestCreditCode:
    def test_keeps_a_code_that_fails_with_a_warning(self) -> None:
        assert value("credit_code", "91350211M0000XUF46") == "91350211M0000XUF46"
        assert notes("credit_code", "91350211M0000XUF46")[0] == "credit_code_check_failed"

    def test_refuses_what_is_no_code(self) -> None:
        assert refusal("credit_code", "12345") == "credit_code"


class TestAmount:
    @pytest.mark.parametrize(
        ("raw", "unit", "amount"),
        [
            (100.0, "", "100"),
            ("1,234,567.89", "", "1234567.89"),
            ("１２３．５", "万元", "1235000"),
            ("3.2亿元", "万元", "320000000"),
            ("¥1,000", "", "1000"),
            ("(1,000)", "", "-1000"),
            ("−5", "", "-5"),
            (0.1, "亿元", "10000000"),
        ],
    )
    def test_reads_exactly_in_the_unit(self, raw: Any, unit: str, amount: str) -> None:
        assert value("amount", raw, unit=unit) == Decimal(amount)

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("1,20", "number"),
            ("约100", "number"),
            ("1.2E+08", "lost_digits"),
            ("5%", "number"),
            (True, "number"),
            (float("inf"), "number"),
            (float("nan"), "number"),
            (1e300, "number"),
            ("9" * 25, "number"),
            ("9" * 50, "number"),
        ],
    )
    def test_refuses_what_is_no_amount(self, raw: Any, code: str) -> None:
        assert refusal("amount", raw) == code

    def test_notes_a_unit_of_its_own(self) -> None:
        assert notes("amount", "3.2亿元", unit="万元") == ["unit"]
        assert notes("amount", "3.2", unit="万元") == []


class TestShare:
    @pytest.mark.parametrize(
        ("raw", "unit"), [("60%", ""), ("６０％", ""), (0.6, ""), ("60", "%"), (60.0, "%")]
    )
    def test_reads_percentages_and_decimals(self, raw: Any, unit: str) -> None:
        assert value("share", raw, unit=unit) == Decimal("0.6")

    @pytest.mark.parametrize("raw", [60.0, "60", "160%", "-5%"])
    def test_refuses_what_is_not_between_nothing_and_all(self, raw: Any) -> None:
        assert refusal("share", raw) == "share"


class TestCount:
    @pytest.mark.parametrize("raw", [10.0, "10", "10项", "10.0"])
    def test_reads_counts(self, raw: Any) -> None:
        assert value("integer", raw) == 10

    @pytest.mark.parametrize("raw", [10.5, -1.0, "十", "10-12"])
    def test_refuses_what_is_no_count(self, raw: Any) -> None:
        assert refusal("integer", raw) == "number"

    @pytest.mark.parametrize("raw", [2023.0, "2023", "2023年", "2023年度", "FY2023"])
    def test_reads_years(self, raw: Any) -> None:
        assert value("year", raw) == 2023


class TestNames:
    @pytest.mark.parametrize(
        ("raw", "names"),
        [
            ("甲公司;乙大学；丙", ("甲公司", "乙大学", "丙")),
            ("甲公司、乙大学|丙", ("甲公司", "乙大学", "丙")),
            ("甲公司\n乙大学\r\n甲公司", ("甲公司", "乙大学")),
            ("甲公司，乙大学", ("甲公司", "乙大学")),
            ("张三 李四", ("张三", "李四")),
            ("ATLAS CO., LTD.; B INC", ("ATLAS CO., LTD.", "B INC")),
            ("甲（宁波）有限公司", ("甲（宁波）有限公司",)),
        ],
    )
    def test_splits_owners_and_keeps_their_spelling(self, raw: str, names: tuple[str, ...]) -> None:
        assert value("names", raw) == names

    def test_refuses_a_text_that_is_no_list_of_names(self) -> None:
        outcome = readers.read("names", Cell(raw="甲公司；" * 2_000))

        assert isinstance(outcome, Bad)
        assert outcome.code == "names_too_long"


class TestText:
    def test_takes_out_what_cannot_be_seen(self) -> None:
        assert value("text", " 装\u200b置\x07 Ａ１ ") == "装置 A1"
        assert notes("text", " 装\u200b置\x07 Ａ１ ") == ["invisible", "full_width"]

    @pytest.mark.parametrize("raw", ["－5℃装置", "-18℃冰箱(新型)", "+甲", "一种A=B的方法"])
    def test_keeps_titles_that_only_look_like_formulas(self, raw: str) -> None:
        assert value("text", raw) == raw


class TestChoice:
    @pytest.mark.parametrize("raw", ["发明专利", "发明", "invention", "发 明", 1.0])
    def test_reads_spellings(self, raw: Any) -> None:
        assert value("choice", raw, words="patent_kind") == "invention"

    def test_offers_the_choices_in_both_languages(self) -> None:
        outcome = readers.read("choice", Cell(raw="商标", words="patent_kind"))

        assert isinstance(outcome, Bad)
        assert outcome.mend.facts["options_en"] == ("invention", "utility model", "design")

    @pytest.mark.parametrize(
        ("raw", "answer"), [("是", True), ("√", True), ("无", False), (True, True)]
    )
    def test_reads_yes_and_no(self, raw: Any, answer: bool) -> None:  # noqa: FBT001 - a table's cell
        assert value("yes_no", raw) is answer

    def test_keeps_an_unknown_event_as_other(self) -> None:
        assert value("event", "某事项", words="event_kind") == "other"
        assert notes("event", "某事项", words="event_kind") == ["event_other"]


class TestStatuses:
    @pytest.mark.parametrize(
        ("raw", "kinds"),
        [
            ("授权", ["granted"]),
            ("授权 | 质押", ["granted", "pledge_registered"]),
            ("有效/授权", ["granted", "granted"]),
            ("未缴年费专利权终止，等待恢复", ["ceased_fee"]),
            ("有权-授权", ["granted", "granted"]),
            ("失效-未缴年费", ["terminated", "ceased_fee"]),
            ("专利权的终止", ["terminated"]),
            ("无效", ["terminated"]),
            ("全部无效", ["invalid_all"]),
            ("审中-实质审查", ["examination_started", "examination_started"]),
            ("视为放弃取得专利权", ["withdrawn"]),
            ("未知状态", [""]),
        ],
    )
    def test_tell_the_event_behind_each_word(self, raw: str, kinds: list[str]) -> None:
        assert [kind for _, kind in value("statuses", raw)] == kinds


class TestFactors:
    def test_reads_named_multipliers(self) -> None:
        expected = (("技术", Decimal("1.1")), ("地域", Decimal("0.95")))

        assert value("factors", "技术=1.1；地域＝0.95") == expected

    @pytest.mark.parametrize("raw", ["技术", "技术=大", "=1.1x", "技术=0", "技术=NaN"])
    def test_refuses_what_multiplies_nothing(self, raw: str) -> None:
        assert refusal("factors", raw) in ("factors", "formula")
