"""A list of patents for `zhirong fees`: one row a patent, in csv, under any usual heading.

It is read under the same limits as intake reads text (`intake.file_bytes_max`, `intake.limits`),
but without intake's workbooks, so that the command starts at once.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import TextIOBase
from pathlib import Path

from zhirong.cli.fee_facts import FIELDS, patent_of, plain
from zhirong.core.errors import InputError, ZhirongError
from zhirong.parameters.reader import Parameters, table
from zhirong.rights.law import PatentLaw
from zhirong.rights.records import Patent

_DELIMITERS = ",\t;|"
_SAMPLE_CHARS = 1 << 16
_CHUNK = 1 << 20
_FILE_BYTES, _LIMITS = "intake.file_bytes_max", "intake.limits"


class FeeListError(InputError):
    """The file cannot be read as a list of patents."""

    code = "error.fee_list"

    def __init__(self, file: str, *, reason: str) -> None:
        super().__init__(f"{file}: {reason}", file=file, reason=f"fee_list.{reason}")


class FeeListLimitError(InputError):
    """The file breaks a safety limit."""

    code = "error.fee_list_limit"

    def __init__(self, file: str, *, setting: str, limit: int) -> None:
        text = f"{file} is above {setting}: {limit}."
        super().__init__(text, file=file, setting=setting, limit=limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row that cannot be read, with its line and the reason."""

    line: int
    text: str
    error: ZhirongError


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeList:
    """The patents of a list and the rows refused; together they are all rows.

    `unread` are headings that nothing knows: what stands under them was not used.
    """

    patents: tuple[Patent, ...]
    refused: tuple[Refused, ...]
    unread: tuple[str, ...]


def read_list(path: Path, *, on: date, law: PatentLaw) -> FeeList:
    """The patents of a csv file, reckoned for a day; titles, blank and total rows are passed over.

    Raises:
        FeeListError: No such file, not text, or without a column of numbers.
        FeeListLimitError: The file breaks a safety limit.
    """
    rows = list(_rows(path, law.parameters, on))
    known = _headings()
    tops = int(law.parameters.get(_LIMITS, on=on).value["heading_rows"])
    heads = (place for place, (_, row) in enumerate(rows[:tops]) if _is_head(row, known))
    top = next(heads, None)
    if top is None:
        raise FeeListError(path.name, reason="no_columns")
    heading_row = rows[top][1]
    accepted: list[Patent] = []
    refused: list[Refused] = []
    columns = _columns(heading_row, known)
    for line, row in rows[top + 1 :]:
        cells = _cells(row, columns)
        if _is_aside(row, cells):
            continue
        try:
            accepted.append(patent_of(cells, on=on, law=law))
        except ZhirongError as error:
            refused.append(Refused(line=line, text=cells.get("app_no", ""), error=error))
    unread = (text.strip() for text in heading_row if plain(text) not in known)
    return FeeList(
        patents=tuple(accepted),
        refused=tuple(refused),
        unread=tuple(text for text in unread if text),
    )


def _is_head(row: list[str], known: Mapping[str, str]) -> bool:
    return {"app_no", "filing_date"} <= {known.get(plain(text), "") for text in row}


def _columns(row: list[str], known: Mapping[str, str]) -> dict[str, list[int]]:
    """Field → its columns, in their order."""
    columns: dict[str, list[int]] = {}
    for place, heading in enumerate(row):
        field = known.get(plain(heading), "")
        if field in FIELDS:
            columns.setdefault(field, []).append(place)
    return columns


def _cells(row: list[str], columns: Mapping[str, list[int]]) -> dict[str, str]:
    """Field → the first of its cells that is filled."""
    return {
        name: next((row[c].strip() for c in places if c < len(row) and row[c].strip()), "")
        for name, places in columns.items()
    }


def _is_aside(row: list[str], cells: Mapping[str, str]) -> bool:
    """Whether a row holds no patent: blank, or a sum at the foot."""
    written = [text.strip() for text in row if text.strip()]
    totals = {plain(str(word)) for word in table("intake_words")["totals"]}
    return not any(cells.values()) or plain(written[0]) in totals


def _rows(path: Path, parameters: Parameters, on: date) -> Iterator[tuple[int, list[str]]]:
    """The rows with their lines, within the limits."""
    if not path.is_file():
        raise FeeListError(path.name, reason="no_file")
    _check(path, _FILE_BYTES, path.stat().st_size, int(parameters.number(_FILE_BYTES, on=on)))
    limits = parameters.get(_LIMITS, on=on).value
    with path.open(encoding=_encoding(path), newline="") as text:
        sample = text.read(_SAMPLE_CHARS)
        text.seek(0)
        lines = _lines(text, path, limits)
        csv.field_size_limit(int(limits["row_chars"]))
        reader = csv.reader(lines, delimiter=_delimiter(sample))
        try:
            for count, row in enumerate(reader, start=1):
                _check(path, f"{_LIMITS}.rows", count, int(limits["rows"]))
                yield reader.line_num, row
        except csv.Error:
            raise FeeListError(path.name, reason="no_text") from None


def _lines(text: TextIOBase, path: Path, limits: Mapping[str, object]) -> Iterator[str]:
    longest, most = int(str(limits["row_chars"])), int(str(limits["text_chars"]))
    total = 0
    while line := text.readline(longest + 1):
        if "\0" in line:
            raise FeeListError(path.name, reason="no_text")
        total += len(line)
        _check(path, f"{_LIMITS}.row_chars", len(line), longest)
        _check(path, f"{_LIMITS}.text_chars", total, most)
        yield line


def _check(path: Path, setting: str, actual: int, limit: int) -> None:
    if actual > limit:
        raise FeeListLimitError(path.name, setting=setting, limit=limit)


def _encoding(path: Path) -> str:
    """The encoding in which every byte makes sense: UTF-8 before GB18030."""
    for name in ("utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=name, newline="") as text:
                while text.read(_CHUNK):
                    pass
        except UnicodeDecodeError:
            continue
        return name
    raise FeeListError(path.name, reason="no_text")


def _delimiter(sample: str) -> str:
    """The character that splits most lines into the same number of parts."""
    lines = [line for line in sample.splitlines()[:50] if line.strip()]

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = Counter(_positive(line.count(delimiter) for line in lines))
        return max(((alike, parts) for parts, alike in counts.items()), default=(0, 0))

    return max(_DELIMITERS, key=evenness)


def _positive(counts: Iterable[int]) -> Iterator[int]:
    return (count for count in counts if count)


def _headings() -> dict[str, str]:
    """Plain heading → field of intake ("" for headings that are known and not needed)."""
    spec = table("intake_rights")["patents"]
    known = {plain(str(heading)): "" for heading in spec["unused"]}
    for field in reversed(spec["fields"]):
        for spelling in (field["name"], field["zh"], field["en"], *field.get("also", ())):
            known[plain(str(spelling))] = field["name"]
    return known
