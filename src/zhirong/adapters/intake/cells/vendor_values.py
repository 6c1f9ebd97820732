"""What a vendor says of a right: a score, a rating or an amount, with the unit that is written."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from zhirong.adapters.intake import vocabulary
from zhirong.adapters.intake.cells import numbers
from zhirong.adapters.intake.cells.outcome import Bad, Cell
from zhirong.adapters.intake.cells.texts import cleaned
from zhirong.adapters.intake.grid import Raw
from zhirong.adapters.intake.headings import PERCENT
from zhirong.adapters.intake.vocabulary import plain
from zhirong.parameters.reader import table

CNY = "CNY"
_STARS = re.compile("([\u2605\u2b50]{1,10})([\u2606]{0,10})")
_OUT_OF = re.compile(r"(\d{1,4}(?:\.\d+)?)\s*/\s*(\d{1,4})")
_GRADE = re.compile(r"[A-Ea-e]{1,3}[+\-]{0,2}")
_SCALE = re.compile(r"(\d+)-(\d+)")
_PERCENT_SCALE = "0-100"
_WRITTEN_MAX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorValue:
    """What a cell says; None where it does not say it.

    Args:
        written: The cell as written.
        score: A score, on `scale`; a rating in words has none.
        scale: Its lowest and highest, e.g. "1-10"; None where neither cell nor vendor tells it.
        amount: An amount of money in `currency`, never converted.
        is_money: Whether the cell speaks of money, be it in a currency that nobody states.
    """

    written: str
    score: Decimal | None = None
    scale: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    is_money: bool = False


@cache
def _words() -> Mapping[str, Any]:
    document: Mapping[str, Any] = table("intake_vendor_columns")
    return document


@cache
def _currencies() -> tuple[tuple[str, str], ...]:
    """Spelling and code of currencies, the longest first: US$ before $."""
    pairs = ((str(w).casefold(), code) for code, ws in _words()["currencies"].items() for w in ws)
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def read(cell: Cell, *, kind: str, scale: str = "") -> VendorValue | Bad:
    """What a vendor says in a cell.

    Args:
        cell: The cell, with the unit that its heading states.
        kind: score, or either: then a currency or a unit makes it an amount.
        scale: The scale that the vendor publishes; a scale in the cell goes before it.
    """
    tidy, _ = cleaned(cell.raw)
    if isinstance(cell.raw, bool) or len(tidy) > _WRITTEN_MAX:
        return _bad(tidy)
    money = _money(cell, tidy) if kind == "either" else None
    if money is not None:
        return money
    return _score(cell.raw, tidy, PERCENT if cell.unit == PERCENT else "", scale)


def _bad(text: str) -> Bad:
    return Bad("vendor_value", {"text": text[:80]})


def _money(cell: Cell, tidy: str) -> VendorValue | None:
    """The amount of a cell; None where neither it nor its heading speaks of money."""
    flat = unicodedata.normalize("NFKC", tidy).casefold()
    rest, currency = _without_currency(flat)
    unit, factor = _unit(cell.unit)
    currency = currency or unit
    raw: Raw = cell.raw if rest == flat else rest
    multiple, rest = _without_multiple(rest)
    found = numbers.decimal(raw if multiple == 1 else rest)
    if isinstance(found, Bad) or found[1] == PERCENT:
        return None
    number, own, _ = found
    if own and not currency:
        currency = CNY
    if multiple != 1 or own:
        factor = multiple * vocabulary.units().get(own, 1)
    if not currency and factor == 1:
        return None
    amount = numbers.shortest(number * factor)
    return VendorValue(
        written=tidy,
        amount=amount if currency else None,
        currency=currency or None,
        is_money=True,
    )


def _without_currency(flat: str) -> tuple[str, str]:
    for spelling, code in _currencies():
        for bare in (flat.removeprefix(spelling), flat.removesuffix(spelling)):
            if bare != flat:
                return bare.strip(), code
    return flat, ""


def _without_multiple(flat: str) -> tuple[int, str]:
    """What the word behind a number multiplies it by, and the number."""
    for word, factor in sorted(_words()["multiples"].items(), key=lambda pair: -len(pair[0])):
        if flat.endswith(word):
            return int(factor), flat.removesuffix(word).strip()
    return 1, flat


def _unit(unit: str) -> tuple[str, int]:
    """The currency that a heading states, and what one of its units is; "" where none."""
    if not unit or unit == PERCENT:
        return "", 1
    if unit in vocabulary.units():
        return CNY, vocabulary.units()[unit]
    rest, currency = _without_currency(unit)
    multiple, rest = _without_multiple(rest)
    return (currency, multiple) if not rest else ("", 1)


def _score(raw: Raw, tidy: str, unit: str, scale: str) -> VendorValue | Bad:
    flat = unicodedata.normalize("NFKC", tidy).strip()
    stars = _STARS.fullmatch(flat)
    if stars:
        most = len(stars[1]) + len(stars[2])
        told = f"0-{most}" if stars[2] else None
        return VendorValue(written=tidy, score=Decimal(len(stars[1])), scale=told)
    out_of = _OUT_OF.fullmatch(flat)
    if out_of:
        return _on(Decimal(out_of[1]), f"0-{out_of[2]}", tidy)
    if _GRADE.fullmatch(flat) or plain(flat) in map(plain, _words()["ratings"]):
        return VendorValue(written=tidy)
    for word in _words()["points"]:
        flat = flat.removesuffix(word).strip()
    found = numbers.decimal(raw if not isinstance(raw, str) else flat)
    if isinstance(found, Bad) or found[1] not in ("", PERCENT) or found[0] < 0:
        return _bad(tidy)
    return _on(found[0], _PERCENT_SCALE if PERCENT in (found[1], unit) else scale, tidy)


def _on(score: Decimal, scale: str, written: str) -> VendorValue | Bad:
    """A score on its scale; one that lies outside was given on another scale, which is not told."""
    ends = _SCALE.fullmatch(scale)
    is_on = ends is not None and int(ends[1]) <= score <= int(ends[2])
    return VendorValue(
        written=written, score=numbers.shortest(score), scale=scale if is_on else None
    )
