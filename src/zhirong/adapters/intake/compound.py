"""The container of an old .xls (compound file): its workbook stream, every chain walked once.

A chain that turns back on itself would keep a trusting reader busy for ever; here each sector may
be used once.
"""

import struct
from dataclasses import dataclass

from zhirong.adapters.intake.limits import FileRefusedError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_CHAIN = 0xFFFFFFFE
_LAST_SECTOR = 0xFFFFFFFA
_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_STREAM, _ROOT = 2, 5


def _broken(detail: str) -> FileRefusedError:
    return FileRefusedError("intake.file.xls_broken", detail=detail)


@dataclass(slots=True)
class _Container:
    data: bytes
    sector_bytes: int
    table: tuple[int, ...]
    used: set[int]

    def sector(self, number: int) -> bytes:
        start = (number + 1) * self.sector_bytes
        found = self.data[start : start + self.sector_bytes]
        if not found:
            raise _broken("a sector lies outside the file")
        return found

    def chain(self, first: int) -> list[int]:
        """The sectors from the first on."""
        result: list[int] = []
        number = first
        while number <= _LAST_SECTOR:
            if number in self.used or number >= len(self.table):
                raise _broken("a chain of sectors turns back or leaves the file")
            self.used.add(number)
            result.append(number)
            number = self.table[number]
        if number != _END_OF_CHAIN and result:
            raise _broken("a chain of sectors has no end")
        return result


def workbook_stream(data: bytes) -> bytes:
    """The bytes of the stream "Workbook" (or "Book", before 1997).

    Raises:
        FileRefusedError: Broken container, or one that holds no workbook.
    """
    if len(data) < _HEADER_BYTES or data[:8] != MAGIC:
        raise FileRefusedError("intake.file.wrong_content")
    sector_shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if sector_shift not in (9, 12) or mini_shift != 6:
        raise _broken("unusual sector size")
    container = _open(data, 1 << sector_shift)
    directory_start, cutoff, mini_start = (
        struct.unpack_from("<I", data, place)[0] for place in (48, 56, 60)
    )
    directory = b"".join(container.sector(n) for n in container.chain(directory_start))
    streams = _entries(directory)
    _walk_other_chains(container, streams, cutoff, mini_start)
    for name in ("Workbook", "Book"):
        if name in streams:
            start, size, _ = streams[name]
            if size < cutoff:
                raise _broken("the workbook is too small")
            container.used.clear()
            return b"".join(container.sector(n) for n in container.chain(start))[:size]
    raise FileRefusedError("intake.file.not_a_workbook")


def _open(data: bytes, sector_bytes: int) -> _Container:
    blocks = list(struct.unpack_from("<109I", data, 76))
    container = _Container(data, sector_bytes, (), set())
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(count):
        if following > _LAST_SECTOR:
            break
        if following in container.used:
            raise _broken("a chain of sectors turns back or leaves the file")
        container.used.add(following)
        numbers = struct.unpack(f"<{sector_bytes // 4}I", container.sector(following))
        blocks.extend(numbers[:-1])
        following = numbers[-1]
    table: list[int] = []
    for block in blocks:
        if block <= _LAST_SECTOR:
            if block in container.used:
                raise _broken("a sector is used twice")
            container.used.add(block)
            sector = container.sector(block)
            if len(sector) != sector_bytes:
                raise _broken("a sector lies outside the file")
            table.extend(struct.unpack(f"<{sector_bytes // 4}I", sector))
    container.table = tuple(table)
    return container


def _entries(directory: bytes) -> dict[str, tuple[int, int, int]]:
    result: dict[str, tuple[int, int, int]] = {}
    for place in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        entry = directory[place : place + _ENTRY_BYTES]
        name_bytes = struct.unpack_from("<H", entry, 64)[0]
        kind = entry[66]
        if kind not in (_STREAM, _ROOT) or not 2 <= name_bytes <= 64:
            continue
        name = entry[: name_bytes - 2].decode("utf-16-le", errors="replace")
        start, size = struct.unpack_from("<II", entry, 116)
        result.setdefault(name, (start, size, kind))
    return result


def _walk_other_chains(
    container: _Container, streams: dict[str, tuple[int, int, int]], cutoff: int, mini_start: int
) -> None:
    if mini_start <= _LAST_SECTOR:
        container.chain(mini_start)
    for start, size, kind in streams.values():
        if size and (kind == _ROOT or size >= cutoff):
            container.chain(start)
