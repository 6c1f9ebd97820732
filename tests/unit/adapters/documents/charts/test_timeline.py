from datetime import date

from lxml import etree

from tests.unit.adapters.documents.sample_charts import timeline_svg
from zhirong.adapters.documents.charts import timeline
from zhirong.adapters.documents.charts.canvas import SMALL
from zhirong.adapters.documents.charts.timeline import TimelineChart, TimelineEvent

SVG = "{http://www.w3.org/2000/svg}"


class TestSvg:
    def test_names_each_event_and_today(self) -> None:
        words = timeline_svg("zh").decode()

        for expected in ("申请", "授权", "质押登记", "年费未缴", "届满", "基准日", "2027"):
            assert expected in words

    def test_shows_what_blocks_by_its_shape_too(self) -> None:
        squares = [
            box
            for box in etree.fromstring(timeline_svg("zh")).iter(f"{SVG}rect")
            if box.attrib["width"] == "5.6"
        ]

        assert len(squares) == 1

    def test_lays_labels_on_paper_over_the_lines_of_others(self) -> None:
        parts = list(etree.fromstring(timeline_svg("zh")))
        paper = [at for at, part in enumerate(parts) if part.attrib.get("height") == "9"]
        thin = [at for at, part in enumerate(parts) if part.attrib.get("stroke-width") == "0.5"]

        assert len(paper) == timeline_svg("zh").decode().count("<circle") + 1  # and a square
        assert max(thin) < min(paper)

    def test_keeps_the_last_year_inside(self) -> None:
        chart = TimelineChart(
            start=date(2020, 1, 24),
            end=date(2040, 1, 23),
            today=date(2026, 6, 30),
            today_word="基准日",
            events=(),
        )
        drawing = etree.fromstring(timeline.svg(chart, width=400))
        last = next(part for part in drawing.iter(f"{SVG}text") if part.text == "2040")

        assert float(last.attrib["x"]) + SMALL.width("2040") / 2 <= 402

    def test_stands_a_term_that_is_over(self) -> None:
        chart = TimelineChart(
            start=date(2005, 1, 1),
            end=date(2014, 12, 31),
            today=date(2026, 6, 30),
            today_word="基准日",
            events=(TimelineEvent(on=date(2005, 1, 1), label="申请"),),
        )

        assert "基准日" in timeline.svg(chart).decode()
