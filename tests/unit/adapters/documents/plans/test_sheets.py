"""Rows of a plan's workbook that hold long texts."""

from zhirong.adapters.documents.plans.sheets import lines_of


class TestLinesOf:
    def test_counts_chinese_signs_twice(self) -> None:
        assert lines_of("费" * 14, 30) == 1
        assert lines_of("费" * 15, 30) == 2
        assert lines_of("f" * 28, 30) == 1

    def test_gives_one_line_to_what_is_no_text(self) -> None:
        assert lines_of(123456789012345678901234567890, 11) == 1
