"""An xlsx from an unknown hand: every part unpacked once under limits, and a clean copy made.

The archive's own numbers are not believed: each part is inflated here with counting and compared
with what the directory says. What the reader gets is a new archive of the few parts that it needs,
so that it cannot see anything that was not looked at.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from posixpath import normpath
from typing import BinaryIO

from zhirong.adapters.intake.limits import FileRefusedError, Limits
from zhirong.adapters.intake.xml_scan import Scan, Scanner, shared_text_chars

_CHUNK = 1 << 16
_END_RECORD = b"PK\x05\x06"
_END64_LOCATOR = b"PK\x06\x07"
_END_RECORD_BYTES = 22
_LOCAL_HEADER_BYTES = 30
# A directory entry takes at least 46 bytes and rarely more than a few hundred.
_DIRECTORY_ENTRY_BYTES = 512
_RATIO_FREE_BYTES = 1_000_000
_DOCTYPES = tuple(
    word.encode(coding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for coding in ("utf-8", "utf-16-le", "utf-16-be")
)
_KEPT = ("[content_types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_KEPT_PREFIXES = ("xl/styles", "xl/sharedstrings", "xl/worksheets/")


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanWorkbook:
    """A workbook that may be read: its bytes, and the places of its formulas by sheet name."""

    data: io.BytesIO
    formulas: dict[str, frozenset[tuple[int, int]]]


def clean_xlsx(handle: BinaryIO, size: int, limits: Limits) -> CleanWorkbook:
    """A clean copy of the workbook.

    Raises:
        FileRefusedError: Anything about the archive or its XML that a real workbook does not have.
    """
    _check_directory(handle, size, limits)
    try:
        with zipfile.ZipFile(handle) as source:
            entries = source.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileRefusedError("intake.file.archive_broken", detail=str(error)) from error
    _check_entries(entries, limits)
    copy = io.BytesIO()
    scans: dict[str, Scan] = {}
    budget = _Budget(limits)
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for entry in entries:
            scan = _take(handle, entry, target, budget)
            if scan is not None:
                scans[entry.filename.lower()] = scan
    copy.seek(0)
    return CleanWorkbook(data=copy, formulas=_formulas(scans, limits))


def _check_directory(handle: BinaryIO, size: int, limits: Limits) -> None:
    tail_bytes = min(size, _END_RECORD_BYTES + 65_536)
    handle.seek(size - tail_bytes)
    tail = handle.read(tail_bytes)
    place = tail.rfind(_END_RECORD)
    if place < 0 or len(tail) - place < _END_RECORD_BYTES:
        raise FileRefusedError("intake.file.archive_broken", detail="no directory")
    if tail.find(_END64_LOCATOR, max(0, place - 20), place) >= 0:
        raise FileRefusedError("intake.file.archive_sizes", part="directory")
    directory_bytes = struct.unpack_from("<I", tail, place + 12)[0]
    if directory_bytes > limits.archive_parts * _DIRECTORY_ENTRY_BYTES:
        limits.check("archive_parts", directory_bytes // 46)
    handle.seek(0)


def _check_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    limits.check("archive_parts", len(entries))
    limits.check("unpacked_bytes", sum(entry.file_size for entry in entries))
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise FileRefusedError("intake.file.archive_broken", detail="a part appears twice")
    if "xl/workbook.xml" not in names:
        raise FileRefusedError("intake.file.not_a_workbook")
    if any("vbaproject" in name for name in names):
        raise FileRefusedError("intake.file.macros")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileRefusedError("intake.file.encrypted")
    if any(
        entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries
    ):
        raise FileRefusedError("intake.file.archive_broken", detail="unusual compression")
    places = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    for (start, packed), (following, _) in pairwise(places):
        if start + _LOCAL_HEADER_BYTES + packed > following:
            raise FileRefusedError("intake.file.archive_sizes", part="overlap")
    for entry in entries:
        _check_ratio(entry.filename, entry.file_size, entry.compress_size, limits)


def _check_ratio(name: str, unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > _RATIO_FREE_BYTES and unpacked > limits.unpacked_ratio * max(packed, 1):
        raise FileRefusedError(
            "intake.file.archive_ratio",
            part=name,
            limit=limits.unpacked_ratio,
            setting="intake.limits.unpacked_ratio",
        )


@dataclass(slots=True)
class _Budget:
    limits: Limits
    unpacked: int = 0
    elements: int = 0
    cells: int = 0
    area: int = 0
    text_chars: int = 0

    def spend(self, amount: int) -> None:
        self.unpacked += amount
        self.limits.check("unpacked_bytes", self.unpacked)

    def add(self, scan: Scan) -> None:
        self.elements += scan.elements
        self.cells += scan.cells
        self.area += scan.area
        self.text_chars += scan.text_chars
        self.limits.check("cells", self.cells)
        self.limits.check("area", self.area)
        self.limits.check("text_chars", self.text_chars)


def _take(
    handle: BinaryIO, entry: zipfile.ZipInfo, target: zipfile.ZipFile, budget: _Budget
) -> Scan | None:
    name = entry.filename.lower()
    pieces = _inflated(handle, entry, budget)
    if name in _KEPT or (name.startswith(_KEPT_PREFIXES) and name.endswith((".xml", ".rels"))):
        scanner = Scanner(budget.limits, budget.elements)
        with target.open(entry.filename, "w") as out:
            for piece in pieces:
                scanner.feed(piece)
                out.write(piece)
        scan = scanner.close()
        budget.add(scan)
        return scan
    is_text = name.endswith((".xml", ".rels", ".vml"))
    before = b""
    for piece in pieces:
        if is_text and any(word in before + piece for word in _DOCTYPES):
            raise FileRefusedError("intake.file.xml_doctype")
        if is_text and b"ddeLink" in before + piece:
            raise FileRefusedError("intake.file.active_formula", formula="DDE")
        before = piece[-32:]
    return None


def _inflated(handle: BinaryIO, entry: zipfile.ZipInfo, budget: _Budget) -> Iterator[bytes]:
    """The part's bytes as they truly are; the directory's sizes must agree."""
    handle.seek(entry.header_offset)
    header = handle.read(_LOCAL_HEADER_BYTES)
    if len(header) < _LOCAL_HEADER_BYTES or header[:4] != b"PK\x03\x04":
        raise FileRefusedError("intake.file.archive_broken", detail=entry.filename)
    name_bytes, extra_bytes = struct.unpack_from("<HH", header, 26)
    handle.seek(name_bytes + extra_bytes, io.SEEK_CUR)
    inflate = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    left, produced, checksum = entry.compress_size, 0, 0
    while left > 0:
        packed = handle.read(min(left, _CHUNK))
        if not packed:
            raise FileRefusedError("intake.file.archive_sizes", part=entry.filename)
        left -= len(packed)
        for piece in _pieces(inflate, packed, entry.filename):
            produced += len(piece)
            budget.spend(len(piece))
            if produced > entry.file_size:
                raise FileRefusedError("intake.file.archive_sizes", part=entry.filename)
            checksum = zlib.crc32(piece, checksum)
            yield piece
    ended = inflate is None or (inflate.eof and not inflate.unused_data)
    if produced != entry.file_size or checksum != entry.CRC or not ended:
        raise FileRefusedError("intake.file.archive_sizes", part=entry.filename)


def _pieces(inflate: "zlib._Decompress | None", packed: bytes, name: str) -> Iterator[bytes]:
    if inflate is None:
        yield packed
        return
    try:
        while packed:
            piece = inflate.decompress(packed, _CHUNK)
            if piece:
                yield piece
            packed = inflate.unconsumed_tail
            if inflate.eof or (not piece and not packed):
                break
        while not inflate.eof and (piece := inflate.decompress(b"", _CHUNK)):
            yield piece
    except zlib.error as error:
        raise FileRefusedError("intake.file.archive_broken", detail=name) from error


def _formulas(scans: dict[str, Scan], limits: Limits) -> dict[str, frozenset[tuple[int, int]]]:
    workbook = scans["xl/workbook.xml"]
    relations = scans.get("xl/_rels/workbook.xml.rels", Scan()).relations
    sheets = {name: scan for name, scan in scans.items() if name.startswith("xl/worksheets/")}
    strings = next((s for name, s in scans.items() if "sharedstrings" in name), Scan())
    limits.check("text_chars", shared_text_chars(strings, iter(sheets.values())))
    result: dict[str, frozenset[tuple[int, int]]] = {}
    for name, relation in workbook.sheets:
        target = relations.get(relation, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        scan = sheets.get(normpath(part).lower())
        # A sheet whose part was not looked at is not read; `formulas` lists those that may be.
        if scan is not None:
            result[name] = frozenset(scan.formulas)
            check_formulas(scan.formula_texts)
    return result


def check_formulas(texts: set[str]) -> None:
    """Nothing, if no formula starts a program or calls out.

    Raises:
        FileRefusedError: One does (DDE and the functions that reach outside the workbook).
    """
    for text in sorted(texts):
        squeezed = "".join(text.split()).upper()
        calls = any(f"{word}(" in squeezed for word in _CALLS)
        if calls or ("|" in squeezed and "!" in squeezed.partition("|")[2]):
            raise FileRefusedError("intake.file.active_formula", formula=text[:80])


# Functions of spreadsheets that reach a program, a server or the network.
_CALLS = ("WEBSERVICE", "CALL", "REGISTER", "REGISTER.ID", "EXEC", "RTD", "DDE", "FOPEN")
