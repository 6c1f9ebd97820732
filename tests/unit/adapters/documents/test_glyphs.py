from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from zhirong.adapters.documents import glyphs


@pytest.fixture(scope="module", params=["Regular", "Bold"])
def font(request: pytest.FixtureRequest) -> Iterator[TTFont]:
    with TTFont(glyphs.FONT_FOLDER / f"NotoSansSC-{request.param}.ttf", lazy=True) as opened:
        yield opened


class TestPackagedFonts:
    def test_cover_what_the_metrics_promise(self, font: TTFont) -> None:
        promised = "".join(chr(point) for point in font.getBestCmap())

        assert not glyphs.missing_glyphs(promised)

    def test_have_the_widths_that_the_metrics_promise(self, font: TTFont) -> None:
        style = font["name"].getDebugName(2)
        words = "价值 Value 1,459.00 − 元"

        units = sum(font["hmtx"][font.getBestCmap()[ord(one)]][0] for one in words)

        assert glyphs.text_width(words, 1000, bold=style == "Bold") == units

    def test_carry_family_and_weight(self, font: TTFont) -> None:
        bold = font["name"].getDebugName(2) == "Bold"

        assert font["name"].getDebugName(1) == glyphs.FAMILY
        assert font["OS/2"].usWeightClass == (700 if bold else 400)

    def test_come_with_their_license(self) -> None:
        text = (glyphs.FONT_FOLDER / "OFL.txt").read_text(encoding="utf-8")

        assert "SIL Open Font License, Version 1.1" in text

    def test_cover_gb2312_but_for_33_rare_hanzi(self) -> None:
        pairs = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
        hanzi = "".join(pair.decode("gb2312", "ignore") for pair in pairs)

        assert len(hanzi) == 6763
        assert len(glyphs.missing_glyphs(hanzi)) == 33

    def test_cover_signs_elements_and_given_names(self) -> None:
        signs = "〔〕（）：；−–—→←↑↓■●▲◆○①⑩×÷≤≥≈±βσΔΣ%‰·…“”‘’㎡℃〓"

        assert not glyphs.missing_glyphs(signs + "钕钐镝铽铪喆淏湜堉珵翀赟")


class TestMissingGlyphs:
    def test_names_each_character_once(self) -> None:
        assert glyphs.missing_glyphs("𠮷𠮷田") == {"𠮷"}

    def test_leaves_control_characters_alone(self) -> None:
        assert glyphs.missing_glyphs("a\tb\nc\u200b") == frozenset()


class TestPrintable:
    def test_leaves_covered_text_as_it_is(self) -> None:
        assert glyphs.printable("估值\n1,459") == "估值\n1,459"

    def test_keeps_rare_characters_for_other_fonts(self) -> None:
        assert glyphs.printable("𠮷\x07", keep_rare=True) == "𠮷"


class TestFallbackFonts:
    def test_finds_regular_and_bold_of_the_machine(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Thin.ttc", "Other-Regular.ttf"):
            (tmp_path / name).touch()
        monkeypatch.setattr(glyphs, "SYSTEM_FONT_FOLDERS", (tmp_path, tmp_path / "none"))

        assert glyphs.fallback_fonts() == (tmp_path / "NotoSansCJK-Regular.ttc",)
