"""The typed rows of a tape by table, and where each thing that they name stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from zhirong.adapters.intake.cells.outcome import Bad
from zhirong.adapters.intake.reading import SheetReading, TypedRow
from zhirong.core.sources import Source

FEN_PER_YUAN = 100


@dataclass(slots=True)
class TapeRows:
    """Rows by table; `places` fills as things are named."""

    folder: Path
    by_table: dict[str, list[TypedRow]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, readings: Sequence[SheetReading], folder: Path) -> "TapeRows":
        """The rows that were read, in the order of file and sheet."""
        found = cls(folder)
        for each in readings:
            found.by_table.setdefault(each.table, []).extend(each.typed)
        return found

    def of_table(self, name: str) -> list[TypedRow]:
        """The rows of a table that still stand."""
        return [row for row in self.by_table.get(name, ()) if not row.is_refused]

    def name(self, key: str, row: TypedRow) -> None:
        """Keep where a thing stands; the first place stays."""
        self.places.setdefault(key, place(row.source))


def place(source: Source) -> str:
    """A place as people read it: file, sheet, cell or row."""
    sheet = f" | {source.sheet}" if source.sheet else ""
    return f"{source.file}{sheet} | {source.column}{source.row}"


def text(row: TypedRow, name: str) -> str:
    """A text of a row; empty where it says none."""
    value = row.get(name)
    return "" if value is None else str(value)


def number(row: TypedRow, name: str) -> float | None:
    """A number of a row as the models take it; None where it says none."""
    value = row.get(name)
    return None if value is None else float(str(value))


def fen(row: TypedRow, name: str) -> int | None:
    """An amount of a row in whole fen; None where there is none, or one that is no whole fen."""
    value = row.get(name)
    if value is None:
        return None
    amount = Decimal(str(value)) * FEN_PER_YUAN
    if amount != amount.to_integral_value() or amount < 0:
        row.refuse(name, Bad("tape_fen", {"text": str(value)}))
        return None
    return int(amount)
