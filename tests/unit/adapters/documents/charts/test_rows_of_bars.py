"""Value by right, ranges, sales and discount rate: bars with their figures beside them."""

import re

import pytest
from lxml import etree

from tests.unit.adapters.documents import sample_charts
from zhirong.adapters.documents.charts import discount_rate, ranges
from zhirong.adapters.documents.charts.discount_rate import DiscountRateChart, RatePart
from zhirong.adapters.documents.charts.ranges import RangeRow, RangesChart
from zhirong.adapters.documents.charts.scales import Unit

SVG = "{http://www.w3.org/2000/svg}"


class TestValueByRight:
    def test_writes_value_share_and_the_rest(self) -> None:
        words = sample_charts.value_by_right_svg("zh").decode()

        for expected in ("ZL201710601860.0", "302", "20.7 %", "其余 12 件", "367"):
            assert expected in words

    def test_draws_bars_in_proportion(self) -> None:
        root = etree.fromstring(sample_charts.value_by_right_svg("zh"))
        widths = [float(box.attrib["width"]) for box in root.iter(f"{SVG}rect")]

        assert widths[0] / widths[1] == pytest.approx(302.1 / 241.8, rel=1e-3)


class TestRanges:
    def test_fills_only_the_concluded_point(self) -> None:
        dots = re.findall(r'<circle [^>]*fill="(#\w+)"', sample_charts.ranges_svg("zh").decode())

        assert dots == ["#1D4E89", "#FFFFFF", "#FFFFFF", "#FFFFFF"]

    def test_leaves_the_room_of_the_unit_free(self) -> None:
        unit = Unit(name="CNY million", divisor=1e6, decimals=2)
        rows = (RangeRow(label="value", value=16.5e6, interval=(12.3e6, 20.2e6)),)
        words = re.findall(r">([^<>]+)</", ranges.svg(RangesChart(rows=rows, unit=unit)).decode())

        assert "15" in words
        assert "20" not in words


class TestSales:
    def test_hatches_the_forecast(self) -> None:
        root = etree.fromstring(sample_charts.sales_svg("zh"))
        hatched = list(root.iter(f"{SVG}path"))

        assert len(hatched) == 5 + 1  # five years and the swatch

    def test_parts_history_from_forecast(self) -> None:
        assert sample_charts.sales_svg("zh").count(b'stroke-dasharray="2 2"') == 1


class TestDiscountRate:
    def test_ends_where_the_parts_end(self) -> None:
        parts = (RatePart(label="a", rate=0.02, text="2"), RatePart(label="b", rate=0.06, text="6"))
        chart = DiscountRateChart(parts=parts, total=RatePart(label="c", rate=0.08, text="8"))
        boxes = [
            (float(box.attrib["x"]), float(box.attrib["width"]))
            for box in etree.fromstring(discount_rate.svg(chart)).iter(f"{SVG}rect")
        ]

        assert sum(boxes[1]) == pytest.approx(sum(boxes[2]), abs=0.02)
        assert boxes[1][1] == pytest.approx(3 * boxes[0][1], abs=0.05)
