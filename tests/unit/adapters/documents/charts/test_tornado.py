import pytest
from lxml import etree

from tests.unit.adapters.documents.sample_charts import tornado_svg
from zhirong.adapters.documents.charts.tornado import TornadoBar

SVG = "{http://www.w3.org/2000/svg}"


class TestSvg:
    def test_puts_the_widest_bar_first(self) -> None:
        texts = [text.text for text in etree.fromstring(tornado_svg("zh")).iter(f"{SVG}text")]
        labels = [
            text
            for text in texts
            if text in {"许可费率", "剩余经济寿命", "折现率", "收入增长", "技术衰减"}
        ]

        assert labels == ["许可费率", "剩余经济寿命", "折现率", "收入增长", "技术衰减"]

    def test_draws_bars_in_proportion(self) -> None:
        boxes = [
            float(box.attrib["width"])
            for box in etree.fromstring(tornado_svg("zh")).iter(f"{SVG}rect")
            if box.attrib["height"] == "12"
        ]

        assert len(boxes) == 10
        assert boxes[0] / boxes[1] == pytest.approx((1459 - 1010) / (1980 - 1459), rel=1e-3)


class TestTornadoBar:
    def test_reaches_as_far_whichever_end_is_higher(self) -> None:
        assert TornadoBar(label="a", at_low=9, at_high=4).reach == 5
