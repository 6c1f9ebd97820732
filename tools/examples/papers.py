"""Papers that a firm hands in beside its tables: one page each, plainly marked as made up."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import typst

from zhirong.adapters.documents import glyphs

_PAGE = """
#set page(paper: "a4", margin: 3cm)
#set text(font: "Noto Sans SC", size: 11pt, lang: "zh")
#align(center, text(size: 18pt, weight: "bold", {title}))
#v(1cm)
#{firm}

#{day}

#v(1cm)
#{notice}
"""
_DAY = "2026-06-24"
_NOTICE = "本文件为虚构示例，不对应任何真实的企业、权利或事实。"


def write(folder: Path, firm: str, names: Iterable[str]) -> None:
    """A paper for each name; those of an earlier run that nobody names are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = dict.fromkeys(names)
    for old in folder.iterdir():
        if old.name not in wanted:
            old.unlink()
    for name in wanted:
        (folder / name).write_bytes(page(name.removesuffix(".pdf"), firm))


def page(title: str, firm: str) -> bytes:
    """A PDF of one page; the same bytes on every run of one release of typst."""
    texts = {"title": title, "firm": firm, "day": _DAY, "notice": _NOTICE}
    quoted = {name: f'"{text}"' for name, text in texts.items()}
    pdf = typst.compile(
        _PAGE.format(**quoted).encode(), format="pdf", font_paths=_fonts(), timestamp=0
    )
    assert isinstance(pdf, bytes), "one PDF file is one piece of bytes"
    return pdf


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(glyphs.FONT_FOLDER)],
    )
