"""What a workbook's XML parts hold, learnt by streaming them through expat with handlers only.

Nothing is built in memory but counts and the places of formulas. A DOCTYPE ends the reading at
once, before any entity is declared, so that entity bombs and outside references never start.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from zhirong.adapters.intake.limits import FileRefusedError, Limits

_CELL = re.compile(r"([A-Za-z]{1,9})([0-9]{1,9})\Z")
# A token that grows beyond this many bytes is no cell, tag or attribute of a workbook.
_TOKEN_BYTES_MAX = 2_000_000
_FORMULA_CHARS_MAX = 8_192


def column_index(letters: str) -> int:
    """Zero-based column of its letters.

    >>> column_index("A"), column_index("XFD")
    (0, 16383)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


@dataclass(slots=True)
class Scan:
    """What was counted in one part."""

    sheets: list[tuple[str, str]] = field(default_factory=list)  # (name, relation id)
    relations: dict[str, str] = field(default_factory=dict)  # id → target
    string_chars: "array[int]" = field(default_factory=lambda: array("L"))
    string_uses: dict[int, int] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)  # zero-based (row, column)
    formula_texts: set[str] = field(default_factory=set)
    elements: int = 0
    cells: int = 0
    text_chars: int = 0
    row_max: int = -1
    column_max: int = -1
    merged_area: int = 0
    has_data_link: bool = False

    @property
    def area(self) -> int:
        """Cells of the smallest grid that holds all of them."""
        return (self.row_max + 1) * (self.column_max + 1)


@dataclass(slots=True)
class Scanner:
    """Takes the bytes of one part, piece by piece; `elements_before` are those of other parts.

    Raises:
        FileRefusedError: From `feed` and `close`: DOCTYPE, malformed XML, a limit broken.
    """

    limits: Limits
    elements_before: int = 0
    scan: Scan = field(default_factory=Scan)
    _parser: expat.XMLParserType = field(init=False)
    _depth: int = 0
    _fed: int = 0
    _row: int = -1
    _column: int = -1
    _is_shared: bool = False
    _text: list[str] | None = None
    _inside: str = ""

    def __post_init__(self) -> None:
        """Sets the handlers."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        self._parser = parser

    def feed(self, data: bytes) -> None:
        """Reads on."""
        try:
            self._parser.Parse(data, False)  # noqa: FBT003 - expat takes it by position only
        except expat.ExpatError as error:
            raise FileRefusedError("intake.file.xml_broken", detail=str(error)) from error
        self._fed += len(data)
        if self._fed - self._parser.CurrentByteIndex > _TOKEN_BYTES_MAX:
            raise FileRefusedError("intake.file.xml_broken", detail="token too long")

    def close(self) -> Scan:
        """The counts, when the part is at its end."""
        try:
            self._parser.Parse(b"", True)  # noqa: FBT003 - as in feed
        except expat.ExpatError as error:
            raise FileRefusedError("intake.file.xml_broken", detail=str(error)) from error
        return self.scan

    def _doctype(self, *_: object) -> None:
        raise FileRefusedError("intake.file.xml_doctype")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self.scan.elements += 1
        elements = self.elements_before + self.scan.elements
        if self._depth > self.limits.nesting or elements > self.limits.elements:
            self.limits.check("nesting", self._depth)
            self.limits.check("elements", elements)
        local = name.rpartition(":")[2]
        match local:
            case "c":
                self._cell(attributes)
            case "v":
                self._inside = local
                if self._is_shared:
                    self._text = []
            case "t" | "f":
                self._inside = local
                if local == "f":
                    self._formula()
            case "row":
                self._row = int(attributes["r"]) - 1 if _is_count(attributes) else self._row + 1
                self._column = -1
            case "si":
                self.scan.string_chars.append(0)
                self.limits.check("text_chars", len(self.scan.string_chars))
            case "sheet" | "Relationship" | "mergeCell" | "ddeLink":
                self._structure(local, attributes)

    def _structure(self, local: str, attributes: dict[str, str]) -> None:
        if local == "ddeLink":
            self.scan.has_data_link = True
        elif local == "sheet":
            ids = (value for key, value in attributes.items() if key.endswith(":id"))
            self.scan.sheets.append((attributes.get("name", ""), next(ids, "")))
            self.limits.check("sheets", len(self.scan.sheets))
        elif local == "Relationship":
            self.scan.relations[attributes.get("Id", "")] = attributes.get("Target", "")
            self.limits.check("archive_parts", len(self.scan.relations))
        else:
            self.scan.merged_area += _area(attributes.get("ref", ""))
            self.limits.check("area", self.scan.merged_area)

    def _cell(self, attributes: dict[str, str]) -> None:
        place = _CELL.match(attributes.get("r", ""))
        if place:
            self._column = column_index(place[1])
            self._row = int(place[2]) - 1
        else:
            self._column += 1
        self._is_shared = attributes.get("t") == "s"
        scan = self.scan
        scan.cells += 1
        grown = False
        if self._row > scan.row_max:
            scan.row_max, grown = self._row, True
        if self._column > scan.column_max:
            scan.column_max, grown = self._column, True
        if grown:
            self.limits.check("rows", scan.row_max + 1)
            self.limits.check("columns", scan.column_max + 1)
            self.limits.check("area", scan.area)
        if scan.cells > self.limits.cells:
            self.limits.check("cells", scan.cells)

    def _formula(self) -> None:
        self.scan.formulas.add((self._row, self._column))
        self.limits.check("formulas", len(self.scan.formulas))
        self._text = []

    def _characters(self, text: str) -> None:
        if not self._inside:
            return
        if self._text is not None:
            self._text.append(text)
        if self._inside == "t" and self.scan.string_chars:
            self.scan.string_chars[-1] += len(text)
        self.scan.text_chars += len(text)
        if self.scan.text_chars > self.limits.text_chars:
            self.limits.check("text_chars", self.scan.text_chars)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._text is not None:
            text = "".join(self._text)
            if self._inside == "f":
                self.scan.formula_texts.add(text[:_FORMULA_CHARS_MAX])
            elif text.isascii() and text.isdigit() and len(text) < 10:
                uses = self.scan.string_uses
                uses[int(text)] = uses.get(int(text), 0) + 1
        self._text = None
        self._inside = ""


def _is_count(attributes: dict[str, str]) -> bool:
    text = attributes.get("r", "")
    return text.isascii() and text.isdigit() and len(text) < 10


def _area(reference: str) -> int:
    ends = [match for match in map(_CELL.match, reference.split(":")) if match]
    if len(ends) != 2:
        return 1
    rows = abs(int(ends[1][2]) - int(ends[0][2])) + 1
    return rows * (abs(column_index(ends[1][1]) - column_index(ends[0][1])) + 1)


def shared_text_chars(strings: Scan, sheets: Iterator[Scan]) -> int:
    """Characters that the shared strings fill when every use of them is written out."""
    known = len(strings.string_chars)
    return sum(
        strings.string_chars[index] * uses
        for sheet in sheets
        for index, uses in sheet.string_uses.items()
        if index < known
    )
