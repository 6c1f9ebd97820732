import pytest

from tests.unit.adapters.documents.sample_charts import radar_svg
from zhirong.adapters.documents.charts import radar
from zhirong.adapters.documents.charts.radar import RadarAxis, RadarChart


def chart(count: int) -> RadarChart:
    axes = tuple(RadarAxis(label=f"a{at}", score=50.0, text="50.0") for at in range(count))
    return RadarChart(axes=axes, word="x")


class TestSvg:
    @pytest.mark.parametrize("count", [2, 9])
    def test_refuses_too_few_and_too_many_axes(self, count: int) -> None:
        with pytest.raises(AssertionError):
            radar.svg(chart(count))

    @pytest.mark.parametrize("count", [3, 8])
    def test_draws_three_to_eight(self, count: int) -> None:
        assert radar.svg(chart(count)).count(b"<circle") == count

    def test_writes_each_number(self) -> None:
        words = radar_svg("zh").decode()

        assert all(number in words for number in ("82.0", "71.5", "64.0", "77.0", "58.5"))

    def test_draws_what_is_compared_only_where_all_axes_have_it(self) -> None:
        assert b"stroke-dasharray" in radar_svg("zh")
        assert b"stroke-dasharray" not in radar.svg(chart(5))
