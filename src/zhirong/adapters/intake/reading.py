"""A recognized sheet read row by row: every row is set aside, accepted or refused, with reasons."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from zhirong.adapters.intake import headings, vendor_columns, vocabulary
from zhirong.adapters.intake.cells import readers, texts
from zhirong.adapters.intake.cells.outcome import Bad, Cell
from zhirong.adapters.intake.grid import Grid, as_text, column_letters
from zhirong.adapters.intake.recognition import Layout
from zhirong.adapters.intake.vendor_columns import Evidence
from zhirong.adapters.intake.vocabulary import Field, plain
from zhirong.application.case.intake_report import (
    ColumnReport,
    CorrectedCell,
    HeadingUse,
    ReadRow,
    RefusedCell,
    RowOutcome,
    SetAsideRow,
    SheetReport,
)
from zhirong.core.messages import Fact, Message
from zhirong.core.sources import Source

_TOTAL_TAIL_CHARS = 8
_UNIT_KINDS = frozenset(("amount",))


@dataclass(slots=True)
class TypedRow:
    """A row as typed values by field; what the row does not say is absent.

    Where years stand along the head a row gives one of these a year; `column` is then the year's,
    and a refusal is of that cell, not of the row.
    """

    reading: "SheetReading"
    row: int
    values: dict[str, object]
    is_refused: bool = False
    column: int | None = None
    is_joined: bool = False  # its values went to another row's record

    @property
    def source(self) -> Source:
        """The place of the row."""
        return self.reading.place(self.row, self.column)

    def get(self, name: str) -> object | None:
        """A value, or None."""
        return self.values.get(name)

    def refuse(self, name: str, bad: Bad, *, only_cell: bool = False) -> None:
        """Refuses the row for a field, or only the cell."""
        refuses_row = not only_cell and self.column is None
        self.reading.refuse(self.row, name, bad, refuses_row=refuses_row, column=self.column)
        if only_cell:
            self.values.pop(name, None)
        else:
            self.is_refused = True

    def correct(self, name: str, read_as: str, reason: Message) -> None:
        """Notes that a field was read otherwise than written."""
        self.reading.correct(self.row, name, read_as, reason, column=self.column)


@dataclass(slots=True)
class SheetReading:
    """A sheet while it is read; `report` gives the finished account."""

    grid: Grid  # turned, where the table runs across
    layout: Layout
    typed: list[TypedRow] = field(default_factory=list)
    parts: dict[tuple[object, ...], TypedRow] = field(default_factory=dict)
    set_aside: list[SetAsideRow] = field(default_factory=list)
    corrected: list[CorrectedCell] = field(default_factory=list)
    refused: list[RefusedCell] = field(default_factory=list)
    notices: list[Message] = field(default_factory=list)
    units: tuple[tuple[str, bool], ...] = ()  # by column: unit, and whether it was assumed
    columns_of: dict[str, list[int]] = field(default_factory=dict)
    evidence: dict[int, Evidence] = field(default_factory=dict)  # by column

    @property
    def table(self) -> str:
        """The table that the sheet holds."""
        return self.layout.spec.name

    def place(self, row: int, column: int | None = None) -> Source:
        """The place of a row, or of a cell."""
        if self.layout.is_transposed:
            letters = column_letters(row)
            number = 0 if column is None else column + 1
        else:
            letters = "" if column is None else column_letters(column)
            number = row + 1
        grid = self.grid
        return Source(
            file=grid.file, sheet=grid.sheet, row=number, column=letters, sha256=grid.sha256
        )

    def column(self, row: int, name: str) -> int | None:
        """The column in which a field of a row lies: the first that is filled, by precedence."""
        places = self.columns_of.get(name, [])
        filled = (
            c for c in places if not texts.is_blank(self.grid.raw(row, c)) or self._runs(row, c)
        )
        return next(filled, places[0] if places else None)

    def _runs(self, row: int, column: int) -> bool:
        return (row, column) in self.grid.formulas

    def refuse(
        self, row: int, name: str, bad: Bad, *, refuses_row: bool, column: int | None = None
    ) -> None:
        """Notes a refused cell."""
        column = self.column(row, name) if column is None else column
        self.refused.append(
            RefusedCell(
                source=self.place(row, column),
                field=name,
                original="" if column is None else self.grid.text(row, column),
                reason=bad.reason,
                mend=bad.mend,
                refuses_row=refuses_row,
            )
        )

    def correct(
        self, row: int, name: str, read_as: str, reason: Message, *, column: int | None = None
    ) -> None:
        """Notes a corrected cell."""
        column = self.column(row, name) if column is None else column
        self.corrected.append(
            CorrectedCell(
                source=self.place(row, column),
                field=name,
                original="" if column is None else self.grid.text(row, column),
                read_as=read_as,
                reason=reason,
            )
        )

    def put_aside(self, row: int, reason: str) -> None:
        """Notes a row that holds no record."""
        text = next((text for text in self.grid.texts(row) if text.strip()), "")
        self.set_aside.append(SetAsideRow(row=row + 1, reason=reason, text=text[:200]))

    def report(self) -> SheetReport:
        """The account of every row."""
        refused = {typed.row for typed in self.typed if typed.is_refused}
        # A row that gave several records is accepted if one of them was.
        refused -= {typed.row for typed in self.typed if not typed.is_refused}
        assert refused <= {self._row_of(cell.source) for cell in self.refused}
        corrected = {self._row_of(cell.source) for cell in self.corrected}
        rows = tuple(
            ReadRow(
                row=row + 1,
                outcome=RowOutcome.REFUSED
                if row in refused
                else RowOutcome.CORRECTED
                if row in corrected
                else RowOutcome.ACCEPTED,
                cells=tuple(self.grid.texts(row)),
            )
            for row in dict.fromkeys([typed.row for typed in self.typed])
        )
        return SheetReport(
            file=self.grid.file,
            sheet=self.grid.sheet,
            table=self.table,
            rows_total=len(self.grid.rows),
            heading_row=self.layout.heading_row + 1,
            is_transposed=self.layout.is_transposed,
            columns=_columns(self),
            rows=rows,
            set_aside=tuple(self.set_aside),
            corrected=tuple(self.corrected),
            refused=tuple(self.refused),
            notices=tuple(self.notices),
        )

    def _row_of(self, source: Source) -> int:
        if self.layout.is_transposed:
            return headings_column(source.column)
        return source.row - 1


def headings_column(letters: str) -> int:
    """Zero-based column of its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def add_row(reading: "SheetReading", row: int) -> None:
    """Reads a row that is one record."""
    reading.typed.append(_typed(reading, row))


