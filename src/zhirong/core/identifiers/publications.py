"""Publication numbers, international applications and registrations.

Since 2010-04: CN, nine digits of which the first is the kind, and a kind code; from 1989 seven
digits; from 1985 the application number itself (eight digits).
"""

import re

from zhirong.core.identifiers.records import Identifier, IdentifierError, Scheme
from zhirong.core.identifiers.spelling import compact
from zhirong.core.messages import Message

_KINDS = {"1": "invention", "2": "utility_model", "3": "design"}
_CN = re.compile(r"CN\.?([123]\d{8}|[123]\d{6}|8[5-8][123]\d{5})\.?([ABCUYSD][1-9]?)?")
_PCT = re.compile(r"PCT/?([A-Z]{2})/?(\d{4}|\d{2})/?(\d{6}|\d{5})")
_WO = re.compile(r"WO/?(\d{4}|\d{2})/?(\d{6}|\d{5})(A[1-9]?)?")
_HAGUE = re.compile(r"DM/?(\d{5,6})")
# First letter of the kind code, and what it stands for.
_LETTER_KIND = {
    "A": "invention",
    "B": "invention",
    "C": "invention",
    "U": "utility_model",
    "Y": "utility_model",
    "S": "design",
    "D": "design",
}


def stage(kind_code: str) -> str:
    """What a kind code says of the document: application, grant, partly_invalid, correction.

    >>> stage("A"), stage("B"), stage("C3"), stage("U8")
    ('application', 'grant', 'partly_invalid', 'correction')
    """
    if not kind_code:
        return ""
    letter, digit = kind_code[0], kind_code[1:]
    if digit in ("8", "9"):
        return "correction"
    if digit and letter in "CYS":
        return "partly_invalid"
    return "application" if letter == "A" else "grant"


def read(text: str) -> Identifier:
    """A Chinese publication number.

    Raises:
        IdentifierError: The text does not have the form of such a number.

    >>> number = read("cn 110234567 b")
    >>> number.canonical, number.kind, number.stage
    ('CN110234567B', 'invention', 'grant')
    """
    found = _CN.fullmatch(compact(text))
    if found is None:
        raise IdentifierError(text, scheme=Scheme.PATENT_PUBLICATION)
    digits, kind_code = found[1], found[2] or ""
    kind = _KINDS[digits[2] if len(digits) == 8 else digits[0]]
    return Identifier(
        scheme=Scheme.PATENT_PUBLICATION,
        canonical=f"CN{digits}{kind_code}",
        display=f"CN {digits} {kind_code}".strip(),
        kind=kind,
        stage=stage(kind_code),
        year=1900 + int(digits[:2]) if len(digits) == 8 else None,
        warnings=_kind_warnings(kind, kind_code),
    )


def _kind_warnings(kind: str, kind_code: str) -> tuple[Message, ...]:
    if not kind_code:
        return (Message("identifier.kind_code_missing"),)
    if _LETTER_KIND[kind_code[0]] != kind:
        return (Message("identifier.kind_code_mismatch", {"kind_code": kind_code}),)
    return ()


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    # International applications begin in 1978; two digits were used until 2003.
    return (1900 if int(digits) >= 78 else 2000) + int(digits)


def read_international_application(text: str) -> Identifier:
    """An international (PCT) application number.

    Raises:
        IdentifierError: The text does not have the form of such a number.

    >>> read_international_application("pctcn2020123456").canonical
    'PCT/CN2020/123456'
    """
    found = _PCT.fullmatch(compact(text))
    if found is None:
        raise IdentifierError(text, scheme=Scheme.PCT_APPLICATION)
    canonical = f"PCT/{found[1]}{found[2]}/{found[3]}"
    return Identifier(
        scheme=Scheme.PCT_APPLICATION,
        canonical=canonical,
        display=canonical,
        year=_full_year(found[2]),
    )


def read_international_publication(text: str) -> Identifier:
    """An international (WO) publication number.

    Raises:
        IdentifierError: The text does not have the form of such a number.

    >>> read_international_publication("WO 2021/123456 A1").canonical
    'WO2021/123456A1'
    """
    found = _WO.fullmatch(compact(text))
    if found is None:
        raise IdentifierError(text, scheme=Scheme.PCT_PUBLICATION)
    number, kind_code = f"WO{found[1]}/{found[2]}", found[3] or ""
    return Identifier(
        scheme=Scheme.PCT_PUBLICATION,
        canonical=f"{number}{kind_code}",
        display=f"WO {found[1]}/{found[2]} {kind_code}".strip(),
        stage="application",
        year=_full_year(found[1]),
    )


def read_hague_registration(text: str) -> Identifier:
    """An international design registration (Hague).

    Raises:
        IdentifierError: The text does not have the form of such a number.

    >>> read_hague_registration("DM 218456").canonical
    'DM/218456'
    """
    found = _HAGUE.fullmatch(compact(text))
    if found is None:
        raise IdentifierError(text, scheme=Scheme.HAGUE_REGISTRATION)
    canonical = f"DM/{found[1]}"
    return Identifier(
        scheme=Scheme.HAGUE_REGISTRATION, canonical=canonical, display=canonical, kind="design"
    )
