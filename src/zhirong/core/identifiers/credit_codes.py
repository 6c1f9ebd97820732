"""Unified social credit codes (GB 32100) and organization codes (GB 11714).

Some genuine early codes fail their check character: a failure is a warning, never a refusal.
"""

import re
from itertools import product

from zhirong.core.identifiers.records import Check, Identifier, IdentifierError, Scheme
from zhirong.core.identifiers.spelling import compact
from zhirong.core.messages import Message

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(3**i % 31 for i in range(17))
_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_FORM = re.compile(r"[0-9A-Z]{18}")
_ORGANIZATION_FORM = re.compile(r"([0-9A-Z]{8})-?([0-9X])")
# Letters outside the alphabet, and what they are misread for.
_MISREAD = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "UY"}
# More doubtful letters than this leave too many spellings to propose one.
_MISREAD_MAX = 4


def check_character(first17: str) -> str:
    """The 18th character of a credit code.

    >>> check_character("9144030071526726X")
    'G'
    """
    total = sum(ALPHABET.index(c) * w for c, w in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def organization_check_digit(first8: str) -> str:
    """The ninth character of an organization code; letters count from A = 10.

    >>> organization_check_digit("71526726")
    'X'
    """
    total = sum(int(c, 36) * w for c, w in zip(first8, _ORGANIZATION_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def read(text: str) -> Identifier:
    """A credit code with what its two check characters say.

    Raises:
        IdentifierError: Not 18 letters and digits, or a letter that the alphabet does not have.

    >>> read("9144 0300 7152 6726 xg").check.value
    'passed'
    """
    code = compact(text).replace("-", "")
    if not _FORM.fullmatch(code):
        raise IdentifierError(text, scheme=Scheme.CREDIT_CODE)
    if any(character not in ALPHABET for character in code):
        raise IdentifierError(text, scheme=Scheme.CREDIT_CODE, mend=_corrected(code))
    expected = check_character(code[:17])
    passed = expected == code[17]
    return Identifier(
        scheme=Scheme.CREDIT_CODE,
        canonical=code,
        display=code,
        check=Check.PASSED if passed else Check.FAILED,
        check_given=code[17],
        check_expected=expected,
        warnings=_warnings(code, expected),
    )


def _warnings(code: str, expected: str) -> tuple[Message, ...]:
    warnings: list[Message] = []
    if expected != code[17]:
        facts = {"expected": expected, "given": code[17]}
        warnings.append(Message("identifier.credit_code_check_failed", facts))
    inner = organization_check_digit(code[8:16])
    if inner != code[16]:
        facts = {"expected": inner, "given": code[16]}
        warnings.append(Message("identifier.organization_check_failed", facts))
    return tuple(warnings)


def _corrected(code: str) -> str:
    """The one spelling that passes when misread letters are replaced; empty if none or several."""
    if sum(character in _MISREAD for character in code) > _MISREAD_MAX:
        return ""
    choices = [_MISREAD.get(character, character) for character in code]
    spellings = ("".join(spelling) for spelling in product(*choices))
    sound = [s for s in spellings if check_character(s[:17]) == s[17]]
    return sound[0] if len(sound) == 1 else ""


def read_organization_code(text: str) -> Identifier:
    """An organization code (nine characters, the last one behind a dash).

    Raises:
        IdentifierError: The text does not have the form of such a code.

    >>> read_organization_code("71526726-X").canonical
    '71526726X'
    """
    found = _ORGANIZATION_FORM.fullmatch(compact(text))
    if found is None:
        raise IdentifierError(text, scheme=Scheme.ORGANIZATION_CODE)
    body, given = found[1], found[2]
    expected = organization_check_digit(body)
    passed = expected == given
    facts = {"expected": expected, "given": given}
    warnings = () if passed else (Message("identifier.check_failed", facts),)
    return Identifier(
        scheme=Scheme.ORGANIZATION_CODE,
        canonical=f"{body}{given}",
        display=f"{body}-{given}",
        check=Check.PASSED if passed else Check.FAILED,
        check_given=given,
        check_expected=expected,
        warnings=warnings,
    )
