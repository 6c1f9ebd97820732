import numpy as np
import pytest

from tests.unit.adapters.documents.sample_charts import cells, distribution_svg
from zhirong.adapters.documents.charts import distribution


class TestDensity:
    def test_holds_all_probability(self) -> None:
        values = np.array(cells())
        grid = np.linspace(0, values.max() * 1.5, 2_001)

        heights = distribution.density(values, grid)

        assert float(heights.sum() * (grid[1] - grid[0])) == pytest.approx(1.0, abs=2e-3)

    def test_loses_nothing_at_zero(self) -> None:
        values = np.linspace(0.0, 1.0, 200)
        grid = np.linspace(0, 2, 2_001)

        heights = distribution.density(values, grid)

        assert float(heights.sum() * (grid[1] - grid[0])) == pytest.approx(1.0, abs=5e-3)

    def test_peaks_near_the_mode(self) -> None:
        values = np.array(cells())
        grid = np.linspace(0, values.max(), 501)

        peak = grid[int(np.argmax(distribution.density(values, grid)))]

        assert 1_100e4 < peak < 1_500e4


class TestSvg:
    def test_names_marks_and_interval(self) -> None:
        words = distribution_svg("zh").decode()

        for expected in ("市场价值", "1,459", "质押谨慎值 P20", "80 % 区间 980 – 2,140", "万元"):
            assert expected in words

    def test_shows_what_cannot_be_sold_only_where_there_is_such_a_chance(self) -> None:
        assert "无法变现" not in distribution_svg("zh").decode()
        assert "无法变现 5.0 %" in distribution_svg("zh", zeros=10).decode()

    def test_stands_a_value_that_is_certain(self) -> None:
        chart = distribution.DistributionChart(
            cells=(5e6,) * 200,
            unit=distribution.Unit(name="万元", divisor=10_000),
            interval=(5e6, 5e6),
            interval_text="500 – 500",
            marks=(),
        )

        assert b"500 \xe2\x80\x93 500" in distribution.svg(chart)
