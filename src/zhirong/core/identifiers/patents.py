"""Chinese patent application numbers and patent numbers, both formats.

Since 2003-10-01: four digits of the year, one of the kind, seven running, a dot, a check digit.
Before: two digits of the year, one of the kind, five running, a dot, a check digit. The patent
number is the application number behind the letters ZL.
"""

import re
from datetime import date

from zhirong.core.identifiers.records import (
    Check,
    CheckDigitError,
    Identifier,
    IdentifierError,
    Scheme,
)
from zhirong.core.identifiers.spelling import compact
from zhirong.core.messages import Message

# Weights of the State Intellectual Property Office's rule on application numbers, by length.
_WEIGHTS = {12: (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), 8: (2, 3, 4, 5, 6, 7, 8, 9)}
# 8 and 9 are the national phase of international applications.
_KINDS = {"1": "invention", "2": "utility_model", "3": "design", "8": "invention"}
_KINDS["9"] = "utility_model"
_LONG = r"20\d{2}[12389]\d{7}"
_SHORT = r"(?:8[5-9]|9\d|0[0-3])[12389]\d{5}"
_FORM = re.compile(rf"(?:CN)?(?:ZL)?(?:CN)?\.?({_LONG}|{_SHORT})(?:[.\-]?([0-9X]))?(?:\.0)?")
_NOISY = re.compile(rf"(?:CN)?(?:ZL)?({_LONG}|{_SHORT})\.(\d{{2,}})")
# The long format begins on this day; the year of a long number may therefore not be earlier.
LONG_FORMAT_FROM = date(2003, 10, 1)


def check_digit(digits: str) -> str:
    """The check digit of 12 or 8 digits: weighted sum modulo 11, ten is X.

    >>> check_digit("201710601862"), check_digit("95115608")
    ('3', 'X')
    """
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS[len(digits)], strict=True))
    return "0123456789X"[total % 11]


def filing_year(digits: str) -> int:
    """The year in which the application was filed, as its number says."""
    if len(digits) >= 12:
        return int(digits[:4])
    return (1900 if digits[0] in "89" else 2000) + int(digits[:2])


def kind_of(digits: str) -> str:
    """The kind of patent that the number tells: invention, utility_model or design."""
    return _KINDS[digits[4] if len(digits) >= 12 else digits[2]]


def read(text: str) -> Identifier:
    """An application or patent number as written, with what its check digit says.

    A failed check digit is data here; `parse` refuses it.

    Raises:
        IdentifierError: The text does not have the form of such a number.
        LostDigitsError: A spreadsheet saved it as a power of ten.

    >>> read("ＺＬ 2017 1 0601862.3").display
    '201710601862.3'
    """
    plain = compact(text)
    found = _FORM.fullmatch(plain)
    if found is None:
        raise IdentifierError(text, scheme=Scheme.PATENT_APPLICATION, mend=_without_noise(plain))
    digits, given = found[1], found[2] or ""
    return _identifier(digits, given)


def parse(text: str) -> Identifier:
    """As `read`, and sure of its check digit.

    Raises:
        CheckDigitError: The check digit does not agree with the other digits.
    """
    number = read(text)
    if number.check is Check.FAILED:
        raise CheckDigitError(
            text,
            expected=number.check_expected,
            given=number.check_given,
            scheme=Scheme.PATENT_APPLICATION,
        )
    return number


def display(canonical: str) -> str:
    """The canonical number with its dot.

    >>> display("2017106018623")
    '201710601862.3'
    """
    return f"{canonical[:-1]}.{canonical[-1]}"


def patent_number(canonical: str) -> str:
    """The number of the granted patent.

    >>> patent_number("2017106018623")
    'ZL201710601862.3'
    """
    return f"ZL{display(canonical)}"


def _identifier(digits: str, given: str) -> Identifier:
    expected = check_digit(digits)
    check = Check.ADDED if not given else Check.PASSED if given == expected else Check.FAILED
    warnings: tuple[Message, ...] = ()
    if check is Check.ADDED:
        warnings = (Message("identifier.check_added", {"expected": expected}),)
    if check is Check.FAILED:
        facts = {"expected": expected, "given": given}
        warnings = (Message("identifier.check_failed", facts),)
    canonical = digits + (given or expected)
    return Identifier(
        scheme=Scheme.PATENT_APPLICATION,
        canonical=canonical,
        display=display(canonical),
        check=check,
        kind=kind_of(digits),
        year=filing_year(digits),
        check_given=given,
        check_expected=expected,
        mend=display(digits + expected) if check is Check.FAILED else "",
        warnings=warnings,
    )


def _without_noise(plain: str) -> str:
    """The number meant by a text such as 201710601862.299987793, if its check digit agrees."""
    found = _NOISY.fullmatch(plain)
    if found is None:
        return ""
    digits, fraction = found[1], float(f"0.{found[2]}")
    given = str(round(fraction * 10))
    return display(digits + given) if given == check_digit(digits) else ""
