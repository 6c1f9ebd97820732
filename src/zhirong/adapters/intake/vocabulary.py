"""What cells and headings may say: tables, fields, choices, spellings, as data of the package."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from zhirong.application.case.assumed_inputs import ASSUMED
from zhirong.core.messages import Language
from zhirong.parameters.reader import catalog, table

_FILES = ("intake_firm", "intake_rights", "intake_products", "intake_valuation")
_TAPE = ("intake_tape",)
_HELD = ("intake_held_rights",)
_MONEY = ("intake_money",)
_BRACKETS = re.compile(r"[\s()\[\]{}<>《》〈〉【】「」“”‘’\"'*·:_\-.,、/\\]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a table.

    `kind` says how its cells are read; `need` that a row without it is refused; `is_strict` that a
    row in which it cannot be read is refused; `words` names the choices; `headings` stand in order
    of precedence.
    """

    name: str
    kind: str
    need: bool
    is_strict: bool
    words: str
    labels: Mapping[str, str]
    helps: Mapping[str, str]
    example: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A table whose years may stand along its head.

    `years` and `amounts` are the fields of a year's heading and of the cells below it where the
    heading names no other; `items` are headings of a column that names the field of each row.
    """

    years: str
    amounts: str
    items: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """One table: its fields, and the fields without which no sheet is taken for it."""

    name: str
    labels: Mapping[str, str]
    helps: Mapping[str, str]
    fields: tuple[Field, ...]
    keys: tuple[str, ...]
    sheet_names: tuple[str, ...]
    corner: tuple[str, ...]
    spread: Spread | None
    unused: frozenset[str]

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(field for field in self.fields if field.name == name)

    def label(self, lang: Language) -> str:
        """The table's name in words."""
        return self.labels[lang]


def plain(text: str) -> str:
    """A heading or word as it is compared: one width, no case, no brackets, blanks or points.

    >>> plain("申请（专利权） 人："), plain("Application No.")
    ('申请专利权人', 'applicationno')
    """
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _field(raw: Mapping[str, Any]) -> Field:
    labels = {"zh": raw["zh"], "en": raw["en"]}
    spellings = [raw["name"], raw["zh"], raw["en"], *map(str, raw.get("also", ()))]
    return Field(
        name=raw["name"],
        kind=raw["kind"],
        need=raw.get("need", False),
        is_strict=raw.get("strict", raw.get("need", False)),
        words=raw.get("words", ""),
        labels=labels,
        helps=raw["help"],
        example=str(raw.get("example", "")),
        headings=tuple(dict.fromkeys(map(plain, spellings))),
    )


def _spread(raw: Mapping[str, Any] | None) -> Spread | None:
    if raw is None:
        return None
    items = frozenset(map(plain, raw["items"]))
    return Spread(years=raw["years"], amounts=raw["amounts"], items=items)


@cache
def tables() -> tuple[TableSpec, ...]:
    """The tables of a firm's folder, in the order of the template."""
    return _specs(_FILES)


@cache
def tape_tables() -> tuple[TableSpec, ...]:
    """The tables of a loan tape, in the order of its template."""
    return _specs(_TAPE)


@cache
def held_tables() -> tuple[TableSpec, ...]:
    """The list of marks, copyrights and data certificates that a pledge takes in."""
    return _specs(_HELD)


@cache
def money_tables() -> tuple[TableSpec, ...]:
    """The invoices that the loans of a plan may pay, and the payments that are asked for."""
    return _specs(_MONEY)


def _specs(files: tuple[str, ...]) -> tuple[TableSpec, ...]:
    return tuple(
        TableSpec(
            name=name,
            labels={"zh": raw["zh"], "en": raw["en"]},
            helps=raw["help"],
            fields=tuple(map(_field, raw["fields"])),
            keys=tuple(raw["keys"]),
            sheet_names=tuple(map(plain, [raw["zh"], raw["en"], *raw["sheets"]])),
            corner=tuple(map(plain, raw.get("corner", ()))),
            spread=_spread(raw.get("spread")),
            unused=frozenset(map(plain, map(str, raw["unused"]))),
        )
        for file in files
        for name, raw in table(file).items()
    )


@cache
def table_spec(name: str) -> TableSpec:
    """The table of that name, of a firm's folder, a tape, a list or a plan's money."""
    known = (*tables(), *tape_tables(), *held_tables(), *money_tables())
    return next(spec for spec in known if spec.name == name)


@cache
def words() -> Mapping[str, Any]:
    """The shipped spellings of cells."""
    document: Mapping[str, Any] = table("intake_words")
    return document


@cache
def choices(name: str) -> Mapping[str, str]:
    """Plain spelling → code, of one set of choices."""
    result: dict[str, str] = {}
    for code, entry in _entries(name).items():
        for spelling in (code, entry["zh"], entry["en"], *entry["also"]):
            result.setdefault(plain(str(spelling)), code)
    return result


def choice_labels(name: str, lang: Language) -> dict[str, str]:
    """Code → words for people, of one set of choices, in order."""
    return {code: str(entry[lang]) for code, entry in _entries(name).items()}


@cache
def _entries(name: str) -> Mapping[str, Mapping[str, Any]]:
    entries: dict[str, Mapping[str, Any]] = dict(
        words()["yes_no"] if name == "yes_no" else words()["choices"][name]
    )
    if name == "assumption_key":
        # The methods say which assumptions there are; the shipped words add spellings.
        for key, labels in _assumptions():
            entries.setdefault(key, {**labels, "also": ()})
    return entries


def _assumptions() -> Iterator[tuple[str, Mapping[str, str]]]:
    """The keys under which methods look for judged inputs, and their words."""
    known = catalog().texts
    for name, assumed in ASSUMED.items():
        key = assumed.keys[0] if assumed.keys else name
        yield key, known.get(f"input.{name}", {"zh": key, "en": key})


@cache
def plain_words(name: str) -> frozenset[str]:
    """The plain spellings of a list of words."""
    return frozenset(plain(str(word)) for word in words()[name])


@cache
def units() -> Mapping[str, int]:
    """Plain spelling of a unit → CNY in one of it, longest first."""
    pairs = ((plain(unit), int(factor)) for unit, factor in words()["units"].items())
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def separators() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns that split several values in a cell: the sure ones, and commas."""
    return re.compile(words()["separators"]), re.compile(words()["soft_separators"])
