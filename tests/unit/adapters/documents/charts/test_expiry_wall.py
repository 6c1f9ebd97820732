import re

from tests.unit.adapters.documents.sample_charts import expiry_wall_svg
from zhirong.adapters.documents.charts import expiry_wall
from zhirong.adapters.documents.charts.expiry_wall import ExpiryWallChart, Kind, Maturity


def wall(maturity: Maturity | None) -> str:
    chart = ExpiryWallChart(
        years=(2026, 2027, 2028),
        kinds=(Kind(label="发明", counts=(1, 0, 3)), Kind(label="外观", counts=(2, 0, 1))),
        count_word="件",
        maturity=maturity,
    )
    return expiry_wall.svg(chart).decode()


class TestSvg:
    def test_writes_the_sum_above_each_year_that_has_one(self) -> None:
        bold = re.findall(r'font-weight="700">(\d+)<', wall(None))

        assert bold == ["3", "4"]

    def test_keeps_the_words_of_a_late_maturity_on_the_sheet(self) -> None:
        words = wall(Maturity(year=2028.9, text="贷款到期 2028-11"))

        assert re.search(r'text-anchor="end" fill="#B42318"[^>]*>贷款到期 2028-11', words)

    def test_draws_no_line_without_a_loan(self) -> None:
        assert "#B42318" not in wall(None)
        assert "#B42318" in expiry_wall_svg("zh").decode()

    def test_tells_the_kinds_apart_without_color(self) -> None:
        styles = {(fill.hatched, bool(fill.outline), fill.color) for fill in expiry_wall.FILLS}

        assert len({style[:2] for style in styles}) == 3
        assert len(styles) == 6
