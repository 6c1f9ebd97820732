"""Text tables: csv and tsv in UTF-8 (with or without mark), GB18030 or UTF-16, read in a stream."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from zhirong.adapters.intake.limits import FileRefusedError, Limits

_DELIMITERS = ",\t;|"
_CHUNK = 1 << 20
_SAMPLE_CHARS = 1 << 16
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def encoding(handle: BinaryIO) -> str:
    """The encoding in which every byte of the file makes sense: UTF-8 before GB18030.

    Raises:
        FileRefusedError: Neither does.
    """
    handle.seek(0)
    is_wide = handle.read(2) in _UTF16_MARKS
    for name in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        handle.seek(0)
        reader = io.TextIOWrapper(handle, encoding=name, errors="strict", newline="")
        try:
            while reader.read(_CHUNK):
                pass
        except UnicodeError:
            continue
        else:
            return name
        finally:
            reader.detach()
    raise FileRefusedError("intake.file.encoding")


def rows(path: Path, limits: Limits) -> list[list[str]]:
    """The rows of the table, as text.

    Raises:
        FileRefusedError: Encoding, NUL characters, a limit broken.
    """
    with path.open("rb") as handle:
        name = encoding(handle)
    with path.open(encoding=name, newline="") as text:
        delimiter = _delimiter(text.read(_SAMPLE_CHARS))
        text.seek(0)
        return _rows(text, delimiter, limits)


def _delimiter(sample: str) -> str:
    """The character that splits most lines into the same number of parts, above one."""
    lines = [line for line in sample.splitlines()[:50] if line.strip()]

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = Counter(line.count(delimiter) for line in lines if delimiter in line)
        if not counts:
            return (0, 0)
        common, lines_alike = max(counts.items(), key=lambda item: (item[1], item[0]))
        return (lines_alike, common)

    return max(_DELIMITERS, key=evenness) if lines else ","


class _Lines:
    """Lines of bounded length; `used` counts characters since the last finished row."""

    def __init__(self, text: io.TextIOBase, limits: Limits) -> None:
        self._text = text
        self._limits = limits
        self.used = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(self._limits.row_chars + 1):
            if "\0" in line:
                raise FileRefusedError("intake.file.nul_bytes")
            self.used += len(line)
            self._limits.check("row_chars", self.used)
            yield line


def _rows(text: io.TextIOBase, delimiter: str, limits: Limits) -> list[list[str]]:
    lines = _Lines(text, limits)
    result: list[list[str]] = []
    cells = characters = 0
    # The field limit is a setting of the csv module, the same for everybody in the process.
    csv.field_size_limit(limits.row_chars)
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            limits.check("columns", len(row))
            cells += len(row)
            characters += lines.used
            lines.used = 0
            limits.check("cells", cells)
            limits.check("text_chars", characters)
            result.append(row)
            limits.check("rows", len(result))
    except csv.Error as error:
        raise FileRefusedError("intake.file.text_broken", detail=str(error)) from error
    return result
