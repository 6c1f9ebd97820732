"""An amount of money in the formal characters that cannot be changed by a stroke."""

from zhirong.core.errors import InputError

_PLACES = 4


class AmountInWordsError(InputError):
    """An amount below zero, or beyond what contracts write in words."""

    code = "error.amount_in_words"

    def __init__(self, fen: int) -> None:
        super().__init__(f"{fen} fen are not written in words.", fen=fen)


def in_words(fen: int, *, signs: str) -> str:
    """The amount in formal characters.

    Args:
        fen: From 0 to below ten thousand hundred-millions of yuan.
        signs: Ten digits, then ten, hundred, thousand, ten thousand, hundred million, yuan,
            tenth of it, hundredth of it, "whole".

    Raises:
        AmountInWordsError: Out of that range.

    >>> in_words(500_000_000, signs="0123456789XCMWYyjfz")
    '5CWyz'
    >>> in_words(100_500_203, signs="0123456789XCMWYyjfz")
    '1CW5M02y03f'
    """
    if not 0 <= fen < 10**14:
        raise AmountInWordsError(fen)
    yuan, rest = divmod(fen, 100)
    tenths, hundredths = divmod(rest, 10)
    whole = _whole(yuan, signs) + signs[15] if yuan or not rest else ""
    if not rest:
        return whole + signs[18]
    text = whole
    if tenths:
        text += signs[tenths] + signs[16]
    elif whole:
        text += signs[0]
    return text + (signs[hundredths] + signs[17] if hundredths else "")


def _whole(yuan: int, signs: str) -> str:
    if yuan == 0:
        return signs[0]
    groups = []
    while yuan:
        yuan, group = divmod(yuan, 10**_PLACES)
        groups.append(group)
    text = ""
    is_gap = False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group == 0:
            is_gap = bool(text)
            continue
        if text and (is_gap or group < 1000):
            text += signs[0]
        text += _group(group, signs) + ("", signs[13], signs[14])[place]
        is_gap = False
    return text


def _group(group: int, signs: str) -> str:
    text = ""
    is_gap = False
    for place in range(_PLACES - 1, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            is_gap = bool(text)
            continue
        text += (signs[0] if is_gap else "") + signs[digit]
        text += "" if place == 0 else signs[9 + place]
        is_gap = False
    return text
