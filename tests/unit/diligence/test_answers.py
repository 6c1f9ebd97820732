"""Typed answers."""

from datetime import date

import pytest

from zhirong.diligence.answers import chosen, read_date
from zhirong.parameters.reader import table


class TestChosen:
    @pytest.mark.parametrize("text", ["是", "Yes", " y ", "１", "同意"])
    def test_reads_yes(self, text: str) -> None:
        assert chosen(text, ("yes", "no")) == "yes"

    @pytest.mark.parametrize("text", ["", "  ", None, "see letter", "不是"])
    def test_reads_nothing_out_of_other_words(self, text: str | None) -> None:
        assert chosen(text, ("yes", "no")) is None

    def test_reads_the_side_in_a_lawsuit(self) -> None:
        sides = ("none", "plaintiff", "defendant", "both")

        assert [chosen(text, sides) for text in ("无", "原告", "Defendant", "均有")] == list(sides)

    def test_reads_an_option_of_each_question(self) -> None:
        for row in table("diligence_questions").values():
            for option in row.get("options", ()):
                assert chosen(option, tuple(row["options"])) == option


class TestReadDate:
    @pytest.mark.parametrize(
        "text", ["2026-06-30", "2026/6/30", "2026年6月30日", "20260630", "2026-06-30 00:00:00"]
    )
    def test_reads_a_day(self, text: str) -> None:
        assert read_date(text) == date(2026, 6, 30)

    @pytest.mark.parametrize("text", ["2026-02-30", "June", "", None, "2026-06"])
    def test_reads_no_day_out_of_other_words(self, text: str | None) -> None:
        assert read_date(text) is None
