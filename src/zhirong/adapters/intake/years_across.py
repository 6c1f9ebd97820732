"""Rows whose years stand along the head: one record a year, amounts joined over rows of items."""

from dataclasses import replace

from zhirong.adapters.intake import headings
from zhirong.adapters.intake.cells.outcome import Bad
from zhirong.adapters.intake.grid import Grid
from zhirong.adapters.intake.reading import SheetReading, TypedRow, field_words, read_cell
from zhirong.adapters.intake.reading import read as rows_of
from zhirong.adapters.intake.recognition import Layout
from zhirong.adapters.intake.vocabulary import Field


def read(grid: Grid, layout: Layout) -> SheetReading:
    """The rows of a sheet whose years stand along the head, as typed values.

    A year that in the end lacks what a record needs is refused at its first cell.
    """
    reading = rows_of(grid, layout, _add)
    for part in reading.parts.values():
        lacking = (s for s in layout.spec.fields if s.need and s.name not in part.values)
        for spec in lacking:
            part.refuse(spec.name, Bad("missing", field_words(spec)))
    return reading


def _add(reading: SheetReading, row: int) -> None:
    """Reads a row into one record a year that has an amount.

    A year whose cell cannot be read is left out and its cell refused; a row without any year, or
    without what the years are of, is refused. Rows of one thing that hold different amounts give
    one record a year; a row of an amount that nothing reads is set aside.
    """
    layout = reading.layout
    item = "" if layout.items is None else reading.grid.text(row, layout.items)
    bare, unit = headings.split_unit(item)
    named = headings.amount_field(bare, layout.spec) if item else None
    if layout.items is not None and named is None:
        reading.put_aside(row, "not_needed")
        return
    base = _base(reading, row)
    parts = [] if base.is_refused else _parts(base, named, unit)
    if not parts and not base.is_refused:
        spread = layout.spec.spread
        assert spread is not None
        base.refuse(spread.amounts, Bad("missing", field_words(layout.spec.field(spread.amounts))))
    reading.typed += parts or [base]


def _base(reading: SheetReading, row: int) -> TypedRow:
    """What the row says beside its years."""
    layout, base = reading.layout, TypedRow(reading, row, {})
    of_years = [layout.columns[column].field for column, _ in layout.years]
    for spec in layout.spec.fields:
        if spec.name in reading.columns_of and spec not in of_years:
            read_cell(base, spec)
            if spec.need and spec.name not in base.values and not base.is_refused:
                base.refuse(spec.name, Bad("missing", field_words(spec)))
    return base


def _parts(base: TypedRow, named: Field | None, unit: str) -> list[TypedRow]:
    reading, layout = base.reading, base.reading.layout
    spread = layout.spec.spread
    assert spread is not None
    found: list[TypedRow] = []
    for column, year in layout.years:
        spec = named or layout.columns[column].field
        assert spec is not None
        values = {**base.values, spread.years: year}
        part = TypedRow(reading, base.row, dict(values), column=column)
        read_cell(part, replace(spec, need=False, is_strict=False), unit)
        if spec.name not in part.values:
            continue
        known = reading.parts.setdefault(tuple(values.items()), part)
        if known is part or spec.name in known.values:
            found.append(part)
        else:
            known.values[spec.name] = part.values[spec.name]
            # The row is read though its amounts went to the records of another.
            found.append(TypedRow(reading, base.row, {}, column=column, is_joined=True))
    return found
