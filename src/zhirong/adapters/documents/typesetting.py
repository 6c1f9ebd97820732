"""A document as PDF bytes: one warm typst compiler, the packaged fonts, the packaged templates.

The same document gives the same bytes: no clock (`timestamp=0`; the report's own date is part of
the document), no fonts of the machine unless a character needs one, no files outside the template
folder.
"""

import json
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import typst

from zhirong.adapters.documents import glyphs
from zhirong.core.errors import ModelError

TEMPLATES = Path(__file__).parent / "templates"
PDF_STANDARD: Final = "a-2b"
_NO_GLYPH = "could not be displayed with font"
# A compiler serves one caller at a time and refuses a second one; a worker has several threads.
_ONE_AT_A_TIME = threading.Lock()


class TypesettingError(ModelError):
    """The template and the document do not fit; the text names the line of the template."""

    code = "error.typesetting"

    def __init__(self, template: str, diagnostic: str) -> None:
        super().__init__(
            f"The template {template} could not be set with this document:\n{diagnostic}",
            template=template,
            diagnostic=diagnostic,
        )


@cache
def _compiler(*, with_fallback: bool) -> typst.Compiler:
    folders: list[Path] = [glyphs.FONT_FOLDER]
    if with_fallback:
        folders += sorted({path.parent for path in glyphs.fallback_fonts()})
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


def _printable(value: object, *, keep_rare: bool) -> object:
    if isinstance(value, str):
        return glyphs.printable(value, keep_rare=keep_rare)
    if isinstance(value, Mapping):
        return {key: _printable(item, keep_rare=keep_rare) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item, keep_rare=keep_rare) for item in value]
    return value


def _compiled(template: str, document: Mapping[str, object], *, keep_rare: bool) -> bytes:
    cleaned = _printable(document, keep_rare=keep_rare)
    text = json.dumps(cleaned, ensure_ascii=False, sort_keys=True, allow_nan=False)
    try:
        with _ONE_AT_A_TIME:
            pdf = _compiler(with_fallback=keep_rare).compile(
                input=str(TEMPLATES / template),
                format="pdf",
                sys_inputs={"document": text},
                pdf_standards=[PDF_STANDARD],
                timestamp=0,
            )
    except typst.TypstError as error:
        raise TypesettingError(template, str(error.diagnostic)) from error
    assert isinstance(pdf, bytes), "one PDF file is one piece of bytes"
    return pdf


def typeset(template: str, document: Mapping[str, object]) -> bytes:
    """The PDF (PDF/A-2b) of a document.

    PDF/A refuses a character without a glyph. So rare characters are first tried with the
    machine's own fonts, where there are any, and printed as missing sorts where those fail too.

    Args:
        template: Name of the template file in the package's template folder.
        document: Content as plain values (text, numbers, lists, mappings); see docs/documents.md.

    Raises:
        TypesettingError: The template asks for what the document does not hold.
    """
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    if glyphs.missing_glyphs(text) and glyphs.fallback_fonts():
        try:
            return _compiled(template, document, keep_rare=True)
        except TypesettingError as error:
            if _NO_GLYPH not in str(error.facts["diagnostic"]):
                raise
    return _compiled(template, document, keep_rare=False)
