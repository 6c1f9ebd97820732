"""The words of lines, inputs and formulas, and their figures with units."""

import re

from zhirong.adapters.documents.reports.valuation_view import View
from zhirong.application.workings import InputRecord, LineRecord

# Lines that are plain numbers though their unit is a share.
FACTORS = ("discount_factor", "in_life")
_KEY = re.compile(r"\{([a-z0-9_:]+)\}")
_TWICE = re.compile(r"\(\(([^()]*)\)\)")


def line_label(view: View, key: str) -> str:
    """The words of a line or input; a key `a:b` says a of method b."""
    code, _, method = key.partition(":")
    if method:
        return view.say(f"input.{code}") + " · " + view.say(f"method.{method}")
    label = view.wording.label
    return (
        label(f"line.{code}") if view.wording.words.has(f"line.{code}") else label(f"input.{code}")
    )


def entry_label(view: View, entry: InputRecord | LineRecord) -> str:
    """The words of an input or line, as the workbook calls it."""
    if isinstance(entry, InputRecord) and view.wording.words.has(f"input.{entry.key}"):
        return view.say(f"input.{entry.key}")
    return line_label(view, entry.key)


def formula_words(view: View, formula: str) -> str:
    """A formula with words for its keys, without its outermost brackets."""
    text = _TWICE.sub(r"(\1)", formula)
    return _without_brackets(_KEY.sub(lambda found: line_label(view, found[1]), text))


def _without_brackets(text: str) -> str:
    if not (text.startswith("(") and text.endswith(")")):
        return text
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0 and place < len(text) - 1:
            return text
    return text[1:-1]


def figure(view: View, value: float, unit: str, key: str = "") -> str:
    """A figure with its unit, as workings show it."""
    wording = view.wording
    if unit == "CNY":
        return wording.money(value)
    if unit == "share" and key not in FACTORS:
        return wording.rate(value)
    if unit in ("share", "1"):
        return wording.number(value, 4)
    return wording.quantity(value, unit, 2)
