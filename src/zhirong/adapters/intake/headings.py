"""Headings: which field a column carries and in which unit; and what the house has learnt.

A heading that the shipped synonyms do not know is mapped once, in `headings.yaml` of the folder or
of the house, and stays known: one line each, `heading: table.field`, or `heading: ignore`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from zhirong.adapters.intake import vendor_columns, vocabulary
from zhirong.adapters.intake.vendor_columns import VendorColumn
from zhirong.adapters.intake.vocabulary import Field, TableSpec, plain
from zhirong.application.case.intake_report import HeadingUse
from zhirong.core.errors import InputError
from zhirong.parameters.reader import load_yaml

FILE_NAME = "headings.yaml"
IGNORE = "ignore"
PERCENT = "%"
_MAP_BYTES_MAX = 1_000_000
_BRACKETED = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
_YEAR_FIRST = re.compile(r"(?:FY)?((?:19|20)\d{2})(?!\d)(.*)", re.IGNORECASE | re.DOTALL)
_STATED = re.compile(r"[:/,\s]+")


class HeadingsFileError(InputError):
    """A file of headings, or a line for it, that does not say `heading: table.field`."""

    code = "error.intake.headings_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a heading was taken for; `rank` is its precedence, 0 first.

    A vendor's column is no field of the table, so that no sheet is recognized by it.
    """

    use: HeadingUse
    field: Field | None = None
    evidence: VendorColumn | None = None
    rank: int = 0
    unit: str = ""


HouseMap = Mapping[str, str]


def read_map(path: Path) -> dict[str, str]:
    """The headings that a folder or a house has mapped: plain heading → "table.field".

    Raises:
        HeadingsFileError: Not a list of `heading: table.field`, or a field that does not exist.
    """
    if not path.is_file():
        return {}
    if path.stat().st_size > _MAP_BYTES_MAX:
        raise HeadingsFileError(f"{path.name} is too large.", file=path.name, line="")
    try:
        document: Any = load_yaml(path.read_bytes())
    except (yaml.YAMLError, RecursionError) as error:
        text = f"{path.name} is not valid YAML: {error}"
        raise HeadingsFileError(text, file=path.name, line="") from error
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise HeadingsFileError(f"{path.name} holds no lines.", file=path.name, line="")
    result: dict[str, str] = {}
    for heading, target in document.items():
        # Anything but a text is not turned into one: nested aliases would grow without end.
        if not isinstance(target, str) or not isinstance(heading, str | int | float):
            raise HeadingsFileError(f"{path.name}: no such line.", file=path.name, line="")
        _check_target(path.name, str(heading), target)
        result[plain(str(heading))] = target
    return result


def _check_target(file: str, heading: str, target: str) -> None:
    if not plain(heading) or (target != IGNORE and target not in targets()):
        line = f"{heading}: {target}"
        raise HeadingsFileError(f"{file}: no such field in {line!r}.", file=file, line=line)


@cache
def targets() -> frozenset[str]:
    """All that a heading may be mapped to, as "table.field"."""
    specs = (*vocabulary.tables(), *vocabulary.tape_tables())
    fields = (f"{spec.name}.{field.name}" for spec in specs for field in spec.fields)
    vendors = (f"{vendor_columns.TABLE}.{name}" for name in vendor_columns.names())
    return frozenset((*fields, *vendors))


def remember_heading(line: str, folder: Path) -> Path:
    """Adds "heading=table.field" to the folder's map and gives the file; an old line is replaced.

    Raises:
        HeadingsFileError: The line is not of that form, or there is no such field.
    """
    heading, equals, target = (part.strip() for part in line.rpartition("="))
    if not equals:
        raise HeadingsFileError(f"No '=' in {line!r}.", file=FILE_NAME, line=line)
    _check_target(FILE_NAME, heading, target)
    path = folder / FILE_NAME
    known = load_yaml(path.read_bytes()) if read_map(path) else {}
    kept = {str(k): str(v) for k, v in known.items() if plain(str(k)) != plain(heading)}
    kept[heading] = target
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=True), encoding="utf-8")
    return path


def match(heading: str, spec: TableSpec, house: HouseMap) -> Match:
    """What a heading means in a table."""
    bare, unit = split_unit(heading)
    for spelling in dict.fromkeys((plain(heading), plain(bare))):
        found = _house_match(spelling, spec, house) or _shipped_match(spelling, spec)
        if found is not None:
            return replace(found, unit=unit)
    return Match(use=HeadingUse.UNKNOWN, unit=unit)


