"""A list of patents for `zhirong fees`: one row a patent, in csv, under any usual heading."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhirong.core.errors import InputError, ZhirongError
from zhirong.core.identifiers import patents
from zhirong.parameters.reader import table
from zhirong.rights.records import FeeReduction, Patent, PatentKind

_FIELDS = (
    "app_no",
    "kind",
    "filing_date",
    "grant_date",
    "fee_paid_through_year",
    "fee_reduction",
)
_NOISE = re.compile(r"[\s()\[\]\u3010\u3011:;,.\-_*]+")
SIZE_MAX_BYTES = 200_000_000


class FeeListError(InputError):
    """The file cannot be read as a list of patents."""

    code = "error.fee_list"

    def __init__(self, file: str, *, reason: str) -> None:
        super().__init__(f"{file}: {reason}", file=file, reason=f"fee_list.{reason}")


class FeeFactError(InputError):
    """A fact that the fees need is missing or cannot be read."""

    code = "error.fee_fact"

    def __init__(self, field: str, *, text: str) -> None:
        super().__init__(f"{field}: {text!r} cannot be read.", field=f"fee_fact.{field}", text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row that cannot be read, with its line and the reason."""

    line: int
    text: str
    error: ZhirongError


def read_list(path: Path) -> tuple[tuple[Patent, ...], tuple[Refused, ...]]:
    """The patents of a csv file, and the rows refused; together they are all rows.

    Raises:
        FeeListError: No such file, too large, not text, or without a column of numbers.
    """
    rows = _rows(path)
    headings = _headings()
    columns: dict[str, int] = {}
    for place, heading in enumerate(rows[0] if rows else ()):
        field = headings.get(_plain(heading))
        if field is not None:
            columns.setdefault(field, place)
    if not {"app_no", "filing_date"} <= columns.keys():
        raise FeeListError(path.name, reason="no_columns")
    accepted: list[Patent] = []
    refused: list[Refused] = []
    for line, row in enumerate(rows[1:], start=2):
        cells = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
        if not any(cells.values()):
            continue
        try:
            accepted.append(patent_of(cells))
        except ZhirongError as error:
            refused.append(Refused(line=line, text=cells.get("app_no", ""), error=error))
    return tuple(accepted), tuple(refused)


def _rows(path: Path) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(_text(path), newline="")))
    except csv.Error:
        raise FeeListError(path.name, reason="no_text") from None


def _text(path: Path) -> str:
    if not path.is_file():
        raise FeeListError(path.name, reason="no_file")
    if path.stat().st_size > SIZE_MAX_BYTES:
        raise FeeListError(path.name, reason="too_large")
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FeeListError(path.name, reason="no_text")


def patent_of(cells: Mapping[str, str]) -> Patent:
    """A patent from texts under the names of the record's fields.

    Raises:
        ZhirongError: A number, date or word that cannot be read, or one that is missing.
    """
    number = patents.parse(cells["app_no"]) if cells.get("app_no") else None
    told = _choice("patent_kind", "kind", cells.get("kind", "")) or (number and number.kind)
    if not told:
        raise FeeFactError("kind", text="")
    filed = _date("filing_date", cells.get("filing_date", ""))
    if filed is None:
        raise FeeFactError("filing_date", text="")
    reduction = _choice("fee_reduction", "fee_reduction", cells.get("fee_reduction", ""))
    return Patent(
        app_no=number.canonical if number else "",
        kind=PatentKind(told),
        title="",
        filing_date=filed,
        grant_date=_date("grant_date", cells.get("grant_date", "")),
        fee_paid_through_year=_year(cells.get("fee_paid_through_year", "")),
        fee_reduction=FeeReduction(reduction) if reduction else None,
    )


def _plain(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _headings() -> dict[str, str]:
    """Plain heading → field, by the headings that intake knows."""
    fields = table("intake_rights")["patents"]["fields"]
    return {
        _plain(str(spelling)): field["name"]
        for field in reversed(fields)
        if field["name"] in _FIELDS
        for spelling in (field["name"], field["zh"], field["en"], *field.get("also", ()))
    }


def _choice(words: str, field: str, text: str) -> str:
    if not text:
        return ""
    wanted = _plain(text)
    for code, word in table("intake_words")["choices"][words].items():
        if wanted in {_plain(str(s)) for s in (code, word["zh"], word["en"], *word["also"])}:
            return str(code)
    raise FeeFactError(field, text=text)


def _date(field: str, text: str) -> date | None:
    """A date in any order year, month, day: 2018-03-15, 2018.3.15, 20180315 ..."""
    if not text:
        return None
    plain = unicodedata.normalize("NFKC", text)
    parts = re.findall(r"\d+", plain.partition(" ")[0])
    if len(parts) == 1 and len(parts[0]) == 8:
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        raise FeeFactError(field, text=text) from None


def _year(text: str) -> int | None:
    if not text:
        return None
    found = re.fullmatch(r"\D{0,3}(\d{1,2})(?:\.0)?\D{0,4}", unicodedata.normalize("NFKC", text))
    if found is None:
        raise FeeFactError("fee_paid_through_year", text=text)
    return int(found[1])