def read(
    grid: Grid, layout: Layout, add: Callable[[SheetReading, int], None] = add_row
) -> SheetReading:
    """The rows of a sheet as typed values; `add` reads a row that is not set aside."""
    turned = grid.transposed() if layout.is_transposed else grid
    reading = SheetReading(grid=turned, layout=layout)
    _map_columns(reading)
    for row in range(len(turned.rows)):
        if row == layout.heading_row:
            continue
        reason = _set_aside(reading, row)
        if reason:
            reading.put_aside(row, reason)
        else:
            add(reading, row)
    return reading


def _map_columns(reading: SheetReading) -> None:
    layout = reading.layout
    stated = _stated_unit(reading)
    units: list[tuple[str, bool]] = []
    ranked: dict[str, list[tuple[int, int]]] = {}
    for column, found in enumerate(layout.columns):
        unit, is_assumed = found.unit, False
        if found.field is not None:
            ranked.setdefault(found.field.name, []).append((found.rank, column))
            if found.field.kind in _UNIT_KINDS and not unit:
                unit, is_assumed = stated, not stated
        units.append((unit, is_assumed))
    reading.units = tuple(units)
    reading.columns_of = {name: [c for _, c in sorted(pairs)] for name, pairs in ranked.items()}
    vendors = {c: (m.evidence, m.unit) for c, m in enumerate(layout.columns) if m.evidence}
    reading.evidence = vendor_columns.evidence(reading.grid, layout.heading_row, vendors)
    if any(is_assumed for _, is_assumed in units):
        reading.notices.append(
            Message("intake.notice.unit_assumed", {"sheet": sheet_name(reading.grid)})
        )


def sheet_name(grid: Grid) -> str:
    """The file, and the sheet where it has a name."""
    return f"{grid.file} | {grid.sheet}" if grid.sheet else grid.file


def _stated_unit(reading: SheetReading) -> str:
    """The unit of amounts that a title row, an unmapped heading or the sheet's name states."""
    grid, top = reading.grid, reading.layout.heading_row
    titles = [text for row in range(top) for text in grid.texts(row) if text.strip()]
    spare = [
        grid.text(top, column)
        for column, found in enumerate(reading.layout.columns)
        if found.field is None
    ]
    if reading.layout.is_transposed:
        mapped = [c for c, found in enumerate(reading.layout.columns) if found.field is not None]
        titles += [t for row in grid.rows for t in map(as_text, row[: min(mapped, default=0)])]
    stated = (headings.unit_of_title(text) for text in [*titles, *spare, grid.sheet])
    return next((unit for unit in stated if unit), "")


