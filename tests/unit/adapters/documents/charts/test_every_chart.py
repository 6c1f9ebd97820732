"""What holds for every chart, whatever it shows."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.unit.adapters.documents import sample_charts, sample_plan_charts
from zhirong.adapters.documents import document
from zhirong.adapters.documents.charts import palette
from zhirong.adapters.documents.glyphs import text_width
from zhirong.core.messages import Language

SVG = "{http://www.w3.org/2000/svg}"
Draw = Callable[[Language], bytes]
CHARTS: dict[str, Draw] = {
    name.removesuffix("_svg"): getattr(samples, name)
    for samples in (sample_charts, sample_plan_charts)
    for name in dir(samples)
    if name.endswith("_svg")
}
EVERY = pytest.mark.parametrize(
    ("draw", "lang"),
    [(draw, lang) for draw in CHARTS.values() for lang in ("zh", "en")],
    ids=[f"{name}-{lang}" for name in CHARTS for lang in ("zh", "en")],
)


def text_boxes(root: etree._Element) -> Iterator[tuple[str, float, float, float, float]]:
    for element in root.iter(f"{SVG}text"):
        words, size = element.text or "", float(element.attrib["font-size"])
        width = text_width(words, size, bold="font-weight" in element.attrib)
        x, y = float(element.attrib["x"]), float(element.attrib["y"])
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[element.attrib["text-anchor"]]
        yield words, left, y - 0.75 * size, left + width, y + 0.1 * size


def test_there_is_a_sample_of_every_chart() -> None:
    folder = Path(palette.__file__).parent
    tools = {"__init__", "palette", "canvas", "scales"}

    assert {path.stem for path in folder.glob("*.py")} - tools == set(CHARTS)


@EVERY
def test_is_well_formed_and_repeats_byte_for_byte(draw: Draw, lang: Language) -> None:
    assert etree.fromstring(draw(lang)).tag == f"{SVG}svg"
    assert draw(lang) == draw(lang)


@EVERY
def test_keeps_its_words_on_the_sheet(draw: Draw, lang: Language) -> None:
    root = etree.fromstring(draw(lang))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])

    for words, left, top, right, foot in text_boxes(root):
        assert left >= -0.5, words
        assert right <= width + 0.5, words
        assert top >= -0.5, words
        assert foot <= height + 0.5, words


@EVERY
def test_sets_no_words_over_others(draw: Draw, lang: Language) -> None:
    boxes = list(text_boxes(etree.fromstring(draw(lang))))

    for at, (words, left, top, right, foot) in enumerate(boxes):
        for other, left2, top2, right2, foot2 in boxes[at + 1 :]:
            apart = right <= left2 or right2 <= left or foot <= top2 or foot2 <= top
            assert apart, f"{words!r} lies over {other!r}"


@EVERY
def test_uses_the_house_colors_only(draw: Draw, lang: Language) -> None:
    house = {value for name, value in vars(palette).items() if name.isupper()}
    house_colors = {value for value in house if isinstance(value, str)}

    assert set(re.findall(r"#[0-9A-Fa-f]{6}", draw(lang).decode())) <= house_colors


def test_the_templates_have_the_same_colors() -> None:
    template = Path(document.__file__).parent / "templates/palette.typ"
    named = dict(re.findall(r'#let (\w+) = rgb\("(#\w{6})"\)', template.read_text("utf-8")))

    assert len(named) == 11
    for name, color in named.items():
        assert getattr(palette, name.upper()) == color


def test_dark_colors_of_words_have_enough_contrast() -> None:
    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for color in (palette.INK, palette.SECONDARY, palette.BLUE, palette.RED):
        for ground in (palette.PAPER, palette.PANEL, palette.BLUE_WASH):
            assert (luminance(ground) + 0.05) / (luminance(color) + 0.05) >= 4.5
