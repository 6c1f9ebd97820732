"""Tables of plain text, aligned where Chinese characters take two columns."""

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """How many columns a text takes on a terminal.

    >>> width("年度 5")
    6
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table_lines(rows: Sequence[Sequence[str]], *, right_aligned: frozenset[int]) -> list[str]:
    """The rows as lines, the first one underlined; columns of the given places end flush right.

    >>> table_lines([("Year", "CNY"), ("1", "2.00")], right_aligned=frozenset({1}))
    ['Year   CNY', '----  ----', '1     2.00']
    """
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    head, *body = [_padded(row, widths, right_aligned) for row in rows]
    return [head, "  ".join("-" * wide for wide in widths), *body]


def _padded(row: Sequence[str], widths: Sequence[int], right_aligned: frozenset[int]) -> str:
    cells = []
    for place, (text, wide) in enumerate(zip(row, widths, strict=True)):
        blank = " " * (wide - width(text))
        cells.append(blank + text if place in right_aligned else text + blank)
    return "  ".join(cells).rstrip()
