"""Texts, names, lists, choices: cleaned of what nobody meant to type, otherwise as written."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import get_args

from zhirong.adapters.intake import vocabulary
from zhirong.adapters.intake.cells.outcome import Bad, Cell, Outcome, Value, note
from zhirong.adapters.intake.grid import Raw, as_text
from zhirong.adapters.intake.vocabulary import plain
from zhirong.core.messages import Language, Message

_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0xFFFE))
_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {127: None}
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}
# Looking for them is far faster than translating long texts that have none.
_UNSEEN = re.compile("[" + "".join(map(chr, _INVISIBLE | _CONTROL)) + "]")
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_TEXT_FORMULA = re.compile(r'="([^"]*)"\Z')
_FORMULA = re.compile(r"[=@]|[+\-][^0-9.]*[A-Za-z]+[^A-Za-z]*[|(!]|[+\-]?\d[^|]*\|", re.DOTALL)
_CJK = re.compile(r"[\u3400-\u9fff]")
# "in force-granted": how tools join a status and the event behind it.
_STATUS_PARTS = re.compile(r"[/\-\u2013\u2014]+")
_SHORT_NAME = re.compile(r"[\u3400-\u9fff·]{2,4}\Z")
_LONG_TEXT = 4_000


def cleaned(raw: Raw) -> tuple[str, tuple[Message, ...]]:
    """A raw cell as text without invisible characters, wide digits and odd blanks; with notes."""
    text = as_text(raw)
    notes: list[Message] = []
    unwrapped = _TEXT_FORMULA.match(text.strip())
    if unwrapped:
        text = unwrapped[1]
        notes.append(note("text_formula"))
    visible = text.translate(_INVISIBLE | _CONTROL) if _UNSEEN.search(text) else text
    narrow = visible.translate(_WIDE) if _FULL_WIDTH.search(visible) else visible
    tidy = " ".join(narrow.split(" ")) if "\n" in narrow else " ".join(narrow.split())
    tidy = tidy.strip().removeprefix("'")
    if visible != text:
        notes.append(note("invisible"))
    if narrow != visible:
        notes.append(note("full_width"))
    return tidy, tuple(notes)


def is_blank(raw: Raw) -> bool:
    """Whether a cell says nothing: empty, or a dash and the like."""
    if raw is None or isinstance(raw, str):
        if raw and len(raw) > _LONG_TEXT and not raw.isspace():
            return False
        text = (raw or "").translate(_INVISIBLE).strip().casefold()
        return not text or text in _blank_words()
    return False


def _blank_words() -> frozenset[str]:
    return frozenset(str(word).casefold() for word in vocabulary.words()["blank"])


def is_formula(raw: Raw) -> bool:
    """Whether a text would be run as a formula by a spreadsheet; ="text" is only a text."""
    if not isinstance(raw, str):
        return False
    text = raw.strip()
    return bool(_FORMULA.match(text)) and not _TEXT_FORMULA.match(text)


def text(cell: Cell) -> Outcome:
    """A text on one line."""
    tidy, notes = cleaned(cell.raw)
    return Value(" ".join(tidy.split())[:_LONG_TEXT], notes)


def answer(cell: Cell) -> Outcome:
    """An answer as typed, lines kept."""
    tidy, notes = cleaned(cell.raw)
    return Value(tidy[:_LONG_TEXT], notes)


def names(cell: Cell) -> Outcome:
    """Names of persons and firms, in their order, each once.

    >>> names(Cell(raw="甲公司；乙大学、丙")).value
    ('甲公司', '乙大学', '丙')
    """
    tidy, notes = cleaned(cell.raw)
    if len(tidy) > _LONG_TEXT:
        return Bad("names_too_long", {"text": tidy[:80], "limit": _LONG_TEXT})
    sure, soft = vocabulary.separators()
    parts = _split(sure, tidy)
    # Commas belong to foreign firm names (Co., Ltd.); between Chinese names they separate.
    parts = [
        piece
        for part in parts
        for piece in (_split(soft, part) if _are_chinese(_split(soft, part)) else [part])
    ]
    parts = [
        piece
        for part in parts
        for piece in (part.split() if all(map(_SHORT_NAME.match, part.split())) else [part])
    ]
    return Value(tuple(dict.fromkeys(" ".join(part.split()) for part in parts)), notes)


def _split(pattern: re.Pattern[str], text_: str) -> list[str]:
    return [part.strip() for part in pattern.split(text_) if part.strip()]


def _are_chinese(parts: list[str]) -> bool:
    return all(_CJK.search(part) for part in parts)


def texts(cell: Cell) -> Outcome:
    """Several short texts (classes, publication numbers), each once."""
    tidy, notes = cleaned(cell.raw)
    sure, soft = vocabulary.separators()
    parts = [piece for part in _split(sure, tidy) for piece in _split(soft, part)]
    return Value(tuple(dict.fromkeys(parts)), notes)


def statuses(cell: Cell) -> Outcome:
    """Words of a legal status, each with the event it stands for: ((word, event or ""), ...)."""
    tidy, notes = cleaned(cell.raw)
    known = vocabulary.choices("event_kind")
    if plain(tidy) in known:
        return Value(((tidy, known[plain(tidy)]),), notes)
    sure, soft = vocabulary.separators()
    parts = [piece for part in _split(sure, tidy) for piece in _split(soft, part)]
    words = [
        piece
        for part in parts
        for piece in ([part] if plain(part) in known else _STATUS_PARTS.split(part))
        if piece.strip()
    ]
    return Value(tuple((word.strip(), known.get(plain(word), "")) for word in words), notes)


def identifier(cell: Cell) -> Outcome:
    """A short id, e.g. of a product; 1.0 is 1."""
    tidy, notes = cleaned(cell.raw)
    return Value("".join(tidy.split()), notes)


def choice(cell: Cell) -> Outcome:
    """The code of a choice."""
    tidy, notes = cleaned(cell.raw)
    code = vocabulary.choices(cell.words).get(plain(tidy))
    if code is None:
        return _no_choice(tidy, cell.words)
    return Value(code, notes)


def _no_choice(text_: str, words: str) -> Bad:
    options = {
        f"options_{lang}": tuple(vocabulary.choice_labels(words, lang).values())
        for lang in get_args(Language)
    }
    return Bad("choice", {"text": text_[:80], **options})


def chosen_several(cell: Cell) -> Outcome:
    """The codes of several choices."""
    tidy, notes = cleaned(cell.raw)
    sure, soft = vocabulary.separators()
    parts = [piece for part in _split(sure, tidy) for piece in _split(soft, part)]
    known = vocabulary.choices(cell.words)
    wrong = [part for part in parts if plain(part) not in known]
    if wrong:
        return _no_choice(wrong[0], cell.words)
    return Value(tuple(dict.fromkeys(known[plain(part)] for part in parts)), notes)


def key(cell: Cell) -> Outcome:
    """The code of a known word, else the text as typed."""
    tidy, notes = cleaned(cell.raw)
    return Value(vocabulary.choices(cell.words).get(plain(tidy), tidy[:_LONG_TEXT]), notes)


def event(cell: Cell) -> Outcome:
    """The kind of a register event; words that nobody knows are "other", with a note."""
    tidy, notes = cleaned(cell.raw)
    kind = vocabulary.choices(cell.words).get(plain(tidy))
    if kind is None:
        return Value("other", (*notes, note("event_other", text=tidy[:80])))
    return Value(kind, notes)


def yes_no(cell: Cell) -> Outcome:
    """True or False."""
    if isinstance(cell.raw, bool):
        return Value(cell.raw)
    tidy, notes = cleaned(cell.raw)
    word = vocabulary.choices("yes_no").get(plain(tidy) or tidy)
    if word is None:
        return _no_choice(tidy, "yes_no")
    return Value(word == "yes", notes)


def factors(cell: Cell) -> Outcome:
    """Named multipliers: "a=1.1; b=0.95"."""
    tidy, notes = cleaned(cell.raw)
    sure, soft = vocabulary.separators()
    result: list[tuple[str, Decimal]] = []
    for part in (piece for line in _split(sure, tidy) for piece in _split(soft, line)):
        name, _, number = unicodedata.normalize("NFKC", part).partition("=")
        try:
            factor = Decimal(number.strip())
        except InvalidOperation:
            factor = Decimal("NaN")
        if not name.strip() or not factor.is_finite() or factor <= 0:
            return Bad("factors", {"text": part[:80]})
        result.append((name.strip(), factor))
    return Value(tuple(result), notes)
