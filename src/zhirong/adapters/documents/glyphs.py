"""What the packaged fonts can show: characters covered, and the width of a line of text.

The fonts are Noto Sans SC, regular and bold (see tools/make_fonts.py). A character that they do not
hold is taken from a Noto CJK or Source Han font of the machine where there is one, and else printed
as a missing sort; a report says which characters these are.
"""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONT_FOLDER = Path(__file__).parent / "fonts"
FAMILY = "Noto Sans SC"
SYSTEM_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
FALLBACK_NAMES = ("NotoSansCJK-*.ttc", "NotoSansCJK*.otf", "SourceHanSans*.ttc")
MISSING_SORT = "\u3013"
_EM = 1000


@dataclass(frozen=True, slots=True)
class _Metrics:
    covered: frozenset[int]
    widths: Mapping[str, Mapping[int, int]]


@cache
def _metrics() -> _Metrics:
    stored = json.loads((FONT_FOLDER / "metrics.json").read_text(encoding="utf-8"))
    covered = frozenset(
        point for first, last in stored["covered"] for point in range(first, last + 1)
    )
    widths = {
        style: {int(point): width for point, width in table.items()}
        for style, table in stored["widths"].items()
    }
    return _Metrics(covered, widths)


def missing_glyphs(text: str) -> frozenset[str]:
    """The characters of `text` that the packaged fonts have no glyph for.

    >>> sorted(missing_glyphs("估值 1,459 万元 − ▲ 𠮷"))
    ['𠮷']
    """
    covered = _metrics().covered
    return frozenset(
        character
        for character in set(text)
        if ord(character) not in covered and not unicodedata.category(character).startswith("C")
    )


def printable(text: str, *, keep_rare: bool = False) -> str:
    r"""The text as the packaged fonts can print it.

    A character without a glyph becomes the geta mark 〓, the printers' sign for a missing sort
    (`keep_rare` leaves it, for a font of the machine); control characters are left out, a tab is a
    space.

    >>> printable("𠮷田\t机械")
    '〓田 机械'
    """
    covered = _metrics().covered
    odd = [one for one in set(text) if ord(one) not in covered and one != "\n"]
    if not odd:
        return text
    replaced: dict[int, str] = {}
    for character in odd:
        if unicodedata.category(character).startswith("C"):
            replaced[ord(character)] = " " if character == "\t" else ""
        elif not keep_rare:
            replaced[ord(character)] = MISSING_SORT
    return text.translate(replaced)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of text at a font size, in the unit of the size.

    >>> round(text_width("价值", 10.5), 6)
    21.0
    """
    widths = _metrics().widths["bold" if bold else "regular"]
    return sum(widths.get(ord(character), _EM) for character in text) * size / _EM


def fallback_fonts() -> tuple[Path, ...]:
    """The files of the machine's own Noto CJK or Source Han Sans, regular and bold; often none."""
    found = {
        path
        for folder in SYSTEM_FONT_FOLDERS
        if folder.is_dir()
        for pattern in FALLBACK_NAMES
        for path in folder.rglob(pattern)
        if path.stem.endswith(("-Regular", "-Bold"))
    }
    return tuple(sorted(found))
