"""Numbers of rights and firms in cells, with what spreadsheets do to them undone where it is sure.

A check digit that fails refuses the cell and proposes the one that would pass; a lost digit is
never guessed; a credit code that fails is kept with a warning, since genuine ones do.
"""

import re

from zhirong.adapters.intake.cells.outcome import Bad, Cell, Outcome, Value, note
from zhirong.adapters.intake.cells.texts import cleaned
from zhirong.core.identifiers import credit_codes, patents, publications
from zhirong.core.identifiers.records import Check, Identifier, IdentifierError
from zhirong.core.messages import Message

# In a number cell a number of eight digits whose year begins with 0 loses that zero, or two, and a
# check digit 0 with its point.
_ZEROS_LOST = re.compile(r"(\d{6,7})(?:\.(\d))?")
_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
# Twelve digits that end like this were rounded by a spreadsheet.
_ROUNDED = re.compile(r"20\d{5,}0{5}(?:\.0+)?")
_FOREIGN = re.compile(r"(?!CN|ZL)[A-Z]{2}[\s/-]*[A-Z]{0,2}\s*\d", re.IGNORECASE)
_BARE_PUBLICATION = re.compile(r"[123]\d{6,8}[A-Z]\d?", re.IGNORECASE)


def patent(cell: Cell) -> Outcome:
    """The canonical application number.

    >>> patent(Cell(raw=201710601862.3)).value, patent(Cell(raw="ZL201710601862.3")).value
    ('2017106018623', '2017106018623')
    """
    tidy, notes = cleaned(cell.raw)
    facts = {"text": tidy[:80]}
    if _POWER.fullmatch(tidy) or _ROUNDED.fullmatch(tidy):
        return Bad("lost_digits", dict(facts))
    zeros = _ZEROS_LOST.fullmatch(tidy)
    if zeros:
        return _zeros_restored(zeros, tidy)
    try:
        number = patents.read(tidy)
    except IdentifierError as error:
        return _not_a_number(tidy, str(error.facts.get("mend", "")))
    if number.check is Check.FAILED:
        expected, given = number.check_expected, number.check_given
        mend = number.mend
        return Bad("check_digit", {**facts, "expected": expected, "given": given, "mend": mend})
    if number.check is Check.ADDED:
        notes = (*notes, note("check_added", digit=number.check_expected))
    return Value(number.canonical, notes)


def _zeros_restored(found: re.Match[str], text: str) -> Outcome:
    restored = f"{found[1]:>08}.{found[2] or 0}"
    try:
        number = patents.parse(restored)
    except IdentifierError:
        return Bad("lost_digits", {"text": text})
    return Value(number.canonical, (note("zeros_restored", number=restored),))


def _not_a_number(text: str, mend: str) -> Bad:
    if mend:
        return Bad("patent_number_mend", {"text": text[:80], "mend": mend})
    if _publication(text) is not None:
        return Bad("publication_instead", {"text": text[:80]})
    if _FOREIGN.match(text):
        return Bad("foreign_number", {"text": text[:80]})
    return Bad("patent_number", {"text": text[:80]})


def _publication(text: str) -> Identifier | None:
    try:
        return publications.read(text)
    except IdentifierError:
        return None


def publication(cell: Cell) -> Outcome:
    """The canonical publication number; CN is put before it where it lacks."""
    tidy, notes = cleaned(cell.raw)
    number = _publication(tidy)
    if number is None and _BARE_PUBLICATION.fullmatch(tidy):
        number = _publication(f"CN{tidy}")
        notes = (*notes, note("country_added"))
    if number is None:
        return Bad("publication_number", {"text": tidy[:80]})
    return Value(number.canonical, (*notes, *number.warnings))


def scope(cell: Cell) -> Outcome:
    """A right's canonical number, or the short id of a product or group as typed."""
    tidy, notes = cleaned(cell.raw)
    try:
        number = patents.read(tidy)
    except IdentifierError:
        return Value("".join(tidy.split()), notes)
    if number.check is Check.FAILED:
        return patent(cell)
    return Value(number.canonical, notes)


def credit_code(cell: Cell) -> Outcome:
    """The credit code; a failed check is a warning."""
    tidy, notes = cleaned(cell.raw)
    try:
        code = credit_codes.read(tidy)
    except IdentifierError as error:
        return Bad("credit_code", {"text": tidy[:80], "mend": str(error.facts.get("mend", ""))})
    warnings = tuple(Message(warning.code, warning.facts) for warning in code.warnings)
    return Value(code.canonical, (*notes, *warnings))
