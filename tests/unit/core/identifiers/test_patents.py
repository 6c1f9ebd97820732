from pathlib import Path

import pytest
from pyarrow import parquet

from zhirong.core.identifiers import patents
from zhirong.core.identifiers.records import (
    Check,
    CheckDigitError,
    IdentifierError,
    LostDigitsError,
)

GOLDEN = (
    ("201710601862", "3"),
    ("201410264351", "3"),
    ("201710911092", "2"),
    ("202111434680", "4"),
    ("201010596747", "X"),
    ("95115608", "X"),
    ("97101765", "4"),
)


class TestCheckDigit:
    @pytest.mark.parametrize(("digits", "expected"), GOLDEN)
    def test_agrees_with_real_numbers(self, digits: str, expected: str) -> None:
        assert patents.check_digit(digits) == expected

    def test_does_not_confirm_the_sample_that_manuals_misprint(self) -> None:
        assert patents.check_digit("89103229") == "0"

    @pytest.mark.data
    def test_agrees_with_the_public_register_file(self, shared_data: Path) -> None:
        file = shared_data / "cn_invention_life_2000_2002" / "applications.parquet"
        numbers = parquet.read_table(file)["application_number"].to_pylist()
        read = [patents.read(number) for number in numbers]
        failed = [number.display for number in read if number.check is not Check.PASSED]
        assert len(read) == 2_800
        assert failed == []
        assert {number.kind for number in read} == {"invention"}


class TestRead:
    @pytest.mark.parametrize(
        "text",
        [
            "201710601862.3",
            "2017106018623",
            "ZL201710601862.3",
            "zl 2017 1 0601862. 3",
            "CN201710601862.3",
            "CNZL201710601862.3",
            "ＺＬ２０１７１０６０１８６２．３",
            "专利号：ZL201710601862.3",
            "201710601862。3",
            "\ufeff201710601862.3\u00a0",
            "'201710601862.3",
            "2017106018623.0",
            "（201710601862.3）",
        ],
    )
    def test_finds_one_number_in_every_spelling(self, text: str) -> None:
        number = patents.read(text)
        assert (number.canonical, number.display) == ("2017106018623", "201710601862.3")
        assert (number.check, number.kind, number.year) == (Check.PASSED, "invention", 2017)

    @pytest.mark.parametrize("text", ["95115608.X", "ZL95115608.x", "95115608Ⅹ", "95115608.×"])
    def test_finds_old_numbers_with_x(self, text: str) -> None:
        number = patents.read(text)
        assert (number.canonical, number.year, number.check) == ("95115608X", 1995, Check.PASSED)

    def test_computes_a_missing_check_digit_and_says_so(self) -> None:
        number = patents.read("201710601862")
        assert (number.canonical, number.check) == ("2017106018623", Check.ADDED)
        assert [warning.code for warning in number.warnings] == ["identifier.check_added"]

    def test_keeps_a_failed_check_digit_and_proposes_the_right_one(self) -> None:
        number = patents.read("201710601862.4")
        assert (number.check, number.mend) == (Check.FAILED, "201710601862.3")
        assert not number.is_sound

    @pytest.mark.parametrize(
        ("digit", "kind"),
        [
            ("1", "invention"),
            ("2", "utility_model"),
            ("3", "design"),
            ("8", "invention"),
            ("9", "utility_model"),
        ],
    )
    def test_tells_the_kind(self, digit: str, kind: str) -> None:
        assert patents.read(f"2019{digit}0000001").kind == kind

    @pytest.mark.parametrize("text", ["2.01711E+11", "2.017106018623e+12"])
    def test_refuses_powers_of_ten(self, text: str) -> None:
        with pytest.raises(LostDigitsError):
            patents.read(text)

    def test_proposes_the_number_behind_spreadsheet_noise(self) -> None:
        with pytest.raises(IdentifierError) as caught:
            patents.read("201710601862.299987793")
        assert caught.value.facts["mend"] == "201710601862.3"

    @pytest.mark.parametrize(
        "text", ["", "CN110234567B", "201740601862.3", "20171060186", "2017-06-01", "9" * 5_000]
    )
    def test_refuses_what_is_no_such_number(self, text: str) -> None:
        with pytest.raises(IdentifierError):
            patents.read(text)


class TestParse:
    def test_refuses_a_failed_check_digit(self) -> None:
        with pytest.raises(CheckDigitError) as caught:
            patents.parse("89103229.2")
        assert (caught.value.facts["expected"], caught.value.facts["given"]) == ("0", "2")


class TestPatentNumber:
    def test_puts_zl_before_the_application_number(self) -> None:
        assert patents.patent_number("95115608X") == "ZL95115608.X"