def _set_aside(reading: SheetReading, row: int) -> str:
    """Why a row holds no record: blank, title, heading, total, note; "" where it holds one."""
    grid, top = reading.grid, reading.layout.heading_row
    texts_ = [text.strip() for text in grid.texts(row)]
    written = [text for text in texts_ if text]
    if not written:
        runs = any((row, column) in grid.formulas for column in range(len(texts_)))
        return "" if runs else "blank"
    if row < top:
        return "title"
    if texts_ == [text.strip() for text in grid.texts(top)]:
        return "heading"
    return _closing(written)


def _closing(written: list[str]) -> str:
    """Whether a row sums up or closes the table: total, note, or "" for a record."""
    first = plain(written[0])
    totals = vocabulary.plain_words("totals")
    if first in totals:
        return "total"
    is_alone = len(set(written)) <= 2
    if is_alone and any(
        first.startswith(t) and len(first) <= len(t) + _TOTAL_TAIL_CHARS for t in totals
    ):
        return "total"
    counted = any(_counts(first, word) for word in vocabulary.plain_words("counts"))
    if is_alone and counted:
        return "total"
    if len(set(written)) == 1 and first.startswith(tuple(vocabulary.plain_words("notes"))):
        return "note"
    return ""


def _counts(text: str, word: str) -> bool:
    """Whether a text only counts: the word, digits, at most a measure word."""
    rest = text.removeprefix(word)
    return rest != text and bool(re.fullmatch(r"\d{1,6}\D{0,3}", rest))


def _typed(reading: SheetReading, row: int) -> TypedRow:
    typed = TypedRow(reading, row, {})
    for spec in reading.layout.spec.fields:
        if spec.name in reading.columns_of:
            read_cell(typed, spec)
    for spec in reading.layout.spec.fields:
        if spec.need and spec.name not in typed.values and not typed.is_refused:
            typed.refuse(spec.name, Bad("missing", field_words(spec)))
    return typed


def read_cell(typed: TypedRow, spec: Field, unit: str = "") -> None:
    """Reads one field of a row, in the unit given or else its column's, or refuses it."""
    reading, row = typed.reading, typed.row
    column = reading.column(row, spec.name) if typed.column is None else typed.column
    assert column is not None
    raw = reading.grid.raw(row, column)
    if (row, column) in reading.grid.formulas:
        stored = reading.grid.text(row, column)
        bad = Bad("formula_cell", {"text": stored[:80] or "…"})
        typed.refuse(spec.name, bad, only_cell=not spec.is_strict)
        return
    if texts.is_blank(raw):
        return
    outcome = readers.read(
        spec.kind, Cell(raw=raw, unit=unit or reading.units[column][0], words=spec.words)
    )
    if isinstance(outcome, Bad):
        typed.refuse(spec.name, outcome, only_cell=not spec.is_strict)
        return
    if outcome.value is None or outcome.value == "":
        return
    typed.values[spec.name] = outcome.value
    for reason in outcome.notes:
        typed.correct(spec.name, shown(outcome.value), reason)


def field_words(spec: Field) -> dict[str, Fact]:
    """The facts that name a field in both languages."""
    return {"field_zh": spec.labels["zh"], "field_en": spec.labels["en"]}


def shown(value: object) -> str:
    """A typed value as text for the report."""
    if isinstance(value, tuple):
        return "; ".join(shown(part) for part in value)
    return str(value)


def _columns(reading: SheetReading) -> tuple[ColumnReport, ...]:
    top = reading.layout.heading_row
    result: list[ColumnReport] = []
    mapped = [place for places in reading.columns_of.values() for place in places]
    # What stands above the items of a table that runs across are titles, no headings.
    first = min(mapped, default=0) if reading.layout.is_transposed else 0
    for column, found in enumerate(reading.layout.columns):
        heading = reading.grid.text(top, column).strip()
        if not heading or column < first:
            continue
        unit, is_assumed = reading.units[column]
        is_text = found.evidence is not None and column not in reading.evidence
        place = str(column + 1) if reading.layout.is_transposed else column_letters(column)
        result.append(
            ColumnReport(
                column=place,
                heading=heading[:200],
                use=HeadingUse.NOT_NEEDED if is_text else found.use,
                field=_name(found) if not is_text else "",
                unit=unit,
                is_unit_assumed=is_assumed,
            )
        )
    return tuple(result)


def _name(found: headings.Match) -> str:
    named = found.field or found.evidence
    return "" if named is None else named.name
