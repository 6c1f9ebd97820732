"""Make the two TTF files of src/zhirong/adapters/documents/fonts, once, from two npm packages.

The packages hold the OFL fonts Noto Sans SC and Noto Sans cut into small woff2 files for web pages.
This script joins the cuts: the whole simplified-Chinese cut, the symbols, circled digits and rarer
hanzi of the numbered cuts (inventors' names and chemical elements need them), and the Greek letters
of Noto Sans (formulas need them). Run it in an empty folder, with fonttools and brotli installed
beside the project's own environment:

    npm pack @fontsource/noto-sans-sc@5 @fontsource/noto-sans@5
    mkdir sc latin
    tar xzf fontsource-noto-sans-sc-5*.tgz -C sc && tar xzf fontsource-noto-sans-5*.tgz -C latin
    python CHECKOUT/tools/make_fonts.py sc/package latin/package CHECKOUT

The result depends on the packages only: no clock goes into the files. Beside the fonts it writes
`metrics.json` (the characters that both files cover, and the widths of those that are not one em
wide), so that the product measures text and finds missing glyphs without reading the fonts.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

WEIGHTS = {400: "Regular", 700: "Bold"}
FAMILY = "Noto Sans SC"
WANTED_RANGES = (
    (0x0020, 0x024F),  # Latin
    (0x0370, 0x03FF),  # Greek
    (0x2000, 0x23FF),  # punctuation, currency, arrows, mathematics, technical
    (0x2460, 0x27BF),  # enclosed digits, box drawing, shapes, dingbats
    (0x2B00, 0x2BFF),  # more shapes
    (0x3000, 0x33FF),  # Chinese punctuation, enclosed and squared characters
    (0x3400, 0x9FFF),  # hanzi
    (0xF900, 0xFFEF),  # compatibility and full-width forms
)
OPENTYPE_EPOCH_SECONDS = 2_082_844_800  # 1970-01-01 counted from 1904-01-01


def cuts(chinese: Path, latin: Path, weight: int) -> Iterator[Path]:
    """The files to take characters from, in order of preference."""
    files = chinese / "files"
    yield files / f"noto-sans-sc-latin-ext-{weight}-normal.woff2"
    yield from sorted(files.glob(f"noto-sans-sc-[0-9]*-{weight}-normal.woff2"))
    yield latin / "files" / f"noto-sans-greek-{weight}-normal.woff2"


def is_wanted(codepoint: int) -> bool:
    """Whether reports may need the character."""
    return any(first <= codepoint <= last for first, last in WANTED_RANGES)


def take(target: TTFont, source: TTFont) -> None:
    """Add to `target` the characters of `source` that it has not."""
    mapped = target.getBestCmap()
    names: dict[str, str] = {}
    for codepoint, glyph in sorted(source.getBestCmap().items()):
        if codepoint in mapped or not is_wanted(codepoint):
            continue
        name = f"uni{codepoint:04X}"
        if glyph not in names:
            names[glyph] = name
            copy(target, source, glyph, name)
        for table in target["cmap"].tables:
            if table.isUnicode() and codepoint <= 0xFFFF:
                table.cmap[codepoint] = names[glyph]


def copy(target: TTFont, source: TTFont, glyph: str, name: str) -> None:
    """Copy one outline with its widths; accents on letters become one outline."""
    outline = source["glyf"][glyph]
    if outline.isComposite():
        recorded = DecomposingRecordingPen(source.getGlyphSet())
        source.getGlyphSet()[glyph].draw(recorded)
        pen = TTGlyphPen(None)
        recorded.replay(pen)
        outline = pen.glyph()
    if name in target.getGlyphOrder():
        raise SystemExit(f"{name} is there already.")
    target.setGlyphOrder([*target.getGlyphOrder(), name])
    target["glyf"].glyphs[name] = outline
    target["glyf"].glyphOrder = target.getGlyphOrder()
    target["hmtx"].metrics[name] = source["hmtx"].metrics[glyph]
    if "vmtx" in target:
        tall = source["vmtx"].metrics[glyph] if "vmtx" in source else (1000, 0)
        target["vmtx"].metrics[name] = tall


def rename(font: TTFont, weight: int) -> None:
    """Give the file its family, weight and style names; the web cuts all say Thin."""
    style = WEIGHTS[weight]
    texts = {
        1: FAMILY,
        2: style,
        3: f"{FAMILY} {style}, cut for Zhirong",
        4: f"{FAMILY} {style}",
        6: f"{FAMILY.replace(' ', '')}-{style}",
    }
    for record in list(font["name"].names):
        if record.nameID in {16, 17, 25} or record.nameID > 255:
            font["name"].names.remove(record)
    for number, text in texts.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    bold = weight == 700
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | (0b100000 if bold else 64)
    font["head"].macStyle = 1 if bold else 0
    font["head"].created = font["head"].modified = OPENTYPE_EPOCH_SECONDS


def make(chinese: Path, latin: Path, weight: int, folder: Path) -> TTFont:
    """Write one TTF and hand it back."""
    base = chinese / "files" / f"noto-sans-sc-chinese-simplified-{weight}-normal.woff2"
    font = TTFont(base, recalcTimestamp=False)
    for path in cuts(chinese, latin, weight):
        take(font, TTFont(path))
    for tag in ("STAT", "DSIG"):
        if tag in font:
            del font[tag]
    rename(font, weight)
    font.flavor = None
    path = folder / f"NotoSansSC-{WEIGHTS[weight]}.ttf"
    font.save(path)
    print(f"{path.name}: {len(font.getBestCmap()):,} characters, {path.stat().st_size:,} bytes")
    return font


def spans(codepoints: list[int]) -> list[list[int]]:
    """Ascending codepoints as closed ranges [first, last]."""
    found: list[list[int]] = []
    for codepoint in codepoints:
        if found and found[-1][1] == codepoint - 1:
            found[-1][1] = codepoint
        else:
            found.append([codepoint, codepoint])
    return found


def metrics(fonts: dict[int, TTFont]) -> dict[str, object]:
    """What the product needs to know of the fonts: coverage, and widths in thousandths of an em."""
    covered = sorted(set.intersection(*(set(font.getBestCmap()) for font in fonts.values())))
    widths = {
        WEIGHTS[weight].lower(): {
            str(codepoint): font["hmtx"][font.getBestCmap()[codepoint]][0]
            for codepoint in covered
            if font["hmtx"][font.getBestCmap()[codepoint]][0] != font["head"].unitsPerEm
        }
        for weight, font in fonts.items()
    }
    return {"covered": spans(covered), "widths": widths}


def main() -> None:
    """Read the two packages and write fonts and license into the checkout."""
    chinese, latin, checkout = (Path(argument) for argument in sys.argv[1:4])
    folder = checkout / "src/zhirong/adapters/documents/fonts"
    folder.mkdir(parents=True, exist_ok=True)
    fonts = {weight: make(chinese, latin, weight, folder) for weight in WEIGHTS}
    text = json.dumps(metrics(fonts), separators=(",", ":"))
    (folder / "metrics.json").write_text(text + "\n", encoding="utf-8")
    shutil.copyfile(chinese / "LICENSE", folder / "OFL.txt")


if __name__ == "__main__":
    main()
