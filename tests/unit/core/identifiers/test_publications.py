from pathlib import Path

import pytest
from pyarrow import parquet

from zhirong.core.identifiers import publications
from zhirong.core.identifiers.records import IdentifierError


class TestRead:
    @pytest.mark.parametrize(
        ("text", "canonical", "kind", "stage"),
        [
            ("CN110234567A", "CN110234567A", "invention", "application"),
            ("cn 110234567 b", "CN110234567B", "invention", "grant"),
            ("ＣＮ２０９８７６５４３Ｕ", "CN209876543U", "utility_model", "grant"),
            ("CN305123456S", "CN305123456S", "design", "grant"),
            ("CN1328826A", "CN1328826A", "invention", "application"),
            ("CN1100123C2", "CN1100123C2", "invention", "partly_invalid"),
            ("CN209876543U8", "CN209876543U8", "utility_model", "correction"),
            ("CN85100001A", "CN85100001A", "invention", "application"),
        ],
    )
    def test_tells_kind_and_stage(self, text: str, canonical: str, kind: str, stage: str) -> None:
        number = publications.read(text)
        assert (number.canonical, number.kind, number.stage) == (canonical, kind, stage)
        assert number.warnings == ()

    def test_warns_of_a_missing_kind_code(self) -> None:
        warnings = publications.read("CN110234567").warnings
        assert [warning.code for warning in warnings] == ["identifier.kind_code_missing"]

    def test_warns_of_a_kind_code_of_another_kind(self) -> None:
        warnings = publications.read("CN110234567U").warnings
        assert [warning.code for warning in warnings] == ["identifier.kind_code_mismatch"]

    @pytest.mark.parametrize("text", ["110234567A", "CN410234567A", "CN11023456A", "CN110234567X"])
    def test_refuses_what_is_no_such_number(self, text: str) -> None:
        with pytest.raises(IdentifierError):
            publications.read(text)

    @pytest.mark.data
    def test_reads_the_public_register_file(self, shared_data: Path) -> None:
        file = shared_data / "cn_invention_life_2000_2002" / "applications.parquet"
        numbers = parquet.read_table(file)["publication_number"].to_pylist()
        read = [publications.read(number) for number in numbers]
        assert {(number.kind, number.stage) for number in read} == {("invention", "application")}


class TestReadInternationalApplication:
    @pytest.mark.parametrize(
        ("text", "canonical", "year"),
        [
            ("PCT/CN2020/123456", "PCT/CN2020/123456", 2020),
            ("pctcn2020123456", "PCT/CN2020/123456", 2020),
            ("PCT/CN99/00012", "PCT/CN99/00012", 1999),
            ("PCT/CN02/00012", "PCT/CN02/00012", 2002),
        ],
    )
    def test_finds_year_and_form(self, text: str, canonical: str, year: int) -> None:
        number = publications.read_international_application(text)
        assert (number.canonical, number.year) == (canonical, year)


class TestReadInternationalPublication:
    @pytest.mark.parametrize(
        ("text", "canonical"),
        [
            ("WO2021/123456", "WO2021/123456"),
            ("wo 2021123456 a1", "WO2021/123456A1"),
            ("WO99/12345", "WO99/12345"),
        ],
    )
    def test_finds_the_form(self, text: str, canonical: str) -> None:
        assert publications.read_international_publication(text).canonical == canonical


class TestReadHagueRegistration:
    def test_finds_the_form(self) -> None:
        assert publications.read_hague_registration("dm218456").canonical == "DM/218456"

    def test_refuses_other_letters(self) -> None:
        with pytest.raises(IdentifierError):
            publications.read_hague_registration("DN/218456")
