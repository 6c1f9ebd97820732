from zhirong.cli.plain_table import table_lines, width


class TestWidth:
    def test_counts_two_columns_for_a_chinese_character(self) -> None:
        assert width("年费 a") == 6


class TestTableLines:
    def test_aligns_chinese_and_numbers(self) -> None:
        rows = [("年度", "应缴"), ("9", "2,000.00"), ("10", "8.00")]
        assert table_lines(rows, right_aligned=frozenset({0, 1})) == [
            "年度      应缴",
            "----  --------",
            "   9  2,000.00",
            "  10      8.00",
        ]
