"""A document as PDF bytes: one warm typst compiler, the packaged fonts, the packaged templates.

The same document gives the same bytes: no clock (`timestamp=0`; the report's own date is part of
the document), no fonts of the machine unless a character needs one, no files outside the template
folder.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import typst

from zhirong.adapters.documents import glyphs
from zhirong.core.errors import ModelError

TEMPLATES = Path(__file__).parent / "templates"
PDF_STANDARD: Final = "a-2b"


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


def typeset(template: str, document: Mapping[str, object]) -> bytes:
    """The PDF (PDF/A-2b) of a document.

    Args:
        template: Name of the template file in the package's template folder.
        document: Content as plain values (text, numbers, lists, mappings); see docs/documents.md.

    Raises:
        TypesettingError: The template asks for what the document does not hold.
    """
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, allow_nan=False)
    compiler = _compiler(with_fallback=bool(glyphs.missing_glyphs(text)))
    try:
        pdf = compiler.compile(
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
