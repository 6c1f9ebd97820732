"""Amounts, shares, counts and years: exact, in CNY and shares of one."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from zhirong.adapters.intake import vocabulary
from zhirong.adapters.intake.cells.outcome import Bad, Cell, Outcome, Value, note
from zhirong.adapters.intake.cells.texts import cleaned
from zhirong.adapters.intake.grid import Raw
from zhirong.adapters.intake.headings import PERCENT
from zhirong.adapters.intake.vocabulary import plain
from zhirong.core.messages import Message

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_POWER = re.compile(r"[+-]?\d(\.\d+)?[eE][+-]?\d+")
# Commas stand between groups of three digits and nowhere else: 1,20 may be 1.20.
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(,\d{3})+(?!\d|,)")
_COUNT = re.compile(r"(\d{1,9})(?:\.0+)?(\D{0,3})")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "¥": "", "￥": "", ",": "", " ": "", "'": ""})
# A longer number is no amount, share or count of a firm.
_DIGITS_MAX = 40
_SIZE_MAX = Decimal(10) ** 18


def _bad(text: str) -> Bad:
    return Bad("number", {"text": text[:80]})


def decimal(raw: Raw) -> tuple[Decimal, str, tuple[Message, ...]] | Bad:
    """The number, the unit written behind it in the cell ("" if none), and notes."""
    if isinstance(raw, bool):
        return _bad(str(raw))
    if isinstance(raw, int | float):
        number = Decimal(repr(raw))
        is_sound = number.is_finite() and abs(number) < _SIZE_MAX
        return (number, "", ()) if is_sound else _bad(repr(raw))
    tidy, notes = cleaned(raw)
    narrow = unicodedata.normalize("NFKC", tidy)
    flat = narrow.translate(_SIGNS)
    if _POWER.fullmatch(flat):
        return Bad("lost_digits", {"text": tidy[:80]})
    negative = flat.startswith("(") and flat.endswith(")")
    flat = flat.strip("()") if negative else flat
    found = _NUMBER.match(flat)
    if "," in narrow and not _GROUPED.search(narrow):
        found = None
    if found is None or len(found[0]) > _DIGITS_MAX:
        return _bad(tidy)
    unit, number = flat[found.end() :], Decimal(found[0])
    if abs(number) >= _SIZE_MAX or (
        unit and plain(unit) not in vocabulary.units() and unit != PERCENT
    ):
        return _bad(tidy)
    return (-number if negative else number, plain(unit) if unit != PERCENT else PERCENT, notes)


def amount(cell: Cell) -> Outcome:
    """An amount in CNY; a unit in the cell goes before that of the column."""
    read = decimal(cell.raw)
    if isinstance(read, Bad):
        return read
    number, own_unit, notes = read
    unit = own_unit or cell.unit
    if unit in vocabulary.plain_words("foreign"):
        return Bad("foreign_currency", {"text": str(cell.raw)[:80], "unit": unit})
    if unit == PERCENT:
        return _bad(str(cell.raw))
    if own_unit and own_unit != cell.unit:
        notes = (*notes, note("unit", unit=own_unit))
    return Value(shortest(number * vocabulary.units().get(unit, 1)), notes)


def shortest(number: Decimal) -> Decimal:
    """Without an exponent or zeros behind the point that nobody wrote."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole else number.normalize()


def number(cell: Cell) -> Outcome:
    """A number; with a percent sign, in the cell or the heading, a share."""
    read = decimal(cell.raw)
    if isinstance(read, Bad):
        return read
    figure, own_unit, notes = read
    if PERCENT in (own_unit, cell.unit):
        return Value(shortest(figure / 100), notes)
    if own_unit:
        return Value(
            shortest(figure * vocabulary.units()[own_unit]), (*notes, note("unit", unit=own_unit))
        )
    return Value(shortest(figure), notes)


def share(cell: Cell) -> Outcome:
    """A share from 0 to 1; above 1 only with a percent sign in the cell or the heading."""
    read = number(cell)
    if isinstance(read, Bad):
        return read
    figure = read.value
    assert isinstance(figure, Decimal)
    if not 0 <= figure <= 1:
        return Bad("share", {"text": str(cell.raw)[:80]})
    return read


def shares(cell: Cell) -> Outcome:
    """Several shares in one cell."""
    if not isinstance(cell.raw, str):
        one = share(cell)
        return one if isinstance(one, Bad) else Value((one.value,), one.notes)
    sure, soft = vocabulary.separators()
    parts = [p for part in sure.split(cell.raw) for p in soft.split(part) if p.strip()]
    result = [share(Cell(raw=part, unit=cell.unit)) for part in parts]
    wrong = next((one for one in result if isinstance(one, Bad)), None)
    if wrong is not None:
        return wrong
    return Value(tuple(one.value for one in result if isinstance(one, Value)))


def integer(cell: Cell) -> Outcome:
    """A count; a measure word behind it is dropped."""
    if isinstance(cell.raw, float | int) and not isinstance(cell.raw, bool):
        whole = float(cell.raw).is_integer() and abs(cell.raw) < 1e9
        return Value(int(cell.raw)) if whole and cell.raw >= 0 else _bad(str(cell.raw))
    tidy, notes = cleaned(cell.raw)
    flat = unicodedata.normalize("NFKC", tidy).translate(_SIGNS)
    found = _COUNT.fullmatch(flat)
    if found is None:
        return _bad(tidy)
    if found[2]:
        notes = (*notes, note("measure_word"))
    return Value(int(found[1]), notes)


def year(cell: Cell) -> Outcome:
    """A calendar year."""
    if isinstance(cell.raw, date):
        return Value(cell.raw.year, (note("year_of_date"),))
    tidy, notes = cleaned(cell.raw)
    flat = plain(tidy)
    for word in map(plain, vocabulary.words()["year_words"]):
        flat = flat.removeprefix(word).removesuffix(word)
    if not _YEAR.fullmatch(flat):
        return Bad("year", {"text": tidy[:80]})
    return Value(int(flat), notes)
