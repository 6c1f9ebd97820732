"""Files as firms send them, and files as nobody honest sends them, made for the tests of intake."""

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlwt

from zhirong.adapters.intake.folder import IntakeSettings, read_folder
from zhirong.application.case.intake_report import Intake
from zhirong.core.identifiers import patents
from zhirong.parameters.reader import Parameters

ON = date(2026, 6, 30)
HEAD = ("申请号", "专利名称", "申请日", "授权公告日", "专利权人")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
WORKBOOK_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
SHEET_START = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
SHEET_END = "</sheetData></worksheet>"


def intake(folder: Path, **settings: Any) -> Intake:
    return read_folder(
        folder, settings=IntakeSettings(parameters=Parameters(), valuation_date=ON, **settings)
    )


def number(serial: int, year: int = 2017, kind: int = 1) -> str:
    """A valid application number with its dot."""
    digits = f"{year}{kind}{serial:07d}"
    return f"{digits}.{patents.check_digit(digits)}"


def workbook(path: Path, rows: Sequence[Sequence[Any]], sheet: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def old_workbook(path: Path, rows: Sequence[Sequence[Any]], sheet: str = "Sheet1") -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, date):
                page.write(r, c, value, style)
            elif value is not None:
                page.write(r, c, value)
    book.save(str(path))
    return path


def raw_xlsx(
    path: Path,
    sheet: str | bytes,
    strings: str = "",
    extra: dict[str, bytes] | None = None,
    method: int = zipfile.ZIP_DEFLATED,
) -> Path:
    """An xlsx of parts as given."""
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if strings:
            archive.writestr("xl/sharedStrings.xml", strings)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return path


def entity_bomb(path: Path) -> Path:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
    )
    text = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>{SHEET_START}'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&k;</t></is></c></row>'
    return raw_xlsx(path, text + cell + SHEET_END)


def zip_bomb(path: Path, megabytes: int = 180) -> Path:
    """A sheet of blanks that packs a thousand to one."""
    return raw_xlsx(path, (SHEET_START + " " * (megabytes << 20) + SHEET_END).encode())


def many_small_bombs(path: Path) -> Path:
    """Each part keeps the ratio of small parts; together they are too large."""
    extra = {f"xl/media/{i}.xml": b"<a/>" + b" " * 990_000 for i in range(400)}
    return raw_xlsx(path, SHEET_START + SHEET_END, extra=extra)


def false_sizes(path: Path) -> Path:
    """The directory says that the sheet is small; it is not."""
    zip_bomb(path, megabytes=60)
    data = bytearray(path.read_bytes())
    place = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    while data[place : place + 4] != b"PK\x01\x02":
        place = data.rfind(b"xl/worksheets/sheet1.xml", 0, place + 46) - 46
    struct.pack_into("<I", data, place + 24, 500)
    path.write_bytes(bytes(data))
    return path


def overlapping_parts(path: Path) -> Path:
    """Two parts of the directory share the same bytes."""
    raw_xlsx(path, SHEET_START + SHEET_END, extra={"xl/other.xml": b"<a/>" * 50})
    data = bytearray(path.read_bytes())
    places = []
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        places.append(at)
        at = data.find(b"PK\x01\x02", at + 4)
    first = struct.unpack_from("<I", data, places[0] + 42)[0]
    struct.pack_into("<I", data, places[-1] + 42, first)
    path.write_bytes(bytes(data))
    return path


def million_columns(path: Path) -> Path:
    cells = "".join(f'<c r="{letters}1"><v>1</v></c>' for letters in ("A", "BDWGN"))
    return raw_xlsx(path, f'{SHEET_START}<row r="1">{cells}</row>{SHEET_END}')


def far_corner(path: Path) -> Path:
    """Two cells that span the whole sheet."""
    rows = "".join(
        f'<row r="{row}"><c r="{letters}{row}"><v>1</v></c></row>'
        for letters, row in (("A", 1), ("XFD", 1_048_576))
    )
    return raw_xlsx(path, SHEET_START + rows + SHEET_END)


def wide_sheets(path: Path, count: int = 150) -> Path:
    """Sheets each of which keeps the limit; together their grids fill the memory."""
    sheets = [f'<sheet name="S{i}" sheetId="{i}" r:id="r{i}"/>' for i in range(1, count)]
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    links = [
        f'<Relationship Id="r{i}" Type="{kind}" Target="worksheets/s{i}.xml"/>'
        for i in range(1, count)
    ]
    corner = '<row r="1000"><c r="BXV1000"><v>1</v></c></row>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        one = '<sheet name="S" sheetId="1" r:id="rId1"/>'
        archive.writestr("xl/workbook.xml", WORKBOOK.replace(one, "".join(sheets)))
        start = WORKBOOK_RELATIONS.partition("<Relationship Id")[0]
        archive.writestr("xl/_rels/workbook.xml.rels", f"{start}{''.join(links)}</Relationships>")
        for i in range(1, count):
            archive.writestr(f"xl/worksheets/s{i}.xml", SHEET_START + corner + SHEET_END)
    return path