def _house_match(spelling: str, spec: TableSpec, house: HouseMap) -> Match | None:
    target = house.get(spelling, "")
    if target == IGNORE:
        return Match(use=HeadingUse.NOT_NEEDED)
    table, _, name = target.partition(".")
    if table != spec.name:
        return None
    evidence = vendor_columns.named(name) if table == vendor_columns.TABLE else None
    if evidence is not None:
        return Match(use=HeadingUse.EVIDENCE, evidence=evidence)
    return Match(use=HeadingUse.MAPPED_BY_HOUSE, field=spec.field(name))


def _shipped_match(spelling: str, spec: TableSpec) -> Match | None:
    found = _synonyms(spec.name).get(spelling)
    if found is not None:
        return Match(use=HeadingUse.MAPPED, field=found[0], rank=found[1])
    evidence = vendor_columns.headed(spelling) if spec.name == vendor_columns.TABLE else None
    if evidence is not None:
        return Match(use=HeadingUse.EVIDENCE, evidence=evidence)
    if spelling in spec.unused:
        return Match(use=HeadingUse.NOT_NEEDED)
    return None


def year_match(heading: str, spec: TableSpec) -> tuple[int, Match] | None:
    """The year that a heading begins with, and the amount below it; None where it has no year.

    >>> sales = vocabulary.table_spec("sales")
    >>> year, found = year_match("2024年度开票金额（万元）", sales)
    >>> year, found.field.name, found.unit
    (2024, 'vat_sales', '万元')
    """
    if spec.spread is None:
        return None
    flat = unicodedata.normalize("NFKC", heading).strip()
    found = _YEAR_FIRST.fullmatch(flat)
    if found is None:
        return None
    bare, unit = split_unit(found[2])
    rest = plain(bare)
    words = sorted(map(plain, vocabulary.words()["year_words"]), key=len, reverse=True)
    rest = next((rest.removeprefix(word) for word in words if rest.startswith(word)), rest)
    amounts = spec.field(spec.spread.amounts) if not rest else amount_field(rest, spec)
    if amounts is None:
        return None
    return int(found[1]), Match(use=HeadingUse.MAPPED, field=amounts, unit=unit)


def amount_field(text: str, spec: TableSpec) -> Field | None:
    """The amount that a text names, as the years along the head hold them; None if none."""
    assert spec.spread is not None
    found = match(text, spec, {}).field
    is_amount = found is not None and found.kind == spec.field(spec.spread.amounts).kind
    return found if is_amount else None


@cache
def _synonyms(table: str) -> Mapping[str, tuple[Field, int]]:
    fields = vocabulary.table_spec(table).fields
    return {h: (field, rank) for field in fields for rank, h in enumerate(field.headings)}


def split_unit(heading: str) -> tuple[str, str]:
    """A heading without the unit that it states, and the unit in plain spelling ("" if none).

    >>> split_unit("营业收入（万元）"), split_unit("持股比例(%)"), split_unit("申请（专利）号")
    (('营业收入', '万元'), ('持股比例', '%'), ('申请（专利）号', ''))
    """
    text = unicodedata.normalize("NFKC", heading).strip()
    for bracketed in _BRACKETED.finditer(text):
        unit = unit_in(bracketed[1])
        if unit:
            return text[: bracketed.start()] + text[bracketed.end() :], unit
    parts = [part for part in _STATED.split(text) if part]
    if len(parts) > 1 and (unit := unit_in(parts[-1])):
        return text[: text.rindex(parts[-1])].rstrip(" :/,"), unit
    return heading, ""


def unit_in(text: str) -> str:
    """The unit that a text states and nothing else ("" if it is none).

    >>> unit_in("单位：万元"), unit_in("亿元"), unit_in("%"), unit_in("专利")
    ('万元', '亿元', '%', '')
    """
    spelling = plain(text)
    for label in vocabulary.plain_words("unit_labels"):
        spelling = spelling.removeprefix(label)
    if spelling in vocabulary.plain_words("percent"):
        return PERCENT
    known = spelling in vocabulary.units() or spelling in vocabulary.plain_words("foreign")
    return spelling if known else ""


def unit_of_title(text: str) -> str:
    """The unit that a title row or sheet name states somewhere ("" if none).

    >>> unit_of_title("近三年财务数据    单位：人民币万元")
    '人民币万元'
    """
    flat = unicodedata.normalize("NFKC", text)
    for label in vocabulary.words()["unit_labels"]:
        found = re.search(rf"{re.escape(str(label))}\s*[:=]?\s*([^\s,;()]+)", flat, re.IGNORECASE)
        if found and (unit := unit_in(found[1])):
            return unit
    for bracketed in _BRACKETED.finditer(flat):
        if unit := unit_in(bracketed[1]):
            return unit
    return ""
