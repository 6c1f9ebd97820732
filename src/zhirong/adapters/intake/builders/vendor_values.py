"""Scores and values of vendors inside exports of patents: evidence, each with its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from zhirong.adapters.intake import vendor_columns
from zhirong.adapters.intake.cells import dates, texts, vendor_values
from zhirong.adapters.intake.cells.outcome import Bad, Cell, Value
from zhirong.adapters.intake.cells.vendor_values import CNY, VendorValue
from zhirong.adapters.intake.reading import SheetReading, TypedRow, sheet_name
from zhirong.adapters.intake.vendor_columns import Evidence
from zhirong.application.case.case_file import Exported, ThirdPartyValue
from zhirong.core.messages import Fact, Message

_NOTICE = "intake.notice.vendor_values"


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorValues:
    """What vendors say of the rights of the folder, and what is to be said about it."""

    values: tuple[ThirdPartyValue, ...]
    notices: tuple[Message, ...]


def build(patents: Sequence[TypedRow]) -> VendorValues:
    """The vendors' cells of all rows that stand; what a cell leaves open is not guessed."""
    found: dict[tuple[object, ...], tuple[SheetReading, ThirdPartyValue]] = {}
    for row in patents:
        if row.is_refused:
            continue
        day, dated_by = _day(row)
        for column, evidence in row.reading.evidence.items():
            if evidence.column.kind == "date":
                continue
            read = _read(row, column, evidence)
            if read is None:
                continue
            exported = _exported(row, column, read, dated_by)
            value = ThirdPartyValue(
                provider=vendor_columns.vendor_name(evidence.vendor),
                kind="vendor_value" if read.is_money else "vendor_score",
                scope=str(row.get("app_no")),
                valued_on=day,
                amount=read.amount,
                score=read.score,
                source=row.reading.place(row.row, column),
                exported=exported,
            )
            # Exports list application and grant of one right as two rows with the same scores.
            own = (value.scope, value.provider, exported, day)
            found.setdefault(own, (row.reading, value))
    return VendorValues(
        values=tuple(value for _, value in found.values()),
        notices=_notices(tuple(found.values())),
    )


def _day(row: TypedRow) -> tuple[date | None, str | None]:
    """The day that the vendor states for the row, else that of the export."""
    for column, evidence in row.reading.evidence.items():
        raw = row.reading.grid.raw(row.row, column)
        if evidence.column.kind != "date" or texts.is_blank(raw):
            continue
        read = dates.read(Cell(raw=raw))
        if isinstance(read, Value) and read.value is not None:
            return cast("date", read.value), "vendor"
        if isinstance(read, Bad):
            _refuse(row, column, evidence, read)
    as_of = cast("date | None", row.get("as_of"))
    return as_of, "export" if as_of else None


def _read(row: TypedRow, column: int, evidence: Evidence) -> VendorValue | None:
    """What a cell says; None where it is empty or was refused."""
    grid = row.reading.grid
    raw = grid.raw(row.row, column)
    if (row.row, column) in grid.formulas:
        stored = grid.text(row.row, column)[:80] or "…"
        _refuse(row, column, evidence, Bad("formula_cell", {"text": stored}))
        return None
    if texts.is_blank(raw):
        return None
    if texts.is_formula(raw):
        _refuse(row, column, evidence, Bad("formula", {"text": str(raw)[:80]}))
        return None
    cell = Cell(raw=raw, unit=evidence.unit)
    read = vendor_values.read(cell, kind=evidence.column.kind, scale=evidence.scale)
    if isinstance(read, Bad):
        _refuse(row, column, evidence, read)
        return None
    return read


def _refuse(row: TypedRow, column: int, evidence: Evidence, bad: Bad) -> None:
    name = evidence.column.name
    row.reading.refuse(row.row, name, bad, refuses_row=False, column=column)


def _exported(row: TypedRow, column: int, read: VendorValue, dated_by: str | None) -> Exported:
    reading = row.reading
    return Exported(
        heading=reading.grid.text(reading.layout.heading_row, column).strip(),
        written=read.written,
        scale=read.scale,
        currency=None if read.currency == CNY else read.currency,
        dated_by=dated_by,
    )


def _notices(found: Sequence[tuple[SheetReading, ThirdPartyValue]]) -> tuple[Message, ...]:
    """How many of whom each sheet holds, and whether they bear a date."""
    notices: list[Message] = []
    sheets = dict.fromkeys((sheet_name(reading.grid), value.provider) for reading, value in found)
    for sheet, provider in sheets:
        own = [v for r, v in found if (sheet_name(r.grid), v.provider) == (sheet, provider)]
        facts: dict[str, Fact] = {
            "sheet": sheet,
            "count": len(own),
            "headings": tuple(dict.fromkeys(v.exported.heading for v in own if v.exported)),
        }
        if provider:
            notices.append(Message(_NOTICE, {**facts, "provider": provider}))
        else:
            notices.append(Message(f"{_NOTICE}_unknown", facts))
        if any(value.valued_on is None for value in own):
            notices.append(Message(f"{_NOTICE}_undated", {"sheet": sheet}))
    return tuple(notices)