def many_styles(path: Path) -> Path:
    """Millions of elements in a part that holds no cells."""
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 4_000_000}</cellXfs></styleSheet>'
    extra = {"xl/styles.xml": styles.encode()}
    return raw_xlsx(path, SHEET_START + SHEET_END, extra=extra, method=zipfile.ZIP_STORED)


def repeated_long_string(path: Path) -> Path:
    """One long text that every cell points to."""
    strings = f'<sst xmlns="{MAIN}"><si><t>{"长" * 30_000}</t></si></sst>'
    rows = "".join(
        f'<row r="{r}">' + '<c t="s"><v>0</v></c>' * 50 + "</row>" for r in range(1, 4_000)
    )
    return raw_xlsx(
        path, SHEET_START + rows + SHEET_END, strings=strings, method=zipfile.ZIP_STORED
    )


def deep_nesting(path: Path) -> Path:
    return raw_xlsx(
        path,
        SHEET_START + "<a>" * 200_000 + "</a>" * 200_000 + SHEET_END,
        method=zipfile.ZIP_STORED,
    )


def long_attribute(path: Path) -> Path:
    text = f'{SHEET_START}<row r="1" x="{"x" * 9_000_000}"/>{SHEET_END}'
    return raw_xlsx(path, text, method=zipfile.ZIP_STORED)


def active_formula(path: Path, formula: str = "cmd|' /C calc'!A0") -> Path:
    row = f'<row r="1"><c r="A1"><f>{formula}</f><v>1</v></c></row>'
    return raw_xlsx(path, SHEET_START + row + SHEET_END)


def data_link(path: Path) -> Path:
    return raw_xlsx(
        path,
        SHEET_START + SHEET_END,
        extra={"xl/externalLinks/externalLink1.xml": b"<externalLink><ddeLink/></externalLink>"},
    )


def macros(path: Path) -> Path:
    return raw_xlsx(path, SHEET_START + SHEET_END, extra={"xl/vbaProject.bin": b"\0" * 100})


def cyclic_chain(path: Path) -> Path:
    """An old workbook whose sectors turn back on themselves."""
    old_workbook(path, [["x" * 50] * 20] * 200)
    data = bytearray(path.read_bytes())
    table = struct.unpack_from("<I", data, 76)[0]
    for sector in range(10):
        struct.pack_into("<I", data, (table + 1) * 512 + sector * 4, 0)
    path.write_bytes(bytes(data))
    return path


def wide_dimensions(path: Path) -> Path:
    """An old workbook that claims to span the whole sheet."""
    old_workbook(path, [["x"]])
    data = path.read_bytes()
    place = data.find(struct.pack("<HH", 0x0200, 14))
    whole = struct.pack("<HHIIHHH", 0x0200, 14, 0, 65_536, 0, 256, 0)
    path.write_bytes(data[:place] + whole + data[place + len(whole) :])
    return path


def far_cells(path: Path) -> Path:
    """An old workbook of many sheets with one cell each, far away; its sizes say nothing of it."""
    book = xlwt.Workbook(encoding="utf-8")
    for i in range(60):
        book.add_sheet(f"S{i}").write(60_000, 200, 1)
    book.save(str(path))
    data = path.read_bytes()
    small = struct.pack("<HHIIHHH", 0x0200, 14, 0, 1, 0, 1, 0)
    place = data.find(struct.pack("<HH", 0x0200, 14))
    while place >= 0:
        data = data[:place] + small + data[place + len(small) :]
        place = data.find(struct.pack("<HH", 0x0200, 14), place + 1)
    path.write_bytes(data)
    return path


def wide_text(path: Path, columns: int = 1_000_000) -> Path:
    path.write_bytes(b"," * columns + b"\n")
    return path


def endless_row(path: Path) -> Path:
    """A row of quoted line ends that never closes."""
    path.write_bytes("申请号,a\n".encode() + b'"\n",' * 4_000_000)
    return path


def nul_bytes(path: Path) -> Path:
    path.write_bytes(",".join(HEAD).encode() + b"\n\x00\x00,\x00\n")
    return path


def as_gb18030(text: str) -> bytes:
    return text.encode("gb18030")


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    buffer = io.StringIO()
    for row in rows:
        buffer.write(",".join(row) + "\r\n")
    return buffer.getvalue()
