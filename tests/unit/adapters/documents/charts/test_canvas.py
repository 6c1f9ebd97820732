from lxml import etree

from zhirong.adapters.documents.charts.canvas import Canvas, Fill

SVG = "{http://www.w3.org/2000/svg}"


def drawn(canvas: Canvas) -> etree._Element:
    return etree.fromstring(canvas.svg())


class TestCanvas:
    def test_escapes_words(self) -> None:
        canvas = Canvas(100, 20)
        canvas.words((0, 10), "R&D <2 %>")

        assert drawn(canvas)[0].text == "R&D <2 %>"

    def test_turns_a_box_of_negative_size_over(self) -> None:
        canvas = Canvas(100, 100)
        canvas.box((50, 80), (-20, -30), Fill(color="#1D4E89"))
        box = drawn(canvas)[0].attrib

        assert (box["x"], box["y"], box["width"], box["height"]) == ("30", "50", "20", "30")

    def test_keeps_hatching_inside_the_box(self) -> None:
        canvas = Canvas(100, 100)
        canvas.box((10, 20), (30, 12), Fill(color="#12806A", hatched=True))
        path = drawn(canvas).find(f"{SVG}path")
        assert path is not None
        places = path.attrib["d"].replace("M", " ").replace("L", " ").split()

        assert all(10 <= float(x) <= 40 for x in places[::2])
        assert all(20 <= float(y) <= 32 for y in places[1::2])
        assert len(places) >= 40

    def test_writes_no_negative_zero(self) -> None:
        canvas = Canvas(10, 10)
        canvas.line((-0.001, 0.0), (1, 1), color="#1F2933")

        assert drawn(canvas)[0].attrib["x1"] == "0"
