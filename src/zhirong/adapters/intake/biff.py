"""What the records of an old .xls hold: cells, formulas, text, sizes, before a reader takes it.

Each record is a type, a length and a body. Only what bounds the work of the reader is looked at.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from zhirong.adapters.intake.limits import FileRefusedError, Limits

_FORMULA, _BOUND_SHEET, _START, _PASSWORD = 0x0006, 0x0085, 0x0809, 0x002F
_STRINGS, _CONTINUE, _STRING_CELL, _DIMENSIONS, _MERGED = 0x00FC, 0x003C, 0x00FD, 0x0200, 0x00E5
_MANY_NUMBERS, _MANY_BLANKS = 0x00BD, 0x00BE
_ONE_CELL = frozenset((_FORMULA, _STRING_CELL, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6))


@dataclass(slots=True)
class _Sheet:
    name: str
    formulas: set[tuple[int, int]] = field(default_factory=set)
    row_max: int = -1
    column_max: int = -1

    @property
    def area(self) -> int:
        """Cells of the smallest grid that holds all of them."""
        return (self.row_max + 1) * (self.column_max + 1)


@dataclass(slots=True)
class _Counts:
    limits: Limits
    cells: int = 0
    area: int = 0  # of all sheets, as the cells lie and not only as the file says
    merged_area: int = 0
    uses: dict[int, int] = field(default_factory=dict)
    lengths: list[int] = field(default_factory=list)


def formulas(stream: bytes, limits: Limits) -> dict[str, frozenset[tuple[int, int]]]:
    """The places of formulas by sheet name; the stream keeps within the limits.

    Raises:
        FileRefusedError: A limit broken, a password, records that make no sense.
    """
    counts = _Counts(limits)
    sheets: dict[int, _Sheet] = {}
    current: _Sheet | None = None
    strings: list[bytes] | None = None
    for place, kind, body in _records(stream):
        if kind == _CONTINUE and strings is not None:
            strings.append(body)
            continue
        if strings is not None:
            counts.lengths = string_lengths(strings, limits)
            strings = None
        if kind == _PASSWORD:
            raise FileRefusedError("intake.file.encrypted")
        if kind == _STRINGS:
            strings = [body]
        elif kind == _BOUND_SHEET and len(body) >= 8:
            sheets[struct.unpack_from("<I", body)[0]] = _Sheet(_sheet_name(body))
            limits.check("sheets", len(sheets))
        elif kind == _START:
            current = sheets.get(place)
        else:
            _count(kind, body, counts, current)
    total = sum(
        counts.lengths[i] * uses for i, uses in counts.uses.items() if i < len(counts.lengths)
    )
    limits.check("text_chars", total)
    return {sheet.name: frozenset(sheet.formulas) for sheet in sheets.values()}


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        body = stream[place + 4 : place + 4 + size]
        if len(body) < size:
            raise FileRefusedError("intake.file.xls_broken", detail="a record is cut off")
        yield place, kind, body
        place += 4 + size


def _sheet_name(body: bytes) -> str:
    length, is_wide = body[6], body[7] & 1
    raw = body[8 : 8 + length * (1 + is_wide)]
    return raw.decode("utf-16-le" if is_wide else "latin-1", errors="replace")


def _count(kind: int, body: bytes, counts: _Counts, sheet: _Sheet | None) -> None:
    limits = counts.limits
    if kind in _ONE_CELL and len(body) >= 6:
        row, column = struct.unpack_from("<HH", body)
        counts.cells += 1
        _grow(counts, sheet, row, column)
        if kind == _FORMULA and sheet is not None:
            sheet.formulas.add((row, column))
            limits.check("formulas", len(sheet.formulas))
        if kind == _STRING_CELL and len(body) >= 10:
            index = struct.unpack_from("<I", body, 6)[0]
            counts.uses[index] = counts.uses.get(index, 0) + 1
    elif kind in (_MANY_NUMBERS, _MANY_BLANKS) and len(body) >= 6:
        several = (len(body) - 6) // (6 if kind == _MANY_NUMBERS else 2)
        counts.cells += several
        row, column = struct.unpack_from("<HH", body)
        _grow(counts, sheet, row, column + max(several - 1, 0))
    elif kind == _DIMENSIONS and len(body) >= 14:
        first, last, left, right = struct.unpack_from("<IIHH", body)
        rows, columns = max(last - first, 0), max(right - left, 0)
        limits.check("rows", rows)
        limits.check("columns", columns)
        limits.check("area", rows * columns)
    elif kind == _MERGED and len(body) >= 2:
        for top, bottom, left, right in struct.iter_unpack(
            "<HHHH", body[2 : 2 + (len(body) - 2) // 8 * 8]
        ):
            counts.merged_area += (abs(bottom - top) + 1) * (abs(right - left) + 1)
        limits.check("area", counts.merged_area)
    limits.check("cells", counts.cells)


def _grow(counts: _Counts, sheet: _Sheet | None, row: int, column: int) -> None:
    if sheet is None or (row <= sheet.row_max and column <= sheet.column_max):
        return
    before = sheet.area
    sheet.row_max, sheet.column_max = max(row, sheet.row_max), max(column, sheet.column_max)
    counts.area += sheet.area - before
    counts.limits.check("area", counts.area)


def string_lengths(bodies: list[bytes], limits: Limits) -> list[int]:
    """Characters of each shared string, from the string record and its continuations."""
    reader = _Strings(bodies)
    unique = struct.unpack_from("<I", bodies[0], 4)[0] if len(bodies[0]) >= 8 else 0
    reader.place = 8
    lengths: list[int] = []
    while len(lengths) < unique and not reader.at_end:
        lengths.append(reader.skip_string())
        limits.check("cells", len(lengths))
    return lengths


@dataclass(slots=True)
class _Strings:
    """Walks strings that run on over the ends of records."""

    bodies: list[bytes]
    part: int = 0
    place: int = 0

    @property
    def at_end(self) -> bool:
        self._settle()
        return self.part >= len(self.bodies)

    def _settle(self) -> None:
        while self.part < len(self.bodies) and self.place >= len(self.bodies[self.part]):
            self.part, self.place = self.part + 1, 0

    def _take(self, size: int) -> bytes:
        taken = b""
        while len(taken) < size and not self.at_end:
            body = self.bodies[self.part]
            piece = body[self.place : self.place + size - len(taken)]
            taken += piece
            self.place += len(piece)
        return taken.ljust(size, b"\0")

    def skip_string(self) -> int:
        """Steps over one string; its number of characters."""
        length, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self._take(4))[0] if flags & 4 else 0
        left, width = length, 2 if flags & 1 else 1
        while left and not self.at_end:
            here = min(left, (len(self.bodies[self.part]) - self.place) // width)
            self.place += here * width
            left -= here
            if left:
                # A string that runs on begins its new record with a flag of its own.
                self.part, self.place = self.part + 1, 0
                if self.part < len(self.bodies) and self.bodies[self.part]:
                    width = 2 if self.bodies[self.part][0] & 1 else 1
                    self.place = 1
        self._skip(runs * 4 + extra)
        return int(length)

    def _skip(self, size: int) -> None:
        while size and not self.at_end:
            here = min(size, len(self.bodies[self.part]) - self.place)
            self.place += here
            size -= here
