"""Spelling of numbers: full-width characters, odd dots, labels around, spreadsheet noise."""

import re
import unicodedata

from zhirong.core.identifiers.records import IdentifierError, LostDigitsError

# Ideographic full stop, middle dots, katakana dot, small full stop: typed where a dot is meant.
_DOTS = dict.fromkeys(map(ord, "\u3002\u00b7\u2022\u30fb\u2027\u2024\uff61\uff65"), ".")
# The multiplication signs and the Cyrillic and Greek letters are read as the check digit X.
_LETTERS = {0x00D7: "X", 0x2715: "X", 0x0425: "X", 0x0445: "X", 0x03A7: "X", 0x03C7: "X"}
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), "")
_LABEL = r"\u3400-\u9fff\uf900-\ufaff"  # CJK ideographs: labels such as "patent no."
_EDGE = re.compile(rf"^[{_LABEL}\s:;,.'\"#()\[\]-]+|[{_LABEL}\s:;,.'\"()\[\]-]+$")
# No number of any scheme comes near this, labels included; longer texts are not looked at.
LENGTH_MAX = 100
_POWER_OF_TEN = re.compile(r"\d(\.\d+)?E\+?\d+")


def tidied(text: str) -> str:
    """The text in half-width capitals, with plain dots and dashes, without labels around it.

    >>> tidied(" ｚｌ２０１７１０６０１８６２．３ ")
    'ZL201710601862.3'
    """
    plain = text.translate(_DOTS | _LETTERS | _DASHES | _INVISIBLE)
    plain = unicodedata.normalize("NFKC", plain).upper()
    return _EDGE.sub("", plain)


def compact(text: str) -> str:
    """The tidied text without any space inside.

    Raises:
        LostDigitsError: The text is a number in powers of ten.
        IdentifierError: The text is too long to be a number.
    """
    if len(text) > LENGTH_MAX:
        raise IdentifierError(f"{text[:LENGTH_MAX]}...", scheme="any")
    plain = re.sub(r"\s+", "", tidied(text))
    if _POWER_OF_TEN.fullmatch(plain):
        raise LostDigitsError(text, scheme="any")
    return plain
